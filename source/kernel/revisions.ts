// The ten kernels between v6.1 and v6.16, as tables of parts.

import {actionRelease} from './devres.ts';
import type {Revision, RevisionParts} from './kernel.ts';
import {newMessages, oldMessages} from './messages.ts';
import {enableClearedFlag, enableEmptiedNode, enableStaleFlag} from './pci-devres-enable.ts';
import {enableSharedPart} from './pci-devres-shared.ts';
import {
	intxOnChange,
	intxSavedHybrid,
	intxSavedOriginal,
	intxShared,
	intxSplit,
	intxUnmanaged,
	intxV9,
} from './pci-intx-variants.ts';
import {regionsHybrid, regionsPlain} from './pci-regions-hybrid.ts';
import {regionsShared} from './pci-regions-shared.ts';
import type {ActionsPart} from './plain-parts.ts';

/** Before the fix f813ec9e84b4 moved memory lost its name and size in the log. */
const namelessReallocation: ActionsPart['reallocated'] = () => ({name: '(null)', size: 0});

/** Up to v6.3 every action stands under one name. */
const unnamedActions: ActionsPart = {
	loggedName: () => actionRelease,
	reallocated: namelessReallocation,
};
const namedActions: ActionsPart = {
	loggedName: (action) => action,
	reallocated: namelessReallocation,
};

/** Entries of the table of mappings: 6 BARs, or every resource a device may have with IOV. */
const sixEntries = {entries: 6};
const seventeenEntries = {entries: 17};

const v610: RevisionParts = {
	intx: intxShared,
	enable: enableSharedPart,
	regions: regionsShared,
	iomapTable: sixEntries,
	msi: {setsUpFirst: true},
	actions: unnamedActions,
	messages: oldMessages,
	drivers: {intx: 'pci_intx'},
	sizes: {},
};

const v9: RevisionParts = {
	...v610,
	intx: intxV9,
	enable: enableEmptiedNode,
	regions: regionsHybrid,
	msi: {setsUpFirst: false},
	actions: namedActions,
	messages: newMessages,
	sizes: {msi_device_data_release: 80},
};

const v611rc1: RevisionParts = {...v9, intx: intxSplit, enable: enableStaleFlag, sizes: {}};
const v611rc2: RevisionParts = {...v611rc1, intx: intxOnChange};
const v611: RevisionParts = {...v611rc2, enable: enableClearedFlag};
const v614rc1: RevisionParts = {...v611, intx: intxUnmanaged, drivers: {intx: 'pcim_intx'}};
const v614: RevisionParts = {
	...v614rc1,
	intx: intxSavedOriginal,
	iomapTable: seventeenEntries,
};

function named(name: string, summary: string, parts: RevisionParts): Revision {
	return {...parts, name, base: name, summary};
}

/** All revisions, oldest first. Names are what users type. */
export const revisions: readonly Revision[] = [
	named('v6.10', 'shared pci_devres, before the rewrite (v6.1 is the reference)', v610),
	named('v9-series', 'the reported patch of June 2024, never released', v9),
	named('v6.11-rc1', 'as merged: private write on restore', v611rc1),
	named('v6.11-rc2', 'redirect only when the command word changes', v611rc2),
	named('v6.11', 'is_managed cleared at detach (to v6.13)', v611),
	named('takashi-rfc', 'patch on the list, October 2024: hybrid, saved original', {
		...v611,
		intx: intxSavedHybrid,
	}),
	named('v6.14-rc1', 'pci_intx() is unmanaged', v614rc1),
	named('v6.14', 'the original bit is restored (to v6.15)', v614),
	named('v6.12-stable', '6.12.17 and later, 6.13.5 and later: as v6.14, drivers not converted', {
		...v614,
		drivers: {intx: 'pci_intx'},
	}),
	named('v6.16', 'request functions no longer hybrid', {...v614, regions: regionsPlain}),
];

/** The revision of that name; undefined for a name that no kernel has. */
export function findRevision(name: string): Revision | undefined {
	return revisions.find((revision) => revision.name === name);
}

/** Parts that a mixture may take from another revision. */
const partNames = [
	'intx',
	'enable',
	'regions',
	'iomapTable',
	'actions',
	'messages',
	'drivers',
] as const satisfies readonly (keyof RevisionParts)[];

/** One of `partNames`. */
export type PartName = (typeof partNames)[number];

/** A kernel in between: a base with some parts of others, and sizes that its configuration changed. */
export function mixRevision(
	base: Revision,
	parts: {readonly [part in PartName]?: Revision},
	sizes: {readonly [node: string]: number},
): Revision {
	const mixed: {-readonly [key in keyof Revision]: Revision[key]} = {...base};
	for (const part of partNames) {
		const from = parts[part];
		if (from !== undefined) Object.assign(mixed, {[part]: from[part]});
	}
	const isMixed = Object.keys(parts).length > 0 || Object.keys(sizes).length > 0;
	mixed.name = isMixed ? `${base.name}+` : base.name;
	mixed.sizes = {...base.sizes, ...sizes};
	return mixed;
}

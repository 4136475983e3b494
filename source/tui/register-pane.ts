import {nodeLabel} from '../debugger/devres-view.ts';
import {
	describeRestore,
	type RegisterView,
	type RestoreView,
	registerView,
} from '../debugger/register-view.ts';
import {describeField, hex} from '../recording/describe.ts';
import {PCI_COMMAND} from '../recording/pci-registers.ts';
import type {Recording} from '../recording/recording.ts';
import {fixedList, type PaneInput, type PaneList, type Target} from './pane-list.ts';
import {type Row, rowOf, span} from './row.ts';
import type {Glyphs} from './theme.ts';

/** A line of the pane as text, and what it is about. */
type Fact = {readonly text: string; readonly about: 'command' | 'enable' | 'restore'};

/** From this width on, two facts share a line. */
const wide = 44;

function bitText({intxDisabled}: RegisterView): string {
	if (intxDisabled === null) return 'INTX_DISABLE unknown';
	return intxDisabled ? 'INTX_DISABLE 1: INTx is off' : 'INTX_DISABLE 0: INTx may fire';
}

function restoreText(restore: RestoreView | null, recording: Recording, width: number): string {
	if (restore === null) return 'to restore: nothing';
	if (width >= wide) return `to restore: ${describeRestore(recording, restore)}`;
	const value = restore.value === undefined ? 'not set' : describeField(restore.value);
	const was =
		restore.overwritten === undefined ? '' : `, was ${describeField(restore.overwritten)}`;
	return `${nodeLabel(recording, restore.node)} restores ${value}${was}`;
}

function factsOf(view: RegisterView, recording: Recording, width: number): readonly Fact[] {
	const command = view.command === null ? 'unknown' : hex(view.command);
	const bits = view.command === null ? '' : view.bits.join(' ') || 'no bits';
	const pin = `pin ${view.pin ?? 'unknown'}`;
	const count = `enable_cnt ${view.enableCount ?? 'unknown'}`;
	const vectors = `MSI ${view.msi}   MSI-X ${view.msix}`;
	const facts: Fact[] = [];
	// What matters most comes first: a low pane shows only that.
	if (width >= wide) facts.push({text: `PCI_COMMAND ${command}   ${bits}`, about: 'command'});
	else {
		facts.push({text: `PCI_COMMAND ${command}`, about: 'command'});
		facts.push({text: `  ${bits}`, about: 'command'});
	}
	facts.push({text: bitText(view), about: 'command'});
	facts.push({text: restoreText(view.restore, recording, width), about: 'restore'});
	facts.push({text: `${pin}   ${count}`, about: 'enable'}, {text: vectors, about: 'command'});
	return facts;
}

/** Just behind the last event of a kind about the device before a position; null for none. */
function lastTold(
	{session, device}: PaneInput,
	type: 'config-write' | 'enable-count',
): Target | null {
	const {recording, position} = session;
	const found = recording.ofType(type).findLast((seq) => {
		const event = recording.at(seq);
		if (seq >= position || event.device !== device) return false;
		return event.type !== 'config-write' || (event.offset & ~3) === PCI_COMMAND;
	});
	return found === undefined ? null : {kind: 'position', position: found + 1};
}

function targetOf(input: PaneInput, {about}: Fact, view: RegisterView): Target | null {
	if (about === 'command') return lastTold(input, 'config-write');
	if (about === 'enable') return lastTold(input, 'enable-count');
	if (view.restore === null) return null;
	const {node, generation} = view.restore.node;
	return {kind: 'node', id: {node, generation}};
}

function factRow(fact: Fact, before: string | undefined, glyphs: Glyphs): Row {
	const changed = before !== undefined && before !== fact.text;
	const isWarning = fact.about === 'restore' && fact.text.includes(', was ');
	return rowOf(
		span(changed ? `${glyphs.changed} ` : '  ', 'changed'),
		span(fact.text, isWarning ? 'error' : changed ? 'changed' : 'plain'),
		span(isWarning ? ` ${glyphs.warning}` : '', 'error'),
	);
}

/** INTx and what decides over it, with what changed since the stop before. Enter leads to the last write. */
export function registerPane(input: PaneInput, width: number): PaneList {
	const {session, now, before, device, glyphs} = input;
	const {recording, position, previous} = session;
	const title = 'INTx and registers';
	const state = device === null ? undefined : now.devices.get(device);
	if (state === undefined) return {...fixedList(title, '', []), empty: 'nothing is known yet'};
	const view = registerView(recording, position, state);
	if (view.command === null && view.enableCount === null && view.pin === null) {
		return {...fixedList(title, '', []), empty: 'the recording tells no registers'};
	}
	const earlier = before.devices.get(state.address);
	const was =
		earlier === undefined
			? []
			: factsOf(registerView(recording, previous, earlier), recording, width);
	const rows = factsOf(view, recording, width).map((fact, index) => ({
		...factRow(fact, was[index]?.text, glyphs),
		target: () => targetOf(input, fact, view),
	}));
	return {
		...fixedList(title, '', rows),
		targetAt: (index) => rows[index]?.target() ?? null,
	};
}

import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {revisions} from '../../source/kernel/revisions.ts';
import {checkIntegrity} from '../../source/recording/integrity.ts';
import {loadScenario} from '../../source/scenario/load-scenario.ts';
import {runScenario} from '../../source/scenario/run-scenario.ts';
import type {DriverStep, Scenario, Step} from '../../source/scenario/scenario.ts';
import {fuzz} from '../helpers/fuzz.ts';
import {lookAtAll} from '../helpers/look-at-all.ts';

const folder = join(import.meta.dirname, '..', '..', 'scenarios');
const scenarios = readdirSync(folder)
	.filter((file) => file.endsWith('.yaml'))
	.map((file) => {
		const loaded = loadScenario(readFileSync(join(folder, file), 'utf8'));
		if (!loaded.ok) throw new Error(`${file} is invalid`);
		return loaded.scenario;
	});

/** Each different step of the shipped scenarios, for any device. */
const steps = new Map<string, DriverStep>();
for (const {drivers} of scenarios) {
	for (const {probe, work, remove, init, after_bind} of drivers) {
		const lists = [probe, work, remove, init, after_bind];
		for (const {name, arguments: given} of lists.flat()) {
			const key = JSON.stringify([name, given]);
			steps.set(key, {
				name,
				arguments: given,
				line: 1,
				on: null,
				only: null,
				when: null,
				as: null,
				on_error: 'fail',
			});
		}
	}
}
const plain = fc.constantFrom(...steps.values());
const step: fc.Arbitrary<DriverStep> = fc
	.record({
		base: plain,
		on: fc.constantFrom(null, null, null, 'parent' as const),
		as: fc.constantFrom(null, null, 'ring', 'buffer', 'link', 'a'),
		on_error: fc.oneof(
			fc.constantFrom('fail' as const, 'continue' as const),
			fc.array(plain, {maxLength: 3}),
		),
	})
	.map(({base, ...beside}) => ({...base, ...beside}));
const list = fc.array(step, {maxLength: 12});

type Deed = {
	readonly kind: string;
	readonly device: number;
	readonly driver: number;
	readonly fn: string;
};
const functions = [
	'alloc',
	'pcim_enable_device',
	'really_probe',
	'pci_enable_device',
	'pci_alloc_irq_vectors',
	'request_threaded_irq',
	'pcim_iomap_regions',
	'devm_add_action',
	'pci_request_region',
	'devres_open_group',
	'msi_setup_device_data',
	'pci_intx',
	'pcim_intx',
];
const deed: fc.Arbitrary<Deed> = fc.record({
	kind: fc.constantFrom(
		'modprobe',
		'rmmod',
		'bind',
		'unbind',
		'remove',
		'rescan',
		'setpci',
		'irq',
		'deferred_timeout',
		'fail',
		'log',
		'modprobe',
	),
	device: fc.nat(20),
	driver: fc.nat(20),
	fn: fc.constantFrom(...functions),
});

function actionOf({kind, device, driver, fn}: Deed, {devices, drivers}: Scenario): Step {
	const address = devices[device % devices.length]?.address ?? '';
	const owner = drivers[driver % Math.max(1, drivers.length)];
	const given: {readonly [kind: string]: unknown} = {
		modprobe: owner?.module ?? '',
		rmmod: owner?.module ?? '',
		bind: {driver: owner?.name ?? '', device: address},
		setpci: {device: address, command: device % 2 === 0 ? 0x406 : 0},
		fail: {fn, nth: 1 + (driver % 4), error: driver % 3 === 0 ? 'EPROBE_DEFER' : 'ENOMEM'},
		log: 'a line',
		rescan: undefined,
		deferred_timeout: undefined,
	};
	return {name: kind, arguments: kind in given ? given[kind] : address, line: 2};
}

test('no order of calls and actions makes the simulation throw, under no kernel', () => {
	let ran = 0;
	fc.assert(
		fc.property(
			fc.nat(scenarios.length - 1),
			fc.constantFrom(...revisions.map(({name}) => name)),
			fc.record({probe: list, remove: list, after_bind: fc.array(step, {maxLength: 2})}),
			fc.array(deed, {minLength: 1, maxLength: 14}),
			fc.nat(9),
			(index, kernel, driver, deeds, look) => {
				const base = scenarios[index];
				if (base === undefined) return;
				const drivers = base.drivers.map((each) => ({...each, ...driver}));
				const script = deeds.map((each) => actionOf(each, base));
				const run = runScenario({...base, drivers, script}, {kernel, budget: 5000});
				if (!run.ok) return;
				ran += 1;
				expect(checkIntegrity(run.recording).map(({rule}) => rule)).toEqual([]);
				if (look === 0) lookAtAll(run.recording);
			},
		),
		fuzz(300),
	);
	expect(ran).toBeGreaterThan(100);
});

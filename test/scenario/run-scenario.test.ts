import {expect, test} from 'vitest';
import {describe as describeEvent} from '../../source/recording/describe.ts';
import {loadScenario} from '../../source/scenario/load-scenario.ts';
import {runScenario} from '../../source/scenario/run-scenario.ts';

const text = `title: two nodes
kernel: {base: v6.14, intx: v9-series, sizes: {pcim_iomap_release: 88}}
devices:
  - address: "0000:00:03.0"
    id: "1af4:1000"
    command: "0x0003"
    intx_disable: true
drivers:
  demo:
    matches: ["1af4:1000"]
    probe_function: demo_start
    probe:
      - devm_kzalloc: 16
      - pcim_enable_device
script:
  - modprobe: demo
  - rmmod: demo
breakpoints:
  - break: devres_add
    if: depth > 2
`;

function load(scenario: string) {
	const loaded = loadScenario(scenario);
	if (!loaded.ok) throw new Error(JSON.stringify(loaded.errors));
	return loaded.scenario;
}

function run(scenario: string, options = {}) {
	const result = runScenario(load(scenario), options);
	if (!result.ok) throw new Error(result.error.message);
	return result.recording;
}

test('the header tells title, kernel, breakpoints and text', () => {
	const {header} = run(text, {path: 'two.yaml'});
	expect(header).toMatchObject({
		source: {kind: 'scenario', path: 'two.yaml', kernel: 'v6.14+'},
		title: 'two nodes',
		breakpoints: [{break: 'devres_add', if: 'depth > 2'}],
	});
	expect(header.text.at(0)).toBe('title: two nodes');
});

test('another revision replaces the scenario’s kernel as a whole', () => {
	expect(run(text, {kernel: 'v6.10'}).header.source.kernel).toBe('v6.10');
});

test('devices are there before the first action, as firmware left them', () => {
	const recording = run(text);
	const start = recording.stateAt(recording.ofType('action')[0] ?? 0);
	expect(start.devices.get('0000:00:03.0')?.registers.get(4)).toBe(0x0403);
});

test('every action begins with an event of its own line, on a later second', () => {
	const recording = run(text);
	const actions = recording.ofType('action').map((seq) => recording.at(seq));
	expect(actions).toMatchObject([
		{text: 'modprobe demo', origin: 16, time: 1},
		{text: 'rmmod demo', origin: 17, time: 2},
	]);
});

test('what a driver’s step does comes from the step’s line, what follows from the action’s', () => {
	const recording = run(text);
	const lineOf = (seq: number | undefined) => recording.at(seq ?? 0).origin;
	expect(recording.ofType('devres-add').map(lineOf)).toEqual([13, 14]);
	expect(lineOf(recording.ofType('bind')[0])).toBe(16);
	expect(recording.callsOf('demo_start')).toHaveLength(1);
});

test('the same scenario gives the same events', () => {
	const lines = () => {
		const recording = run(text);
		return Array.from({length: recording.length}, (_, seq) => describeEvent(recording.at(seq)));
	};
	expect(lines()).toEqual(lines());
});

test('past its budget of events a run is given up, with the action that needs them', () => {
	const result = runScenario(load(text), {budget: 100});
	expect(result).toMatchObject({
		ok: false,
		error: {
			message: expect.stringMatching(
				/^the script comes to more than 100 events in "(?:modprobe|rmmod) demo"$/,
			),
		},
	});
});

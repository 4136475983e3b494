import {describe, expect, it} from 'vitest';
import type {Recording} from '../../source/recording/recording.ts';
import {runScenarioText} from '../helpers/run-scenario-text.ts';
import {
	bindAction,
	leftover,
	probeResult,
	revisionNames,
	type ShapeDevice,
	shapeCalls,
	shapeDevice,
	shapeScenario,
	shapeString,
	unbindAction,
} from '../helpers/shape.ts';

const plain: ShapeDevice = {vector: 'msi', pin: true, initialBit: 0};

/** Returned values of a function, in order. */
function returned(recording: Recording, fn: string): string[] {
	return recording.ofType('return').flatMap((seq) => {
		const event = recording.at(seq);
		return event.type === 'return' && event.fn === fn ? [`${event.value}`] : [];
	});
}

describe('devres_release_all', () => {
	it('returns the nodes that were moved and never counts one added during release', () => {
		const text = shapeScenario(shapeCalls('S1', 'msi'), plain);
		expect(returned(runScenarioText(text, 'v9-series'), 'devres_release_all')).toEqual(['5']);
	});
});

describe('second cycles', () => {
	const script = ['modprobe: shape', unbindAction, bindAction, unbindAction, bindAction];

	it('v6.10 does the same again', () => {
		const recording = runScenarioText(
			shapeScenario(shapeCalls('S1', 'msi'), plain, script),
			'v6.10',
		);
		expect(shapeString(recording, 1)).toBe(shapeString(recording, 0));
	});

	it('v6.11 first clears the bit that it left', () => {
		const recording = runScenarioText(
			shapeScenario(shapeCalls('S1', 'msi'), plain, script),
			'v6.11',
		);
		expect(shapeString(recording, 1)).toBe(
			'P: +E b0 +g +d +m +n b1 | R: b0 | X: -n b1 -m -d -g -E',
		);
	});

	it('v6.11 restores the wrong value on a pinned device, which is not enabled anew', () => {
		const recording = runScenarioText(
			shapeScenario(shapeCalls('S9', 'msi'), plain, script),
			'v6.11',
		);
		expect(shapeString(recording, 1)).toBe('P: +E +g +d +m | R: +n b0 | X: -n b1 -m -d -g -E');
	});
});

const unmanaged = `
  plain:
    matches: ["1234:11e8"]
    probe:
      - pci_enable_device
      - pci_alloc_irq_vectors: {min: 1, max: 1, types: [msi]}
    remove:
      - pci_free_irq_vectors
      - pci_disable_device`;

describe('a device whose managed flag an earlier driver left set', () => {
	const script = [
		'modprobe: shape',
		unbindAction,
		'modprobe: plain',
		unbindAction,
		`bind: {driver: plain, device: "${shapeDevice}"}`,
	];
	const calls = {probe: ['pcim_enable_device'], remove: []};

	it.each([
		['A', 'P: +g +d +m b1 | R: b0 | X: -m -d -g', 0],
		['B', 'P: +g +d +m +n b1 | R: b0 | X: -n +n b1 -m -d -g ✗', -16],
		['C', 'P: +g +d +m +n b1 | R: b0 | X: -n b1 -m -d -g', 0],
		['D', 'P: +g +d +m +n b1 | R: b0 | X: -n b1 -m -d -g', 0],
		['D2', 'P: +g +d b1 | R: b0 | X: -d -g', 0],
		['E', 'P: +g +d b1 | R: b0 | X: -d -g', 0],
	])('%s treats the next driver so: %s', (letter, expected, second) => {
		const text = shapeScenario(calls, plain, script, unmanaged);
		const recording = runScenarioText(text, revisionNames[letter]);
		expect(shapeString(recording, 1)).toBe(expected);
		expect(probeResult(recording, 2)).toBe(second);
	});
});

describe('removal and rescan of a leaking device', () => {
	const script = [
		'modprobe: shape',
		unbindAction,
		bindAction,
		`remove: "${shapeDevice}"`,
		'rescan',
	];

	it('cures the leak: the new device is probed', () => {
		for (const letter of ['B', 'C']) {
			const text = shapeScenario(shapeCalls('S2', 'msi'), plain, script);
			const recording = runScenarioText(text, revisionNames[letter]);
			expect([letter, probeResult(recording, 1), probeResult(recording, 2)]).toEqual([
				letter,
				-16,
				0,
			]);
		}
	});

	it('releases the node once in v6.11-rc1, with the bus as prefix', () => {
		const text = shapeScenario(shapeCalls('S2', 'msi'), plain, script.slice(0, -1));
		const recording = runScenarioText(text, 'v6.11-rc1');
		expect(leftover(recording, recording.length)).toEqual([]);
	});

	it('adds a fresh node at each pass of the v9 series: the last one is leaked for good', () => {
		const text = shapeScenario(shapeCalls('S2', 'msi'), plain, script.slice(0, -1));
		const recording = runScenarioText(text, 'v9-series');
		const adds = recording.ofType('devres-add').map((seq) => recording.at(seq));
		expect(
			adds.filter((event) => 'name' in event && event.name === 'pcim_intx_restore'),
		).toHaveLength(4);
		expect(leftover(recording, recording.length)).toEqual(['pcim_intx_restore']);
	});

	it('frees the node where the flag was cleared at detach, as the recorded kernels do', () => {
		const text = shapeScenario(shapeCalls('S2', 'msi'), plain, script.slice(0, -1)).replace(
			'kernel: v6.10',
			'kernel: {base: v6.12-stable, intx: v9-series}',
		);
		const recording = runScenarioText(text);
		expect(probeResult(recording, 1)).toBe(-16);
		expect(leftover(recording, recording.length)).toEqual([]);
	});
});

describe('a driver that both manages and disables', () => {
	const calls = {probe: ['pcim_enable_device'], remove: ['pci_disable_device']};
	const script = ['modprobe: shape', unbindAction];
	const warnings = (letter: string): number =>
		runScenarioText(shapeScenario(calls, plain, script), revisionNames[letter]).ofType('warning')
			.length;

	it('is warned of from v6.11-rc1 on: v6.10 skips the second disable', () => {
		expect(['A', 'B', 'C', 'D', 'D2', 'E', 'G'].map(warnings)).toEqual([0, 0, 1, 1, 1, 1, 1]);
	});
});

import {describe, expect, it} from 'vitest';
import type {Recording} from '../../source/recording/recording.ts';
import {callsIn} from '../helpers/calls-in.ts';
import {dmesgText} from '../helpers/export-text.ts';
import {runScenarioText} from '../helpers/run-scenario-text.ts';
import {type ShapeDevice, shapeScenario, unbindAction} from '../helpers/shape.ts';

const device: ShapeDevice = {vector: 'msi', pin: true, initialBit: 0};

function runOf(probe: readonly string[], kernel = 'v6.12-stable'): Recording {
	const text = shapeScenario({probe, remove: []}, device, ['modprobe: shape', unbindAction]);
	return runScenarioText(text, kernel);
}

/** What the log says of nodes, without times and addresses. */
function operations(recording: Recording): string[] {
	return Array.from(dmesgText(recording).matchAll(/DEVRES (\w+) \w+ (.*)/g), ([, op, what]) =>
		[op, what].join(' '),
	);
}

describe('memory that devm_krealloc() moved', () => {
	const grow = ['devm_kzalloc: 8\n        as: small', 'devm_krealloc: {of: small, size: 600}'];

	it('is freed by devm_kfree() like any other', () => {
		const recording = runOf([`${grow[0]}`, `${grow[1]}\n        as: large`, 'devm_kfree: large']);
		expect(recording.ofType('warning')).toEqual([]);
		expect(operations(recording)).toEqual([
			'ADD devm_kzalloc_release (8 bytes)',
			'REPLACE devm_kzalloc_release (8 bytes)',
			'REM (null) (0 bytes)',
		]);
	});

	it('stays where it is while it fits what was really allocated', () => {
		const again = 'devm_krealloc: {of: large, size: 900}';
		const recording = runOf([`${grow[0]}`, `${grow[1]}\n        as: large`, again]);
		expect(recording.ofType('devres-replace')).toHaveLength(1);
	});

	it('is released through the function of all managed memory', () => {
		expect(callsIn(runOf(grow), 'release_nodes')).toEqual(['devm_kmalloc_release']);
	});
});

describe('as in traces of real kernels', () => {
	it('devm_kmalloc() has allocation and adding inlined', () => {
		expect(callsIn(runOf(['devm_kzalloc: 8']), 'devm_kmalloc')).toEqual([
			'[alloc_dr]',
			'[devres_add]',
		]);
	});

	it('devm_add_action() has adding inlined', () => {
		expect(callsIn(runOf(['devm_add_action: power_off']), '__devm_add_action')).toEqual([
			'__devres_alloc_node',
			'[devres_add]',
		]);
	});

	it.each(['v6.10', 'v6.12-stable'])('%s calls an action from devm_action_release()', (kernel) => {
		const recording = runOf(['devm_add_action: power_off'], kernel);
		expect(callsIn(recording, 'release_nodes')).toEqual(['devm_action_release', 'power_off']);
	});

	it.each(['v6.10', 'v6.12-stable'])('%s runs an action that is released by hand', (kernel) => {
		const steps = ['devm_add_action: power_off', 'devm_release_action: power_off'];
		const recording = runOf(steps, kernel);
		const calls = callsIn(recording, 'devm_release_action');
		expect(calls).toEqual(['devres_release', 'devres_remove', 'devm_action_release', 'power_off']);
	});

	it('v6.10 looks for its node when it gives a region back', () => {
		const recording = runOf(
			['pcim_enable_device', 'pcim_iomap_regions: {bars: [0], name: shape}'],
			'v6.10',
		);
		expect(callsIn(recording, 'pcim_release').slice(0, 2)).toEqual([
			'pci_release_region',
			'devres_find',
		]);
	});
});

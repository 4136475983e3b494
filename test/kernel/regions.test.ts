import {describe, expect, it} from 'vitest';
import type {Recording} from '../../source/recording/recording.ts';
import {dmesgText} from '../helpers/export-text.ts';
import {runScenarioText} from '../helpers/run-scenario-text.ts';
import {type ShapeDevice, shapeDevice, shapeScenario} from '../helpers/shape.ts';

const device: ShapeDevice = {vector: 'msi', pin: true, initialBit: 0};

function runOf(
	probe: readonly string[],
	script: readonly string[] = ['modprobe: shape'],
	kernel = 'v6.12-stable',
): Recording {
	const text = shapeScenario({probe: ['pcim_enable_device', ...probe], remove: []}, device, script);
	return runScenarioText(text.replace('{0: mem 1M}', '{0: mem 1M, 1: mem 4K, 2: mem 4K}'), kernel);
}

/** Operations on nodes of regions and mappings. */
function operations(recording: Recording): string[] {
	return Array.from(
		dmesgText(recording).matchAll(/DEVRES (\w+) \w+ (pcim_addr\w+|pcim_iomap\w+|__pcim\w+)/g),
		([, op, name]) => [op, name].join(' '),
	);
}

function returned(recording: Recording, fn: string): string[] {
	return recording.ofType('return').flatMap((seq) => {
		const event = recording.at(seq);
		return event.type === 'return' && event.fn === fn ? [`${event.value}`] : [];
	});
}

const addr = 'pcim_addr_resource_release';
const table = 'pcim_iomap_release';

describe('pcim_iomap_regions', () => {
	it('takes BARs in ascending order, whatever the order in which they are named', () => {
		const recording = runOf(['pcim_iomap_regions: {bars: [2, 0], name: shape}']);
		const bars = recording.ofType('devres-data').flatMap((seq) => {
			const event = recording.at(seq);
			return event.type === 'devres-data' && event.field === 'bar' ? [event.value] : [];
		});
		expect(bars).toEqual([0, 2]);
	});

	it('gives every lower BAR back when one fails, also those of an earlier call', () => {
		const recording = runOf([
			'pcim_iomap_regions: {bars: [0], name: shape}',
			'pci_request_region: {bar: 2, name: other}',
			'pcim_iomap_regions: {bars: [1, 2], name: shape}\n        on_error: continue',
		]);
		expect(returned(recording, 'pcim_iomap_regions')).toEqual(['0', '-16']);
		expect(operations(recording).slice(-2)).toEqual([`REM ${addr}`, `REM ${addr}`]);
	});

	it('keeps a mapping for which there is no table until the device is unbound', () => {
		const recording = runOf(
			['pcim_iomap_regions: {bars: [0], name: shape}\n        on_error: continue'],
			['fail: {fn: pcim_iomap_table}', 'modprobe: shape'],
		);
		expect(returned(recording, 'pcim_iomap_regions')).toEqual(['-12']);
		expect(operations(recording)).toEqual([`ADD ${addr}`]);
	});
});

describe('pcim_iomap', () => {
	it('warns of a slot that is taken, and maps', () => {
		const recording = runOf(['pcim_iomap: 0', 'pcim_iomap: 0']);
		expect(returned(recording, 'pcim_iomap')).toEqual(['0', '0']);
		expect(recording.ofType('warning')).toHaveLength(1);
		expect(operations(recording)).toEqual([`ADD ${table}`, `ADD ${addr}`, `ADD ${addr}`]);
	});

	it('leaves the table alone when there is nothing to unmap', () => {
		const recording = runOf(['pcim_iomap_regions: {bars: [0], name: shape}', 'pcim_iounmap: 0']);
		const nodes = recording.stateAt(recording.length).devices.get(shapeDevice)?.devres_head ?? [];
		expect(nodes.find((node) => node.name === table)?.data['table0']).toBeTruthy();
	});
});

describe('errors of mapping', () => {
	it('pcim_iomap_range gives -EINVAL where there is nothing', () => {
		const recording = runOf(['pcim_iomap_range: 5']);
		expect(returned(recording, 'pcim_iomap_range')).toEqual(['-22']);
	});

	it('pcim_iomap_regions_request_all gives -EINVAL beyond BAR 0, and gives all back', () => {
		const recording = runOf(['pcim_iomap_regions_request_all: {bars: [0, 5], name: shape}']);
		expect(returned(recording, 'pcim_iomap_regions_request_all')).toEqual(['-22']);
		expect(operations(recording).filter((line) => line === `REM ${addr}`)).toHaveLength(7);
	});
});

it('pcim_set_mwi forgets its action when MWI cannot be set, without running it', () => {
	const recording = runOf(['pcim_set_mwi'], ['fail: {fn: pci_set_mwi}', 'modprobe: shape']);
	expect(operations(recording)).toEqual(['ADD __pcim_clear_mwi', 'REM __pcim_clear_mwi']);
	expect(returned(recording, 'pci_clear_mwi')).toEqual([]);
});

import {readFileSync} from 'node:fs';
import {describe, expect, it} from 'vitest';
import type {Recording} from '../../source/recording/recording.ts';
import {dmesgText} from '../helpers/export-text.ts';
import {runScenarioText} from '../helpers/run-scenario-text.ts';

const scenario = readFileSync('scenarios/ccp-reload.yaml', 'utf8');
const report = readFileSync('test/fixtures/report.txt', 'utf8').split('\n');

/** A log line without its time and addresses: what two machines can have in common. */
function blanked(line: string): string {
	return line
		.replace(/^\[\s*[\d.]+\] /, '')
		.replace(/ (?:0x)?[\da-f]{16}(?: 0x[\da-f]{16})? /, ' ADDRESS ');
}

const isCompared = (line: string): boolean =>
	/DEVRES (?:ADD|REL|REM)|Resources present before probing/.test(line);

/** The report quotes some lines again further down: the log is what comes first. */
function reportedLog(): string[] {
	const end = report.findIndex((line) => line.includes('>From the above DEVRES logging'));
	return report.slice(0, end).filter(isCompared).map(blanked);
}

/** Of the whole run what the report shows: unloading, and what the next load says. */
function simulatedLog(recording: Recording): string[] {
	const lines = dmesgText(recording).split('\n').filter(isCompared);
	const unload = lines.findIndex((line) => line.includes('DEVRES REL'));
	return lines.slice(unload).map(blanked);
}

/** Functions on the stack when the first event that matches happened, innermost first. */
function stackAtFirstAdd(recording: Recording, name: string): string[] {
	const seq = recording.ofType('devres-add').find((candidate) => {
		const event = recording.at(candidate);
		return event.type === 'devres-add' && event.name === name;
	});
	if (seq === undefined) throw new Error(`no ADD of ${name}`);
	const frames = recording.stateAt(seq + 1).contexts.get(recording.at(seq).context) ?? [];
	return frames
		.filter((frame) => !frame.inlined)
		.map((frame) => frame.fn)
		.toReversed();
}

/** Frames of the stack that the report quotes, without offsets and unreliable ones. */
function reportedStack(): string[] {
	const frame = /^\[ *[\d.]+\] (\w+)\+0x[\da-f]+\/0x[\da-f]+/;
	return report.flatMap((line) => frame.exec(line)?.[1] ?? []);
}

describe('the reported log', () => {
	const recording = runScenarioText(scenario);

	it('is printed line for line, for both devices', () => {
		const expected = reportedLog();
		expect(expected).toHaveLength(31);
		expect(simulatedLog(recording)).toEqual(expected);
	});

	it('holds the ADD in the middle of the release', () => {
		const lines = simulatedLog(recording);
		const add = lines.findIndex((line) => line.includes('DEVRES ADD'));
		expect(lines[add - 1]).toBe('ccp 0000:a2:00.1: DEVRES REL ADDRESS pcim_intx_restore (4 bytes)');
	});
});

describe('the reported stack', () => {
	it('stands at the first ADD of pcim_intx_restore', () => {
		const stack = stackAtFirstAdd(runScenarioText(scenario), 'pcim_intx_restore');
		const expected = reportedStack();
		expect(expected[0]).toBe('pcim_intx');
		expect(expected.at(-1)).toBe('ret_from_fork_asm');
		expect(stack.slice(stack.indexOf('pcim_intx'))).toEqual(expected);
	});
});

describe('the moment after the nodes were moved', () => {
	it('has an empty devres_head and all nodes on the todo list in order', () => {
		const recording = runScenarioText(scenario);
		const first = recording.ofType('devres-release')[0] ?? 0;
		const event = recording.at(first);
		const before = recording
			.stateAt(recording.ofType('unbind')[0] ?? 0)
			.devices.get('0000:a2:00.1');
		const device = recording.stateAt(first).devices.get(`${event.device}`);
		expect(event.device).toBe('0000:a2:00.1');
		expect(device?.devres_head).toEqual([]);
		const names = device?.passes.flatMap((pass) => pass.entries.map(({node}) => node.name));
		expect(names).toEqual(before?.devres_head.map((node) => node.name));
		expect(names).toHaveLength(12);
	});
});

describe('other kernels', () => {
	it.each([
		'v6.10',
		'v6.11-rc1',
		'v6.11-rc2',
		'v6.11',
		'takashi-rfc',
		'v6.14-rc1',
		'v6.14',
		'v6.16',
	])('%s loads the driver again', (kernel) => {
		const recording = runScenarioText(scenario, kernel);
		const state = recording.stateAt(recording.length);
		const bound = [...state.devices.values()].map((device) => device.bound);
		expect(bound).toEqual([true, true]);
	});
});

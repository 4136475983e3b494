import {readFileSync} from 'node:fs';
import {describe, expect, it} from 'vitest';
import {
	check,
	describe as describeEvent,
	importLog,
	inputFormats,
	kernels,
	loadRecording,
	type Recording,
	saveRecording,
	simulate,
} from '../source/library.ts';

const scenario = readFileSync('scenarios/shape-s2.yaml', 'utf8');
const log = readFileSync('test/fixtures/report.txt', 'utf8');

function recordingOf(result: ReturnType<typeof simulate>): Recording {
	if (!result.ok) throw new Error(result.errors.map(({message}) => message).join('\n'));
	return result.recording;
}

describe('simulate', () => {
	it('runs a scenario under its own kernel, another one, or a mixture', () => {
		const kernelOf = (kernel?: string) =>
			recordingOf(simulate(scenario, kernel === undefined ? {} : {kernel})).header.source.kernel;
		expect(kernelOf()).toBe('v6.11-rc1');
		expect(kernelOf('v6.14')).toBe('v6.14');
		expect(kernelOf('{base: v6.12-stable, intx: v9-series}')).toBe('v6.12-stable+');
	});

	it('says where a scenario is wrong', () => {
		const wrong = scenario.replace('modprobe:', 'modprob:');
		const line = wrong.split('\n').findIndex((text) => text.includes('modprob:')) + 1;
		expect(simulate(wrong)).toMatchObject({
			ok: false,
			errors: [{line, column: 5, message: 'unknown action "modprob"'}],
		});
	});

	it('says which expression is wrong', () => {
		expect(simulate(`${scenario}\nexpect:\n  - that: size(\n`)).toMatchObject({ok: false});
	});

	it('says that a kernel is not known', () => {
		expect(simulate(scenario, {kernel: 'v6.1O'})).toEqual({
			ok: false,
			errors: [
				{
					line: null,
					column: null,
					message: 'unknown kernel "v6.1O"',
					hint: 'did you mean "v6.10"?',
				},
			],
		});
	});

	it('keeps where the scenario came from, and makes the same recording each time', () => {
		const first = recordingOf(simulate(scenario, {path: 'a.yaml'}));
		expect(first.header.source.path).toBe('a.yaml');
		expect(saveRecording(recordingOf(simulate(scenario, {path: 'a.yaml'})))).toBe(
			saveRecording(first),
		);
	});

	it('knows every kernel that it names', () => {
		for (const {name} of kernels) recordingOf(simulate(scenario, {kernel: name}));
		expect(kernels.length).toBeGreaterThan(5);
	});
});

describe('a log', () => {
	it('is imported, checked, and looked at', () => {
		const recording = recordingOf(importLog(log));
		expect(check(recording).map(({rule}) => rule)).toContain('leftover-at-probe');
		const end = recording.stateAt(recording.length);
		expect(end.devices.get('0000:23:00.1')?.devres_head).toHaveLength(1);
		const [leak] = check(recording).filter(({rule}) => rule === 'leak');
		expect(describeEvent(recording.at(leak?.event ?? 0))).not.toBe('');
	});

	it('of no known format is refused, and so is a format that nobody knows', () => {
		expect(importLog('Dear kernel,\n')).toMatchObject({ok: false, errors: [{line: 1}]});
		expect(importLog(log, {format: 'dmseg'})).toMatchObject({ok: false});
		expect(inputFormats).toContain('dmesg');
	});
});

it('a recording is saved as the program does it, and loaded again', () => {
	const recording = recordingOf(simulate(scenario));
	const text = saveRecording(recording);
	expect(text.split('\n')).toHaveLength(recording.length + 2);
	expect(saveRecording(recordingOf(loadRecording(text)))).toBe(text);
});

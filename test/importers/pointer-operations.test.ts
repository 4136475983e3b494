import {describe, expect, test} from 'vitest';
import {importLog} from '../../source/importers/import-log.ts';
import {resolveOperations} from '../../source/importers/pointer-operations.ts';
import {parseArrowFrame} from '../../source/importers/stack-lines.ts';
import {parseReportLine} from '../../source/importers/trace-cmd-line.ts';
import {fixtures, textOf} from '../helpers/real-recordings.ts';

/** Addresses that stand for the operations in these texts. */
const words = {
	ADD: 'ffffffffb2b00308',
	REL: 'ffffffffb2adfd62',
	REM: 'ffffffffb2b191b3',
	REPLACE: 'ffffffffb2b20000',
} as const;

type Step = readonly [op: keyof typeof words, node: string, name: string, frame?: string];

/** The report of these steps, with addresses in place of operations. */
function report(steps: readonly Step[]): string[] {
	return steps.flatMap(([op, node, name, frame], index) => {
		const task = `           rmmod-1  [000]   1.${String(index).padStart(6, '0')}: `;
		const logged = `${task}devres_log:           0000:23:00.1 ${words[op]} 0xffff8cfaa528d${node} ${name} (8 bytes)`;
		if (frame === undefined) return [logged];
		const frames = ['trace_event_raw_event_devres', frame];
		const stack = frames.map((fn) => `=> ${fn} (ffffffffb1f573b9)`);
		return [logged, `${task}kernel_stack:         <stack trace >`, ...stack];
	});
}

function resolved(lines: readonly string[]) {
	const {opOf, remarks} = resolveOperations(lines, parseReportLine, parseArrowFrame);
	const meanings = Object.entries(words).map(([op, word]) => [op, opOf?.(word)]);
	return {meanings: Object.fromEntries(meanings), remarks};
}

describe('what stands for an operation is told by', () => {
	test('addresses that are used again for other nodes', () => {
		const {meanings, remarks} = resolved(
			report([
				['REL', '140', 'b_release'],
				['REL', '180', 'a_release'],
				['ADD', '140', 'a_release'],
				['ADD', '1c0', 'b_release'],
			]),
		);
		expect(meanings).toMatchObject({ADD: 'ADD', REL: 'REL'});
		expect(remarks).toHaveLength(1);
	});

	test('the one operation that stands between the others, and runs of releases', () => {
		const {meanings} = resolved(
			report([
				['ADD', '140', 'a_release'],
				['REM', '140', 'a_release'],
				['ADD', '140', 'a_release'],
				['ADD', '180', 'b_release'],
				['ADD', '1c0', 'c_release'],
				['REL', '1c0', 'c_release'],
				['REL', '180', 'b_release'],
				['REL', '140', 'a_release'],
			]),
		);
		expect(meanings).toMatchObject({ADD: 'ADD', REL: 'REL', REM: 'REM'});
	});

	test('the order of the nodes that MSI adds, be there one operation or two', () => {
		const names = ['devm_attr_group_remove', 'msi_device_data_release', 'pcim_msi_release'];
		const added = names.map((name, index): Step => ['ADD', `${index}00`, name]);
		const released = names.map((name, index): Step => ['REL', `${index}00`, name]).reverse();
		expect(resolved(report(added)).meanings.ADD).toBe('ADD');
		expect(resolved(report(released)).meanings.REL).toBe('REL');
		expect(resolved(report([...released, ...added])).meanings).toMatchObject({
			ADD: 'ADD',
			REL: 'REL',
		});
	});

	test('a pinctrl that is removed as soon as it is added', () => {
		const {meanings} = resolved(
			report([
				['ADD', '140', 'devm_kzalloc_release'],
				['ADD', '180', 'devm_pinctrl_release'],
				['REM', '180', 'devm_pinctrl_release'],
				['REM', '140', 'devm_kzalloc_release'],
				['ADD', '1c0', 'pcim_disable_device'],
			]),
		);
		expect(meanings).toMatchObject({ADD: 'ADD', REM: 'REM'});
	});

	test('stacks, all four of them', () => {
		const {meanings} = resolved(
			report([
				['ADD', '140', 'a_release', 'add_dr'],
				['REM', '180', 'b_release', 'devres_remove'],
				['REL', '1c0', 'c_release', 'release_nodes'],
				['REPLACE', '200', 'devm_kmalloc_release', 'replace_dr'],
			]),
		);
		expect(meanings).toEqual({ADD: 'ADD', REL: 'REL', REM: 'REM', REPLACE: 'REPLACE'});
	});
});

test('where nothing tells, nothing is guessed: the events are not read, and the error says why', () => {
	const lines = report([
		['ADD', '140', 'a_release'],
		['ADD', '180', 'b_release'],
	]);
	const {meanings, remarks} = resolved(lines);
	expect(meanings.ADD).toBeUndefined();
	expect(remarks[0]).toContain('nothing in the trace tells which is which');
	const read = importLog(['cpus=2', ...lines].join('\n'));
	expect(read.ok ? null : read.errors[0]).toMatchObject({
		message: expect.stringContaining('operations are printed as addresses'),
		hint: expect.stringContaining('trace'),
	});
});

test('where operations are printed, nothing is said about them', () => {
	const lines = report([['ADD', '140', 'a_release']]).map((line) => line.replace(words.ADD, 'ADD'));
	expect(resolveOperations(lines, parseReportLine, parseArrowFrame)).toEqual({
		opOf: null,
		remarks: [],
		refusal: null,
	});
});

test('a real recording is told apart however little of it is left', () => {
	const lines = textOf(fixtures, 'formats/trace-cmd/snd_hda_intel.events.report.txt').split('\n');
	for (let start = 0; start + 30 <= lines.length; start += 1) {
		const {meanings} = resolved(lines.slice(start, start + 30));
		for (const op of ['ADD', 'REL', 'REM']) expect([op, undefined]).toContain(meanings[op]);
		expect(meanings.ADD).toBe('ADD');
	}
});

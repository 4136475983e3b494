import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {checkIntegrity} from '../../source/recording/integrity.ts';
import type {Recording} from '../../source/recording/recording.ts';
import {fixtures, imported, textOf} from '../helpers/real-recordings.ts';

const text = textOf(join(fixtures, '..'), 'report.txt');
const report = imported(text);
const leaky = ['0000:a2:00.1', '0000:23:00.1'] as const;

function leftOn(recording: Recording, device: string): string[] {
	const state = recording.stateAt(recording.length).devices.get(device);
	return (state?.devres_head ?? []).map(({name, node}) => `${name} ${node.replace(/^0+/, '')}`);
}

function eventsOf(recording: Recording, node: string) {
	return Array.from({length: recording.length}, (_, seq) => recording.at(seq)).filter(
		(event) => 'node' in event && event.node.endsWith(node),
	);
}

/** As a mail program would send it on. */
function encoded(line: string): string {
	const bytes = line.replaceAll('=', '=3D').replace(/^\[ /, '[=C2=A0').replace(/ $/, '=20');
	return bytes.replaceAll(/ (DEVRES|the|for) (?=.)/g, ' $1 =\n');
}

describe('the report as mailed', () => {
	test('leaves both devices with nothing but the node that was added again', () => {
		expect(leftOn(report, leaky[0])).toEqual(['pcim_intx_restore 1a2ac6ad']);
		expect(leftOn(report, leaky[1])).toEqual(['pcim_intx_restore 57f8e767']);
	});

	test('tells the life of the first node: added, moved, released', () => {
		expect(eventsOf(report, 'fbd19618').map(({type, time}) => `${type} ${time}`)).toEqual([
			'devres-add 40.419012',
			'devres-move 218.245241',
			'devres-release 218.331',
		]);
	});

	test('has the stack of that ADD, without what another CPU printed in between', () => {
		const [add] = eventsOf(report, 'fbd19618');
		const [seq = 0] = report.ofType('stack');
		const stack = report.at(seq);
		expect(stack).toMatchObject({type: 'stack', of: add?.seq});
		const frames = stack.type === 'stack' ? stack.frames : [];
		expect(frames).toHaveLength(16);
		expect(frames[4]).toEqual({fn: 'sp_pci_probe', offset: '0x106/0x310', module: 'ccp'});
		expect(frames[5]).toEqual({
			fn: 'srso_alias_return_thunk',
			offset: '0x5/0xfbef5',
			unreliable: true,
		});
		const printed = report.ofType('printk').map((each) => report.at(each));
		expect(printed).toContainEqual(expect.objectContaining({text: 'ipmi device interface'}));
	});

	test('shows both probes refused', () => {
		const ends = report.ofType('probe-end').map((seq) => report.at(seq));
		expect(ends.map(({device}) => device).toSorted()).toEqual(leaky.toSorted());
		for (const end of ends) expect(end).toMatchObject({result: -16});
	});

	test('accounts for every line: log, quotation, blank or elision, prose', () => {
		const {lines, remarks = []} = report.header;
		expect(lines).toEqual({
			total: 117,
			used: 51,
			ignored: 36,
			quoted: 4,
			unparsed: 30,
			lost: 0,
		});
		expect(remarks.join()).toContain('20 lines stand later in the text than their time');
	});

	test('is one consistent story of one kernel', () => {
		expect(checkIntegrity(report, {lateStart: true})).toEqual([]);
		expect(report.ofType('boot')).toEqual([]);
	});

	const lines = text.split('\n');
	test.each([
		['quoted', lines.map((line) => `> ${line}`).join('\n')],
		['quoted twice', lines.map((line) => `>> > ${line}`).join('\n')],
		['quoted-printable', lines.map(encoded).join('\n')],
		['indented', lines.map((line) => `    ${line}`).join('\n')],
		['a web page', text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')],
		['with other line ends', lines.join('\r\n')],
	])('reads the same when it is %s', (_, variant) => {
		const recording = imported(variant);
		for (const device of leaky) expect(leftOn(recording, device)).toEqual(leftOn(report, device));
		expect(recording.length).toBe(report.length);
		expect(recording.header.lines.quoted).toBe(4);
		const counts = recording.header.lines;
		expect(counts.used + counts.ignored + counts.unparsed).toBe(counts.total);
	});
});

describe('lines that a mail program broke', () => {
	test.each([
		['before the name', / (?=pcim_|devm_|msi_|fw_)/],
		['behind DEVRES', /(?<=DEVRES) /],
		['before the size', / (?=\(\d+ bytes)/],
		['in a refusal', /(?<=present) /],
	])('%s are read as one', (_, gap) => {
		const broken = imported(
			text
				.split('\n')
				.map((line) =>
					/: (?:DEVRES|Resources)/.test(line) ? `> ${line.replace(gap, '\n> ')}` : line,
				)
				.join('\n'),
		);
		for (const device of leaky) expect(leftOn(broken, device)).toEqual(leftOn(report, device));
		expect(broken.length).toBe(report.length);
	});
});

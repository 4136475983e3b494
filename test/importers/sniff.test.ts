import {readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {importLog} from '../../source/importers/import-log.ts';
import {importers, sniff} from '../../source/importers/sniff.ts';
import {logsBelow} from '../helpers/log-story.ts';
import {filesBelow, fixtures, imported, textOf} from '../helpers/real-recordings.ts';

const op = 'ccp 0000:23:00.1: DEVRES ADD 00000000fbd19618 pcim_intx_restore (4 bytes)';

function scoresOf(lines: readonly string[]): Map<string, number> {
	return new Map(importers.map(({format, recognise}) => [format, recognise(lines)]));
}

describe('a real log is recognised as what it is, and as nothing else before that', () => {
	test.each(logsBelow(fixtures))('%s', (path) => {
		const {header} = imported(textOf(fixtures, path));
		const scores = scoresOf(header.text.slice());
		const own = scores.get(header.source.format ?? '') ?? 0;
		for (const [format, score] of scores) {
			if (format !== header.source.format)
				expect(`${format} ${score < own}`).toBe(`${format} true`);
		}
	});
});

describe('a real trace is taken for no log', () => {
	const traces = filesBelow(fixtures, '.txt').filter((path) =>
		/(?:events|stacks|graph|report)[^/]*\.txt$/.test(path),
	);

	test.each(traces)('%s', (path) => {
		const lines = textOf(fixtures, path).split('\n');
		const logs = importers.filter(({kind}) => kind === 'log');
		for (const {format, recognise} of logs) {
			expect(`${format} ${recognise(lines)}`).toBe(`${format} 0`);
		}
	});
});

describe('what is no log is recognised by nobody', () => {
	test.each([
		['prose', 'It is a truth universally acknowledged: a driver in want of a device must fail.'],
		['a shell session', '$ ls -l\ntotal 4\n-rw-r--r-- 1 root root 12 Jul  8 21:51 a.txt'],
		['source code', 'int main(void) {\n\treturn pci_intx(0);\n}'],
		['JSON', '{\n  "name": "x",\n  "list": [\n    1,\n    2\n  ]\n}'],
		['a list of numbers', '[\n1,\n2\n]'],
		['an Xorg log', '[    12.345] (II) Loading extension GLX'],
		['a table of numbers', '1,2,3\n4,5,6'],
		[
			'a log of programs',
			'Jul  8 21:51:10 epyc1 sshd[12]: hello\nJul  8 21:51:11 epyc1 cron[1]: x',
		],
		['a log of a web server', '127.0.0.1 - - [08/Jul/2024:21:51:10 +0000] "GET / HTTP/1.1" 200 5'],
		['an environment', 'PATH=/bin\nHOME=/root\nMESSAGE=hello'],
		['lspci', '23:00.1 Encryption controller: AMD Starship Cryptographic Coprocessor PSPCPP'],
		['the package file', readFileSync('package.json', 'utf8')],
		['the license', readFileSync('LICENSE', 'utf8')],
	])('%s', (_, text) => {
		expect(sniff(text.split('\n'))?.format ?? null).toBeNull();
		expect(importLog(text).ok).toBe(false);
	});
});

describe('a long file', () => {
	const noise = (count: number) => Array.from({length: count}, (_, n) => `line ${n} of others`);

	test('whose first lines say nothing is recognised by later ones', () => {
		const lines = [...noise(100_000), op, ...noise(100_000)];
		expect(sniff(lines)?.format).toBe('dmesg');
	});

	test('is what most of it is, not what it begins with', () => {
		const kmsg = Array.from({length: 3000}, (_, n) => `3,${n},${n}000000,-;${op}`);
		const lines = [...Array.from({length: 500}, () => `[    1.000000] ${op}`), ...kmsg];
		expect(sniff(lines)?.format).toBe('kmsg');
	});
});

describe('a file of several formats', () => {
	const trace = textOf(fixtures, 'v9-patch/ahci.graph.txt').split('\n');
	const log = textOf(fixtures, 'formats/dmesg/serial.default.txt').trimEnd().split('\n');

	test('is read by the one that most lines are of, and says what the others look like', () => {
		const mixed = imported([...trace, ...log].join('\n'));
		expect(mixed.header.source.format).toBe('function_graph');
		expect(mixed.header.lines.unparsed).toBe(log.length);
		expect(mixed.header.remarks).toEqual([
			`${log.length} lines look like dmesg and were not read: --input dmesg reads them`,
		]);
	});

	test('can be read by another', () => {
		const read = importLog([...trace, ...log].join('\n'), {format: 'dmesg'});
		if (!read.ok) throw new Error('it was refused');
		expect(read.recording.header.lines.used).toBe(log.length);
		expect(read.recording.header.remarks?.join()).toContain('--input function_graph');
	});
});

describe('a wrong format that is forced', () => {
	test.each([
		['formats/journal/ahci.json.txt', 'dmesg', 'journal-json'],
		['formats/journal/ahci.short-monotonic.txt', 'dmesg', 'journal'],
		['formats/journal/ahci.short.txt', 'dmesg', 'journal'],
		['formats/dmesg/serial.default.txt', 'kmsg', 'dmesg'],
		['formats/dmesg/serial.default.txt', 'journal', 'dmesg'],
		['formats/dmesg/serial.T.txt', 'syslog', 'dmesg'],
		['formats/dmesg/serial.default.txt', 'ftrace', 'dmesg'],
		['v9-patch/ahci.graph.txt', 'journal', 'function_graph'],
		['formats/dmesg/serial.J.json', 'journal-fields', 'dmesg-json'],
	])('%s as %s is refused, with the line and the right one', (path, format, right) => {
		const read = importLog(textOf(fixtures, path), {format});
		if (read.ok) throw new Error('it was read');
		const [error] = read.errors;
		expect(error).toMatchObject({line: expect.any(Number), text: expect.any(String)});
		expect(error?.hint).toContain(`--input ${right}`);
	});
});

import {mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, describe, expect, test} from 'vitest';
import {exporters} from '../../source/exporters/exporters.ts';
import {fixtures} from '../helpers/real-recordings.ts';
import {runCli} from '../helpers/run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'devresdbg-'));
afterAll(() => rmSync(folder, {recursive: true}));

function cli(...args: string[]) {
	return runCli(args, {cwd: folder});
}

function textOf(name: string): string {
	return readFileSync(join(folder, name), 'utf8');
}

const formats = exporters.map(({format}) => format);

describe('convert', () => {
	test.each(formats)('prints %s, or writes the same to a file', (format) => {
		const {code, stdout, stderr} = cli('convert', 'shape-s3', '--to', format);
		expect({code, stderr}).toEqual({code: 0, stderr: ''});
		expect(stdout).toMatch(/^[^\n]+\n[\s\S]*\n$/);
		const file = `out-${format}`;
		const saved = cli('convert', 'shape-s3', '--to', format, '--output', file);
		expect(saved).toEqual({code: 0, stdout: '', stderr: ''});
		expect(textOf(file)).toBe(stdout);
	});

	test.each(exporters.flatMap(({format, extensions}) => extensions.map((end) => [end, format])))(
		'an output that ends in %s is %s',
		(end, format) => {
			expect(cli('convert', 'shape-s3', `--output=x${end}`)).toMatchObject({code: 0, stderr: ''});
			expect(textOf(`x${end}`)).toBe(cli('convert', 'shape-s3', '--to', format).stdout);
		},
	);

	test('--to decides where the name says something else', () => {
		cli('convert', 'shape-s3', '--to', 'dmesg', '--output', 'y.json');
		expect(textOf('y.json')).toMatch(/^\[ /);
	});

	test('jsonl is what run --save writes, dmesg what run prints', () => {
		cli('run', 'shape-s3', '--save', 'saved.jsonl');
		expect(cli('convert', 'shape-s3', '--to', 'jsonl').stdout).toBe(textOf('saved.jsonl'));
		expect(cli('convert', 'shape-s3', '--to', 'dmesg').stdout).toBe(
			cli('run', 'shape-s3', '--format', 'dmesg').stdout,
		);
	});

	test('takes whatever opens: under another kernel, a saved recording, a trace, a pipe', () => {
		const graph = cli('convert', 'shape-s3', '--kernel', 'v6.14', '--to', 'function_graph').stdout;
		expect(graph).toMatch(/^# tracer: function_graph\n/);
		const events = runCli(['convert', '-', '--to', 'jsonl'], {input: graph, cwd: folder}).stdout;
		writeFileSync(join(folder, 'trace.jsonl'), events);
		expect(cli('convert', 'trace.jsonl', '--to', 'function_graph').stdout).toBe(graph);
	});

	test('a saved log opens again however long it is, though its text is one line', () => {
		const path = join(fixtures, 'v6.12-stock', 'ahci.graph.txt');
		expect(cli('run', path, '--save', 'long.jsonl').code).toBe(0);
		expect(textOf('long.jsonl').indexOf('\n')).toBeGreaterThan(100_000);
		const {code, stdout} = cli('convert', 'long.jsonl', '--to', 'jsonl');
		expect(code).toBe(0);
		expect(stdout).toBe(textOf('long.jsonl'));
	});
});

test('the README has a row for each format, with its extensions', () => {
	const readme = readFileSync(join(import.meta.dirname, '..', '..', 'README.md'), 'utf8');
	for (const {format, extensions} of exporters) {
		const ends = extensions.map((end) => `\`${end}\``).join(' ');
		expect(readme).toContain(`\n| \`${format}\` | ${ends} | `);
	}
});

describe('what convert refuses has its message and its code', () => {
	writeFileSync(join(folder, 'letter.txt'), 'Dear kernel,\n');
	const known = 'known: jsonl, dmesg, ftrace, function_graph, perfetto';
	const rows: readonly [string, string[], number, string | RegExp][] = [
		[
			'no file',
			['convert'],
			2,
			'convert needs a FILE\n  `devresdbg convert FILE --to FORMAT`, FILE is - for standard input\n',
		],
		['no format', ['convert', 'shape-s3'], 2, `convert needs --to FORMAT\n  ${known}\n`],
		[
			'a misspelt format',
			['convert', 'shape-s3', '--to', 'perfeto'],
			2,
			'unknown format "perfeto"\n  did you mean "perfetto"?\n',
		],
		[
			'a format that is like no other',
			['convert', 'shape-s3', '--to', 'pcap'],
			2,
			`unknown format "pcap"\n  ${known}\n`,
		],
		[
			'a name that tells no format',
			['convert', 'shape-s3', '--output', 'x.txt'],
			2,
			`the name x.txt doesn't tell the format\n  add --to FORMAT; ${known}\n`,
		],
		[
			'options of reports',
			['convert', 'shape-s3', '--format', 'dmesg'],
			2,
			'convert takes no --format\n  it is for run, check, diff, workshop, list\n',
		],
		[
			'all kernels at once',
			['convert', 'shape-s3', '--to', 'jsonl', '--kernel', 'all'],
			2,
			'--kernel all gives a table, no recording to convert\n',
		],
		[
			'its own options elsewhere',
			['run', 'shape-s3', '--to', 'jsonl'],
			2,
			'run takes no --to\n  it is for convert\n',
		],
		['an unknown text', ['convert', 'letter.txt', '--to', 'jsonl'], 4, /^letter\.txt:1: /],
		[
			'a place that cannot be written',
			['convert', 'shape-s3', '--output', 'none/x.jsonl'],
			2,
			"none/x.jsonl: can't be written: ENOENT\n",
		],
		['a word too many', ['convert', 'a', 'b'], 2, /^what is "b" for\?\n/],
	];
	test.each(rows)('%s', (_, args, code, message) => {
		const result = cli(...args);
		expect(result.code).toBe(code);
		expect(result.stdout).toBe('');
		if (typeof message === 'string') expect(result.stderr).toBe(message);
		else expect(result.stderr).toMatch(message);
	});

	test('and leaves no file behind', () => {
		expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
	});
});

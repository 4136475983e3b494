import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, describe, expect, test} from 'vitest';
import {runCli} from '../helpers/run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'devresdbg-'));
afterAll(() => rmSync(folder, {recursive: true}));

function fileOf(name: string, text: string): string {
	const path = join(folder, name);
	writeFileSync(path, text);
	return name;
}

function run(...args: string[]) {
	return runCli(['run', 'ccp-reload', ...args], {cwd: folder});
}

const good = fileOf('good.dbg', '# a comment\necho one\n');

describe('a batch', () => {
	test('runs files and single commands in the order given', () => {
		const {code, stdout, stderr} = run('-e', 'echo zero', '-x', good, '-e', 'echo two');
		expect(stdout).toBe(
			'(devresdbg) echo zero\nzero\n(devresdbg) echo one\none\n(devresdbg) echo two\ntwo\n',
		);
		expect([code, stderr]).toEqual([0, '']);
	});

	test('takes the long names of the options, with = or without, and -x with its value joined', () => {
		const {stdout} = run('--command', good, `--command=${good}`, `-x${good}`, '--eval-command=bt');
		expect(stdout.match(/^one$/gm)).toHaveLength(3);
		expect(stdout).toContain('No function is open here.');
	});

	test('a block of commands may go over several -e', () => {
		const {code, stdout} = run('-e', 'commands 1', '-e', 'echo here', '-e', 'end', '-e', 'c');
		expect(code).toBe(0);
		expect(stdout.trimEnd().split('\n').at(-1)).toBe('here');
	});

	test('a failed assertion is told with file and line; the rest runs, and the code is 1', () => {
		const script = fileOf('check.dbg', 'step\n\nassert position == 2\necho behind\n');
		const {code, stdout, stderr} = run('-x', script);
		expect(code).toBe(1);
		expect(stdout).toContain('Assertion failed: position == 2 (position is 1).');
		expect(stdout).toContain('behind');
		expect(stderr).toBe('check.dbg:3: assertion failed: position == 2 (position is 1)\n');
	});

	test('an unknown command is told with file, line and column, and the code is 2', () => {
		const script = fileOf('wrong.dbg', '# one\n  contiune\n');
		const {code, stderr} = run('-x', script);
		expect(code).toBe(2);
		expect(stderr).toBe(
			'wrong.dbg:2:3: No command is named "contiune". Did you mean "continue"?\n',
		);
	});

	test('an expression that is wrong has a caret', () => {
		const {code, stderr} = run('-e', 'step', '-e', 'print fn + nod');
		expect(code).toBe(2);
		expect(stderr.split('\n').slice(0, 3)).toEqual([
			'-e:2:12: Unknown variable: nod, did you mean "node"?',
			'  fn + nod',
			'       ^',
		]);
	});

	test.each([
		[['-x', 'missing.dbg'], 'missing.dbg: no such file\n'],
		[['-x', '.'], '.: is no regular file\n'],
		[['-x'], '-x needs a value\n'],
		[['-ex', 'bt'], 'unknown option -ex\n  did you mean -e?\n'],
		[['-e', ''], '-e needs a value\n'],
		[['-e', 'bt', '--format', 'json'], '--kernel all, --format and --save print no transcript'],
	])('%j is refused with 2', (args, message) => {
		const {code, stderr} = run(...args);
		expect(code).toBe(2);
		expect(stderr).toContain(message);
	});

	test('control characters of a file reach no terminal', () => {
		const script = fileOf('evil.dbg', 'echo \u001B[31mred\u0007\n');
		expect(run('-x', script).stdout).toBe('(devresdbg) echo red\nred\n');
	});

	test('a file may read another, and lines may end as on Windows', () => {
		const script = fileOf('outer.dbg', `\uFEFFsource ${good}\r\necho end\r\n`);
		expect(run('-x', script).stdout).toBe(
			`(devresdbg) source ${good}\none\n(devresdbg) echo end\nend\n`,
		);
	});
});

describe('beyond the recording', () => {
	test('the same scenario runs under another kernel, and its recording can be saved', () => {
		const {code, stdout} = run(
			...['-e', 'set kernel v6.14', '-e', 'run', '-e', 'save it.jsonl'],
			...['-e', 'end', '-e', 'assert device("0000:23:00.1").driver == "ccp"'],
		);
		expect([code, stdout.includes('Kernel v6.14: ')]).toEqual([0, true]);
		const [header = ''] = readFileSync(join(folder, 'it.jsonl'), 'utf8').split('\n');
		expect(JSON.parse(header)).toMatchObject({source: {kernel: 'v6.14'}});
		const again = runCli(['run', 'it.jsonl', '-e', 'set kernel v6.11'], {cwd: folder});
		expect(again.code).toBe(2);
		expect(again.stderr).toContain('This recording was read from a file');
	});

	test('a file that cannot be written is told, not thrown', () => {
		const {code, stderr} = run('-e', 'save .');
		expect(code).toBe(2);
		expect(stderr).toContain("can't be written");
	});
});

test('with --plain, the commands run before the first line is read', () => {
	const {code, stdout} = runCli(['ccp-reload', '--plain', '-e', 'break devres-add', '-e', 'c'], {
		cwd: folder,
		input: 'info breakpoints\n',
	});
	expect(code).toBe(0);
	expect(stdout).toMatch(/^\(devresdbg\) break devres-add\n[\s\S]*\n5 event devres-add, hit 1 of/);
});

describe('what the README shows', () => {
	const readme = readFileSync(join(import.meta.dirname, '..', '..', 'README.md'), 'utf8');
	const blocks = Array.from(readme.matchAll(/```\n(# [\s\S]*?)```/g), ([, text = '']) => text);

	test.each(blocks.map((text, index) => [index, text] as const))(
		'script %i runs',
		(index, text) => {
			const {code, stderr} = run('-x', fileOf(`readme-${index}.dbg`, text));
			expect([code, stderr]).toEqual([0, '']);
		},
	);

	test('is two scripts', () => {
		expect(blocks).toHaveLength(2);
	});
});

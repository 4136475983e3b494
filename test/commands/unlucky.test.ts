import {spawnSync} from 'node:child_process';
import {existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, describe, expect, test} from 'vitest';
import {expectClean} from '../helpers/look-at-all.ts';
import {runCli} from '../helpers/run-cli.ts';
import {program} from '../helpers/terminal.ts';

const folder = mkdtempSync(join(tmpdir(), 'devresdbg-'));
afterAll(() => rmSync(folder, {recursive: true}));

/** More than a pipe holds. */
const log = Array.from(
	{length: 4000},
	(_, index) =>
		`[    ${index}.000000] ahci 0000:00:1f.2: DEVRES ADD 00000000${(index + 1e8).toString(16)} devm_kzalloc_release (16 bytes)`,
);
writeFileSync(join(folder, 'long.dmesg'), `${log.join('\n')}\n`);

/** Runs a line of shell in which `devresdbg` is the program. */
function shell(line: string) {
	const {status, stdout, stderr} = spawnSync('bash', ['-c', line], {
		cwd: folder,
		encoding: 'utf8',
		input: '',
		env: {...process.env, devresdbg: `${process.execPath} ${program}`, NO_COLOR: '1'},
	});
	return {code: status, stdout, stderr};
}

describe('standard output', () => {
	test.each([
		'long.dmesg',
		'run long.dmesg --format json',
		'run long.dmesg --format dmesg',
		'run long.dmesg -e "list 2000"',
		'run ccp-reload --kernel all --format json',
		'check long.dmesg long.dmesg --format json',
		'diff long.dmesg long.dmesg --format json',
		'convert long.dmesg --to perfetto',
		'list',
		'schema',
		'--help',
	])('that is closed early ends "%s" without a word', (words) => {
		const {stdout, stderr} = shell(`$devresdbg ${words} | head -c 1; exit \${PIPESTATUS[0]}`);
		expect(stdout).toHaveLength(1);
		expect(stderr).toBe('');
	});

	test('that is closed early or not there at all keeps nothing from being saved', () => {
		shell('$devresdbg run long.dmesg --format dmesg --save piped.jsonl | head -c 1');
		shell('$devresdbg run long.dmesg --format dmesg --save closed.jsonl >&-');
		const saved = readFileSync(join(folder, 'piped.jsonl'), 'utf8');
		expect(saved.split('\n').length).toBeGreaterThan(log.length);
		expect(readFileSync(join(folder, 'closed.jsonl'), 'utf8')).toBe(saved);
	});

	test.skipIf(!existsSync('/dev/full'))('on a full disk is told, and so is nothing at all', () => {
		const told = shell('$devresdbg run ccp-reload > /dev/full');
		expect(told).toMatchObject({code: 2, stderr: "standard output can't be written: ENOSPC\n"});
		expect(shell('$devresdbg run nosuch 2> /dev/full').code).toBe(2);
		expect(shell('$devresdbg run nosuch 2>&-').code).toBe(2);
	});
});

test('standard input that is closed is empty, and nobody waits for it', () => {
	expect(shell('$devresdbg run - <&-').stderr).toBe('standard input: is empty\n');
	expect(shell('$devresdbg ccp-reload --plain <&-')).toMatchObject({code: 0, stderr: ''});
	expect(shell('$devresdbg ccp-reload <&- >&- 2>&-').code).toBe(0);
});

test('where the disk is full, the old file stays and no other is left', () => {
	writeFileSync(join(folder, 'old.jsonl'), 'old\n');
	const before = readdirSync(folder);
	const {code, stderr} = shell('ulimit -f 20; $devresdbg run long.dmesg --save old.jsonl');
	expect(code).toBe(2);
	expect(stderr).toBe("old.jsonl: can't be written: EFBIG\n");
	expect(readFileSync(join(folder, 'old.jsonl'), 'utf8')).toBe('old\n');
	expect(readdirSync(folder)).toEqual(before);
});

test('an environment without any variable is enough', () => {
	const {stdout, stderr} = shell('env -i $devresdbg run ccp-reload');
	expect({stdout, stderr}).toEqual({stdout: shell('$devresdbg run ccp-reload').stdout, stderr: ''});
});

describe('words of the command line', () => {
	const steering = '\u001B[31m\u009B1m\u001B]0;x\u0007\u202E\nb';
	test.each([
		['run', steering],
		['check', steering],
		['check', '--format', 'ktap', steering],
		['check', '--format', 'markdown', steering],
		['diff', steering, steering],
		['diff', 'ccp-reload', 'ccp-reload', '--device', `${steering}=${steering}`],
		['convert', 'ccp-reload', '--to', steering],
		['convert', 'ccp-reload', '--output', steering],
		['run', 'ccp-reload', '--kernel', steering],
		['run', 'ccp-reload', '--format', steering],
		['run', 'ccp-reload', '--save', `no/${steering}`],
		['run', 'ccp-reload', '--input', steering],
		['run', 'ccp-reload', '-x', steering],
		['run', 'ccp-reload', '-e', steering],
		['run', 'ccp-reload', '-e', `echo ${steering}`],
		['run', 'ccp-reload', `--${steering}`],
		['run', 'ccp-reload', steering],
		[steering, steering],
	])('steer no terminal (%#)', (...args) => {
		const {stdout, stderr} = runCli(args, {cwd: folder});
		for (const line of [...stdout.split('\n'), ...stderr.split('\n')]) expectClean(line);
	});
});

test('a fault of the program is told with the calls that led to it, and not with a line of thousands of letters', () => {
	const broken = 'data:text/javascript,JSON.stringify=null';
	const args = ['run', 'scenarios/bar-busy.yaml', '--format', 'json'];
	const {status, stderr} = spawnSync(process.execPath, ['--import', broken, program, ...args], {
		encoding: 'utf8',
	});
	expect(status).toBe(1);
	expect(stderr).toMatch(/^devresdbg stopped because of a fault of its own:\nTypeError: .+\n +at /);
	expect(stderr).toMatch(/program\.js:\d+:\d+/);
	expect(stderr.length).toBeLessThan(2000);
});

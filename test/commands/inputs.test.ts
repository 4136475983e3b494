import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {gzipSync, zstdCompressSync} from 'node:zlib';
import {afterAll, describe, expect, test} from 'vitest';
import {longLog} from '../helpers/long-log.ts';
import {fixtures, textOf} from '../helpers/real-recordings.ts';
import {runCli} from '../helpers/run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'devresdbg-'));
afterAll(() => rmSync(folder, {recursive: true}));

const log = textOf(fixtures, 'v9-patch/ahci.dmesg.txt');

function run(name: string, content: string | Buffer) {
	writeFileSync(join(folder, name), content);
	return runCli(['run', name], {cwd: folder});
}

/** The report without the line that names the file. */
function reportOf(stdout: string): string {
	return stdout.split('\n').slice(1).join('\n');
}

const plain = reportOf(run('log.txt', log).stdout);

describe('compressed logs', () => {
	test.each([
		['gzip', gzipSync(log)],
		['gzip in two members', Buffer.concat([gzipSync(log.slice(0, 999)), gzipSync(log.slice(999))])],
		['zstd', zstdCompressSync(log)],
	])('%s opens like the log itself, whatever its name', (_, packed) => {
		const {code, stdout, stderr} = run('packed', packed);
		expect([code, stderr]).toEqual([0, '']);
		expect(reportOf(stdout)).toBe(plain);
	});

	test('one that is read in many pieces is whole', () => {
		const long = [...longLog({format: 'dmesg', lines: 60_000})].join('\n');
		const packed = gzipSync(long, {level: 0});
		expect(packed.length).toBeGreaterThan(4e6);
		const {stdout} = run('long.txt', long);
		expect(reportOf(run('long.gz', packed).stdout)).toBe(reportOf(stdout));
	});

	test('a cut-off one is read as far as it goes, and that is said', () => {
		const packed = gzipSync(log);
		const {code, stdout} = run('cut.gz', packed.subarray(0, packed.length - 200));
		expect(code).toBe(0);
		expect(stdout).toContain('note: the gzip data ends early: what stands before it was read');
		expect(stdout).toMatch(/^[1-4]\d lines of dmesg: /m);
	});

	test('one of which nothing is left is no log', () => {
		const {code, stderr} = run('cut.gz', gzipSync(log).subarray(0, 12));
		expect(code).toBe(4);
		expect(stderr).toContain('cut.gz: the gzip data ends early');
	});

	test('damage in the middle is said', () => {
		const packed = gzipSync(log.repeat(40));
		const middle = Math.floor(packed.length / 2);
		packed.fill(0x55, middle, middle + 40);
		const {stdout, stderr} = run('damaged.gz', packed);
		expect(stdout + stderr).toMatch(/gzip data is damaged|gzip data ends early|is empty/);
	});

	test('a packed scenario is one too', () => {
		const text = 'title: t\ndevices: []\ndrivers: {}\nscript: []\n';
		const {stderr} = run('packed.yaml', gzipSync(text));
		expect(stderr).not.toContain('binary');
	});
});

describe('files that are no text', () => {
	test.each([
		['trace.dat', '\u0017\bDtracing6\u0000\u0000', 'print it with `trace-cmd report`'],
		['perf.data', 'PERFILE2h\u0000', 'print it with `perf script`'],
		['system.journal', 'LPKSHHRH\u0000', 'print it with `journalctl --file`'],
		['some.thing', 'x\u0000', 'give a text file'],
	])('%s is refused with what to do', (name, content, hint) => {
		expect(run(name, content)).toEqual({
			code: 4,
			stdout: '',
			stderr: `${name}: is a binary file\n  ${hint}\n`,
		});
	});
});

test('a line that goes on for megabytes is cut, and the log around it is read', () => {
	const [first = '', ...others] = log.split('\n');
	const {code, stdout} = run('long.txt', [first, 'x'.repeat(5_000_000), ...others].join('\n'));
	expect(code).toBe(0);
	expect(stdout).toContain('note: lines that are too long were cut: 1');
	expect(stdout).toContain('1 not understood');
});

test('a log may come through a pipe', () => {
	const {code, stdout} = runCli(['run', '-'], {input: log});
	expect(code).toBe(0);
	expect(reportOf(stdout)).toBe(plain);
});

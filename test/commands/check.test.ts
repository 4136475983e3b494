import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, describe, expect, test} from 'vitest';
import {parseKtap} from '../helpers/ktap.ts';
import {fixtures, textOf} from '../helpers/real-recordings.ts';
import {runCli} from '../helpers/run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'devresdbg-'));
afterAll(() => rmSync(folder, {recursive: true}));
writeFileSync(join(folder, 'noise.txt'), 'nothing that\nanybody knows\n');
writeFileSync(join(folder, 'wrong.yaml'), 'title: 1\n');

const cli = (...args: string[]) => runCli(args, {cwd: folder});
const ahci = join(fixtures, 'v9-patch', 'ahci.graph.txt');

describe('check', () => {
	test('exits with 1 where it finds an error, and with 0 where it finds none', () => {
		const bad = cli('check', 'shape-s2');
		expect([bad.code, bad.stderr]).toEqual([1, '']);
		expect(bad.stdout).toMatch(/^shape-s2\.yaml: 3 errors, 1 warning\n/);
		const good = cli('check', 'shape-s2', '--kernel', 'v6.16');
		expect([good.code, good.stderr]).toEqual([0, '']);
		expect(good.stdout).toMatch(/^shape-s2\.yaml: nothing is wrong as far as the rules see\n/);
	});

	test('warnings alone are no failure', () => {
		const {code, stdout} = cli('check', 'parent-grows');
		expect(code).toBe(0);
		expect(stdout).toContain('parent-grows.yaml: 1 warning');
	});

	test('takes several files, logs too, and standard input', () => {
		const {code, stdout} = cli('check', 'release-order', ahci);
		expect(code).toBe(1);
		expect(stdout).toContain('release-order.yaml: nothing is wrong');
		expect(stdout).toContain('ahci.graph.txt: 3 errors');
		const input = textOf(fixtures, 'v9-patch/ahci.graph.txt');
		expect(runCli(['check', '-'], {input}).stdout).toMatch(/^standard input: 3 errors/);
	});

	test('checks what can be read, and fails with the code of what can not', () => {
		const {code, stdout, stderr} = cli('check', 'noise.txt', 'shape-s2');
		expect(code).toBe(4);
		expect(stdout).toContain('shape-s2.yaml: 3 errors');
		expect(stderr).toContain('noise.txt');
		expect(cli('check', 'wrong.yaml').code).toBe(3);
		expect(cli('check', 'missing.txt').code).toBe(2);
		expect(cli('check').code).toBe(2);
		expect(cli('check', '-', '-').code).toBe(2);
		expect(cli('check', 'shape-s1', '--save', 'x.jsonl').code).toBe(2);
	});

	test('prints JSON, KTAP and Markdown, and knows no other format', () => {
		const json = JSON.parse(cli('check', 'shape-s2', '--format', 'json').stdout);
		expect(json).toMatchObject({format: 'devresdbg-check', version: 1});
		const ktap = cli('check', 'shape-s2', 'noise.txt', '--format', 'ktap');
		const tests = parseKtap(ktap.stdout);
		expect(tests.map(({ok, directive}) => [ok, directive])).toEqual([
			[false, null],
			[false, 'ERROR'],
		]);
		expect(cli('check', 'shape-s2', '--format', 'markdown').stdout).toMatch(/^# devresdbg check\n/);
		const unknown = cli('check', 'shape-s2', '--format', 'kta');
		expect([unknown.code, unknown.stderr]).toEqual([
			2,
			'unknown format "kta"\n  did you mean "ktap"?\n',
		]);
	});
});

describe('check --kernel all', () => {
	test('says which kernels are affected, as a table, JSON or KTAP', () => {
		const {code, stdout} = cli('check', 'shape-s2', '--kernel', 'all');
		expect(code).toBe(1);
		const affected = stdout.match(/^(\S+) +yes/gm)?.map((line) => line.split(' ')[0]);
		expect(affected).toEqual(['v9-series', 'v6.11-rc1']);
		const json = JSON.parse(cli('check', 'shape-s2', '--kernel', 'all', '--format', 'json').stdout);
		expect(json.recordings).toHaveLength(10);
		const ktap = cli('check', 'shape-s2', '--kernel', 'all', '--format', 'ktap').stdout;
		expect(parseKtap(ktap).filter(({ok}) => !ok)).toHaveLength(2);
	});

	test('exits with 0 where none is', () => {
		expect(cli('check', 'release-order', '--kernel', 'all').code).toBe(0);
	});

	test('takes one scenario', () => {
		expect(cli('check', 'shape-s1', 'shape-s2', '--kernel', 'all').code).toBe(2);
		expect(cli('check', ahci, '--kernel', 'all').code).toBe(2);
	});
});

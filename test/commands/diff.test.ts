import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, describe, expect, test} from 'vitest';
import {fixtures, textOf} from '../helpers/real-recordings.ts';
import {runCli} from '../helpers/run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'devresdbg-diff-'));
afterAll(() => rmSync(folder, {recursive: true}));

function cli(...args: string[]) {
	return runCli(args, {cwd: folder});
}

const trace = join(fixtures, 'v9-patch/ahci.graph.txt');

const scenario = (address: string, kernel = 'v6.14') => `title: one device
kernel: ${kernel}
devices:
  - address: "${address}"
    id: "1af4:1000"
drivers:
  demo:
    matches: ["1af4:1000"]
    probe:
      - devm_kzalloc: 16
      - pcim_enable_device
script:
  - modprobe: demo
  - rmmod: demo
`;

writeFileSync(join(folder, 'one.yaml'), scenario('0000:00:01.0'));
writeFileSync(join(folder, 'other.yaml'), scenario('0000:00:02.0'));
writeFileSync(join(folder, 'with@sign.yaml'), scenario('0000:00:01.0'));

describe('what is compared', () => {
	test('a scenario under two kernels, named behind its name', () => {
		const {code, stdout, stderr} = cli('diff', 'ccp-reload@v9-series', 'ccp-reload@v6.14');
		expect(stderr).toBe('');
		expect(stdout).toMatch(/^A {2}ccp-reload@v9-series, kernel v9-series\nB {2}ccp-reload@v6\.14/);
		expect(stdout).toMatch(/\ncompared 113, equal 52, different 61\n$/);
		expect(code).toBe(1);
	});

	test('a recording with itself: no difference, exit code 0', () => {
		const {code, stdout} = cli('diff', trace, trace);
		expect(stdout).toMatch(/different 0\n$/);
		expect(code).toBe(0);
	});

	test('a trace of a real kernel with a scenario', () => {
		const {code, stdout} = cli('diff', trace, 'ahci-reload@v9-series');
		expect(stdout).toContain('first difference: in release 1 of 0000:00:1f.2');
		expect(code).toBe(1);
	});

	test('standard input with a file', () => {
		const text = textOf(fixtures, 'v9-patch/ahci.graph.txt');
		const {code, stdout} = runCli(['diff', '-', trace], {cwd: folder, input: text});
		expect(stdout).toMatch(/^A {2}-, function_graph\n/);
		expect(code).toBe(0);
	});

	test('a saved recording with the run that it was saved from', () => {
		cli('run', 'one.yaml', '--save', 'one.jsonl');
		expect(cli('diff', 'one.jsonl', 'one.yaml').code).toBe(0);
	});

	test('--kernel is for scenarios that name none', () => {
		const {stdout} = cli('diff', 'one.yaml', 'one.yaml@v6.10', '--kernel', 'v6.16');
		expect(stdout).toMatch(/^A {2}one\.yaml, kernel v6\.16\nB {2}one\.yaml@v6\.10, kernel v6\.10/);
		expect(cli('diff', trace, 'one.yaml', '--kernel', 'v6.16').stderr).not.toContain('--kernel');
	});

	test('all is not one kernel', () => {
		const {code, stderr} = cli('diff', 'one.yaml@all', 'one.yaml');
		expect(stderr).toBe('"all" is not one kernel\n  name one for each side\n');
		expect(code).toBe(2);
	});

	test('a file with an @ in its name is a file', () => {
		const {code, stdout} = cli('diff', 'with@sign.yaml', 'with@sign.yaml@v6.14');
		expect(stdout).toMatch(/^A {2}with@sign\.yaml, kernel v6\.14/);
		expect(code).toBe(0);
	});

	test('--input says how the logs are read, not the scenarios', () => {
		const {code} = cli('diff', trace, 'ahci-reload@v9-series', '--input', 'function_graph');
		expect(code).toBe(1);
	});

	test('the only device of each, whatever its address', () => {
		const {code, stdout} = cli('diff', 'one.yaml', 'other.yaml');
		expect(stdout).toContain('\n0000:00:01.0 = 0000:00:02.0\n');
		expect(code).toBe(0);
	});

	test('devices that --device pairs', () => {
		const pair = '0000:23:00.1=0000:a2:00.1';
		const {stdout} = cli('diff', 'ccp-reload', 'ccp-reload', '--device', pair);
		expect(stdout).toContain('\n0000:23:00.1 = 0000:a2:00.1\n');
		const one = cli('diff', 'ccp-reload', 'ccp-reload', '--device', '0000:a2:00.1');
		expect(one.stdout).not.toContain('\n0000:23:00.1\n');
		expect(one.code).toBe(0);
	});
});

test('json is the documented report', () => {
	const {code, stdout} = cli('diff', trace, 'ahci-reload@v9-series', '--format', 'json');
	expect(JSON.parse(stdout)).toMatchObject({
		format: 'devresdbg-diff',
		version: 1,
		a: {name: trace, kind: 'import'},
		b: {name: 'ahci-reload@v9-series', kind: 'scenario', kernel: 'v9-series'},
		differs: true,
	});
	expect(code).toBe(1);
});

describe('what can not be compared says what to do', () => {
	test.each([
		[['diff'], 'diff needs two recordings'],
		[['diff', 'one.yaml'], 'diff needs two recordings'],
		[['diff', 'one.yaml', 'other.yaml', 'more.yaml'], 'what is "more.yaml" for?'],
		[['diff', '-', '-'], 'standard input can only be one of the two'],
		[['diff', 'one.yaml', 'one.yaml@v6.141'], 'unknown kernel "v6.141"\n  did you mean "v6.11"?'],
		[['diff', 'one.yaml', 'one.yaml', '--kernel', 'v6.41'], 'unknown kernel "v6.41"'],
		[['diff', trace, `${trace}@v6.14`], '--kernel is for scenarios'],
		[['diff', trace, trace, '--kernel', 'v6.14'], '--kernel is for scenarios'],
		[['diff', 'one.yaml', 'none.yaml'], 'none.yaml: no such file'],
		[['diff', 'one.yaml', 'one.yaml', '--format', 'jsn'], 'did you mean "json"?'],
		[['diff', 'one.yaml', 'one.yaml', '--save', 'x'], 'diff takes no --save'],
		[
			['diff', 'ccp-reload', 'one.yaml'],
			'no device owns nodes in both recordings\n  A has 0000:23:00.1, 0000:a2:00.1; B has 0000:00:01.0; pair two: --device 0000:23:00.1=0000:00:01.0',
		],
		[
			['diff', 'one.yaml', 'other.yaml', '--device', '0000:00:01.0'],
			'B has no device "0000:00:01.0"',
		],
		[['diff', 'one.yaml', 'one.yaml', '--device', 'a=b=c'], 'names no device'],
		[['run', 'one.yaml', '--device', '0000:00:01.0'], 'run takes no --device'],
	])('%j', (args, message) => {
		const {code, stdout, stderr} = cli(...args);
		expect(stderr).toContain(message);
		expect(stdout).toBe('');
		expect(code).toBe(2);
	});

	test('an invalid scenario gives 3, and text of no known format 4', () => {
		writeFileSync(join(folder, 'broken.yaml'), 'title: [');
		writeFileSync(join(folder, 'prose.txt'), 'no log at all\n');
		expect(cli('diff', 'one.yaml', 'broken.yaml').code).toBe(3);
		expect(cli('diff', 'prose.txt', 'one.yaml').code).toBe(4);
	});
});

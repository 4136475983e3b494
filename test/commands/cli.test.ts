import {spawnSync} from 'node:child_process';
import {
	chmodSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, describe, expect, test} from 'vitest';
import {runCli} from '../helpers/run-cli.ts';

const program = join(import.meta.dirname, '..', '..', 'distribution', 'cli.js');

const folder = mkdtempSync(join(tmpdir(), 'devresdbg-'));
afterAll(() => rmSync(folder, {recursive: true}));

const scenario = `title: two nodes
kernel: v9-series
devices:
  - address: "0000:00:03.0"
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
  - modprobe: demo
expect:
  - that: size(device("0000:00:03.0").devres_head) == 2
`;

function file(name: string, content: string | Buffer): string {
	writeFileSync(join(folder, name), content);
	return name;
}

function cli(...args: string[]) {
	return runCli(args, {cwd: folder});
}

file('two.yaml', scenario);
file('wrong.yaml', scenario.replace('== 2', '== 3'));
mkdirSync(join(folder, 'directory'));
symlinkSync('loop', join(folder, 'loop'));

describe('run', () => {
	test('prints the text report and ends well when all is as expected', () => {
		const {code, stdout, stderr} = cli('run', 'two.yaml');
		expect(stderr).toBe('');
		expect(stdout).toMatch(/^two nodes\ntwo\.yaml, kernel v9-series, \d+ events\n/);
		expect(code).toBe(0);
	});

	test('an expectation that does not hold is told on standard error and gives 1', () => {
		const {code, stdout, stderr} = cli('run', 'wrong.yaml');
		expect(stdout).toContain('FAILED  size(');
		expect(stderr).toBe(
			'expectation failed: size(device("0000:00:03.0").devres_head) == 3\n  this is false\n',
		);
		expect(code).toBe(1);
	});

	test('reads a scenario from standard input', () => {
		const {code, stdout} = runCli(['run', '-'], {input: scenario, cwd: folder});
		expect(stdout).toMatch(/^two nodes\nkernel v9-series/);
		expect(code).toBe(0);
	});

	test('json is the documented report', () => {
		const {stdout} = cli('run', 'two.yaml', '--format', 'json', '--kernel=v6.10');
		expect(JSON.parse(stdout)).toMatchObject({
			format: 'devresdbg-report',
			version: 1,
			source: {kind: 'scenario', path: 'two.yaml', kernel: 'v6.10'},
			devices: [{address: '0000:00:03.0', driver: 'demo', todo: [], enable_count: 1}],
			findings: [],
			expectations: [{ok: true}],
		});
	});

	test('a saved recording gives the same report as the run it was saved from', () => {
		const args = ['--format', 'json'];
		const first = cli('run', 'two.yaml', ...args, '--save', 'saved.jsonl');
		const again = cli('run', 'saved.jsonl', ...args);
		const {devices, events} = JSON.parse(first.stdout);
		expect(JSON.parse(again.stdout)).toMatchObject({devices, events, expectations: []});
		expect(again.code).toBe(0);
	});

	test('under all kernels it prints a line for each', () => {
		const {code, stdout} = cli('run', 'two.yaml', '--kernel', 'all');
		expect(stdout.split('\n').slice(2, 5)).toEqual([
			expect.stringMatching(/^kernel +reloads +left over/),
			expect.stringMatching(/^v6\.10 +yes +0 /),
			expect.stringMatching(/^v9-series +yes +0 /),
		]);
		expect(code).toBe(0);
	});
});

test('opening without a terminal prints the report', () => {
	const {code, stdout} = cli('two.yaml');
	expect(stdout).toBe(cli('run', 'two.yaml').stdout);
	expect(code).toBe(0);
});

test('without FILE and without a terminal it lists what there is', () => {
	const {code, stdout} = cli();
	expect(stdout).toMatch(/^scenarios\n/);
	expect(stdout).toContain('\n  v9-series     ');
	expect(code).toBe(0);
});

describe('bad input of each kind has its message and its code', () => {
	file('binary.yaml', Buffer.from([0x74, 0, 1, 2]));
	file('binary.log', Buffer.from([0x74, 0, 1, 2]));
	file('empty.log', '');
	file('empty.yaml', '\n');
	file('no.yaml', 'title: [a\n');
	file('schema.yaml', scenario.replace('devices:', 'device:'));
	file('step.yaml', scenario.replace('devm_kzalloc', 'devm_kzaloc'));
	file('kernel.yaml', scenario.replace('v9-series', 'v9-serie'));
	file('cut.jsonl', '{"format":"devresdbg-recording","version":1');
	file('text.log', 'Dear kernel,\nall is well.\n');
	const steps = '      - devm_kzalloc: 16\n'.repeat(1000);
	const actions = '  - modprobe: demo\n  - rmmod: demo\n'.repeat(100);
	const large = scenario
		.replace('      - pcim_enable_device\n', steps)
		.replace('script:\n', `script:\n${actions}`);
	file('budget.yaml', large);
	const hidden = file('hidden.yaml', scenario);
	chmodSync(join(folder, hidden), 0);
	const rows: readonly [string, string[], number, string | RegExp][] = [
		[
			'a missing file',
			['none.yaml'],
			2,
			'none.yaml: no such file, scenario or command\n  `devresdbg list` names the scenarios\n',
		],
		[
			'a misspelt command',
			['lits'],
			2,
			'lits: no such file, scenario or command\n  did you mean "list"?\n',
		],
		['a folder', ['run', 'directory'], 2, 'directory: is a directory\n  name a file in it\n'],
		[
			'a binary scenario',
			['run', 'binary.yaml'],
			3,
			'binary.yaml: is a binary file\n  give a text file\n',
		],
		[
			'a binary log',
			['run', 'binary.log'],
			4,
			'binary.log: is a binary file\n  give a text file\n',
		],
		['an empty scenario', ['run', 'empty.yaml'], 3, 'empty.yaml: is empty\n'],
		['an empty log', ['run', 'empty.log'], 4, 'empty.log: is empty\n'],
		['no YAML', ['run', 'no.yaml'], 3, /^no\.yaml:2:1: .*\n/],
		[
			'a wrong schema',
			['run', 'schema.yaml'],
			3,
			/^schema\.yaml:3:1: unknown key "device"\n {2}3 \| device:\n {6}\^\n {2}did you mean "devices"\?\n/,
		],
		[
			'an unknown function',
			['run', 'step.yaml'],
			3,
			/^step\.yaml:10:9: unknown step "devm_kzaloc"\n/,
		],
		[
			'an unknown kernel in a scenario',
			['run', 'kernel.yaml'],
			3,
			/^kernel\.yaml:2:9: "v9-serie" is not one of .*\n.*\n.*\n {2}did you mean "v9-series"\?\n$/,
		],
		[
			'an unknown kernel in the command line',
			['run', 'two.yaml', '--kernel', 'v6.1O'],
			2,
			'unknown kernel "v6.1O"\n  did you mean "v6.10"?\n',
		],
		[
			'too many events',
			['run', 'budget.yaml'],
			3,
			/^budget\.yaml:\d+: the script comes to more than 1000000 events in "(?:modprobe|rmmod) demo"\n/,
		],
		['a recording that was cut off', ['run', 'cut.jsonl'], 4, /^cut\.jsonl:1/],
		[
			'an unknown option',
			['run', 'two.yaml', '--fromat', 'json'],
			2,
			'unknown option --fromat\n  did you mean "--format"?\n',
		],
		['an option without its value', ['run', 'two.yaml', '--format'], 2, '--format needs a value\n'],
		['an option given twice', ['run', 'two.yaml', '--format=json', '--format=text'], 2, /--format/],
		[
			'an unknown format',
			['run', 'two.yaml', '--format', 'jsn'],
			2,
			'unknown format "jsn"\n  did you mean "json"?\n',
		],
		[
			'an unknown input format',
			['run', 'two.yaml', '--input', 'function_grap'],
			2,
			'unknown input format "function_grap"\n  did you mean "function_graph"?\n',
		],
		['a text of no known format', ['run', 'text.log'], 4, /^text\.log:1: /],
		[
			'another kernel for a recording',
			['run', 'cut.jsonl', '--kernel', 'v6.10'],
			2,
			'--kernel is for scenarios; cut.jsonl is a recording\n',
		],
		['a link to itself', ['run', 'loop'], 2, "loop: can't be read: ELOOP\n"],
		[
			'a name that is too long',
			['run', 'y'.repeat(5000)],
			2,
			/^y{80}…: no such file, its name is too long\n$/,
		],
		['run without a file', ['run'], 2, /^run needs a FILE\n/],
		[
			'a misspelt subcommand',
			['rnu', 'two.yaml', '--save', 'x'],
			2,
			'there is no subcommand "rnu"\n  did you mean "run"?\n',
		],
		['a word too many', ['run', 'two.yaml', 'three.yaml'], 2, /^what is "three\.yaml" for\?\n/],
		[
			'a place that cannot be written',
			['run', 'two.yaml', '--save', 'none/x.jsonl'],
			2,
			"none/x.jsonl: can't be written: ENOENT\n",
		],
	];
	test.each(rows)('%s', (_, args, code, message) => {
		const result = cli(...args);
		if (typeof message === 'string') expect(result.stderr).toBe(message);
		else expect(result.stderr).toMatch(message);
		expect(result.code).toBe(code);
	});

	test.skipIf(process.getuid?.() === 0)('a file without permission', () => {
		const result = cli('run', hidden);
		expect(result).toMatchObject({code: 2, stderr: 'hidden.yaml: no permission to read it\n'});
	});
});

test.skipIf(!existsSync('/dev/full'))('output that cannot be written is told and gives 2', () => {
	const script = `"${process.execPath}" distribution/cli.js schema > /dev/full`;
	const {status, stderr} = spawnSync('bash', ['-c', script], {
		cwd: join(import.meta.dirname, '..', '..'),
		encoding: 'utf8',
	});
	expect({status, stderr}).toEqual({
		status: 2,
		stderr: "standard output can't be written: ENOSPC\n",
	});
});

const hasSetsid = existsSync('/usr/bin/setsid');

test.skipIf(!hasSetsid)('lines on standard input need a terminal to type on', () => {
	const {status, stderr} = spawnSync('setsid', ['-w', process.execPath, program, '-', '--plain'], {
		input: scenario,
		encoding: 'utf8',
	});
	expect({status, stderr}).toEqual({
		status: 2,
		stderr:
			'there is no terminal to type on\n  give a FILE, or print a report with `devresdbg run -`\n',
	});
});

test('when saving fails the old file stays as it was, and no draft is left', () => {
	const target = join(folder, 'kept');
	mkdirSync(target);
	writeFileSync(join(target, 'old'), 'old text');
	const {code, stderr} = cli('run', 'two.yaml', '--save', 'kept');
	expect(stderr).toMatch(/^kept: can't be written: /);
	expect(code).toBe(2);
	expect(readFileSync(join(target, 'old'), 'utf8')).toBe('old text');
	expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
});

test('a reader that goes away is no error', () => {
	const script = `set -o pipefail; "${process.execPath}" distribution/cli.js schema | head -c 10 >/dev/null`;
	const {status, stderr} = spawnSync('bash', ['-c', script], {
		cwd: join(import.meta.dirname, '..', '..'),
		encoding: 'utf8',
	});
	expect({status, stderr}).toEqual({status: 0, stderr: ''});
});

test('help as a word is the same as the option', () => {
	expect(cli('help')).toEqual(cli('--help'));
});

test('help begins with examples and names every command', () => {
	const {code, stdout} = cli('--help');
	expect(stdout).toMatch(/^Examples\n/);
	for (const command of ['run', 'convert', 'list', 'schema'])
		expect(stdout).toContain(`devresdbg ${command}`);
	expect(code).toBe(0);
});

test('the version is that of the package', () => {
	const packageFile = join(import.meta.dirname, '..', '..', 'package.json');
	const {version} = JSON.parse(readFileSync(packageFile, 'utf8'));
	expect(cli('--version')).toEqual({code: 0, stdout: `${version}\n`, stderr: ''});
});

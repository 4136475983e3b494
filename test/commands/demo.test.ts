import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, describe, expect, it} from 'vitest';
import {demoNames} from '../../source/commands/shipped-scenarios.ts';
import {parseCast} from '../helpers/asciicast.ts';
import {fixtures, textOf} from '../helpers/real-recordings.ts';
import {runCli} from '../helpers/run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'devresdbg-'));
afterAll(() => rmSync(folder, {recursive: true}));

function write(name: string, text: string): string {
	const path = join(folder, name);
	writeFileSync(path, text);
	return path;
}

const head = 'title Mine\nopen ccp-reload\n';

describe('devresdbg demo', () => {
	it('names the demos, as the list does', () => {
		const {code, stdout} = runCli(['demo']);
		expect(code).toBe(0);
		expect(stdout).toMatchInlineSnapshot(`
			"  ahci-trace   A real kernel's trace: ahci
			  all-kernels  One driver, ten kernels
			  backwards    Backwards from a failed probe
			  report       The report in two minutes
			"
		`);
		expect(runCli(['list']).stdout).toContain(stdout);
		const {demos} = JSON.parse(runCli(['list', '--format', 'json']).stdout);
		expect(demos).toContainEqual({name: 'report', title: 'The report in two minutes'});
		expect(demos.map(({name}: {name: string}) => name)).toEqual(demoNames());
	});

	it('runs every demo as a test, without a terminal', () => {
		const {code, stdout, stderr} = runCli(['demo', '--check']);
		expect([code, stderr]).toEqual([0, '']);
		expect(stdout.trimEnd().split('\n')).toHaveLength(demoNames().length);
		for (const line of stdout.trimEnd().split('\n')) {
			expect(line).toMatch(/^[\w-]+: \d+ steps, [1-9]\d* assertions hold$/);
		}
	});

	it('fails where an assertion does, and names its line', () => {
		write('false.demo', `${head}step\nassert position == 7\n`);
		const {code, stdout, stderr} = runCli(['demo', 'false.demo', '--check'], {cwd: folder});
		expect([code, stdout]).toEqual([1, '']);
		expect(stderr).toBe('false.demo:4: assertion failed: position == 7 (position is 1)\n');
	});

	it('fails where a command is refused', () => {
		write('refused.demo', `${head}step\ntype goto nowhere\n`);
		const {code, stderr} = runCli(['demo', 'refused.demo', '--check'], {cwd: folder});
		expect(code).toBe(2);
		expect(stderr).toMatchInlineSnapshot(`
			"refused.demo:4:11: No mark is named "nowhere"
			  4 | type goto nowhere
			                ^
			"
		`);
	});

	it('says where a demo has mistakes, and which demo may be meant', () => {
		write('wrong.demo', `${head}paus 2s\n`);
		const wrong = runCli(['demo', 'wrong.demo', '--check'], {cwd: folder});
		expect(wrong.code).toBe(2);
		expect(wrong.stderr).toContain('wrong.demo:3:1: no command is named "paus"');
		const missing = runCli(['demo', 'reprot', '--check']);
		expect(missing.code).toBe(2);
		expect(missing.stderr).toContain('did you mean "report"?');
	});

	it('fails as opening it would, where what it opens is missing', () => {
		write('missing.demo', 'title Mine\nopen nowhere.yaml\nstep\n');
		const {code, stderr} = runCli(['demo', 'missing.demo', '--check'], {cwd: folder});
		expect(code).toBe(2);
		expect(stderr).toContain('missing.demo:2: nowhere.yaml: no such file');
		write('kernel.demo', 'title Mine\nopen ccp-reload --kernel v9-serie\nstep\n');
		const unknown = runCli(['demo', 'kernel.demo', '--check'], {cwd: folder});
		expect(unknown.code).toBe(2);
		expect(unknown.stderr).toContain('kernel.demo:2: ');
		expect(unknown.stderr).toContain('did you mean "v9-series"?');
	});

	it('comes with a trace that is the beginning of a recorded one, unchanged', () => {
		const shipped = readFileSync('scenarios/recordings/v9-ahci.graph.txt', 'utf8');
		expect(textOf(fixtures, 'v9-patch/ahci.graph.txt').startsWith(shipped)).toBe(true);
	});

	it('opens a file beside the demo, wherever it is run', () => {
		write('log.txt', textOf(fixtures, 'v9-patch/ahci.dmesg.txt'));
		const path = write('beside.demo', 'title Mine\nopen log.txt\nend\nassert position > 0\n');
		expect(runCli(['demo', path, '--check']).code).toBe(0);
	});

	it.each(demoNames())('prints %s as text where there is no terminal', async (name) => {
		const {code, stdout} = runCli(['demo', name]);
		expect(code).toBe(0);
		await expect(stdout).toMatchFileSnapshot(`../golden/demos/${name}.txt`);
	});

	it.each([
		[['report', '--cast-version', '3'], '--cast-version is for --cast'],
		[['report', '--frame', '3'], '--frame is for --svg'],
		[['report', '--size', '80x24'], '--size is for --cast and --svg'],
		[['report', '--check', '--cast', 'x'], '--check writes no files'],
		[['report', '--kernel', 'v6.14'], 'demo takes no --kernel'],
		[['report', '--cast', 'x', '--size', '20x5'], 'no demo can have the size "20x5"'],
		[['report', '--cast', 'x', '--cast-version', '4'], 'unknown version "4" of asciicast'],
		[['report', '--svg', 'x', '--frame', '99'], 'the demo has no caption 99'],
		[['--svg', 'x'], 'which demo?'],
	])('refuses %j', (args, message) => {
		const {code, stderr} = runCli(['demo', ...args], {cwd: folder});
		expect(code).toBe(2);
		expect(stderr).toContain(message);
	});

	it('keeps its options to itself', () => {
		for (const option of ['--check', '--svg']) {
			const {stderr} = runCli(['run', 'ccp-reload', option, 'x']);
			expect(stderr).toBe(`run takes no ${option}\n  it is for demo\n`);
		}
	});
});

describe('the files of a demo', () => {
	it('have the same bytes wherever and whenever they are written', () => {
		const paths = ['a', 'b'].map((name) => join(folder, name));
		const [first, second] = paths.map((path, index) => {
			const cwd = index === 0 ? folder : tmpdir();
			const {code} = runCli(
				['demo', 'backwards', '--cast', `${path}.cast`, '--svg', `${path}.svg`],
				{cwd},
			);
			expect(code).toBe(0);
			return ['cast', 'svg'].map((ending) => readFileSync(`${path}.${ending}`, 'utf8'));
		});
		expect(first).toEqual(second);
		expect(first?.join('')).not.toContain(folder);
	});

	it('have the size and the version that were asked for', () => {
		const path = join(folder, 'sized.cast');
		const args = ['--cast', path, '--cast-version', '3', '--size', '120x36'];
		expect(runCli(['demo', 'ahci-trace', ...args]).code).toBe(0);
		const text = readFileSync(path, 'utf8');
		expect(parseCast(text)).toMatchObject({columns: 120, rows: 36});
		expect(JSON.parse(text.split('\n')[0] ?? '')).toMatchObject({version: 3});
	});

	it('are not written of a demo that fails', () => {
		write('bad.demo', `${head}assert false\n`);
		const {code} = runCli(['demo', 'bad.demo', '--svg', 'bad.svg'], {cwd: folder});
		expect(code).toBe(1);
		expect(() => readFileSync(join(folder, 'bad.svg'))).toThrow();
	});
});

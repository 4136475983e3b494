import {spawnSync} from 'node:child_process';
import {
	cpSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	utimesSync,
	writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {afterAll, expect, test} from 'vitest';
import {program} from '../helpers/terminal.ts';

const folder = mkdtempSync(join(tmpdir(), 'devresdbg-'));
afterAll(() => rmSync(folder, {recursive: true}));

type Variables = {readonly [name: string]: string};

function run(args: readonly string[], variables: Variables, entry = program): string {
	const {stdout, stderr} = spawnSync(process.execPath, [entry, ...args], {
		encoding: 'utf8',
		env: {...process.env, ...variables},
	});
	expect(stderr).toBe('');
	return stdout;
}

/** What runs have left, by the kind of run. */
function leftIn(cache: string): ReadonlyMap<string, string> {
	const files = readdirSync(cache, {recursive: true, encoding: 'utf8'});
	const found = files.flatMap((file): [string, string][] => {
		const [, kind] = /\/devresdbg-[\da-f]+-([\w-]+)$/.exec(file) ?? [];
		return kind === undefined ? [] : [[kind, join(cache, file)]];
	});
	return new Map(found);
}

test('the first runs leave what they compiled, and the next of their kind take it as it is', () => {
	const NODE_COMPILE_CACHE = join(folder, 'taken');
	const first = run(['run', 'ccp-reload'], {NODE_COMPILE_CACHE});
	const [left = ''] = leftIn(NODE_COMPILE_CACHE).values();
	const sizes = [statSync(left).size];
	expect(run(['run', 'scenarios/bar-busy.yaml', '-e', 'c'], {NODE_COMPILE_CACHE})).not.toBe(first);
	sizes.push(statSync(left).size);
	const {ino} = statSync(left);
	expect(run(['run', 'ccp-reload'], {NODE_COMPILE_CACHE})).toBe(first);
	expect(statSync(left).ino).toBe(ino);
	expect(sizes[1]).toBeGreaterThan(sizes[0] ?? 0);
	expect([...leftIn(NODE_COMPILE_CACHE).keys()]).toEqual(['run-scenario-lines']);
});

test('runs of other kinds leave their own', () => {
	const NODE_COMPILE_CACHE = join(folder, 'kinds');
	for (const args of [['list'], ['check', 'ccp-reload'], ['ccp-reload', '--plain']]) {
		run(args, {NODE_COMPILE_CACHE});
	}
	expect([...leftIn(NODE_COMPILE_CACHE).keys()].sort()).toEqual([
		'check-scenario-lines',
		'list-nothing-lines',
		'open-scenario-lines',
	]);
});

test('what is damaged is replaced, and nobody notices', () => {
	const NODE_COMPILE_CACHE = join(folder, 'damaged');
	const text = run(['list'], {NODE_COMPILE_CACHE});
	const [left = ''] = leftIn(NODE_COMPILE_CACHE).values();
	const whole = readFileSync(left);
	for (const damaged of [
		whole.subarray(0, whole.length / 2),
		Buffer.concat([whole.subarray(0, 64), Buffer.alloc(whole.length - 64)]),
		Buffer.alloc(0),
		Buffer.from('something else'),
	]) {
		writeFileSync(left, damaged);
		expect(run(['list'], {NODE_COMPILE_CACHE})).toBe(text);
		expect(readFileSync(left).length).toBeGreaterThan(100_000);
	}
});

test('what another version has left is replaced', () => {
	const NODE_COMPILE_CACHE = join(folder, 'version');
	const installed = join(folder, 'installed');
	cpSync(dirname(program), join(installed, 'distribution'), {recursive: true});
	cpSync('package.json', join(installed, 'package.json'));
	cpSync('scenarios', join(installed, 'scenarios'), {recursive: true});
	const script = join(installed, 'distribution', 'program.js');
	const text = readFileSync(script, 'latin1');
	// As long and as old as before: the engine itself tells no more of the text than its length.
	const said = ['kernels, for', 'kernels FOR '].map((words) => {
		writeFileSync(script, text.replaceAll('kernels, for', words), 'latin1');
		utimesSync(script, 0, 0);
		return run(['list'], {NODE_COMPILE_CACHE}, join(installed, 'distribution', 'cli.js'));
	});
	expect(said[0]).toContain('kernels, for --kernel');
	expect(said[1]).toContain('kernels FOR  --kernel');
	expect([...leftIn(NODE_COMPILE_CACHE).keys()]).toEqual(['list-nothing-lines']);
});

test('a run that was refused leaves nothing: it used little of what others will', () => {
	const NODE_COMPILE_CACHE = join(folder, 'refused');
	const {status} = spawnSync(process.execPath, [program, 'run', 'nowhere.yaml'], {
		env: {...process.env, NODE_COMPILE_CACHE},
	});
	expect(status).toBe(2);
	expect([...leftIn(NODE_COMPILE_CACHE).keys()]).toEqual([]);
});

test('what can not be kept is not left in part', () => {
	const NODE_COMPILE_CACHE = join(folder, 'in-part');
	const text = run(['list'], {NODE_COMPILE_CACHE});
	const [left = ''] = leftIn(NODE_COMPILE_CACHE).values();
	rmSync(left);
	mkdirSync(left);
	const files = readdirSync(dirname(left));
	expect(run(['list'], {NODE_COMPILE_CACHE})).toBe(text);
	expect(readdirSync(dirname(left))).toEqual(files);
});

test('without a place for it all works', () => {
	writeFileSync(join(folder, 'file'), '');
	const text = run(['list'], {NODE_COMPILE_CACHE: join(folder, 'works')});
	expect(run(['list'], {NODE_DISABLE_COMPILE_CACHE: '1'})).toBe(text);
	expect(run(['list'], {NODE_COMPILE_CACHE: join(folder, 'file')})).toBe(text);
});

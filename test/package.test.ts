import {type ExecFileSyncOptions, execFileSync, spawnSync} from 'node:child_process';
import {existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, describe, expect, it} from 'vitest';

const root = join(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'devresdbg-'));
afterAll(() => rmSync(folder, {recursive: true}));

const home = join(folder, 'user');
mkdirSync(home);
writeFileSync(join(home, 'package.json'), '{"name": "user", "private": true, "type": "module"}\n');

/** Tools without the network, without what the machine's user has set, and without a cache that others write to. */
const options: ExecFileSyncOptions & {encoding: 'utf8'} = {
	cwd: home,
	encoding: 'utf8',
	env: {
		PATH: `${join(root, 'node_modules', '.bin')}:${process.env['PATH']}`,
		HOME: folder,
		npm_config_cache: join(folder, 'cache'),
		npm_config_offline: 'true',
		npm_config_audit: 'false',
		npm_config_fund: 'false',
		npm_config_update_notifier: 'false',
		npm_config_ignore_scripts: 'true',
		npm_config_loglevel: 'error',
	},
};

type Packed = {
	readonly filename: string;
	readonly size: number;
	readonly files: readonly {readonly path: string}[];
};

/** One tarball for all tests, of what was built. */
function pack(): Packed {
	const args = ['pack', '--json', '--pack-destination', folder];
	const text = execFileSync('npm', args, {...options, cwd: root});
	const parsed: unknown = JSON.parse(text);
	return (Array.isArray(parsed) ? parsed : Object.values(parsed as object))[0];
}

const packed = pack();
const paths = packed.files.map(({path}) => path);
execFileSync('npm', ['install', join(folder, packed.filename)], options);
const installed = join(home, 'node_modules', 'devresdbg');

describe('the tarball', () => {
	it('has what is needed', () => {
		expect(paths).toEqual(
			expect.arrayContaining([
				'LICENSE',
				'README.md',
				'package.json',
				'distribution/THIRD-PARTY-LICENSES.txt',
				'distribution/cli.js',
				'distribution/completions/_devresdbg',
				'distribution/completions/devresdbg.bash',
				'distribution/completions/devresdbg.fish',
				'distribution/devresdbg.1',
				'distribution/library.d.ts',
				'distribution/library.js',
				'distribution/program.js',
				'scenarios/ccp-reload.yaml',
				'scenarios/scenario.schema.json',
			]),
		);
	});

	it('has nothing else', () => {
		const expected =
			/^(?:LICENSE|README\.md|package\.json|scenarios\/(?:demos\/|recordings\/|workshop\/(?:[\w-]+\/)?)?[\w.-]+\.(?:yaml|schema\.json|dbg|demo|md|svg|txt)|distribution\/(?:[a-z-]+-[\w-]{8}\.js|cli\.js|program\.js|library\.js|library\.d\.ts|devresdbg\.1|THIRD-PARTY-LICENSES\.txt|completions\/[\w.]+))$/;
		expect(paths.filter((path) => !expected.test(path))).toEqual([]);
		expect(packed.size).toBeLessThan(700_000);
	});

	it('needs no other package', () => {
		const manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
		expect(manifest.dependencies).toBeUndefined();
		expect(manifest.peerDependencies).toBeUndefined();
		expect(existsSync(join(home, 'node_modules', 'ink'))).toBe(false);
		for (const path of [
			manifest.bin.devresdbg,
			manifest.man,
			...Object.values(manifest.exports['.']),
		])
			expect(paths).toContain(String(path).replace(/^\.\//, ''));
	});
});

describe('installed in an empty folder', () => {
	const npx = (...args: string[]) => execFileSync('npx', ['devresdbg', ...args], options);
	const bin = join(home, 'node_modules', '.bin', 'devresdbg');
	const run = (...args: string[]) => spawnSync(process.execPath, [bin, ...args], options);

	it('npx finds the program', () => {
		const {version} = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
		expect(npx('--version')).toBe(`${version}\n`);
	});

	it('a scenario that comes with it runs', () => {
		const {status, stdout, stderr} = run('run', 'ccp-reload');
		expect(stderr).toBe('');
		expect(stdout).toMatch(/^ccp cannot be loaded again\nccp-reload\.yaml, kernel v9-series/);
		expect(status).toBe(0);
	});

	it('the list names what came with it', () => {
		const {stdout} = run('list');
		expect(stdout).toContain('\n  ccp-reload ');
		expect(stdout).toContain('\n  v6.12-stable ');
	});

	it('completion offers the same scenarios as the file that came with it', () => {
		const file = join(installed, 'distribution', 'completions', 'devresdbg.bash');
		expect(run('completion', 'bash').stdout).toBe(readFileSync(file, 'utf8'));
	});
});

describe('the library', () => {
	const example = (name: string, ...args: string[]) => {
		const file = join(home, name);
		writeFileSync(file, readFileSync(join(root, 'test', 'examples', name)));
		return execFileSync(process.execPath, [file, ...args], options);
	};

	it('tells which kernels leak: the first example', () => {
		expect(example('leaking-kernels.mjs')).toMatchInlineSnapshot(`
			"v6.10        no leak
			v9-series    1 node left on devres_head after ahci was unbound: #38 pcim_intx_restore (4 bytes)
			v6.11-rc1    1 node left on devres_head after ahci was unbound: #38 pcim_intx_restore (4 bytes)
			v6.11-rc2    no leak
			v6.11        no leak
			takashi-rfc  no leak
			v6.14-rc1    no leak
			v6.14        no leak
			v6.12-stable no leak
			v6.16        no leak
			"
		`);
	});

	it('tells what is wrong in a log: the second example', () => {
		const text = example('findings-in-log.mjs', join(root, 'test', 'fixtures', 'report.txt'));
		expect(text.split('\n').slice(0, 5).join('\n')).toMatchInlineSnapshot(`
			"error    event 12 0000:a2:00.1  #5 pcim_intx_restore (4 bytes) was added inside the release callback of #4 pcim_intx_restore, as the order of the log lines shows [add-during-release]
			  line 11: REL 00000000c18c52fb devm_kzalloc_release (152 bytes), the release begins, with all that is on the list
			  line 13: REL 0000000049e4adfe pcim_intx_restore (4 bytes), its callback begins
			  line 14: ADD 000000001a2ac6ad pcim_intx_restore (4 bytes), too late for this release
			  line 23: end of release (inferred), the release ends without it"
		`);
		expect(text.trimEnd().split('\n').at(-1)).toBe('0000:a2:00.1 still owns pcim_intx_restore');
	});

	it('loads nothing of the screen', () => {
		const text = readFileSync(join(installed, 'distribution', 'library.js'), 'utf8');
		expect(text).not.toMatch(/\b(?:from|import)\s*\(?["'`]\.\//);
		expect(text).not.toMatch(/react\.(?:transitional\.)?element|yoga/i);
	});

	it('has types that a strict consumer can use, and that refuse what is wrong', () => {
		writeFileSync(
			join(home, 'consumer.ts'),
			`import {check, importLog, kernels, loadRecording, saveRecording, simulate} from 'devresdbg';
import type {Finding, LocatedError, MachineState, RecordedEvent, Recording} from 'devresdbg';

const run = simulate('title: t', {kernel: kernels[0]?.name ?? 'v6.14'});
const read = importLog('', {format: 'dmesg', path: null});
if (run.ok) {
	const recording: Recording = run.recording;
	const findings: readonly Finding[] = check(recording);
	const state: MachineState = recording.stateAt(recording.length);
	const event: RecordedEvent = recording.at(0);
	if (event.type === 'devres-add') findings.some(({device}) => device === event.name);
	state.devices.get('0000:00:03.0')?.devres_head.map(({size}) => size.toFixed());
	loadRecording(saveRecording(recording));
} else {
	const errors: readonly LocatedError[] = run.errors;
	errors.map(({line, column, message, hint}) => [line, column, message, hint?.length]);
}
if (!read.ok) read.errors.length;
// @ts-expect-error: a recording is not changed.
if (read.ok) read.recording.length = 1;
// @ts-expect-error: there is no such option.
simulate('', {kernels: 'v6.14'});
`,
		);
		const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
		const flags = [
			'--noEmit',
			'--strict',
			'--exactOptionalPropertyTypes',
			'--skipLibCheck',
			'false',
		];
		const args = [...flags, '--module', 'nodenext', '--target', 'es2024', 'consumer.ts'];
		const {status, stdout} = spawnSync(process.execPath, [tsc, ...args], options);
		expect(stdout).toBe('');
		expect(status).toBe(0);
	});
});

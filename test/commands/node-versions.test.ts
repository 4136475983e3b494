import {spawnSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {zstdCompressSync} from 'node:zlib';
import {afterAll, expect, it} from 'vitest';

const program = join(import.meta.dirname, '..', '..', 'distribution', 'cli.js');
const folder = mkdtempSync(join(tmpdir(), 'devresdbg-'));
afterAll(() => rmSync(folder, {recursive: true}));

/** Runs the program in a Node that a script has made older. */
function runOlder(script: string, ...args: string[]) {
	const preload = `data:text/javascript,${encodeURIComponent(script)}`;
	const {status, stdout, stderr} = spawnSync(
		process.execPath,
		['--import', preload, program, ...args],
		{encoding: 'utf8'},
	);
	return {status, stdout, stderr};
}

const pretend = (version: string) =>
	`Object.defineProperty(process, 'versions', {value: {...process.versions, node: '${version}'}});
	delete process.getBuiltinModule;`;

it.each(['16.20.2', '20.20.2', '22.3.9'])('Node %s is too old, and that is said', (version) => {
	const {status, stdout, stderr} = runOlder(pretend(version), '--version');
	expect({status, stdout}).toEqual({status: 2, stdout: ''});
	expect(stderr).toBe(`devresdbg needs Node 22.4 or newer; this is ${process.version}\n`);
});

it('what is needed is what the manifest says', () => {
	const {engines} = JSON.parse(readFileSync('package.json', 'utf8'));
	expect(engines.node).toBe('>=22.4');
});

it('a Node without zstd says so, and what to do', () => {
	const file = join(folder, 'log.zst');
	writeFileSync(file, zstdCompressSync('[    1.000000] text\n'));
	const script = `import zlib from 'node:zlib'; delete zlib.createZstdDecompress;`;
	expect(runOlder(script, 'run', file)).toEqual({
		status: 2,
		stdout: '',
		stderr: `${file}: can't be read: Node ${process.version} knows no zstd: unpack the file first, or use 22.15\n`,
	});
});

import {readFileSync, renameSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {Script} from 'node:vm';
import {crc32} from 'node:zlib';

/** What the program's script gives. */
export type Program = typeof import('./dispatch.ts');

/** Of a module, what a script lacks. */
type Meta = {readonly dirname: string; readonly url: string};

/** Bytes of a checksum. */
const sumLength = 4;

/** What a run has left, whole, unless somebody else could have put it there: what is damaged can crash Node. */
function left(path: string): Buffer | null {
	try {
		if (statSync(path).uid !== process.getuid?.()) return null;
		const file = readFileSync(path);
		const data = file.subarray(0, -sumLength);
		return file.readUInt32LE(data.length) === crc32(data) ? data : null;
	} catch {
		return null;
	}
}

/** Where it can't be kept, the next run is slower, and nothing else. */
function keep(path: string, data: Buffer): void {
	const sum = Buffer.alloc(sumLength);
	sum.writeUInt32LE(crc32(data));
	const whole = `${path}.${process.pid}`;
	try {
		writeFileSync(whole, Buffer.concat([data, sum]), {mode: 0o600});
		renameSync(whole, path);
	} catch {}
}

/** The script as a run has left it compiled; else what is compiled of it by the end of this run is left for others. */
function compiled(filename: string, path: string): Script {
	const source = readFileSync(filename, 'latin1');
	const cachedData = left(path);
	const script = new Script(source, {filename, ...(cachedData === null ? {} : {cachedData})});
	if (cachedData === null || script.cachedDataRejected === true) {
		process.once('exit', (code) => {
			// A run that was refused has used little of what others will.
			if (code <= 1) keep(path, script.createCachedData());
		});
	}
	return script;
}

/**
Loads the program, whose script is beside the module that `meta` is of. To compile it takes longer than most of what it
does, so that a run leaves compiled what it used, and only that, for the next of its `kind` in the folder `cache`. The
cache of Node itself keeps what was compiled before anything ran, which is nothing or all.
*/
export async function loadProgram(
	meta: Meta,
	cache: string | null,
	kind: string,
): Promise<Program> {
	const filename = join(meta.dirname, 'program.js');
	if (cache === null)
		return new Script(readFileSync(filename, 'latin1'), {filename}).runInThisContext()(meta);
	const {size, mtimeMs} = statSync(filename);
	const script = compiled(filename, join(cache, `devresdbg-${size}-${mtimeMs}-${kind}`));
	return script.runInThisContext()(meta);
}

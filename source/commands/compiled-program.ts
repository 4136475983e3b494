import {readFileSync, renameSync, statSync, unlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {Script} from 'node:vm';
import {crc32} from 'node:zlib';

/** What the program's script gives. */
export type Program = typeof import('./dispatch.ts');

/** Of a module, what a script lacks. */
type Meta = {readonly dirname: string; readonly url: string};

/** Runs alike use nearly the same: after so many there is little to add. */
const enoughRuns = 2;

/** What runs have left. */
type Left = {
	/** The script, with what they compiled of it. */
	readonly data: Buffer;

	/** How many have added to it. */
	readonly runs: number;
};

/** Bytes behind the data: the number of runs, and a checksum of the version and of all before it. */
const tail = {runs: 1, sum: 4} as const;

/** Where runs leave something for a script, and what of. */
type Place = {
	readonly path: string;

	/** A checksum of the script: the engine itself compares the length, and nothing else. */
	readonly version: number;
};

/** What was left of this version, unless somebody else could have put it there, or it is damaged, which can crash Node. */
function left({path, version}: Place): Left | null {
	try {
		const stats = statSync(path);
		if (!stats.isFile() || stats.uid !== process.getuid?.()) return null;
		const file = readFileSync(path);
		const summed = file.subarray(0, -tail.sum);
		if (file.readUInt32LE(summed.length) !== crc32(summed, version)) return null;
		const data = summed.subarray(0, -tail.runs);
		return {data, runs: summed.readUInt8(data.length)};
	} catch {
		return null;
	}
}

/** A full disk takes a part of a file: it would be left by each run. */
function discard(path: string): void {
	try {
		unlinkSync(path);
	} catch {}
}

/** Where it can't be kept, the next run is slower, and nothing else. */
function keep({path, version}: Place, {data, runs}: Left): void {
	const summed = Buffer.concat([data, Buffer.from([runs])]);
	const sum = Buffer.alloc(tail.sum);
	sum.writeUInt32LE(crc32(summed, version));
	const whole = `${path}.${process.pid}`;
	try {
		// Nor through a link that somebody else left there.
		writeFileSync(whole, Buffer.concat([summed, sum]), {mode: 0o600, flag: 'wx'});
		renameSync(whole, path);
	} catch {
		discard(whole);
	}
}

/** The script as runs have left it compiled; what this one compiles of it is added in the end, while that is worth it. */
function compiled(source: string, filename: string, place: Place): Script {
	const found = left(place);
	const script = new Script(source, {filename, ...(found && {cachedData: found.data})});
	const runs = script.cachedDataRejected === true ? 0 : (found?.runs ?? 0);
	if (runs < enoughRuns) {
		process.once('exit', (code) => {
			// A run that was refused has used little of what others will.
			if (code <= 1) keep(place, {data: script.createCachedData(), runs: runs + 1});
		});
	}
	return script;
}

/**
Loads the program, whose script is beside the module that `meta` is of. To compile it takes longer than most of what it
does, so that the first runs of a `kind` leave compiled what they used, and only that, for the next in the folder
`cache`. The cache of Node itself keeps what was compiled before anything ran, which is nothing or all.
*/
export async function loadProgram(
	meta: Meta,
	cache: string | null,
	kind: string,
): Promise<Program> {
	const filename = join(meta.dirname, 'program.js');
	const file = readFileSync(filename);
	const source = file.toString('latin1');
	if (cache === null) return new Script(source, {filename}).runInThisContext()(meta);
	const script = crc32(filename).toString(16);
	const place = {path: join(cache, `devresdbg-${script}-${kind}`), version: crc32(file)};
	return compiled(source, filename, place).runInThisContext()(meta);
}

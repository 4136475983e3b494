import {randomBytes} from 'node:crypto';
import {closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync} from 'node:fs';
import {exitCode, type Failure, failure} from './failure.ts';

/** Text that is written at once. */
const chunkLength = 1 << 16;

function writeLines(file: number, lines: Iterable<string>): void {
	let chunk = '';
	for (const line of lines) {
		chunk += `${line}\n`;
		if (chunk.length < chunkLength) continue;
		writeFileSync(file, chunk);
		chunk = '';
	}
	writeFileSync(file, chunk);
	fsyncSync(file);
}

/** Writes lines to a file beside it and renames that: a reader finds the old text or the new, and a failure leaves the old. */
export function saveFile(path: string, lines: Iterable<string>): {readonly ok: true} | Failure {
	const draft = `${path}.${randomBytes(4).toString('hex')}.tmp`;
	try {
		const file = openSync(draft, 'wx');
		try {
			writeLines(file, lines);
		} finally {
			closeSync(file);
		}
		renameSync(draft, path);
		return {ok: true};
	} catch (error) {
		rmSync(draft, {force: true});
		const code = error instanceof Error && 'code' in error ? error.code : error;
		return failure(exitCode.usage, `${path}: can't be written: ${code}`);
	}
}

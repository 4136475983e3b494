import {randomBytes} from 'node:crypto';
import {closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync} from 'node:fs';
import {exitCode, type Failure, failure} from './failure.ts';

/** Writes all parts to a file beside it and renames that: a reader finds the old text or the new, and a failure leaves the old. */
export function saveFile(path: string, parts: Iterable<string>): {readonly ok: true} | Failure {
	const draft = `${path}.${randomBytes(4).toString('hex')}.tmp`;
	try {
		const file = openSync(draft, 'wx');
		try {
			for (const part of parts) writeSync(file, part);
			fsyncSync(file);
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

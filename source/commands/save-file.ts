import {randomBytes} from 'node:crypto';
import {
	closeSync,
	fsyncSync,
	openSync,
	realpathSync,
	renameSync,
	rmSync,
	statSync,
	writeFileSync,
} from 'node:fs';
import {errorCode, exitCode, type Failure, failure} from './failure.ts';
import {chunksOf} from './write-lines.ts';

function writeLines(file: number, lines: Iterable<string>): void {
	for (const chunk of chunksOf(lines)) writeFileSync(file, chunk);
	fsyncSync(file);
}

function cannotWrite(path: string, why: unknown): Failure {
	return failure(exitCode.usage, `${path}: can't be written: ${why}`);
}

/**
Writes lines to a file beside it and renames that: a reader finds the old text or the new, and a failure leaves the old.

A link stays one. What is no regular file, such as a device, is left alone: it would be replaced by one.
*/
export function saveFile(path: string, lines: Iterable<string>): {readonly ok: true} | Failure {
	let draft: string | null = null;
	try {
		const old = statSync(path, {throwIfNoEntry: false});
		if (old?.isFile() === false) return cannotWrite(path, 'it is no regular file');
		const target = old === undefined ? path : realpathSync(path);
		draft = `${target}.${randomBytes(4).toString('hex')}.tmp`;
		const file = openSync(draft, 'wx');
		try {
			writeLines(file, lines);
		} finally {
			closeSync(file);
		}
		renameSync(draft, target);
		return {ok: true};
	} catch (error) {
		if (draft !== null) rmSync(draft, {force: true});
		return cannotWrite(path, errorCode(error));
	}
}

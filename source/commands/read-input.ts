import {createReadStream, existsSync} from 'node:fs';
import {cleanText} from '../recording/clean-text.ts';
import {didYouMean} from '../recording/closest-name.ts';
import {exitCode, type Failure, failure} from './failure.ts';
import {shippedNames, shippedPath} from './shipped-scenarios.ts';

/** An input that was read; not yet known what it is. */
export type Input = {
	readonly ok: true;

	/** How messages and reports call it; null for standard input. */
	readonly path: string | null;

	/** The whole content. */
	readonly bytes: Buffer;
};

/** A text longer than this doesn't fit into one string. */
const maximumBytes = 500_000_000;

/** First words of the command line that are no files: a misspelt one looks like a missing file. */
const commandNames = ['run', 'convert', 'list', 'schema'] as const;

function tooLarge(path: string): Failure {
	return failure(exitCode.input, `${path}: larger than ${maximumBytes / 1_000_000} MB`);
}

function explain(error: unknown, path: string): Failure {
	const code = error instanceof Error && 'code' in error ? error.code : '';
	switch (code) {
		case 'ENOENT':
		case 'ENOTDIR': {
			const known = [...shippedNames(), ...commandNames];
			const hint = didYouMean(path, known) ?? '`devresdbg list` names the scenarios';
			return failure(exitCode.usage, `${path}: no such file, scenario or command`, hint);
		}
		case 'EISDIR':
			return failure(exitCode.usage, `${path}: is a directory`, 'name a file in it');
		case 'EACCES':
		case 'EPERM':
			return failure(exitCode.usage, `${path}: no permission to read it`);
		case 'ENAMETOOLONG':
			return failure(exitCode.usage, `${path.slice(0, 80)}…: no such file, its name is too long`);
		default:
			return failure(exitCode.usage, `${path}: can't be read: ${code || error}`);
	}
}

/** Reads to the end, whatever it is: a pipe has no size, and a device may have no end. */
async function readAll(stream: AsyncIterable<Buffer>): Promise<Buffer | null> {
	const chunks: Buffer[] = [];
	let size = 0;
	for await (const chunk of stream) {
		chunks.push(chunk);
		size += chunk.length;
		if (size > maximumBytes) return null;
	}
	return Buffer.concat(chunks);
}

/** Reads a file, standard input for `-`, or a scenario that comes with the program. */
export async function readInput(file: string): Promise<Input | Failure> {
	const isPiped = file === '-';
	const name = isPiped ? 'standard input' : cleanText(file);
	const shipped = isPiped || existsSync(file) ? null : shippedPath(file);
	const path = shipped === null ? name : `${name}.yaml`;
	try {
		const stream = isPiped ? process.stdin : createReadStream(shipped ?? file);
		const bytes = await readAll(stream);
		if (bytes === null) return tooLarge(name);
		return {ok: true, path: isPiped ? null : path, bytes};
	} catch (error) {
		return explain(error, name);
	}
}

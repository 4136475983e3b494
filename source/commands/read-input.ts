import {isAscii} from 'node:buffer';
import {createReadStream, existsSync, statSync} from 'node:fs';
import {subcommands} from '../command-line/subcommands.ts';
import {cleanText} from '../recording/clean-text.ts';
import {didYouMean} from '../recording/closest-name.ts';
import {unpack} from './decompress.ts';
import {errorCode, exitCode, type Failure, failure} from './failure.ts';
import {shippedNames, shippedPath} from './shipped-scenarios.ts';

/** An input that is being read; not yet known what it is. */
export type Input = {
	readonly ok: true;

	/** How messages and reports call it; null for standard input. */
	readonly path: string | null;

	/** The content as text, unpacked, piece by piece. Errors of reading are thrown when they happen. */
	readonly pieces: AsyncIterator<string>;

	/** How much of it has been read, from 0 to 1; null where its size is not known. */
	readonly progress: () => number | null;

	/** What was wrong with compressed data, once all is read; null where nothing was. */
	readonly damage: () => string | null;

	/** Stops reading: whoever writes into a pipe is told. */
	readonly close: () => void;
};

/** First words of the command line that are no files: a misspelt one looks like a missing file. */
const commandNames = subcommands.map(({name}) => name).filter((name) => name !== '');

/** Why a file can't be read, with what to try next. */
export function explain(error: unknown, path: string): Failure {
	const code = errorCode(error);
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
			return failure(exitCode.usage, `${path}: can't be read: ${code}`);
	}
}

/** Decodes pieces of UTF-8, whose letters may be cut in two; a wrong byte becomes a replacement character. */
async function* decode(pieces: AsyncIterable<Buffer>): AsyncGenerator<string> {
	const decoder = new TextDecoder();
	let isAllAscii = true;
	for await (const piece of pieces) {
		// Nearly all logs are ASCII, which is text as it is.
		isAllAscii &&= isAscii(piece);
		yield isAllAscii ? piece.toString('latin1') : decoder.decode(piece, {stream: true});
	}
	yield decoder.decode();
}

function sizeOf(path: string): number | null {
	const size = statSync(path, {throwIfNoEntry: false})?.size ?? 0;
	return size === 0 ? null : size;
}

/** Begins to read a file, standard input for `-`, or a scenario that comes with the program. */
export async function readInput(file: string): Promise<Input | Failure> {
	const isPiped = file === '-';
	const name = isPiped ? 'standard input' : cleanText(file);
	const shipped = isPiped || existsSync(file) ? null : shippedPath(file);
	const path = shipped === null ? name : `${name}.yaml`;
	try {
		const size = isPiped ? null : sizeOf(shipped ?? file);
		const source = isPiped
			? process.stdin
			: createReadStream(shipped ?? file, {highWaterMark: 1 << 20});
		let read = 0;
		source.on('data', (piece: Buffer | string) => {
			read += piece.length;
		});
		source.pause();
		const {pieces, damage} = await unpack(source);
		return {
			ok: true,
			path: isPiped ? null : path,
			pieces: decode(pieces),
			progress: () => (size === null ? null : Math.min(1, read / size)),
			damage,
			close: () => source.destroy(),
		};
	} catch (error) {
		return explain(error, name);
	}
}

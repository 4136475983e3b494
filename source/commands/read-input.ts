import {isAscii} from 'node:buffer';
import {createReadStream, existsSync, statSync} from 'node:fs';
import {subcommands} from '../command-line/subcommands.ts';
import {cleanText} from '../recording/clean-text.ts';
import {didYouMean} from '../recording/closest-name.ts';
import type {Packing, Unpacked} from './decompress.ts';
import {errorCode, exitCode, type Failure, failure} from './failure.ts';
import {filePieces} from './file-pieces.ts';
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
	let decoder: InstanceType<typeof TextDecoder> | null = null;
	for await (const piece of pieces) {
		// Nearly all logs are ASCII, which is text as it is.
		if (decoder === null && isAscii(piece)) {
			yield piece.toString('latin1');
		} else {
			decoder ??= new TextDecoder();
			yield decoder.decode(piece, {stream: true});
		}
	}
	if (decoder !== null) yield decoder.decode();
}

/** Bytes of an ordinary file; null for a pipe, and for files of the kernel's, which have no size. */
function sizeOf(path: string): number | null {
	const stats = statSync(path, {throwIfNoEntry: false});
	return stats?.isFile() && stats.size > 0 ? stats.size : null;
}

/** Bytes of a file or of standard input. */
type Source = {readonly bytes: AsyncIterable<Buffer>; readonly close: () => void};

function sourceOf(path: string | null, size: number | null): Source {
	if (path !== null && size !== null) {
		const bytes = filePieces(path, size);
		return {bytes, close: () => void bytes.return(undefined)};
	}
	const bytes = path === null ? process.stdin : createReadStream(path);
	return {bytes, close: () => bytes.destroy()};
}

/** How compressed files begin. */
const magics = [
	{packing: 'gzip', bytes: [0x1f, 0x8b]},
	{packing: 'zstd', bytes: [0x28, 0xb5, 0x2f, 0xfd]},
] as const;

function packingOf(start: Buffer): Packing | null {
	const found = magics.find(({bytes}) => bytes.every((byte, index) => start[index] === byte));
	return found?.packing ?? null;
}

async function* startingWith(first: Buffer, rest: AsyncIterator<Buffer>): AsyncIterable<Buffer> {
	yield first;
	for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}

/** Unpacks gzip and zstd; passes on anything else as it is. */
async function unpacked(packed: AsyncIterator<Buffer>): Promise<Unpacked> {
	const first = await packed.next();
	const start = first.done ? Buffer.alloc(0) : first.value;
	const whole = startingWith(start, packed);
	const packing = packingOf(start);
	if (packing === null) return {pieces: whole, damage: () => null};
	const {unpack} = await import('./decompress.ts');
	return unpack(packing, whole);
}

/** Begins to read a file, standard input for `-`, or a scenario that comes with the program. */
export async function readInput(file: string): Promise<Input | Failure> {
	const isPiped = file === '-';
	const name = isPiped ? 'standard input' : cleanText(file);
	const shipped = isPiped || existsSync(file) ? null : shippedPath(file);
	const path = shipped === null ? name : `${name}.yaml`;
	try {
		const source = isPiped ? null : (shipped ?? file);
		const size = source === null ? null : sizeOf(source);
		const {bytes, close} = sourceOf(source, size);
		let read = 0;
		async function* counted(): AsyncGenerator<Buffer> {
			for await (const piece of bytes) {
				read += piece.length;
				yield piece;
			}
		}
		const {pieces, damage} = await unpacked(counted());
		return {
			ok: true,
			path: isPiped ? null : path,
			pieces: decode(pieces),
			progress: () => (size === null ? null : Math.min(1, read / size)),
			damage,
			close,
		};
	} catch (error) {
		return explain(error, name);
	}
}

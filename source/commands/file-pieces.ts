import {closeSync, openSync, read} from 'node:fs';

/** Bytes that are read at once. */
const pieceSize = 1 << 20;

function readInto(file: number, buffer: Buffer): Promise<number> {
	return new Promise((resolve, reject) => {
		read(file, buffer, 0, buffer.length, null, (error, length) => {
			if (error === null) resolve(length);
			else reject(error);
		});
	});
}

/**
Pieces of an ordinary file. Each lasts until the next is asked for: they are read into the same memory.

Not a stream of Node: to load those takes longer than to read most files.
*/
export async function* filePieces(path: string, size: number): AsyncGenerator<Buffer> {
	const file = openSync(path, 'r');
	// One more than there is, so that most files end with their first piece; a log may grow meanwhile.
	const buffer = Buffer.allocUnsafe(Math.min(size + 1, pieceSize));
	try {
		for (;;) {
			const length = await readInto(file, buffer);
			if (length === 0) return;
			yield buffer.subarray(0, length);
		}
	} finally {
		closeSync(file);
	}
}

import {Readable} from 'node:stream';
import zlib from 'node:zlib';

/** What a file may be compressed with. */
export type Packing = 'gzip' | 'zstd';

/** Errors of zlib that mean that the data just ends. */
const endsEarly: ReadonlySet<unknown> = new Set(['Z_BUF_ERROR', 'ZSTD_error_srcSize_wrong']);

/** Pieces of a file as it was before it was compressed. */
export type Unpacked = {
	readonly pieces: AsyncIterable<Buffer>;

	/** What was wrong with the compressed data, once all pieces were taken; null where nothing was. */
	readonly damage: () => string | null;
};

function unpackerOf(packing: Packing) {
	if (packing === 'gzip') return zlib.createGunzip();
	// Node has it since 22.15.
	if (typeof zlib.createZstdDecompress !== 'function') {
		throw new Error(`Node ${process.version} knows no zstd: unpack the file first, or use 22.15`);
	}
	return zlib.createZstdDecompress();
}

/** Streams read ahead: what they take must last. */
async function* copies(pieces: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
	for await (const piece of pieces) yield Buffer.from(piece);
}

/** Unpacks what is packed so. Each piece lasts until the next is asked for. */
export function unpack(packing: Packing, packed: AsyncIterable<Buffer>): Unpacked {
	let damage: string | null = null;
	async function* pieces(): AsyncIterable<Buffer> {
		const source = Readable.from(copies(packed));
		const unpacker = unpackerOf(packing);
		source.on('error', (error) => unpacker.destroy(error));
		try {
			for await (const piece of source.pipe(unpacker)) yield piece;
		} catch (error) {
			const code = error instanceof Error && 'code' in error ? error.code : null;
			// What could be unpacked is still worth reading, but for an error of the file itself.
			if (typeof code !== 'string' || !/^Z/.test(code)) throw error;
			damage = endsEarly.has(code)
				? `the ${packing} data ends early`
				: `the ${packing} data is damaged (${code})`;
		}
	}
	return {pieces: pieces(), damage: () => damage};
}

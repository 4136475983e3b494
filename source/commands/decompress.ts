import {Readable} from 'node:stream';
import zlib from 'node:zlib';

/** How compressed files begin. */
const magics = [
	{name: 'gzip', bytes: [0x1f, 0x8b]},
	{name: 'zstd', bytes: [0x28, 0xb5, 0x2f, 0xfd]},
] as const;

/** Errors of zlib that mean that the data just ends. */
const endsEarly: ReadonlySet<unknown> = new Set(['Z_BUF_ERROR', 'ZSTD_error_srcSize_wrong']);

/** Pieces of a file as it was before it was compressed. */
export type Unpacked = {
	readonly pieces: AsyncIterable<Buffer>;

	/** What was wrong with the compressed data, once all pieces were taken; null where nothing was. */
	readonly damage: () => string | null;
};

function unpackerOf(name: 'gzip' | 'zstd') {
	if (name === 'gzip') return zlib.createGunzip();
	// Node has it since 22.15.
	if (typeof zlib.createZstdDecompress !== 'function') {
		throw new Error(`Node ${process.version} knows no zstd: unpack the file first, or use 22.15`);
	}
	return zlib.createZstdDecompress();
}

async function* startingWith(first: Buffer, rest: AsyncIterator<Buffer>): AsyncIterable<Buffer> {
	yield first;
	for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}

/** Unpacks gzip and zstd, which are known by how they begin; passes on anything else as it is. */
export async function unpack(packed: AsyncIterable<Buffer>): Promise<Unpacked> {
	const iterator = packed[Symbol.asyncIterator]();
	const first = await iterator.next();
	const start = first.done ? Buffer.alloc(0) : first.value;
	const whole = first.done ? Readable.from([]) : startingWith(start, iterator);
	const found = magics.find(({bytes}) => bytes.every((byte, index) => start[index] === byte));
	if (found === undefined) return {pieces: whole, damage: () => null};
	let damage: string | null = null;
	async function* pieces(): AsyncIterable<Buffer> {
		const source = Readable.from(whole);
		const unpacker = unpackerOf((found ?? magics[0]).name);
		source.on('error', (error) => unpacker.destroy(error));
		try {
			for await (const piece of source.pipe(unpacker)) yield piece;
		} catch (error) {
			const code = error instanceof Error && 'code' in error ? error.code : null;
			// What could be unpacked is still worth reading, but for an error of the file itself.
			if (typeof code !== 'string' || !/^Z/.test(code)) throw error;
			damage = endsEarly.has(code)
				? `the ${found?.name} data ends early`
				: `the ${found?.name} data is damaged (${code})`;
		}
	}
	return {pieces: pieces(), damage: () => damage};
}

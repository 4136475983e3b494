import {once} from 'node:events';

/** Text that is written at once. */
const chunkLength = 1 << 16;

/** Lines with their ends, joined to texts that are worth a write. */
export function* chunksOf(lines: Iterable<string>): Iterable<string> {
	let chunk = '';
	for (const line of lines) {
		chunk += `${line}\n`;
		if (chunk.length < chunkLength) continue;
		yield chunk;
		chunk = '';
	}
	if (chunk !== '') yield chunk;
}

/** Writes lines to standard output, as fast as it is read. */
export async function printLines(lines: Iterable<string>): Promise<void> {
	for (const chunk of chunksOf(lines)) {
		if (!process.stdout.write(chunk)) await once(process.stdout, 'drain');
	}
}

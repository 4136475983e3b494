import {cleanText} from '../recording/clean-text.ts';

/** Levels as `dmesg -x` and syslog name them. */
const levels: ReadonlyMap<string, number> = new Map([
	['emerg', 0],
	['alert', 1],
	['crit', 2],
	['err', 3],
	['warn', 4],
	['warning', 4],
	['notice', 5],
	['info', 6],
	['debug', 7],
]);

/** 0 to 7 for `crit`; null for other words. */
export function levelOf(word: string): number | null {
	return levels.get(word) ?? null;
}

const escaped = /(?:\\x[\da-f]{2})+/gi;

function bytesOf(escapes: string): string {
	const bytes = escapes.slice(2).split(/\\x/i);
	return new TextDecoder().decode(Uint8Array.from(bytes, (byte) => Number.parseInt(byte, 16)));
}

/** Lines of a message whose unprintable bytes are written as `\x0a`: /dev/kmsg and dmesg do that. Mostly it is one. */
export function unescapedLines(text: string): readonly string[] {
	if (!text.includes('\\x')) return [text];
	return linesOfMessage(text.replace(escaped, bytesOf));
}

/** Lines of a message that may have several, made safe. */
export function linesOfMessage(message: string): readonly string[] {
	if (!message.includes('\n')) return [cleanText(message)];
	return message.replace(/\n+$/, '').split('\n').map(cleanText);
}

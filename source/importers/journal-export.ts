// The binary fields of systemd's export format: a name, a line end, the length as 64 bits, the value, a line end.

const binaryField = /(^|\n)([A-Z_][A-Z_\d]{0,63})\n/g;
const lengthSize = 8;

/** Where a value ends whose length can't be read: before the next field or the end of the entry. */
const nextField = /\n(?=[A-Z_][A-Z_\d]{0,63}(?:=|\n)|\n|$)/g;

/** Whether a text is a journal export. */
export function isJournalExport(text: string): boolean {
	return text.startsWith('__CURSOR=');
}

/** Bytes of the value; null where the length was no text and is lost. */
function lengthAt(text: string, start: number): number | null {
	let length = 0;
	for (let index = 0; index < lengthSize; index += 1) {
		const byte = text.charCodeAt(start + index);
		if (!(byte < 0x80)) return null;
		length += byte * 256 ** index;
	}
	return length;
}

/** Index behind so many bytes of a text. */
function behindBytes(text: string, start: number, bytes: number): number {
	let left = bytes;
	let index = start;
	while (left > 0 && index < text.length) {
		const code = text.codePointAt(index) ?? 0;
		left -= code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
		index += code < 0x10000 ? 1 : 2;
	}
	return index;
}

function endOfValue(text: string, start: number): number {
	const length = lengthAt(text, start);
	const end = length === null ? -1 : behindBytes(text, start + lengthSize, length);
	if (end !== -1 && text.charAt(end) === '\n') return end;
	nextField.lastIndex = start + lengthSize;
	return nextField.exec(text)?.index ?? text.length;
}

/** The export as plain text: lines of binary values begin with a blank, as no field's name does, and lengths are gone. */
export function plainExport(text: string): string {
	const parts: string[] = [];
	let done = 0;
	binaryField.lastIndex = 0;
	for (let found = binaryField.exec(text); found !== null; found = binaryField.exec(text)) {
		const nameEnd = found.index + found[0].length;
		const end = endOfValue(text, nameEnd);
		const value = text.slice(nameEnd + lengthSize, end);
		parts.push(text.slice(done, nameEnd), ` ${value.replaceAll('\n', '\n ')}`);
		done = end;
		binaryField.lastIndex = end;
	}
	parts.push(text.slice(done));
	return parts.join('');
}

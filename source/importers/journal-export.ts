// The binary fields of systemd's export format: a name, a line end, the length as 64 bits, the value, a line end.

const binaryField = /(?:^|\n)[A-Z_][A-Z_\d]{0,63}\n/g;
const lengthSize = 8;

/** Where a value ends whose length can't be read: before the next field or the end of the entry. */
const nextField = /\n(?=[A-Z_][A-Z_\d]{0,63}(?:=|\n)|\n)/g;

/** Letters of a value that has no end in sight. */
const longestValue = 1_000_000;

/** Whether a text begins like a journal export. */
export function isJournalExport(start: string): boolean {
	return start.startsWith('__CURSOR=');
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

/** Index behind so many bytes of a text; -1 where it has fewer. */
function behindBytes(text: string, start: number, bytes: number): number {
	let left = bytes;
	let index = start;
	while (left > 0 && index < text.length) {
		const code = text.codePointAt(index) ?? 0;
		left -= code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
		index += code < 0x10000 ? 1 : 2;
	}
	return left > 0 ? -1 : index;
}

/** Index of the line end behind a value; -1 where it is not in sight. */
function endOfValue(text: string, start: number): number {
	const length = lengthAt(text, start);
	if (length !== null && length < longestValue) {
		const end = behindBytes(text, start + lengthSize, length);
		if (end === -1 || end === text.length || text.charAt(end) === '\n') {
			return end === text.length ? -1 : end;
		}
	}
	nextField.lastIndex = start + lengthSize;
	return nextField.exec(text)?.index ?? -1;
}

/** Makes plain text of an export that comes in pieces: lines of binary values begin with a blank, as no field's name does, and lengths are gone. */
export class ExportText {
	#rest = '';

	/** What is plain by now. */
	push(piece: string): string {
		return this.#convert(this.#rest + piece, false);
	}

	/** The text is over. */
	end(): string {
		return this.#convert(this.#rest, true);
	}

	#convert(text: string, isOver: boolean): string {
		const parts: string[] = [];
		let done = 0;
		binaryField.lastIndex = 0;
		for (let found = binaryField.exec(text); found !== null; found = binaryField.exec(text)) {
			const nameEnd = found.index + found[0].length;
			const value = nameEnd + lengthSize;
			let end = endOfValue(text, nameEnd);
			if (end === -1 && !isOver && text.length - value < longestValue) {
				parts.push(text.slice(done, found.index));
				this.#rest = text.slice(found.index);
				return parts.join('');
			}
			if (end === -1) end = text.length;
			parts.push(text.slice(done, nameEnd), ` ${text.slice(value, end).replaceAll('\n', '\n ')}`);
			done = end;
			binaryField.lastIndex = end;
		}
		// The last line may be a name whose value comes with the next piece.
		const safe = isOver ? text.length : Math.max(done, text.lastIndexOf('\n'));
		parts.push(text.slice(done, safe));
		this.#rest = text.slice(safe);
		return parts.join('');
	}
}

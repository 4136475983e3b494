import {cleanText} from '../recording/clean-text.ts';
import type {Lines} from '../recording/lines.ts';

const quotedByte = /(?:=[\dA-F]{2})+/g;
const quotedPrintable = /^Content-Transfer-Encoding: quoted-printable/i;
const quoteMarks = /^(?:> ?){1,20}/;
const entity = /&(?:lt|gt|amp|quot|nbsp|#39|#x27|#160);/g;
const entities: ReadonlyMap<string, string> = new Map([
	['&lt;', '<'],
	['&gt;', '>'],
	['&amp;', '&'],
	['&quot;', '"'],
	['&nbsp;', ' '],
	['&#39;', "'"],
	['&#x27;', "'"],
	['&#160;', ' '],
]);

/** How a text is wrapped. */
type Wrapping = {readonly quotedPrintable: boolean; readonly entities: boolean};

function wrappingOf(lines: Lines): Wrapping {
	const isEncoded = lines.some(
		(line) => quotedPrintable.test(line) || line.includes('=C2=A0') || line.endsWith('=20'),
	);
	return {
		quotedPrintable: isEncoded,
		entities: lines.some((line) => line.includes('&') && /&(?:lt|gt|nbsp);/.test(line)),
	};
}

function bytesOf(encoded: string): string {
	const bytes = encoded.slice(1).split('=');
	return new TextDecoder().decode(Uint8Array.from(bytes, (byte) => Number.parseInt(byte, 16)));
}

/** Takes the wrapping of mails and web pages off lines: quote marks, quoted-printable, entities, blanks that don't break. */
export class MailText {
	readonly #wrapping: Wrapping;

	/** Beginning of a line that was broken softly. */
	#begun = '';

	/** `lines` tell how the text is wrapped. */
	constructor(lines: Lines) {
		this.#wrapping = wrappingOf(lines);
	}

	/** The line without its wrapping; null where it goes on on the next one. */
	read(line: string): string | null {
		if (this.#wrapping.quotedPrintable) {
			if (line.endsWith('=')) {
				this.#begun += unquoted(line.slice(0, -1));
				return null;
			}
			const whole = this.#begun + (this.#begun === '' ? line : unquoted(line));
			this.#begun = '';
			return this.#decoded(whole);
		}
		return this.#plain(line);
	}

	/** What has been read of a line that goes on; empty where none does. */
	get begun(): string {
		return this.#decoded(this.#begun);
	}

	#decoded(line: string): string {
		return this.#plain(cleanText(line.replace(quotedByte, bytesOf)).trimEnd());
	}

	#plain(line: string): string {
		let text = line.startsWith('>') ? unquoted(line) : line;
		if (this.#wrapping.entities && text.includes('&')) {
			text = text.replace(entity, (found) => entities.get(found) ?? found);
		}
		return text.includes('\u00A0') ? text.replaceAll('\u00A0', ' ') : text;
	}
}

function unquoted(line: string): string {
	return line.startsWith('>') ? line.replace(quoteMarks, '') : line;
}

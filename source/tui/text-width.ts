import stringWidth from 'string-width';
import {isSimple, segmenter} from './simple-text.ts';

/** Columns that a text takes in a terminal. */
export function widthOf(text: string): number {
	return isSimple(text) ? text.length : stringWidth(text);
}

/** Characters as a person counts them. */
export function graphemes(text: string): readonly string[] {
	if (isSimple(text)) return text.split('');
	return Array.from(segmenter.segment(text), ({segment}) => segment);
}

/** The longest beginning that fits, without padding. */
export function startOf(text: string, width: number): string {
	if (width <= 0) return '';
	if (isSimple(text)) return text.slice(0, width);
	let used = 0;
	let result = '';
	for (const {segment} of segmenter.segment(text)) {
		used += stringWidth(segment);
		if (used > width) break;
		result += segment;
	}
	return result;
}

/** The longest ending that fits, without padding. */
export function endOf(text: string, width: number): string {
	if (width <= 0) return '';
	if (isSimple(text)) return text.slice(Math.max(0, text.length - width));
	const parts = graphemes(text);
	let used = 0;
	let first = parts.length;
	while (first > 0 && used + stringWidth(parts[first - 1] ?? '') <= width) {
		first -= 1;
		used += stringWidth(parts[first] ?? '');
	}
	return parts.slice(first).join('');
}

/** Cuts a name in its middle: names differ at their ends. */
export function cutMiddle(text: string, width: number, ellipsis: string): string {
	if (widthOf(text) <= width) return text;
	const kept = width - widthOf(ellipsis);
	if (kept <= 0) return startOf(text, width);
	const tail = Math.ceil(kept / 2);
	return startOf(text, kept - tail) + ellipsis + endOf(text, tail);
}

/** Cuts the end of a sentence. */
export function cutEnd(text: string, width: number, ellipsis: string): string {
	if (widthOf(text) <= width) return text;
	const kept = width - widthOf(ellipsis);
	return kept <= 0 ? startOf(text, width) : startOf(text, kept) + ellipsis;
}

/** Exactly `width` columns: padded with blanks behind, or cut in the middle. */
export function column(text: string, width: number, ellipsis: string): string {
	const cut = cutMiddle(text, width, ellipsis);
	return cut + ' '.repeat(Math.max(0, width - widthOf(cut)));
}

/** Exactly `width` columns with the text at the right end. */
export function rightColumn(text: string, width: number): string {
	const cut = endOf(text, width);
	return ' '.repeat(Math.max(0, width - widthOf(cut))) + cut;
}

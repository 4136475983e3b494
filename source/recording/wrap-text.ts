/** Lines of a file are no lines of the screen; blank ones part paragraphs. */
export function paragraphs(text: string): string {
	return text.trim().replaceAll(/(?<=\S)\n(?=\S)/g, ' ');
}

/** Breaks a text at its blanks and line ends into lines of at most `width`; a longer word has a line of its own. */
export function wrapText(
	text: string,
	width: number,
	widthOf: (text: string) => number = ({length}) => length,
): readonly string[] {
	const lines: string[] = [];
	for (const paragraph of text.split('\n')) {
		let current = '';
		for (const word of paragraph.split(' ')) {
			const longer = current === '' ? word : `${current} ${word}`;
			if (widthOf(longer) > width && current !== '') {
				lines.push(current);
				current = word;
			} else current = longer;
		}
		lines.push(current);
	}
	return lines;
}

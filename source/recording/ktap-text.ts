/** A text as a description or reason in KTAP: `#` begins a directive there, and a line end would end the line. */
export function ktapText(text: string): string {
	return text.replaceAll(/[#\n\r]/g, ' ').trim();
}

const zero = 0x30;
const nine = 0x39;

/** Whether a letter's code, or a byte, is that of a digit. */
export function isDigit(code: number): boolean {
	return code >= zero && code <= nine;
}

/** What a sticky pattern finds at an index; null for nothing. */
export function matchAt(pattern: RegExp, line: string, start: number): RegExpExecArray | null {
	pattern.lastIndex = start;
	return pattern.exec(line);
}

const dot = 0x2e;
const zero = 0x30;
const nine = 0x39;

/** Numbers with more digits are read elsewhere: up to here, powers of ten are exact and the quotient is what a literal would be. */
const mostDigits = 15;
const powers = Array.from({length: mostDigits + 1}, (_, power) => 10 ** power);

/** Whether a byte is a digit. */
export function isDigit(byte: number | undefined): boolean {
	return byte !== undefined && byte >= zero && byte <= nine;
}

/** Index behind the digits of a time such as `11.304544` or `7798`; `start` itself where there are none. */
export function behindTime(bytes: Uint8Array, start: number): number {
	let index = start;
	while (isDigit(bytes[index])) index += 1;
	if (bytes[index] !== dot || index === start) return index;
	index += 1;
	while (isDigit(bytes[index])) index += 1;
	return index;
}

/** The number that such a time is; NaN where it has too many digits. */
export function timeBetween(bytes: Uint8Array, start: number, end: number): number {
	if (end - start > mostDigits) return Number.NaN;
	let digits = 0;
	let fraction = 0;
	for (let index = start; index < end; index += 1) {
		const byte = bytes[index] ?? 0;
		if (byte === dot) fraction = end - index - 1;
		else digits = digits * 10 + byte - zero;
	}
	return digits / (powers[fraction] ?? 1);
}

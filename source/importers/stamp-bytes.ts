const dot = 0x2e;
const zero = 0x30;
const nine = 0x39;

/** Numbers with more digits are read elsewhere: up to here, powers of ten are exact and the quotient is what a literal would be. */
const mostDigits = 15;
const powers = Array.from({length: mostDigits + 1}, (_, power) => 10 ** power);

/** Reads times such as `11.304544` or `7798` from the bytes of lines. */
export class StampBytes {
	/** The number that the last one was; NaN where it had too many digits. */
	time = Number.NaN;

	/** Digits behind its dot. */
	precision = 0;

	/** Reads one. Returns the index behind its digits; `start` itself where there are none. */
	read(bytes: Uint8Array, start: number): number {
		let index = start;
		let digits = 0;
		let byte = bytes[index] ?? 0;
		while (byte >= zero && byte <= nine) {
			digits = digits * 10 + byte - zero;
			index += 1;
			byte = bytes[index] ?? 0;
		}
		this.precision = 0;
		if (byte === dot && index !== start) {
			const behindDot = index + 1;
			index = behindDot;
			byte = bytes[index] ?? 0;
			while (byte >= zero && byte <= nine) {
				digits = digits * 10 + byte - zero;
				index += 1;
				byte = bytes[index] ?? 0;
			}
			this.precision = index - behindDot;
		}
		const isExact = index - start <= mostDigits;
		this.time = isExact ? digits / (powers[this.precision] ?? 1) : Number.NaN;
		return index;
	}
}

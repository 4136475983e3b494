/** Nobody needs to be told of what takes less, in milliseconds. */
const patience = 300;

/** Between two drawings, in milliseconds. */
const interval = 80;

const width = 30;

/** Tells how far a slow piece of work has come. */
export type Progress = {
	/** `share` from 0 to 1; null where the end is not known. Cheap: call it often. */
	readonly tell: (what: string, share: number | null) => void;

	/** Takes the line away. */
	readonly end: () => void;
};

/** Tells nobody. */
export const silent: Progress = {tell() {}, end() {}};

/** Draws progress into a line of the terminal that is wiped afterwards. Silent where there is none. */
export function progressLine(stream: NodeJS.WriteStream): Progress {
	if (!stream.isTTY) return silent;
	const start = Date.now();
	let drawn = 0;
	return {
		tell(what, share) {
			const now = Date.now();
			if (now - start < patience || now - drawn < interval) return;
			drawn = now;
			const done = Math.round((share ?? 0) * width);
			const bar =
				share === null
					? ''
					: ` [${'#'.repeat(done)}${'.'.repeat(width - done)}] ${Math.round(share * 100)} %`;
			stream.write(`\r\u001B[K${what}${bar}`);
		},
		end() {
			if (drawn > 0) stream.write('\r\u001B[K');
		},
	};
}

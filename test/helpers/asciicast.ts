import xterm from '@xterm/headless';

export type CastEvent = {
	/** Seconds since the start. */
	readonly at: number;
	readonly code: string;
	readonly data: string;
};

export type Cast = {
	readonly columns: number;
	readonly rows: number;
	readonly events: readonly CastEvent[];
};

function check(condition: boolean, what: string): void {
	if (!condition) throw new Error(what);
}

function isSize(value: unknown): value is number {
	return Number.isInteger(value) && (value as number) > 0;
}

type Header = {
	readonly version: unknown;
	readonly width?: unknown;
	readonly height?: unknown;
	readonly term?: {readonly cols?: unknown; readonly rows?: unknown; readonly type?: unknown};
	readonly title?: unknown;
	readonly env?: unknown;
};

const known: {readonly [version: number]: readonly string[]} = {
	2: [
		'version',
		'width',
		'height',
		'timestamp',
		'duration',
		'idle_time_limit',
		'command',
		'title',
		'env',
		'theme',
	],
	3: ['version', 'term', 'timestamp', 'idle_time_limit', 'command', 'title', 'env', 'tags'],
};

/** Reads an asciicast strictly by the rules on docs.asciinema.org, or throws. */
export function parseCast(text: string): Cast {
	check(text.endsWith('\n'), 'the last line ends');
	const [first = '', ...lines] = text.slice(0, -1).split('\n');
	const header = JSON.parse(first) as Header;
	const {version} = header;
	check(version === 2 || version === 3, `version ${version}`);
	for (const key of Object.keys(header)) {
		check(known[version as number]?.includes(key) === true, `header has ${key}`);
	}
	const [columns, rows] =
		version === 2 ? [header.width, header.height] : [header.term?.cols, header.term?.rows];
	if (!isSize(columns) || !isSize(rows)) throw new Error('the header has no size');
	check(['string', 'undefined'].includes(typeof header.title), 'the title is a text');
	const codes = version === 2 ? ['o', 'i', 'm', 'r'] : ['o', 'i', 'm', 'r', 'x'];
	let last = 0;
	const events = lines
		.filter((line) => version === 2 || !line.startsWith('#'))
		.map((line): CastEvent => {
			const event: unknown = JSON.parse(line);
			if (!Array.isArray(event) || event.length !== 3) throw new Error(`event ${line}`);
			const [time, code, data] = event as [unknown, unknown, unknown];
			if (typeof time !== 'number' || typeof code !== 'string' || typeof data !== 'string') {
				throw new Error(`event ${line}`);
			}
			check(codes.includes(code), `code ${code}`);
			const at = version === 2 ? time : last + time;
			check(time >= 0 && at >= last, `time ${time}`);
			check(code !== 'x' || /^\d{1,3}$/.test(data), `status ${data}`);
			last = at;
			return {at, code, data};
		});
	return {columns, rows, events};
}

/** The screen of a terminal emulator: its characters, and how each looks. */
export type Emulator = {
	write(data: string): Promise<void>;

	/** Lines with their blanks. */
	lines(): readonly string[];

	/** A text for each cell: colour, bold, dim, inverse. */
	looks(): readonly string[];
	isCursorInHome(): boolean;
};

export function emulator(columns: number, rows: number): Emulator {
	const terminal = new xterm.Terminal({cols: columns, rows, allowProposedApi: true});
	const {active} = terminal.buffer;
	const rowOf = (y: number) => {
		const line = active.getLine(active.baseY + y);
		if (line === undefined) throw new Error(`no line ${y}`);
		return line;
	};
	const all = <T>(count: number, make: (index: number) => T) =>
		Array.from({length: count}, (_, y) => make(y));
	return {
		write: (data) => new Promise((resolve) => terminal.write(data, resolve)),
		lines: () => all(rows, (y) => rowOf(y).translateToString(false)),
		looks: () =>
			all(rows, (y) =>
				all(columns, (x) => {
					const cell = rowOf(y).getCell(x);
					if (cell === undefined || cell.getChars().trim() === '') return `${cell?.isInverse()}`;
					return [cell.getFgColor(), cell.isBold(), cell.isDim(), cell.isInverse()].join(' ');
				}).join(),
			),
		isCursorInHome: () => active.baseY === 0,
	};
}

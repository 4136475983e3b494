import fc from 'fast-check';

/** Bytes and texts that formats do not expect. */
const foreign = [
	...[
		'\u0000',
		'\r',
		'\r\n',
		'\n\n\n',
		'\t',
		'\u000B',
		'\u001B[2J',
		'\u001B]0;t\u0007',
		'\u009B31m',
	],
	...[
		'\u001BPq\u001B\\',
		'\u001B_G\u001B\\',
		'\u202E',
		'\u2066',
		'\u200D',
		'\uFEFF',
		'漢字',
		'👩‍👩‍👧',
	],
	...[
		'e\u0301\u0302',
		'\u00AD',
		'\u3164',
		'\u{E0041}',
		'\uFFFD',
		'-1',
		'0',
		'9007199254740993',
		'1e400',
	],
	...['99999999999999999999999999', '-0.0000001', '0x', '0xffffffffffffffffffff', 'null', '{}'],
	...[
		'[]',
		'"',
		"'",
		'\\',
		'__proto__',
		'constructor',
		'toString',
		'hasOwnProperty',
		'...',
		'/* ',
		' */',
	],
	...[
		' {',
		'}',
		'();',
		'=>',
		'|',
		'[',
		']',
		'(',
		')',
		'<4>',
		'[    0.000000]',
		'[99999999999.999999]',
	],
	...[
		'<stack trace>',
		' => foo',
		'DEVRES ADD',
		'DEVRES REL',
		'devres_log: ',
		'Call Trace:',
		'---[ cut here ]---',
	],
	...[
		'CPU:0 [LOST 99999999999 EVENTS]',
		'#',
		'##### CPU 1 buffer started ####',
		'0000:00:00.0',
		' '.repeat(3000),
	],
	...[
		'x'.repeat(5000),
		'('.repeat(1000),
		'{"a":'.repeat(500),
		'[ 1.0] '.repeat(500),
		' 1)'.repeat(500),
	],
] as const;

/** Letters cut in two, letters that are none, and long ones for short ones. */
const wrongBytes = [
	[0xc3],
	[0xe2, 0x82],
	[0xf0, 0x9f, 0x91],
	[0xff],
	[0xc0, 0x80],
	[0xed, 0xa0, 0x80],
	[0x9b],
];

/** One change of a file; which fields count depends on its kind. */
type Change = {
	readonly kind: (typeof kinds)[number];

	/** Where, as a share of the file in millionths. */
	readonly at: number;

	/** Where a piece is taken from, the same way. */
	readonly from: number;

	/** How much: bytes, lines or repetitions. */
	readonly size: number;
	readonly text: string;
	readonly bytes: readonly number[];
};

const kinds = [
	...['byte', 'bytes', 'insert', 'cut', 'delete', 'copy', 'repeat', 'swap', 'number'],
	...['splice', 'carriage', 'join', 'word'],
] as const;

const change: fc.Arbitrary<Change> = fc.record({
	kind: fc.constantFrom(...kinds),
	at: fc.nat(999_999),
	from: fc.nat(999_999),
	size: fc.oneof(
		{weight: 4, arbitrary: fc.integer({min: 1, max: 12})},
		fc.integer({min: 1, max: 400}),
	),
	text: fc.constantFrom(...foreign),
	bytes: fc.constantFrom(...wrongBytes),
});

/** What is done to a file, of which many are given. */
export type Mutation = {
	readonly file: number;

	/** Another file that pieces come from. */
	readonly other: number;
	readonly changes: readonly Change[];
};

/** Changes of some of so many files. */
export function mutations(files: number): fc.Arbitrary<Mutation> {
	return fc.record({
		file: fc.nat(files - 1),
		other: fc.nat(files - 1),
		changes: fc.array(change, {minLength: 1, maxLength: 8}),
	});
}

function replaced(data: Buffer, start: number, end: number, by: Uint8Array): Buffer {
	return Buffer.concat([data.subarray(0, start), by, data.subarray(end)]);
}

/** Bytes of a line after so many bytes, and of the lines behind it, as bounds. */
function linesAt(data: Buffer, at: number, count: number): readonly [number, number] {
	const start = data.lastIndexOf(10, at) + 1;
	let end = start;
	for (let line = 0; line < count && end < data.length; line += 1) {
		const next = data.indexOf(10, end);
		end = next === -1 ? data.length : next + 1;
	}
	return [start, end];
}

function near(data: Buffer, at: number, pattern: RegExp): readonly [number, number] {
	const found = pattern.exec(data.subarray(at, at + 400).toString('latin1'));
	return found === null ? [at, at] : [at + found.index, at + found.index + found[0].length];
}

function changed(data: Buffer, other: Buffer, {kind, at, from, size, text, bytes}: Change): Buffer {
	const place = Math.floor((at / 1e6) * data.length);
	const source = Math.floor((from / 1e6) * other.length);
	const own = Math.floor((from / 1e6) * data.length);
	const [start, end] = linesAt(data, place, size);
	const lines = data.subarray(start, end);
	switch (kind) {
		case 'byte':
			return replaced(data, place, place + 1, Buffer.from([size % 256]));
		case 'bytes':
			return replaced(data, place, place + (size % 3), Buffer.from(bytes));
		case 'insert':
			return replaced(data, place, place, Buffer.from(text));
		case 'cut':
			return at % 4 === 0
				? data.subarray(0, place)
				: replaced(data, place, place + size, Buffer.alloc(0));
		case 'delete':
			return replaced(data, start, end, Buffer.alloc(0));
		case 'copy': {
			const [first, last] = linesAt(data, own, size);
			return replaced(data, start, start, data.subarray(first, last));
		}
		case 'repeat':
			return replaced(
				data,
				end,
				end,
				Buffer.concat(Array.from({length: 1 + (from % 40)}, () => lines)),
			);
		case 'swap': {
			const [first, last] = linesAt(data, own, 1);
			return first < end && start < last
				? data
				: replaced(data, start, end, data.subarray(first, last));
		}
		case 'number':
			return replaced(data, ...near(data, place, /[\da-f]{1,20}/), Buffer.from(text));
		case 'word':
			return replaced(data, ...near(data, place, /\w{1,40}/), Buffer.from(text));
		case 'splice': {
			const [first, last] = linesAt(other, source, size * 3);
			return replaced(data, start, start, other.subarray(first, last));
		}
		case 'carriage':
			return replaced(
				data,
				start,
				end,
				Buffer.from(lines.toString('latin1').replaceAll('\n', '\r\n'), 'latin1'),
			);
		case 'join':
			return replaced(
				data,
				start,
				end,
				Buffer.from(lines.toString('latin1').replaceAll('\n', ' '), 'latin1'),
			);
	}
}

/** A file of which more would only be slow. */
const largest = 400_000;

/** A file after the changes. */
export function mutant(files: readonly Buffer[], {file, other, changes}: Mutation): Buffer {
	let data = files[file] ?? Buffer.alloc(0);
	for (const each of changes) {
		data = changed(data, files[other] ?? data, each);
		if (data.length > largest) data = data.subarray(0, largest);
	}
	return data;
}

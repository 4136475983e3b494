import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {importLog, inputFormats} from '../../source/importers/import-log.ts';
import type {Recording} from '../../source/recording/recording.ts';
import {recordingFormat} from '../../source/recording/save.ts';
import {fuzz} from '../helpers/fuzz.ts';
import {eventsOf} from '../helpers/log-story.ts';
import {fixtures, textOf} from '../helpers/real-recordings.ts';

const files = [
	'formats/dmesg/serial.x.txt',
	'formats/dmesg/serial.J.json',
	'formats/dmesg/serial.e.txt',
	'formats/journal/ahci.short.txt',
	'formats/journal/ahci.json.txt',
	'formats/journal/ahci.json-pretty.txt',
	'formats/journal/ahci.verbose.txt',
	'v6.12-stock/extra/serial.kmsg.txt',
	'../report.txt',
].map((path) => textOf(fixtures, path).split('\n'));

/** What logs are full of and what stops careless readers. */
const pieces = fc.constantFrom(
	'------------[ cut here ]------------',
	'[    1.000000]  <TASK>',
	'[    1.000000]  f+0x1/0x2 [m]',
	'[    1.000000] BUG: kernel NULL pointer dereference',
	'[    0.000000] Linux version 6.12.1',
	'[    1.000000] ccp \u001B[2J\u0007a: DEVRES ADD 00000000fbd19618 f\u202E (4 bytes)',
	'-- Reboot --',
	'MESSAGE',
	'{',
	'}',
	'   "msg": "\\u001b[2Jx\\u0000\\n<3>[ 1.0] y",',
	'{"MESSAGE":[27,91,50,74,255],"_TRANSPORT":"kernel"}',
	'{"__proto__":{"MESSAGE":"x"},"MESSAGE":null,"_BOOT_ID":["a"]}',
	'3,1,1,-;a\\x1b[2J\\x00\\xff',
	'Content-Transfer-Encoding: quoted-printable',
	'[=C2=A01.000000] =1B[2Jx=',
	'** 99 printk messages dropped **',
	'Jul  8 21:51:12 epyc1 last message repeated 999999999 times',
);

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not get through.
const control = /[\u0000-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/;

function textsIn(value: unknown): string[] {
	if (typeof value === 'string') return [value];
	return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

function check({header, length, stateAt}: Recording, recording: Recording): void {
	const {used, ignored, unparsed, lost, total} = header.lines;
	expect(used + ignored + unparsed + lost).toBe(total);
	const texts = [...textsIn(eventsOf(recording)), ...textsIn(header)];
	for (const text of texts) if (control.test(text)) throw new Error(JSON.stringify(text));
	stateAt.call(recording, length);
}

const damage = fc.record({
	at: fc.nat({max: 700}),
	drop: fc.nat({max: 5}),
	put: fc.oneof(pieces, fc.string(), fc.constantFrom(...files.flat())),
});

describe('a damaged log', () => {
	const damaged = fc
		.record({
			lines: fc.constantFrom(...files),
			damages: fc.array(damage, {minLength: 1, maxLength: 12}),
		})
		.map(({lines, damages}) =>
			damages.reduce((all, {at, drop, put}) => all.toSpliced(at % all.length, drop, put), lines),
		)
		.map((lines) => lines.join('\n').replaceAll('\u0000', ''));

	test('is read or refused, counts add up, and nothing in it controls a terminal', () => {
		fc.assert(
			fc.property(damaged, (text) => {
				const read = importLog(text);
				if (read.ok) check(read.recording, read.recording);
			}),
			fuzz(150),
		);
	});

	const logs = inputFormats.filter((format) => format !== recordingFormat);
	test.each(logs)('forced to be %s is too', (format) => {
		fc.assert(
			fc.property(damaged, (text) => {
				const read = importLog(text, {format});
				if (read.ok) check(read.recording, read.recording);
				else expect(read.errors[0]?.message).not.toBe('');
			}),
			fuzz(25),
		);
	});
});

describe('time to read grows with length and no faster', () => {
	const op = 'ccp 0000:23:00.1: DEVRES ADD 00000000fbd19618 f (4 bytes)';
	const shapes: readonly [string, (count: number) => string[]][] = [
		['open splats', (count) => Array.from({length: count}, () => `[    1.000000]  <TASK>`)],
		['frames', (count) => Array.from({length: count}, (_, n) => `[    1.000000]  f${n}+0x1/0x2`)],
		[
			'callers',
			(count) => Array.from({length: count}, (_, n) => `[    1.000000][ T${n}] BUG: bad ${n}`),
		],
		[
			'mails that go back',
			(count) => [
				'Subject: x',
				...Array.from({length: count}, (_, n) =>
					n % 2 === 0
						? 'this is a sentence with so many words'
						: `[${`${count - n}`.padStart(5)}.000000] ${op}`,
				),
			],
		],
		[
			'entries that never end',
			(count) => ['{', ...Array.from({length: count}, () => ' "A" : "b",')],
		],
		['fields', (count) => ['__CURSOR=a', ...Array.from({length: count}, () => 'MESSAGE=x')]],
		['one long line', (count) => [`[    1.000000] ${op} ${'a[ '.repeat(count * 10)}`]],
		['one long word', (count) => ['[ 1.0] '.repeat(count * 10), `[    1.000000] ${op}`]],
	];

	test.each(shapes)('%s', (_, make) => {
		const time = (count: number): number => {
			const text = [`[    1.000000] ${op}`, ...make(count)].join('\n');
			const start = performance.now();
			importLog(text);
			return performance.now() - start;
		};
		time(2000);
		const short = Math.max(2, Math.min(time(2000), time(2000)));
		const long = Math.min(time(20_000), time(20_000));
		expect(long / short).toBeLessThan(40);
	});
});

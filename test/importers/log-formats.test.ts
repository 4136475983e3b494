import {basename} from 'node:path';
import {describe, expect, test} from 'vitest';
import {describe as describeEvent} from '../../source/recording/describe.ts';
import {checkIntegrity} from '../../source/recording/integrity.ts';
import type {Recording} from '../../source/recording/recording.ts';
import {logsBelow} from '../helpers/log-story.ts';
import {
	filesBelow,
	fixtures,
	imported,
	moreRecordings,
	textOf,
} from '../helpers/real-recordings.ts';

/** What each file is, by its name. */
const formats: readonly [RegExp, string][] = [
	[/J(x)?\.json$/, 'dmesg-json'],
	[/journal\/.*\.cat\.txt$/, 'dmesg'],
	[/journal\/.*\.json.*\.txt$/, 'journal-json'],
	[/journal\/.*\.verbose\.txt$/, 'journal-fields'],
	[/journal\//, 'journal'],
	[/syslog\//, 'syslog'],
	[/\.kmsg\.txt$/, 'kmsg'],
	[/dmesg/, 'dmesg'],
];

/** What happened, without times, contexts and places. */
function story(recording: Recording): string[] {
	return Array.from({length: recording.length}, (_, seq) => {
		const event = recording.at(seq);
		return `${event.device ?? '-'} ${describeEvent(event, ({node}) => node)}`;
	});
}

function checkLog(folder: string, path: string): void {
	const recording = imported(textOf(folder, path));
	const {lines, source, text} = recording.header;
	expect(source.format).toBe(formats.find(([pattern]) => pattern.test(path))?.[1]);
	expect(lines.unparsed).toBe(0);
	expect(lines.lost).toBe(0);
	expect(lines.used + lines.ignored).toBe(lines.total);
	expect(lines.total).toBe(text.length);
	expect(checkIntegrity(recording, {lateStart: true})).toEqual([]);
}

describe('every line and event of a real log is accounted for', () => {
	test.each(logsBelow(fixtures))('%s', (path) => checkLog(fixtures, path));

	const more = logsBelow(moreRecordings);
	test.skipIf(more.length === 0)(`${more.length} logs beside the repository`, () => {
		for (const path of more) checkLog(moreRecordings, path);
	});
});

describe('one log is one story, whatever prints it', () => {
	const dmesg = filesBelow(fixtures, '').filter((path) =>
		/formats\/dmesg\/serial\.(?!l-err).*\.(?:txt|json)$/.test(path),
	);
	const told = story(imported(textOf(fixtures, 'formats/dmesg/serial.default.txt')));

	test.each(dmesg)('%s', (path) => {
		expect(story(imported(textOf(fixtures, path)))).toEqual(told);
	});

	const journals = filesBelow(fixtures, '.txt').filter((path) =>
		/formats\/journal\/ahci\.(?!p-err)/.test(path),
	);
	const ahci = story(imported(textOf(fixtures, 'formats/journal/ahci.cat.txt')));

	test.each(journals)('%s', (path) => {
		expect(story(imported(textOf(fixtures, path)))).toEqual(ahci);
	});

	test.each([
		['formats/dmesg/live.J.json', 'formats/dmesg/live.Jx.json'],
		['v6.12-stock/extra/ahci.kmsg.txt', 'v6.12-stock/extra/ahci.dmesg-r.txt'],
		['v6.12-stock/extra/serial.kmsg.txt', 'v6.12-stock/extra/serial.dmesg-r.txt'],
	])('%s and %s', (one, other) => {
		expect(story(imported(textOf(fixtures, one)))).toEqual(
			story(imported(textOf(fixtures, other))),
		);
	});
});

describe('a log whose stamps were taken off is read whole', () => {
	const whole = logsBelow(fixtures).filter((path) => path.endsWith('.dmesg.txt'));

	test.each(whole)('%s', (path) => {
		const text = textOf(fixtures, path).replace(/^\[ *[\d.]+\] /gm, '');
		const {lines, source} = imported(text).header;
		expect(source.format).toBe('dmesg');
		expect(lines.unparsed).toBe(0);
	});
});

describe('times', () => {
	const timesOf = (path: string) => {
		const recording = imported(textOf(fixtures, path));
		const [first] = recording.ofType('devres-release');
		return [recording.header.source.clock, recording.at(first ?? 0).time];
	};

	test.each([
		['dmesg/serial.default.txt', undefined, 38.908423],
		['dmesg/serial.raw.txt', undefined, 38.908423],
		['dmesg/serial.d.txt', undefined, 38.908423],
		['dmesg/serial.Jx.json', undefined, 38.908423],
		['dmesg/serial.t.txt', undefined, null],
		['dmesg/serial.T.txt', 'wall', Date.UTC(2026, 10, 22, 5, 42, 31) / 1000],
		['dmesg/serial.x.iso.txt', 'wall', Date.UTC(2026, 10, 22, 5, 42, 31) / 1000 + 0.908423],
		['dmesg/serial.time-delta.txt', 'relative', 0.037637],
		['dmesg/serial.e.txt', 'wall', Date.UTC(1970, 10, 22, 5, 42) / 1000 + 0.037637],
		['journal/ahci.short.txt', 'wall', Date.UTC(1970, 10, 22, 5, 24, 10) / 1000],
		['journal/ahci.short-monotonic.txt', undefined, 50.568621],
		['journal/ahci.short-delta.txt', undefined, 50.568621],
		['journal/ahci.short-unix.txt', 'wall', 1795325050.568758],
		['journal/ahci.json.txt', undefined, 50.568621],
		['journal/ahci.verbose.txt', undefined, 50.568621],
		['journal/ahci.cat.txt', undefined, null],
		['syslog/busybox.messages.txt', undefined, expect.any(Number)],
	])('of %s are by the clock that the log has', (path, clock, time) => {
		expect(timesOf(`formats/${path}`)).toEqual([clock, time]);
	});

	test('are the ones that printk took, not those at which a journal or syslog wrote them down', () => {
		for (const name of ['busybox.messages', 'rsyslog.traditional']) {
			const recording = imported(textOf(fixtures, `formats/syslog/${name}.txt`));
			const times = recording.ofType('devres-add').map((seq) => recording.at(seq).time ?? 0);
			expect(Math.max(...times)).toBeLessThan(100);
		}
	});
});

describe('what is known of how a log was read is said', () => {
	const remarksOf = (path: string) => imported(textOf(fixtures, `formats/${path}`)).header.remarks;

	test.each([
		['dmesg/serial.J.json', '12 messages have the rest of the log behind them'],
		['journal/ahci.reverse.short-monotonic.txt', 'read backwards'],
		['dmesg/serial.H.txt', 'to the minute'],
	])('%s', (path, expected) => {
		expect(remarksOf(path)?.join()).toContain(expected);
	});

	test('and nothing of logs that say all', () => {
		expect(remarksOf('dmesg/serial.default.txt')).toBeUndefined();
		expect(remarksOf('journal/ahci.json.txt')).toBeUndefined();
	});
});

test('levels are told where the format has them', () => {
	const refusalIn = (path: string) => {
		const recording = imported(textOf(fixtures, `formats/${path}`));
		return recording
			.ofType('printk')
			.map((seq) => recording.at(seq))
			.find((event) => event.type === 'printk' && event.text.startsWith('Resources present'));
	};
	for (const path of ['dmesg/serial.raw.txt', 'dmesg/serial.x.txt', 'dmesg/serial.J.json']) {
		expect(refusalIn(path)).toMatchObject({level: 2, prefix: 'pci 0000:00:0b.0'});
	}
	expect(refusalIn('journal/ahci.json.txt')).toMatchObject({level: 2});
	expect(refusalIn('journal/ahci.verbose.txt')).toMatchObject({level: 2});
	expect(refusalIn('syslog/busybox.messages.txt')).toMatchObject({level: 2});
	expect(refusalIn('dmesg/serial.default.txt')).toMatchObject({level: null});
});

test('every event points to the line that its message stands in', () => {
	for (const path of logsBelow(fixtures).filter((name) => name.startsWith('formats/'))) {
		const recording = imported(textOf(fixtures, path));
		for (const seq of recording.ofType('devres-release')) {
			const {origin = 0} = recording.at(seq);
			expect(`${basename(path)} ${recording.header.text.at(origin - 1)}`).toContain(' REL ');
		}
	}
});

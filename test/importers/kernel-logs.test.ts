import {describe, expect, test} from 'vitest';
import {importLog} from '../../source/importers/import-log.ts';
import {eventsOf, story} from '../helpers/log-story.ts';
import {imported} from '../helpers/real-recordings.ts';

const op = (verb: string, node: string) =>
	`ccp 0000:23:00.1: DEVRES ${verb} ${node.padStart(16, '0')} pcim_intx_restore (4 bytes)`;
const add = op('ADD', 'fbd19618');
const rel = op('REL', 'fbd19618');
const both = [
	'ADD fbd19618 pcim_intx_restore (4 bytes)',
	'REL fbd19618 pcim_intx_restore (4 bytes)',
];

function linesOf(text: string) {
	return imported(text).header.lines;
}

describe('dmesg', () => {
	test.each([
		['default', '[  218.331000] '],
		['a time beyond a day', '[123456.331000] '],
		['-r', '<3>[  218.331000] '],
		['-x', 'kern  :err   : [  218.331000] '],
		['a caller', '[  218.331000][ T4711] '],
		['a caller behind a blank', '[  218.331000] [    C3] '],
		['a caller and -x', 'kern  :err   : [  218.331000] [ T4711] '],
		['colours', '\u001B[32m[  218.331000] \u001B[0m\u001B[33m'],
		['a negative difference', '[  218.331000 <   -0.000012>] '],
		['no stamp but a level', '<3>'],
		['-T', '[Mon Jul  8 21:51:02 2024] '],
		['iso', '2024-07-08T21:51:02,331000+02:00 '],
		['a prompt before it', 'epyc1 login: [  218.331000] '],
		['a line that was drawn over', 'loading 90%\r[  218.331000] '],
	])('with %s', (_, prefix) => {
		const recording = imported(`${prefix}${add}\r\n${prefix}${rel}\r\n`);
		expect(story(recording)).toEqual(both);
		expect(recording.header.lines).toMatchObject({used: 2, unparsed: 0});
		expect(recording.header.source.format).toBe('dmesg');
	});

	test('with times to the minute tells one again when the minute changes', () => {
		const recording = imported(
			[
				`[Jul 8 21:51] ${add}`,
				`[  +0.500000] ${rel}`,
				`[Jul  8 21:53] ${add}`,
				`[  +1.000000] ${rel}`,
			].join('\n'),
		);
		const start = Date.UTC(1970, 6, 8, 21, 51) / 1000;
		const times = eventsOf(recording).flatMap(({inferred, time}) => (inferred ? [] : [time]));
		expect(times).toEqual([start, start + 0.5, start + 120, start + 121]);
	});

	test('tells who printed a line', () => {
		const contexts = eventsOf(
			imported(`[    1.000000][ T4711] ${add}\n[    2.000000][    C3] usb`),
		);
		expect(contexts.map(({context}) => context)).toEqual(expect.arrayContaining(['T4711', 'C3']));
	});

	test('of several kernels keeps them apart', () => {
		const recording = imported(
			[
				'[    0.000000] Linux version 6.12.1 (a@b)',
				`[    5.000000] ${add}`,
				'[    0.000000] Linux version 6.12.2 (a@b)',
				`[    5.000000] ${add}`,
				`[    6.000000] ${rel}`,
			].join('\n'),
		);
		expect(recording.header.source.kernel).toBe('6.12.1');
		expect(recording.ofType('boot')).toHaveLength(1);
		const state = recording.stateAt(recording.length).devices.get('0000:23:00.1');
		expect(state?.devres_head).toEqual([]);
		const adds = recording.ofType('devres-add').map((seq) => recording.at(seq));
		expect(adds.map((event) => 'generation' in event && event.generation)).toEqual([0, 1]);
	});

	test('of a kernel that does not say its name first of all is of that kernel', () => {
		const first = '[    0.000000] microcode: updated early: 0x1 -> 0x2';
		const recording = imported(
			[
				first,
				'[    0.000000] Linux version 6.12.1 (a@b)',
				`[   50.000000] ${add}`,
				first,
				'[    0.000000] Linux version 6.12.2 (a@b)',
				`[    5.000000] ${add}`,
			].join('\n'),
		);
		expect(eventsOf(recording).filter(({type}) => type === 'boot')).toMatchObject([
			{kernel: '6.12.2', origin: 5},
		]);
		expect(recording.ofType('printk')).toHaveLength(2);
	});

	test('whose clock begins anew is of another kernel, though it does not say so', () => {
		const recording = imported(`[  500.000000] ${add}\n[    2.000000] ${add}`);
		expect(recording.ofType('boot')).toHaveLength(1);
		expect(eventsOf(recording).find(({type}) => type === 'boot')).toMatchObject({inferred: true});
	});

	test('is never sorted: processors disagree by microseconds', () => {
		const recording = imported(`[    5.000002] ${add}\n[    5.000001] ${rel}`);
		expect(story(recording)).toEqual(both);
		expect(recording.header.remarks).toBeUndefined();
	});

	test('has further lines of a message below its text', () => {
		const recording = imported(
			`[    5.000002] first\n               second\n[    6.000000] ${add}`,
		);
		expect(story(recording).slice(0, 2)).toEqual(['first', 'second']);
		expect(recording.header.lines.unparsed).toBe(0);
	});

	test('writes bytes that are no text as escapes: lines are told apart, the rest is made safe', () => {
		const recording = imported(
			`[    5.000000] one\\x0atwo\\x1b[31m \\xc3\\xbc\n[    6.000000] ${add}`,
		);
		expect(story(recording).slice(0, 2)).toEqual(['one', 'two ü']);
	});

	test.each([
		['** 27 printk messages dropped **', 27],
		['pcieport_err: 12 callbacks suppressed', 12],
	])('says what is missing: %s', (line, count) => {
		const recording = imported(`[    1.000000] ${add}\n[    2.000000] ${line}`);
		expect(recording.header.lines.lost).toBe(count);
		expect(
			eventsOf(recording).some((event) => event.type === 'lost' && event.count === count),
		).toBe(true);
	});

	test('with very long lines and names full of control characters is read', () => {
		const long = 'x'.repeat(1_000_000);
		const recording = imported(
			`[    1.000000] ${long}\n[    2.000000] ccp a\u001B[2Jb\u0007: DEVRES ADD 00000000fbd19618 f (4 bytes)`,
		);
		expect(recording.devices).toEqual(['ab']);
	});

	test('without stamps takes all lines of a log, and of prose only what is surely the kernel’s', () => {
		expect(linesOf(`usb 1-1: reset\n${add}\nACPI: button\n${rel}`)).toMatchObject({
			used: 4,
			unparsed: 0,
		});
		const prose = `Hello all,\nI see this here\n${add}\nand then nothing\nwhat is it?\nthanks`;
		expect(linesOf(prose)).toMatchObject({used: 1, unparsed: 5});
	});

	test('with a devres line that makes no sense counts it', () => {
		const lines = linesOf(`[    1.000000] ${add}\n[    2.000000] ccp 1: DEVRES ADD what`);
		expect(lines).toMatchObject({used: 1, unparsed: 1});
	});
});

describe('dmesg -J', () => {
	test('may be on one line', () => {
		const json = JSON.stringify({
			dmesg: [
				{pri: 3, time: 1.5, msg: add, caller: 'T4711'},
				{pri: 3, time: 2.5, msg: rel},
			],
		});
		const recording = imported(json);
		expect(story(recording)).toEqual(both);
		expect(eventsOf(recording)[0]?.context).toBe('T4711');
	});

	test('may be damaged', () => {
		const text = ['{', '   "dmesg": [', '      {', '"pri": 3,', '"msg": "unfinished', '}'].join(
			'\n',
		);
		expect(importLog(text).ok).toBe(false);
	});
});

describe('/dev/kmsg', () => {
	const record = (sequence: number, text: string, flags = '-') =>
		`3,${sequence},${sequence}000000,${flags};${text}`;

	test('tells callers and what fields follow', () => {
		const recording = imported(
			`${record(1, add, '-,caller=T4711')}\n SUBSYSTEM=pci\n DEVICE=+pci:0000:23:00.1\n${record(2, rel)}`,
		);
		expect(story(recording)).toEqual(both);
		expect(eventsOf(recording)[0]).toMatchObject({context: 'T4711', time: 1});
		expect(recording.header.lines).toMatchObject({used: 2, ignored: 2});
	});

	test('has gaps in its numbers where records were overwritten', () => {
		const recording = imported(`${record(1, add)}\n${record(9, rel)}`);
		expect(recording.header.lines.lost).toBe(7);
	});

	test('may print a message in pieces', () => {
		const recording = imported(
			`${record(1, 'a', 'c')}\n${record(2, 'b', '+')}\n${record(3, 'c')}\n${record(4, add)}`,
		);
		expect(story(recording).slice(0, 2)).toEqual(['ab', 'c']);
	});
});

describe('journalctl', () => {
	const host = (time: string, text: string) => `Jul 08 21:51:${time} epyc1 ${text}`;

	test('programs are ignored, and kernel lines they wrote are not', () => {
		const recording = imported(
			[
				host('10', `kernel: ${add}`),
				host('10', 'sshd[12]: Accepted publickey'),
				host('11', 'unknown: LAB begin unbind1 ccp 0000:23:00.1'),
				host('12', `kernel: ${rel}`),
				'-- No entries --',
			].join('\n'),
		);
		expect(recording.header.lines).toMatchObject({used: 3, ignored: 2, unparsed: 0});
		expect(recording.header.source).toMatchObject({format: 'journal', clock: 'wall'});
	});

	test.each([['-- Boot 0123456789abcdef0123456789abcdef --'], ['-- Reboot --']])(
		'%s separates kernels',
		(separator) => {
			const recording = imported(
				[host('10', `kernel: ${add}`), separator, host('11', `kernel: ${add}`)].join('\n'),
			);
			expect(recording.ofType('boot')).toHaveLength(1);
		},
	);

	test('a separator and the first line of a kernel are one boot', () => {
		const recording = imported(
			[
				host('10', `kernel: ${add}`),
				'-- Reboot --',
				host('11', 'kernel: Linux version 6.12.2 (a@b)'),
			].join('\n'),
		);
		expect(recording.ofType('boot')).toHaveLength(1);
	});

	test('that goes back over midnight or by NTP is of one kernel', () => {
		const recording = imported(
			[host('59', `kernel: ${add}`), host('10', `kernel: ${rel}`)].join('\n'),
		);
		expect(recording.ofType('boot')).toEqual([]);
	});

	test('journald says what it missed', () => {
		const recording = imported(
			[
				host('10', `kernel: ${add}`),
				host('11', 'systemd-journald[123]: Missed 27 kernel messages'),
			].join('\n'),
		);
		expect(recording.header.lines.lost).toBe(27);
	});

	test('the newer zone of iso times is understood', () => {
		const line = `2024-07-08T21:51:10.552684+00:00 epyc1 kernel: ${add}`;
		const recording = imported(line);
		expect(recording.header.source.format).toBe('journal');
		expect(eventsOf(recording).at(-1)?.time).toBe(
			Date.UTC(2024, 6, 8, 21, 51, 10) / 1000 + 0.552684,
		);
	});

	const entry = (fields: object) =>
		JSON.stringify({
			_TRANSPORT: 'kernel',
			_BOOT_ID: 'aa',
			__REALTIME_TIMESTAMP: '1',
			PRIORITY: '3',
			...fields,
		});

	test('json values may be bytes, several, or too large', () => {
		const bytes = Array.from(new TextEncoder().encode(add));
		const recording = imported(
			[
				entry({MESSAGE: bytes, _SOURCE_MONOTONIC_TIMESTAMP: '1000000'}),
				entry({MESSAGE: [rel, rel], _SOURCE_MONOTONIC_TIMESTAMP: '2000000'}),
				entry({MESSAGE: null, _SOURCE_MONOTONIC_TIMESTAMP: '3000000'}),
				entry({MESSAGE: 'x', _TRANSPORT: 'journal', SYSLOG_IDENTIFIER: 'kernel'}),
				entry({MESSAGE: 'Missed 5 kernel messages', _TRANSPORT: 'driver'}),
			].join('\n'),
		);
		expect(story(recording)).toEqual([...both, '1 events lost', '5 events lost']);
		expect(recording.header.lines).toMatchObject({used: 4, ignored: 1, lost: 6});
		expect(eventsOf(recording).at(0)?.time).toBe(1);
	});

	test('another boot id is another kernel', () => {
		const recording = imported(
			[
				entry({MESSAGE: add, _SOURCE_MONOTONIC_TIMESTAMP: '1000000'}),
				entry({MESSAGE: add, _SOURCE_MONOTONIC_TIMESTAMP: '2000000', _BOOT_ID: 'bb'}),
			].join('\n'),
		);
		expect(recording.ofType('boot')).toHaveLength(1);
	});

	test('json that goes back in time is read backwards', () => {
		const lines = [1, 2, 3, 4].map((second) =>
			entry({
				MESSAGE: second % 2 === 1 ? add : rel,
				_SOURCE_MONOTONIC_TIMESTAMP: `${second}000000`,
			}),
		);
		const recording = imported(lines.toReversed().join('\n'));
		expect(story(recording)).toEqual([...both, ...both]);
		expect(recording.header.remarks?.join()).toContain('backwards');
	});

	test('an export may have values that are no text, with their length before them', () => {
		const message = `${add}\nsecond \u001B[31mline`;
		const {length} = new TextEncoder().encode(message);
		const size = String.fromCharCode(length & 0xff, length >> 8, 0, 0, 0, 0, 0, 0);
		const fields = [
			'__CURSOR=s=1',
			'_TRANSPORT=kernel',
			'_SOURCE_MONOTONIC_TIMESTAMP=1500000',
			'PRIORITY=3',
		];
		const text = [
			...fields,
			`MESSAGE\n${size}${message}`,
			'_BOOT_ID=aa',
			'',
			...fields,
			`MESSAGE=${rel}`,
			'',
			'__CURSOR=s=2',
			'_TRANSPORT=syslog',
			'MESSAGE=not the kernel',
			'',
		].join('\n');
		const recording = imported(text);
		expect(recording.header.source.format).toBe('journal-fields');
		expect(story(recording)).toEqual([both[0], 'second line', both[1]]);
		expect(eventsOf(recording)[0]?.time).toBe(1.5);
		expect(recording.header.lines).toMatchObject({used: 2, unparsed: 0});
		expect(recording.header.text.slice().join('')).not.toContain('\u0000');
	});
});

describe('syslog', () => {
	test.each([
		['rsyslog', 'Jul  8 21:51:10 epyc1 kernel: [  218.331000] '],
		['rsyslog with iso times', '2024-07-08T21:51:10.552684+02:00 epyc1 kernel: [  218.331000] '],
		['RFC 3164', '<3>Jul  8 21:51:10 epyc1 kernel: [  218.331000] '],
		['RFC 5424', '<3>1 2024-07-08T21:51:10.552684Z epyc1 kernel - - - [  218.331000] '],
		['busybox', 'Jul  8 21:51:10 epyc1 kern.err kernel: [  218.331000] '],
		['a caller', 'Jul  8 21:51:10 epyc1 kernel: [  218.331000][ T4711] '],
	])('of %s is read by the time that the kernel printed', (_, prefix) => {
		const recording = imported(`${prefix}${add}\n${prefix}${rel}\n`);
		expect(story(recording)).toEqual(both);
		expect(recording.header.source.format).toBe('syslog');
		expect(recording.header.source.clock).toBeUndefined();
		expect(eventsOf(recording)[0]?.time).toBe(218.331);
	});

	test('says how often the last message was repeated', () => {
		const recording = imported(
			[
				`Jul  8 21:51:10 epyc1 kern.err kernel: ${add}`,
				'Jul  8 21:51:11 epyc1 kern.info kernel: usb 1-1: reset',
				'Jul  8 21:51:12 epyc1 last message repeated 3 times',
				'Jul  8 21:51:13 epyc1 sshd[1]: hello',
				'Jul  8 21:51:14 epyc1 last message repeated 2 times',
				'Jul  8 21:51:15 epyc1 kernel: message repeated 2 times: [ usb 1-2: reset]',
			].join('\n'),
		);
		expect(story(recording).filter((line) => line === 'usb 1-1: reset')).toHaveLength(4);
		expect(story(recording).filter((line) => line === 'usb 1-2: reset')).toHaveLength(2);
		expect(recording.header.lines).toMatchObject({used: 4, ignored: 2});
	});
});

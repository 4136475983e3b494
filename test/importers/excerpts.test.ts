import {describe, expect, test} from 'vitest';
import {eventsOf, story} from '../helpers/log-story.ts';
import {imported} from '../helpers/real-recordings.ts';

function line(time: string, op: string, node: string): string {
	return `[${time.padStart(12)}] ccp 0000:23:00.1: DEVRES ${op} 00000000${node} irq (4 bytes)`;
}

function toldOps(text: string): string[] {
	return story(imported(text)).map((each) => each.split(' ').slice(0, 2).join(' '));
}

const sentence = 'As you can see the node is added here, and later it goes away again.';
const mail = 'From: Somebody\nSubject: a leak';

describe('a text that quotes a log between sentences', () => {
	const text = [
		mail,
		sentence,
		line('218.000001', 'REL', 'fbd19618'),
		line('219.000001', 'ADD', 'fbd19619'),
		'',
		sentence,
		line('40.000002', 'ADD', 'fbd19618'),
		line('40.000001', 'ADD', 'fbd19620'),
		'...',
		line('218.000001', 'REL', 'fbd19618'),
		sentence,
		line('218.500000', 'REM', 'fbd19620'),
	].join('\n');

	test('is put in order block by block, and no block is sorted inside', () => {
		expect(toldOps(text)).toEqual([
			'ADD fbd19618',
			'ADD fbd19620',
			'REL fbd19618',
			'REM fbd19620',
			'ADD fbd19619',
		]);
	});

	test('says so, and counts what it quotes twice', () => {
		const {remarks = [], lines} = imported(text).header;
		expect(remarks).toEqual([
			'3 lines stand later in the text than their time: they were put where their time belongs',
		]);
		expect(lines).toMatchObject({total: 13, used: 5, ignored: 3, quoted: 1, unparsed: 5});
	});

	test('of two kernels keeps them apart', () => {
		const recording = imported(
			[
				mail,
				sentence,
				'[    0.000000] Linux version 6.12.1 (a@b)',
				line('218.000001', 'ADD', 'fbd19618'),
				sentence,
				'[    0.000000] Linux version 6.12.2 (a@b)',
				line('40.000001', 'ADD', 'fbd19618'),
				sentence,
				line('30.000001', 'ADD', 'fbd19619'),
			].join('\n'),
		);
		const times = eventsOf(recording).flatMap(({type, time}) =>
			type === 'devres-add' ? [time] : [],
		);
		expect(times).toEqual([218.000001, 30.000001, 40.000001]);
		expect(recording.ofType('boot')).toHaveLength(1);
	});
});

describe('a log that is whole', () => {
	test('is never put in order', () => {
		const text = [line('5.000002', 'ADD', 'fbd19618'), line('5.000001', 'REL', 'fbd19618')];
		expect(toldOps(text.join('\n'))).toEqual(['ADD fbd19618', 'REL fbd19618']);
	});

	test('of a console, with prompts and output of programs, keeps its kernels apart', () => {
		const recording = imported(
			[
				line('5.000002', 'ADD', 'fbd19618'),
				'Debian GNU/Linux 12 epyc1 ttyS0',
				`epyc1 login: ${line('500.000002', 'ADD', 'fbd19619')}`,
				'root@epyc1:~# reboot',
				'',
				'SeaBIOS (version 1.16.2)',
				line('4.000002', 'ADD', 'fbd19618'),
			].join('\n'),
		);
		expect(recording.ofType('boot')).toHaveLength(1);
		expect(recording.header.remarks).toBeUndefined();
		expect(recording.header.lines).toMatchObject({used: 3, ignored: 1, unparsed: 3});
		expect(recording.header.lines.quoted).toBeUndefined();
	});

	test('may say the same twice', () => {
		const same = line('5.000002', 'ADD', 'fbd19618');
		expect(imported(`${same}\n${same}`).header.lines.quoted).toBeUndefined();
	});
});

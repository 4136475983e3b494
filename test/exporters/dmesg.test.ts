import {describe, expect, test} from 'vitest';
import {dmesgText} from '../helpers/export-text.ts';
import {recordingOf} from '../helpers/recording-of.ts';
import {reload, withSource} from '../helpers/small-reload.ts';

describe('dmesg', () => {
	test('a line has the driver as prefix while the device has one, else the bus', () => {
		const text = dmesgText(reload).replaceAll(/ffff[\da-f]{12}/g, '<node>');
		expect(text).toMatchInlineSnapshot(`
			"[    1.004000] ccp 0000:23:00.1: DEVRES ADD <node> pcim_intx_restore (4 bytes)
			[    1.014000] ccp 0000:23:00.1: DEVRES REL <node> pcim_intx_restore (4 bytes)
			[    1.015000] ccp 0000:23:00.1: DEVRES ADD <node> pcim_intx_restore (4 bytes)
			[    1.021000] pci 0000:23:00.1: Resources present before probing
			"
		`);
	});

	test('times are as the kernel prints them, and left out where there is none', () => {
		const line = '{"type": "printk", "level": 3, "prefix": "", "text": "x", "time": ';
		const stamped = (time: string) => dmesgText(recordingOf(`${line}${time}}`));
		expect(stamped('218.331')).toBe('[  218.331000] x\n');
		expect(stamped('0.0000019')).toBe('[    0.000002] x\n');
		expect(stamped('123456.5')).toBe('[123456.500000] x\n');
		expect(stamped('null')).toBe('x\n');
	});

	test('groups and replaced nodes have their lines', () => {
		const text = dmesgText(
			recordingOf(
				'device: a\n{"type": "device-add", "bus": "platform"}\nADD grp< 0\nADD buffer 8\n{"type": "devres-replace", "node": "00000000000000aa", "generation": 0, "name": "buffer", "size": 8}\nREM grp< 0\n',
			),
		);
		expect(text.match(/platform a: DEVRES \S+/g)).toEqual([
			'platform a: DEVRES ADD',
			'platform a: DEVRES ADD',
			'platform a: DEVRES REPLACE',
			'platform a: DEVRES REM',
		]);
		expect(text).toContain('DEVRES REPLACE 00000000000000aa buffer (8 bytes)\n');
		expect(text).toContain(' grp< (0 bytes)\n');
	});

	test('debug lines stand in a log that was imported, not in one that is simulated', () => {
		expect(dmesgText(reload)).not.toContain('a debug line');
		expect(dmesgText(withSource(reload, {kind: 'import'}))).toContain('a debug line');
	});

	test('markers of an imported log stand in it, actions of a script do not', () => {
		expect(dmesgText(reload)).not.toContain('modprobe');
		expect(dmesgText(withSource(reload, {kind: 'import'}))).toContain(
			'[    1.001000] modprobe ccp\n',
		);
	});

	test('a text of several lines stays one line, without what a terminal would obey', () => {
		const recording = recordingOf(
			'{"type": "printk", "level": 3, "prefix": "", "text": "a\\nb\\u001b[31mc"}',
		);
		expect(dmesgText(recording)).toBe('[    1.000000] a bc\n');
	});
});

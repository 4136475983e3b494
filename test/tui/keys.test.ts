import type {Key} from 'ink';
import {describe, expect, test} from 'vitest';
import {commands} from '../../source/debugger/command.ts';
import {bindingOf, keymap} from '../../source/tui/keymap.ts';
import {keysOf} from '../../source/tui/keys.ts';

function key(pressed: Partial<Key> = {}): Key {
	return pressed as Key;
}

describe('keysOf', () => {
	test('keys that arrive in one piece are told apart', () => {
		expect(keysOf('nnn', key())).toEqual(['n', 'n', 'n']);
		expect(keysOf('12\r', key())).toEqual(['1', '2', 'return']);
	});

	test.each([
		[{upArrow: true}, 'up'],
		[{pageDown: true}, 'pagedown'],
		[{return: true}, 'return'],
		[{escape: true}, 'escape'],
		[{tab: true}, 'tab'],
		[{tab: true, shift: true}, 'shift-tab'],
	])('%o is one key', (pressed, name) => {
		expect(keysOf('', key(pressed))).toEqual([name]);
	});

	test('a key with Ctrl is another key, and one with Alt is Escape and the key', () => {
		expect(keysOf('c', key({ctrl: true}))).toEqual(['ctrl-c']);
		expect(keysOf('n', key({meta: true}))).toEqual(['escape', 'n']);
	});

	test('letting go of a key is no key', () => {
		expect(keysOf('n', key({eventType: 'release'}))).toEqual([]);
	});

	test('control characters that mean nothing are dropped', () => {
		expect(keysOf('a\u0001\u009B\u202Eb', key())).toEqual(['a', 'b']);
	});
});

describe('keymap', () => {
	test('no key is bound twice', () => {
		const keys = keymap.flatMap((binding) => binding.keys);
		expect(new Set(keys).size).toBe(keys.length);
	});

	test('every key does something to the screen or is a command of the debugger', () => {
		const names = commands.map(({name}) => name);
		for (const {keys, command, screen} of keymap) {
			expect([keys[0], command === undefined]).toEqual([keys[0], screen !== undefined]);
			if (command !== undefined) expect(names).toContain(command);
		}
	});

	test('each direction of a move is one letter, small forwards and capital backwards', () => {
		for (const letter of ['s', 'n', 'f', 'c']) {
			const forward = bindingOf(letter)?.command;
			expect(bindingOf(letter.toUpperCase())?.command).toBe(`reverse-${forward}`);
		}
	});

	test('x and X go from finding to finding', () => {
		expect(bindingOf('x')?.screen).toBe('finding-after');
		expect(bindingOf('X')?.screen).toBe('finding-before');
	});
});

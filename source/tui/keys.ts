import type {Key} from 'ink';
import {cleanText} from '../recording/clean-text.ts';

const controlCharacters: {readonly [character: string]: string} = {
	'\u0003': 'ctrl-c',
	'\u001A': 'ctrl-z',
	'\r': 'return',
	'\n': 'return',
	'\t': 'tab',
	'\b': 'backspace',
	'\u007F': 'backspace',
	'\u001B': 'escape',
};

const named: readonly (readonly [keyof Key, string])[] = [
	['upArrow', 'up'],
	['downArrow', 'down'],
	['leftArrow', 'left'],
	['rightArrow', 'right'],
	['pageUp', 'pageup'],
	['pageDown', 'pagedown'],
	['home', 'home'],
	['end', 'end'],
	['return', 'return'],
	['escape', 'escape'],
	['backspace', 'backspace'],
	['delete', 'delete'],
];

/**
The keys of one piece of input, in the order they were pressed.

Held or fast keys arrive together: `nnn` is three keys.
*/
export function keysOf(input: string, key: Key): readonly string[] {
	if (key.eventType === 'release') return [];
	if (key.tab) return [key.shift ? 'shift-tab' : 'tab'];
	const name = named.find(([flag]) => key[flag] === true)?.[1];
	if (name !== undefined) return [name];
	if (key.ctrl) return [`ctrl-${input}`];
	// A terminal can't tell Alt with a letter from Escape and the letter in quick succession; only the latter means something.
	return key.meta ? ['escape', ...lettersOf(input)] : lettersOf(input);
}

function lettersOf(input: string): readonly string[] {
	return Array.from(input).flatMap((part) => {
		const control = controlCharacters[part];
		if (control !== undefined) return [control];
		return cleanText(part) === '' ? [] : [part];
	});
}

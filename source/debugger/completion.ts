import {eventTypes} from '../recording/event-types.ts';
import type {Recording} from '../recording/recording.ts';
import {namesIn} from './breakpoint-target.ts';
import {deviceFieldNames} from './device-map.ts';
import {expressionNames} from './expression-names.ts';

/** Ways to complete a line. */
export type Completion = {
	/** Index in the line at which the word begins that may be replaced. */
	readonly start: number;

	/** What may stand there, sorted; empty where nothing is known. */
	readonly words: readonly string[];
};

/** Nothing is known. */
export const noCompletion: Completion = {start: 0, words: []};

/** The words that begin as the line does from `start` on: the whole word alone where nothing longer does. */
export function completeWord(line: string, start: number, offered: Iterable<string>): Completion {
	const begun = line.slice(start);
	const words = [...offered].filter((word) => word.startsWith(begun));
	const longer = words.filter((word) => word !== begun);
	return {start, words: longer.length === 0 ? words : longer.sort()};
}

/** What stands between quotation marks, by the words before them. */
function quotedNames(recording: Recording, before: string): Iterable<string> {
	const {functions, nodes} = namesIn(recording);
	if (/\bdevice(?:\(| [=!]= )$/.test(before)) return recording.devices;
	if (/\binside\($/.test(before) || /\b(?:fn|caller) [=!]= $/.test(before)) return functions;
	if (/\bevent [=!]= $/.test(before)) return eventTypes;
	return /\bname [=!]= $/.test(before) ? nodes : [];
}

/** Completes the end of an expression that begins at `from`: a name, a field of a device, or what is quoted. */
export function completeExpression(recording: Recording, line: string, from: number): Completion {
	const text = line.slice(from);
	const quote = text.lastIndexOf('"');
	const isQuoted = text.split('"').length % 2 === 0;
	if (isQuoted) {
		const offered = Array.from(quotedNames(recording, text.slice(0, quote)), (name) => `${name}"`);
		return completeWord(line, from + quote + 1, offered);
	}
	const word = text.split(/\W/).at(-1) ?? '';
	const start = line.length - word.length;
	if (/\)\.\w*$/.test(text)) return completeWord(line, start, deviceFieldNames);
	if (/\.\w*$/.test(text)) return noCompletion;
	const names = expressionNames.map(({name}) => name);
	return completeWord(line, start, [...names, 'device("', 'inside("', 'size(']);
}

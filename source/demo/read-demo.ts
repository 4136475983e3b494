import {commands} from '../debugger/command.ts';
import {compileCondition} from '../debugger/expression.ts';
import {findByName} from '../debugger/name-lookup.ts';
import {closestName, didYouMean} from '../recording/closest-name.ts';
import type {LocatedError} from '../recording/located-error.ts';
import {captionLines, captionText} from '../tui/caption.ts';
import {keymap, shownKey} from '../tui/keymap.ts';
import type {Action, Demo, DemoInput, Step} from './demo.ts';

/** What came of reading a demo. */
export type ReadDemo =
	| {readonly ok: true; readonly demo: Demo}
	| {readonly ok: false; readonly errors: readonly LocatedError[]};

/** Columns of the narrowest screen that captions are written for. */
const columns = 80;

/** Milliseconds. */
const longestPause = 60_000;

/** Letters of a command: the prompt takes no more. */
const longest = 1000;

/** Words that begin a line and are no commands of the debugger. */
const ownWords = ['title', 'open', 'pause', 'type', 'key'] as const;

/** Commands that reach out of the demo, and why they can't. */
const forbidden: ReadonlyMap<string, string> = new Map([
	['quit', 'a demo ends by itself'],
	['save', 'a demo writes no files'],
	['source', 'a demo reads no other files'],
]);

const keyNames: ReadonlyMap<string, string> = new Map(
	keymap.flatMap(({keys}) =>
		keys.filter(({length}) => length > 1).map((key) => [shownKey(key).toLowerCase(), key] as const),
	),
);

/** What is wrong with a part of a line; `column` counts from 0 in the part. */
type Problem = {readonly message: string; readonly column?: number; readonly hint?: string};

type ReadAction = {readonly ok: true; readonly action: Action} | ({readonly ok: false} & Problem);

function wrong(message: string, hint?: string, column = 0): ReadAction {
	return {ok: false, message, column, ...(hint === undefined ? {} : {hint})};
}

/** What is wrong with a command as far as its text tells; null for nothing. */
function problemOf(text: string): Problem | null {
	const [word = ''] = text.split(' ');
	if (word === 'reverse' || word === 'rev') return null;
	const found = findByName(commands, word, 'command');
	if (!found.ok) {
		const known = [...ownWords, ...commands.map(({name}) => name)];
		const near = closestName(word, known);
		const message =
			near === null ? found.error.replace(/\.$/, '') : `no command is named "${word}"`;
		return {message, ...(near === null ? {} : {hint: `did you mean "${near}"?`})};
	}
	const {name} = found.row;
	const why = forbidden.get(name);
	if (why !== undefined) return {message: why};
	if (name !== 'assert') return null;
	const condition = text.slice(word.length).trim();
	if (condition === '') return {message: '"assert" needs a condition'};
	const compiled = compileCondition(condition);
	if (compiled.ok) return null;
	const {message, column} = compiled.error;
	return {message, column: text.indexOf(condition) + column - 1};
}

function readCommand(kind: 'type' | 'command', text: string): ReadAction {
	if (text === '') return wrong('"type" needs a command');
	if (text.length > longest) return wrong(`a command has ${longest} letters at most`);
	const problem = problemOf(text);
	return problem === null ? {ok: true, action: {kind, text}} : {ok: false, ...problem};
}

function readPause(text: string): ReadAction {
	const seconds = /^(?<seconds>\d{1,3}(?:\.\d)?) ?s$/.exec(text)?.groups?.['seconds'];
	if (seconds === undefined) return wrong('"pause" needs seconds', 'as in "pause 2s"');
	const duration = Math.round(Number(seconds) * 1000);
	if (duration > longestPause) return wrong(`a pause has ${longestPause / 1000} s at most`);
	return {ok: true, action: {kind: 'pause', duration}};
}

function readKeys(text: string): ReadAction {
	const words = text.split(' ').filter((word) => word !== '');
	if (words.length === 0)
		return wrong('"key" needs the name of a key', 'as in "key n" or "key Enter"');
	const keys: string[] = [];
	for (const word of words) {
		const key = Array.from(word).length === 1 ? word : keyNames.get(word.toLowerCase());
		if (key === undefined) {
			const hint = didYouMean(word, Array.from(keyNames.values(), shownKey));
			return wrong(`no key is named "${word}"`, hint, text.indexOf(word));
		}
		keys.push(key);
	}
	return {ok: true, action: {kind: 'key', keys}};
}

function readAction(word: string, rest: string, whole: string): ReadAction {
	if (word === 'pause') return readPause(rest);
	if (word === 'type') return readCommand('type', rest);
	return word === 'key' ? readKeys(rest) : readCommand('command', whole);
}

type Growing = {
	title: string | null;
	input: DemoInput | null;
	readonly steps: Step[];
	readonly errors: LocatedError[];
};

/** Standard input is no file: keys come from there. */
function readOpen(text: string, line: number): DemoInput | null {
	const found = /^(?<file>[^\s-]\S{0,999})(?: {1,9}--kernel[ =] {0,9}(?<kernel>\S{1,200}))?$/.exec(
		text,
	);
	const {file, kernel = null} = found?.groups ?? {};
	return file === undefined ? null : {file, kernel, line};
}

/** What is wrong with a line of the head; null where it is read. */
function readHead(
	grown: Growing,
	word: 'title' | 'open',
	rest: string,
	line: number,
): Problem | null {
	if (grown.steps.length > 0) return {message: `"${word}" stands before the first step`};
	if (rest === '') return {message: `"${word}" needs ${word === 'title' ? 'a text' : 'a FILE'}`};
	if ((word === 'title' ? grown.title : grown.input) !== null) {
		return {message: `"${word}" is given twice`};
	}
	if (word === 'title') grown.title = rest;
	else grown.input = readOpen(rest, line);
	if (word === 'title' || grown.input !== null) return null;
	return {message: '"open" takes a FILE and no more than --kernel NAME'};
}

/** The lines of a caption as one text, and how many there are. */
function captionAt(lines: readonly string[], start: number): {text: string; count: number} {
	const found = lines.slice(start).findIndex((line) => !/^\s*#/.test(line));
	const count = found === -1 ? lines.length - start : found;
	const texts = lines.slice(start, start + count).map((line) => line.trim().slice(1).trim());
	return {text: texts.filter((text) => text !== '').join(' '), count};
}

function readLine(grown: Growing, source: string, line: number): void {
	const start = source.length - source.trimStart().length;
	const whole = source.trim();
	const [head = '', word = ''] = /^(\S+)\s*/.exec(whole) ?? [];
	const rest = whole.slice(head.length);
	const report = ({message, column = 0, hint}: Problem, from: number) =>
		grown.errors.push({
			line,
			column: from + column + 1,
			message,
			text: source,
			...(hint === undefined ? {} : {hint}),
		});
	if (word === 'title' || word === 'open') {
		const problem = readHead(grown, word, rest, line);
		if (problem !== null) report(problem, start);
		return;
	}
	const isOwn = word === 'pause' || word === 'type' || word === 'key';
	const from = start + (isOwn && rest !== '' ? head.length : 0);
	const read = readAction(word, rest, whole);
	if (read.ok) grown.steps.push({action: read.action, line, column: from + 1, source});
	else report(read, from);
}

function readCaption(grown: Growing, text: string, source: string, line: number): void {
	const tall = captionText(text, columns).length;
	if (tall <= captionLines) {
		grown.steps.push({action: {kind: 'caption', text}, line, column: 1, source});
		return;
	}
	const message = `this caption takes ${tall} lines of ${columns} columns`;
	const hint = `${captionLines} fit: say less, or part it by an empty line`;
	grown.errors.push({line, column: 1, message, text: source, hint});
}

/**
Reads a demo: a file of the debugger's commands, where `#` begins a caption.

Lines of a caption that follow each other are one. Beside commands there are `title TEXT` and `open FILE`, which stand
first, and `pause 2s`, `type COMMAND` and `key NAME…`.
*/
export function readDemo(name: string, text: string): ReadDemo {
	const grown: Growing = {title: null, input: null, steps: [], errors: []};
	const lines = text.split('\n');
	for (let index = 0; index < lines.length; ) {
		const source = lines[index] ?? '';
		if (/^\s*#/.test(source)) {
			const caption = captionAt(lines, index);
			readCaption(grown, caption.text, source, index + 1);
			index += caption.count;
			continue;
		}
		if (source.trim() !== '') readLine(grown, source, index + 1);
		index += 1;
	}
	const {title, input, steps, errors} = grown;
	if (title !== null && input !== null && steps.length > 0 && errors.length === 0) {
		return {ok: true, demo: {name, title, input, steps}};
	}
	const whole = (message: string, hint: string) => ({line: null, column: null, message, hint});
	if (errors.length > 0) return {ok: false, errors};
	if (title === null)
		return {ok: false, errors: [whole('has no title', 'write "title TEXT" first')]};
	if (input === null) {
		return {ok: false, errors: [whole('opens nothing', 'write "open FILE" below the title')]};
	}
	return {ok: false, errors: [whole('does nothing', 'write captions and commands below "open"')]};
}

import {didYouMean} from '../recording/closest-name.ts';
import {type Option, options} from './options.ts';
import {opening, type SubcommandName, subcommands} from './subcommands.ts';

/** What is wrong with the words of a command line, and the next move. */
export type Misuse = {readonly message: string; readonly hint?: string | undefined};

/** A subcommand and its operands, or what is wrong. */
export type CheckedArguments =
	| {readonly ok: true; readonly name: SubcommandName; readonly operands: readonly string[]}
	| ({readonly ok: false} & Misuse);

const counts = ['stands alone', 'takes one FILE at a time', 'takes two recordings at a time'];

const subcommandNames = subcommands.map(({name}) => name).filter((name) => name !== '');

/** Switches by what may be typed. `--no-help` makes no sense. */
const switches = new Map(
	options
		.filter(({value}) => value === undefined)
		.flatMap((option) => {
			const {name, short} = option;
			const other = short === undefined ? `--no-${name}` : `-${short}`;
			return [`--${name}`, other].map((as) => [as, option] as const);
		}),
);
const withValue = options.filter(({value}) => value !== undefined);
const longNames = [
	...withValue.map(({name}) => `--${name}`),
	...[...switches.keys()].filter((as) => as.startsWith('--')),
];

/** An option as it was typed. */
type Typed = {
	readonly option: Option;

	/** With its dashes: `-x` or `--command`. */
	readonly as: string;

	/** Null where it is the next word; undefined for a switch. */
	readonly value?: string | null;
};

function typedOption(word: string): Typed | null {
	if (word.startsWith('--')) {
		const [as = '', ...rest] = word.split('=');
		const option = withValue.find(({name}) => `--${name}` === as);
		if (option === undefined) return null;
		return {option, as, value: rest.length === 0 ? null : rest.join('=')};
	}
	const option = withValue.find(({short}) => short !== undefined && word.startsWith(`-${short}`));
	if (option === undefined) return null;
	return {option, as: word.slice(0, 2), value: word.length === 2 ? null : word.slice(2)};
}

/** A switch, or what is wrong with a word; null for one that is no option. */
function switchOf(word: string): Typed | Misuse | null {
	if (!word.startsWith('-') || word === '-') return null;
	const [name = ''] = word.split('=', 1);
	const as = word.startsWith('--') ? name : word;
	const option = switches.get(as);
	if (option !== undefined) return {option, as};
	const hint = didYouMean(name, longNames) ?? '`devresdbg --help` names all';
	return {message: `unknown option ${name}`, hint};
}

function refusedBy(name: SubcommandName, {option, as}: Typed): Misuse | null {
	const row = subcommands.find((each) => each.name === name) ?? opening;
	if (option.isCommon || row.options.some((taken) => taken === option.name)) return null;
	const takers = subcommands.filter((each) => each.options.some((taken) => taken === option.name));
	const names = takers.map((each) => each.name).filter((taker) => taker !== '');
	const what = name === '' ? 'opening' : name;
	return {message: `${what} takes no ${as}`, hint: `it is for ${names.join(', ')}`};
}

/** What is wrong with the options as typed: the parser takes any. */
function checkOptions(name: SubcommandName, argv: readonly string[]): Misuse | null {
	const end = argv.indexOf('--');
	const words = end === -1 ? argv : argv.slice(0, end);
	const given = new Set<string>();
	let refused: Misuse | null = null;
	for (let index = 0; index < words.length; index += 1) {
		const word = words[index] ?? '';
		if (word === '-ex') return {message: 'unknown option -ex', hint: 'did you mean -e?'};
		const typed = typedOption(word) ?? switchOf(word);
		if (typed === null) continue;
		if ('message' in typed) return typed;
		refused ??= refusedBy(name, typed);
		if (typed.value === undefined) continue;
		const {option, as} = typed;
		const value = typed.value ?? words[index + 1] ?? '';
		// A command may begin with dashes, no file or name does.
		const isOption = typed.value === null && !option.isRepeated && value.startsWith('--');
		if (value === '' || isOption) return {message: `${as} needs a value`};
		if (given.has(option.name) && !option.isRepeated) return {message: `${as} is given twice`};
		given.add(option.name);
		if (typed.value === null) index += 1;
	}
	return refused;
}

/** Finds the subcommand that words name, and says what is wrong with it, its options or its operands. */
export function checkArguments(
	words: readonly string[],
	argv: readonly string[],
): CheckedArguments {
	const found = subcommands.find(({name}) => name !== '' && name === words[0]);
	const {name, fewest, most, needs} = found ?? opening;
	const operands = found === undefined ? words : words.slice(1);
	// Two words that begin with none: the options after it are meant for the one that is misspelt.
	const [first = ''] = words;
	const near = found === undefined && words.length > most && didYouMean(first, subcommandNames);
	if (near) return {ok: false, message: `there is no subcommand "${first}"`, hint: near};
	const wrong = checkOptions(name, argv);
	if (wrong !== null) return {ok: false, ...wrong};
	const extra = operands[most];
	if (extra !== undefined) {
		const hint = `${name || 'devresdbg'} ${counts[most]}`;
		return {ok: false, message: `what is "${extra}" for?`, hint};
	}
	if (operands.length < fewest && needs !== undefined) {
		return {ok: false, message: `${name} needs ${needs.what}`, hint: needs.hint};
	}
	return {ok: true, name, operands};
}

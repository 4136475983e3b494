import type {DevresEntry} from '../inference/log-entry.ts';
import type {DumpedFrame} from '../recording/event.ts';
import type {Lines} from '../recording/lines.ts';
import {type OperationOf, parseDevresLog} from './devres-text.ts';
import type {TraceColumns} from './ftrace-line.ts';
import {OperationSigns} from './operation-signs.ts';
import {parseDevresFields} from './trace-fields.ts';
import type {Refusal} from './trace-headers.ts';

type Operation = DevresEntry['op'];

/** What became of the words that stand for operations. */
export type ResolvedOperations = {
	/** Null where operations are printed. */
	readonly opOf: OperationOf | null;

	/** How they were told apart, for the reader; empty where they are printed. */
	readonly remarks: readonly string[];

	/** Why devres events can't be read, and what to do; null where they can. */
	readonly refusal: Refusal | null;
};

const address = /^(?:0x)?[\da-f]{6,16}$/;
const mark = 'devres_log:';
const operations: ReadonlySet<string> = new Set(['ADD', 'REL', 'REM', 'REPLACE']);

function isOperation(word: string): word is Operation {
	return operations.has(word);
}

/** Reads a devres event with whatever stands for its operation; null for other text. */
function entryOf(text: string) {
	let word = '';
	const opOf = (printed: string): Operation | undefined => {
		if (!address.test(printed)) return undefined;
		word = printed;
		return 'ADD';
	};
	const entry =
		parseDevresLog(text, mark.length, opOf) ?? parseDevresFields(text.slice(mark.length), opOf);
	return entry === null ? null : {...entry, word: word === '' ? entry.op : word};
}

/** Reads every devres event and every stack of a trace. */
function signsOf(
	lines: Lines,
	columnsOf: (line: string) => TraceColumns | null,
	frameOf: (line: string) => DumpedFrame | null,
): OperationSigns {
	const signs = new OperationSigns();
	const lastOf = new Map<string, string | null>();
	let explained: string | null = null;
	for (const line of lines) {
		const frame = explained === null ? null : frameOf(line);
		if (frame !== null && explained !== null) {
			if (signs.takeFrame(explained, frame.fn)) explained = null;
			continue;
		}
		const columns = columnsOf(line);
		if (columns === null) continue;
		const text = line.slice(columns.textStart);
		const task = `${columns.pid} ${columns.cpu}`;
		if (text.startsWith('kernel_stack:')) {
			explained = lastOf.get(task) ?? null;
			continue;
		}
		const entry = text.startsWith(mark) ? entryOf(text) : null;
		if (entry !== null) signs.take(entry);
		explained = entry?.word ?? null;
		lastOf.set(task, explained);
	}
	return signs;
}

/** How well the signs fit a word as ADD: an added node ends, and an address is used again only after an end. */
function fitsAdd(
	signs: OperationSigns,
	word: string,
): {readonly pro: number; readonly contra: number} {
	let pro = 0;
	let contra = 0;
	for (const {first, second, same, changed} of signs.successions.values()) {
		if (first === word) {
			pro += same;
			contra += changed;
		} else if (second === word) pro += same + changed;
		else contra += same + changed;
	}
	for (const [voted, votes] of signs.votes) {
		for (const [operation, count] of votes) {
			if ((operation === 'ADD') === (voted === word)) pro += count;
			else contra += count;
		}
	}
	return {pro, contra};
}

function votesFor(signs: OperationSigns, word: string, operation: Operation): number {
	return signs.votes.get(word)?.get(operation) ?? 0;
}

/** How surely a word that is not ADD releases nodes rather than unlinks them. */
function fitsRelease(signs: OperationSigns, word: string): number {
	return (
		votesFor(signs, word, 'REL') - votesFor(signs, word, 'REM') - votesFor(signs, word, 'REPLACE')
	);
}

/** Ends of nodes: REL is what stacks say, else what comes in the longest runs; others are REM unless stacks say REPLACE. */
function nameEnds(signs: OperationSigns, words: readonly string[], named: Map<string, Operation>) {
	const runOf = (word: string) => signs.longestRuns.get(word) ?? 0;
	const ordered = words.toSorted(
		(one, other) =>
			Math.sign(fitsRelease(signs, other)) - Math.sign(fitsRelease(signs, one)) ||
			runOf(other) - runOf(one),
	);
	for (const word of ordered) {
		const isTaken = [...named.values()].includes('REL');
		const isReplaced = votesFor(signs, word, 'REPLACE') > votesFor(signs, word, 'REM');
		if (!isTaken && fitsRelease(signs, word) >= 0) named.set(word, 'REL');
		else named.set(word, isReplaced ? 'REPLACE' : 'REM');
	}
}

/** Whether signs of its own say that a word ends nodes. */
function isEnd(signs: OperationSigns, word: string): boolean {
	const votes = [...(signs.votes.get(word) ?? [])];
	const sum = (isAdd: boolean) =>
		votes.reduce((all, [op, count]) => ((op === 'ADD') === isAdd ? all + count : all), 0);
	return sum(false) > sum(true);
}

/** Finds ADD among the words; null where nothing tells, or none of them is. */
function addAmong(signs: OperationSigns, words: readonly string[]) {
	const [best, second] = words
		.map((word) => {
			const {pro, contra} = fitsAdd(signs, word);
			return {word, pro, contra, margin: pro - contra};
		})
		.toSorted((one, other) => other.margin - one.margin);
	if (best === undefined || best.margin <= 0 || isEnd(signs, best.word)) return null;
	return second?.margin === best.margin ? null : best;
}

function remarkOf(named: ReadonlyMap<string, Operation>, pro: number, contra: number): string {
	const meanings = Array.from(named, ([word, operation]) => `${word} is ${operation}`).join(', ');
	return `operations are printed as addresses and were told apart by what happens to the nodes: ${meanings} (${pro} signs for it, ${contra} against)`;
}

const refusal: Refusal = {
	message: 'operations are printed as addresses, and nothing in the trace tells which is which',
	hint: 'record a whole unbind and bind, with stacks if possible, or save /sys/kernel/tracing/trace instead',
};

const unnamedNodes =
	'names of nodes are printed as addresses, as for kernel 6.1, and stay what they are';

/** Tells apart the operations of a trace whose tool prints the address of the word ADD instead of the word. */
export function resolveOperations(
	lines: Lines,
	columnsOf: (line: string) => TraceColumns | null,
	frameOf: (line: string) => DumpedFrame | null,
): ResolvedOperations {
	const signs = signsOf(lines, columnsOf, frameOf);
	const all = [...signs.longestRuns.keys()];
	const words = all.filter((word) => !isOperation(word));
	const unnamed = signs.hasUnnamed ? [unnamedNodes] : [];
	if (words.length === 0) return {opOf: null, remarks: unnamed, refusal: null};
	const named = new Map<string, Operation>();
	const isPrinted = all.includes('ADD');
	const add = isPrinted ? {word: 'ADD', ...fitsAdd(signs, 'ADD')} : addAmong(signs, words);
	if (add === null && !words.every((word) => isEnd(signs, word)))
		return {
			opOf: () => undefined,
			remarks: [`${refusal.message}: its devres events are not read`],
			refusal,
		};
	if (add !== null && !isPrinted) named.set(add.word, 'ADD');
	nameEnds(
		signs,
		words.filter((word) => word !== add?.word),
		named,
	);
	const {pro, contra} = add ?? fitsAdd(signs, '');
	return {
		opOf: (word) => named.get(word),
		remarks: [remarkOf(named, pro, contra), ...unnamed],
		refusal: null,
	};
}

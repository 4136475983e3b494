import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {parseBreakArguments} from '../../source/debugger/break-clauses.ts';
import {addBreakpoint, addWatch, type Clauses} from '../../source/debugger/breakpoint.ts';
import {
	changeAt,
	conditionError,
	countedHitsOf,
	hitsOf,
} from '../../source/debugger/breakpoint-hits.ts';
import {breakpointText} from '../../source/debugger/breakpoint-view.ts';
import {compile, printValue} from '../../source/debugger/expression.ts';
import {isHitCounted, parseHitCondition} from '../../source/debugger/hit-condition.ts';
import {formatMessage, parseMessage} from '../../source/debugger/log-message.ts';
import {type Breakpoint, createSession} from '../../source/debugger/session.ts';
import {describeChange} from '../../source/debugger/watch.ts';
import {recordingOf} from '../helpers/recording-of.ts';
import {reload} from '../helpers/reload-picture.ts';

describe('hit counts', () => {
	test.each([
		['>2', [3, 4, 5, 6]],
		['>=2', [2, 3, 4, 5, 6]],
		['<2', [1]],
		['<=2', [1, 2]],
		['=5', [5]],
		['==5', [5]],
		['5', [5]],
		['!=5', [1, 2, 3, 4, 6]],
		['% 2', [2, 4, 6]],
	])('%s lets these of six hits count: %j', (text, hits) => {
		const condition = parseHitCondition(text);
		if (condition === null) throw new Error('it was refused');
		expect([1, 2, 3, 4, 5, 6].filter((hit) => isHitCounted(condition, hit))).toEqual(hits);
	});

	test.each(['', '>', 'x', '%0', '> -1', '1.5', '99999999999', '>3 4'])('%j is none', (text) => {
		expect(parseHitCondition(text)).toBeNull();
	});
});

describe('clauses behind a target', () => {
	test.each<readonly [string, string, Clauses]>([
		['pcim_intx', 'pcim_intx', {}],
		['  node irq  ', 'node irq', {}],
		['f if a == "if hits 3"', 'f', {condition: 'a == "if hits 3"'}],
		['f hits >3', 'f', {hits: '>3'}],
		['f hits > 3 if true', 'f', {hits: '> 3', condition: 'true'}],
		['f hits%2 log "a {fn} if"', 'f', {hits: '%2', log: 'a {fn} if'}],
		["f log 'it\\'s' hits 1", 'f', {hits: '1', log: "it's"}],
		['f if hits 3', 'f', {condition: 'hits 3'}],
		['"x" in log', '"x" in log', {}],
		['size(log) hits =1', 'size(log)', {hits: '=1'}],
		['log.exists(l, l == " if ") if true', 'log.exists(l, l == " if ")', {condition: 'true'}],
		['f if ', 'f', {condition: ''}],
		['', '', {}],
	])('%j is target %j with %j', (text, target, clauses) => {
		expect(parseBreakArguments(text)).toEqual({ok: true, target, clauses});
	});

	test('what is no clause is refused, not dropped', () => {
		expect(parseBreakArguments('f hits >3 nonsense')).toEqual({
			ok: false,
			error: 'What is "nonsense" for?',
		});
	});

	test('a breakpoint reads as it may be typed', () => {
		const clauses = {hits: '>=2', log: 'a "b" {fn}', condition: 'depth > 1'};
		const added = addBreakpoint(createSession(reload), 'pcim_intx', clauses);
		if (!added.ok) throw new Error(added.errors.join('\n'));
		const parsed = parseBreakArguments(breakpointText(added.breakpoint));
		expect(parsed).toEqual({ok: true, target: 'function pcim_intx', clauses});
	});

	test('no text makes it throw, and the target is a part of it', () => {
		const word = fc.constantFrom(
			'if',
			'hits',
			'>3',
			'log',
			'"a',
			'"',
			"'",
			'(',
			')',
			'\\',
			'f',
			' ',
		);
		fc.assert(
			fc.property(fc.array(fc.oneof(word, fc.string({maxLength: 3}))), (words) => {
				const text = words.join(' ');
				const parsed = parseBreakArguments(text);
				if (parsed.ok) expect(text).toContain(parsed.target);
				else expect(parsed.error).not.toBe('');
			}),
			{numRuns: 300},
		);
	});
});

describe('all clauses on one breakpoint', () => {
	const picture = Array.from({length: 6}, (_, n) => `probe(n=${n})`).join('\n');
	const recording = recordingOf(picture);

	test('the condition decides what is a hit, the count which of them count', () => {
		const clauses = {condition: 'args.n != "0"', hits: '%2', log: '{args.n}'};
		const added = addBreakpoint(createSession(recording), 'probe', clauses);
		if (!added.ok) throw new Error(added.errors.join('\n'));
		const calls = recording.callsOf('probe');
		expect(hitsOf(recording, added.breakpoint)).toEqual(calls.slice(1));
		expect(countedHitsOf(recording, added.breakpoint)).toEqual([calls[2], calls[4]]);
	});

	test.each([
		[{hits: 'often'}, '"often" is no count of hits. Write >3, %2 or =5.'],
		[{condition: 'depth'}, 'depth'],
		[{log: 'a {nod} b'}, 'nod'],
	])('%j is refused and sets nothing', (clauses, error) => {
		const added = addBreakpoint(createSession(recording), 'probe', clauses);
		expect(added.ok ? [] : added.errors[0]).toBe(error);
	});
});

describe('messages', () => {
	test.each([
		['plain', 'plain'],
		['{fn}', 'pcim_intx'],
		['{fn} {args.enable}!', 'pcim_intx 0!'],
		['{size({"a": 1})} {"}"}', '1 }'],
		['{node.missing}', '?'],
		['open { is itself', 'open { is itself'],
		['', ''],
	])('%j reads %j', (text, read) => {
		const parsed = parseMessage(text);
		if (!parsed.ok) throw new Error(parsed.error.message);
		const call = reload.callsOf('pcim_intx')[0] ?? -1;
		expect(formatMessage(reload, call + 1, parsed.message)).toBe(read);
	});
});

/** The node count of a device that appears in the middle, and a register that is read before it is written. */
const watched = recordingOf(`
	device: a
	note nothing is known
	READ 4 6
	WRITE 4 6
	WRITE 4 1030
	ADD irq
	ADD iomap
	REM irq
`);

function changesAt(breakpoint: Breakpoint): readonly string[] {
	return hitsOf(watched, breakpoint).map((seq) => {
		const change = changeAt(watched, breakpoint, seq);
		return change === null ? 'none' : describeChange(change);
	});
}

describe('watchpoints', () => {
	test.each([
		// A register that is read for the first time was not changed by that.
		['device("a").command', ['was 6, is 1030']],
		['device("a").driver', []],
		['size(device("a").devres_head)', ['was 0, is 1', 'was 1, is 2', 'was 2, is 1']],
		// Without an item there is no value: the next counts against the last.
		['device("a").devres_head[0].name', ['was "irq", is "iomap"']],
		['device("b").command', []],
		['position > 3', ['was false, is true']],
	])('%s changes: %j', (expression, changes) => {
		const added = addWatch(createSession(watched), expression);
		if (!added.ok) throw new Error(added.errors.join('\n'));
		const {breakpoint} = added;
		expect(hitsOf(watched, breakpoint).length).toBe(changes.length);
		expect(changesAt(breakpoint)).toEqual(changes);
	});

	test('a value that takes too long to compare has no hits, and says so', () => {
		const many = recordingOf(Array.from({length: 4000}, (_, n) => `ADD n#${n}`).join('\n'));
		const added = addWatch(createSession(many), `device("${many.devices[0]}").devres_head`);
		if (!added.ok) throw new Error(added.errors.join('\n'));
		expect(hitsOf(many, added.breakpoint)).toEqual([]);
		expect(conditionError(many, added.breakpoint)).toBe('this takes too long here');
	});

	test('the changes are those between the values at all positions', () => {
		for (const expression of ['size(log)', 'fn', 'device(device).enable_count', 'depth > 2']) {
			const added = addWatch(createSession(reload), expression);
			const compiled = compile(expression);
			if (!added.ok || !compiled.ok) throw new Error('it was refused');
			const values = Array.from({length: reload.length + 1}, (_, position) => {
				const evaluated = compiled.expression.evaluate(reload, position);
				return evaluated.ok ? printValue(evaluated.value) : null;
			});
			let last: string | null = null;
			const changed = values.flatMap((value, position) => {
				const differs = value !== null && last !== null && value !== last;
				last = value ?? last;
				return differs ? [position - 1] : [];
			});
			expect(hitsOf(reload, added.breakpoint)).toEqual(changed);
		}
	});
});

import {describe, expect, test} from 'vitest';
import {runCommand} from '../../source/debugger/command.ts';
import {createSession, type Session, type StopReason} from '../../source/debugger/session.ts';
import {goTo} from '../../source/debugger/step.ts';
import {describeReason} from '../../source/debugger/stop-view.ts';
import {recordingOf} from '../helpers/recording-of.ts';

/** Six calls, each with a node inside: call n is event 3n, its ADD event 3n + 1, its return event 3n + 2. */
const recording = recordingOf(
	Array.from({length: 6}, (_, n) => `probe(n=${n})\n  ADD irq#${n}`).join('\n'),
);
const device = recording.devices[0];
const size = `size(device("${device}").devres_head)`;

function run(session: Session, lines: readonly string[]): Session {
	return lines.reduce((before, line) => {
		const result = runCommand(before, line);
		if (!result.ok) throw new Error(result.errors.join('\n'));
		return result.session;
	}, session);
}

type Row = readonly [string, number, string, number, StopReason['kind']];

/** A breakpoint, where to begin, a move, and where and why it stops. */
const rows: readonly Row[] = [
	['break probe', 0, 'continue', 1, 'breakpoint'],
	['break probe', 1, 'continue', 4, 'breakpoint'],
	['break probe', 18, 'reverse-continue', 16, 'breakpoint'],
	['break probe', 0, 'continue 3', 7, 'breakpoint'],
	['break probe', 18, 'reverse-continue 3', 10, 'breakpoint'],
	['break probe', 0, 'continue 7', 18, 'end'],
	['break probe if args.n == "4"', 0, 'continue', 13, 'breakpoint'],
	['break probe if args.n == "4"', 13, 'continue', 18, 'end'],
	['break probe if args.n == "4"', 18, 'reverse-continue', 13, 'breakpoint'],
	['break probe if args.n == "4"', 13, 'reverse-continue', 0, 'start'],
	['break probe hits >3', 0, 'continue', 10, 'breakpoint'],
	['break probe hits %2', 0, 'continue 2', 10, 'breakpoint'],
	['break probe hits =5', 18, 'reverse-continue', 13, 'breakpoint'],
	['break probe hits =5', 13, 'reverse-continue', 0, 'start'],
	// A hit is counted among those for which the condition holds.
	['break probe hits =2 if args.n != "0"', 0, 'continue', 7, 'breakpoint'],
	// What only says something stops nothing.
	['break probe log "{args.n}"', 0, 'continue', 18, 'end'],
	[`watch ${size}`, 0, 'continue', 5, 'breakpoint'],
	[`watch ${size}`, 18, 'reverse-continue', 17, 'breakpoint'],
	[`watch ${size} if args.n == "3"`, 0, 'continue', 11, 'breakpoint'],
	[`break event devres-add if ${size} == 3`, 0, 'continue', 8, 'breakpoint'],
	[`break event devres-add if ${size} == 3`, 18, 'reverse-continue', 8, 'breakpoint'],
	['break node irq', 3, 'next', 5, 'breakpoint'],
	['break node irq if false', 3, 'next', 6, 'step'],
	['break probe', 0, 'step 3', 1, 'breakpoint'],
	// Fences.
	['break probe', 1, 'continue --to 3', 3, 'fence'],
	['break probe', 1, 'continue --to 4', 4, 'breakpoint'],
	['break probe', 1, 'continue --to 5', 4, 'breakpoint'],
	['break probe', 1, 'continue 9 --to 12', 12, 'fence'],
	['break probe', 18, 'reverse-continue 9 --to 12', 12, 'fence'],
	['break probe', 12, 'reverse-continue --to 11', 11, 'fence'],
	['break probe', 12, 'reverse-continue --to 12', 12, 'fence'],
	['break probe', 12, 'continue --to 12', 12, 'fence'],
	['break probe', 12, 'continue --to end', 13, 'breakpoint'],
	['break probe', 12, 'reverse-continue --to start', 10, 'breakpoint'],
];

describe('step table with conditions', () => {
	test.each(rows)('%s: from %i, %s stops at %i: %s', (breakpoint, start, line, position, kind) => {
		const session = run(goTo(createSession(recording), start), [breakpoint]);
		const moved = run(session, [line]);
		expect([moved.position, moved.stop.kind]).toEqual([position, kind]);
	});

	test('a fence in the other direction is refused', () => {
		const result = runCommand(goTo(createSession(recording), 9), 'rc --to 12');
		expect(result.ok ? [] : result.errors[0]).toBe('That place lies in the other direction.');
	});

	test('each stop says what it is', () => {
		const reasons = (lines: readonly string[]) =>
			describeReason(run(createSession(recording), lines));
		expect(reasons(['c'])).toBe('At the end of the recording.');
		expect(reasons(['tb probe', 'c'])).toBe('Temporary breakpoint 1, probe, hit 1 of 6.');
		expect(reasons([`watch ${size}`, 'c'])).toBe(`Watchpoint 1, ${size} was 1, is 2, hit 1 of 5.`);
		expect(reasons(['break probe', 'break event call', 'c'])).toBe(
			'Breakpoint 1, probe, hit 1 of 6. Breakpoint 2, call, hit 1 of 6.',
		);
		expect(reasons(['c --to 5'])).toBe('At the fence.');
	});
});

describe('a watched value', () => {
	test('stops forwards at each change, backwards at the same ones, then at the start', () => {
		const forward: string[] = [];
		let session = run(createSession(recording), [`watch ${size}`, 'continue']);
		while (session.stop.kind === 'breakpoint') {
			forward.push(`${session.position} ${describeReason(session)}`);
			session = run(session, ['continue']);
		}
		const backward: string[] = [];
		session = run(session, ['reverse-continue']);
		while (session.stop.kind === 'breakpoint') {
			backward.push(`${session.position} ${describeReason(session)}`);
			session = run(session, ['reverse-continue']);
		}
		expect(forward).toHaveLength(5);
		expect(backward).toEqual(forward.toReversed());
		expect([session.position, session.stop.kind]).toEqual([0, 'start']);
	});
});

test('a breakpoint that stops once is gone where it stopped, in either direction', () => {
	const stopped = run(createSession(recording), ['tbreak probe if args.n == "2"', 'continue']);
	expect([stopped.position, stopped.breakpoints]).toEqual([7, []]);
	const back = run(goTo(createSession(recording), 18), ['tbreak probe', 'rc', 'rc']);
	expect([back.position, back.stop.kind]).toEqual([0, 'start']);
});

test('ignore passes so many hits from here on, and 0 takes that back', () => {
	const two = run(createSession(recording), ['break probe', 'continue 2']);
	const ignoring = run(two, ['ignore 1 2']);
	expect(run(ignoring, ['continue']).position).toBe(13);
	// It is a number of the hit from there on, so that stepping back changes nothing.
	expect(run(ignoring, ['start', 'continue']).position).toBe(13);
	expect(run(ignoring, ['ignore 1 0', 'continue']).position).toBe(7);
	expect(run(ignoring, ['ignore 1 %4', 'start', 'continue']).position).toBe(10);
});

test('log messages are told in the order of the run, and not by a jump', () => {
	const output = (session: Session, line: string) => {
		const result = runCommand(session, line);
		return result.ok ? (result.told ?? []) : result.errors;
	};
	const set = run(createSession(recording), ['break probe log "n {args.n}" hits <=3']);
	expect(output(set, 'continue')).toEqual(['n 0', 'n 1', 'n 2']);
	expect(output(run(set, ['end']), 'reverse-continue')).toEqual(['n 2', 'n 1', 'n 0']);
	expect(output(set, 'end')).toEqual([]);
	expect(output(run(set, ['disable 1']), 'continue')).toEqual([]);
	expect(output(run(set, ['goto 1']), 'reverse-step')).toEqual([]);
	expect(output(set, 'step')).toEqual(['n 0']);
});

import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {callIndexOf, contextAt, openCalls} from '../../source/debugger/call-index.ts';
import {
	createSession,
	plainBreakpoint,
	type Session,
	type StopReason,
} from '../../source/debugger/session.ts';
import {goTo, type Move, move, runUntil} from '../../source/debugger/step.ts';
import {describe as describeEvent} from '../../source/recording/describe.ts';
import type {Recording} from '../../source/recording/recording.ts';
import {recordingOf} from '../helpers/recording-of.ts';

const interleaved = recordingOf(`
	context: A
	outer
	  inner
	    ADD irq
	  leaf
	context: B
	tick
	  note x
	context: A
	  ADD iomap
	context: B
	  note y
`);

test('the picture of the step table has these events', () => {
	const lines = Array.from({length: interleaved.length}, (_, seq) => {
		const event = interleaved.at(seq);
		return `${seq} ${event.context} ${event.type} ${describeEvent(event, () => '#')}`;
	});
	expect(lines.join('\n')).toBe(
		[
			'0 A call outer()',
			'1 A call inner()',
			'2 A devres-add ADD # irq (16 bytes)',
			'3 A return inner',
			'4 A call leaf()',
			'5 B call tick()',
			'6 B note x',
			'7 A return leaf',
			'8 A devres-add ADD # iomap (16 bytes)',
			'9 B note y',
			'10 A return outer',
			'11 B return tick',
		].join('\n'),
	);
});

type Row = readonly [start: number, move: string, position: number, reason: StopReason['kind']];

function parseMove(text: string): Move {
	const [first = '', second] = text.split(' ');
	const backward = first.startsWith('reverse-');
	return {
		verb: first.replace('reverse-', '') as Move['verb'],
		direction: backward ? 'backward' : 'forward',
		...(second === undefined ? {} : {count: Number(second)}),
	};
}

function runRow(recording: Recording, [start, text]: Row): Session {
	return move(goTo(createSession(recording), start), parseMove(text));
}

const rows: readonly Row[] = [
	[0, 'step', 1, 'step'],
	[3, 'reverse-step', 2, 'step'],
	[0, 'step 4', 4, 'step'],
	[11, 'step', 12, 'end'],
	[12, 'step', 12, 'end'],
	[1, 'reverse-step', 0, 'start'],
	[0, 'reverse-step', 0, 'start'],
	[5, 'step 1000000000', 12, 'end'],
	// Over a call, and back over it.
	[0, 'next', 11, 'step'],
	[1, 'next', 4, 'step'],
	[4, 'reverse-next', 1, 'step'],
	[2, 'next', 3, 'step'],
	[3, 'next', 4, 'step'],
	[1, 'next 3', 9, 'step'],
	// The other context's call, and the events inside it, stop nothing.
	[4, 'next', 8, 'step'],
	[8, 'reverse-next', 4, 'step'],
	[5, 'next', 8, 'step'],
	[8, 'next', 9, 'step'],
	[9, 'next', 11, 'step'],
	// After tick is called the debugger is in B.
	[6, 'next', 7, 'step'],
	[7, 'next', 10, 'step'],
	[10, 'next', 12, 'end'],
	[12, 'reverse-next', 5, 'step'],
	[11, 'reverse-next', 0, 'start'],
	// Out of the innermost call, and back before it.
	[2, 'finish', 4, 'step'],
	[3, 'finish', 4, 'step'],
	[2, 'reverse-finish', 1, 'step'],
	[4, 'finish', 11, 'step'],
	[4, 'reverse-finish', 0, 'start'],
	[2, 'finish 2', 11, 'step'],
	[5, 'finish', 8, 'step'],
	[7, 'finish', 12, 'end'],
	[7, 'reverse-finish', 5, 'step'],
	[0, 'finish', 12, 'end'],
	[12, 'reverse-finish', 0, 'start'],
	// Nothing to stop at.
	[3, 'continue', 12, 'end'],
	[3, 'reverse-continue', 0, 'start'],
];

describe('step table', () => {
	test.each(rows)('from %i, %s stops at %i: %s', (...row) => {
		const session = runRow(interleaved, row);
		expect([session.position, session.stop.kind]).toEqual([row[2], row[3]]);
	});
});

const damaged = recordingOf(`
	{"type": "return", "fn": "before_the_recording"}
	outer
	  bare }
	    ADD irq
	  lost …
	    ADD iomap
	endless …
	  note x
`);

const damagedRows: readonly Row[] = [
	[0, 'next', 1, 'step'],
	[1, 'reverse-next', 0, 'start'],
	// A return without a name closes the innermost call.
	[2, 'next', 5, 'step'],
	[5, 'reverse-next', 2, 'step'],
	// A call that lost its return ends with the one around it.
	[5, 'next', 8, 'step'],
	[6, 'finish', 8, 'step'],
	[8, 'reverse-next', 1, 'step'],
	// A call that never returns runs to the end.
	[8, 'next', 10, 'end'],
	[9, 'finish', 10, 'end'],
	[10, 'reverse-finish', 8, 'step'],
];

describe('step table of a recording with missing pieces', () => {
	test.each(damagedRows)('from %i, %s stops at %i: %s', (...row) => {
		const session = runRow(damaged, row);
		expect([session.position, session.stop.kind]).toEqual([row[2], row[3]]);
	});
});

const reload = recordingOf(
	`
	probe
	  pcim_intx
	    ADD irq
	release
	  pcim_intx
	    ADD irq#2
	  REL irq
`,
	[{break: 'pcim_intx'}, {break: 'devres-add'}, {break: 'irq'}],
);

const stops: readonly (readonly [number, string, number, readonly number[] | 'end' | 'start'])[] = [
	[0, 'continue', 2, [1]],
	[2, 'continue', 3, [2, 3]],
	[3, 'continue', 7, [1]],
	[7, 'continue', 8, [2, 3]],
	[8, 'continue', 10, [3]],
	[10, 'continue', 11, 'end'],
	[11, 'reverse-continue', 10, [3]],
	[10, 'reverse-continue', 8, [2, 3]],
	[3, 'reverse-continue', 2, [1]],
	[2, 'reverse-continue', 0, 'start'],
	[0, 'continue 3', 7, [1]],
	[0, 'continue 99', 11, 'end'],
	// Every move stops at a breakpoint on its way.
	[0, 'next', 2, [1]],
	[1, 'next', 2, [1]],
	[2, 'finish', 3, [2, 3]],
	[5, 'reverse-next', 3, [2, 3]],
	[0, 'step 5', 2, [1]],
];

describe('breakpoints', () => {
	test.each(stops)('from %i, %s stops at %i because of %j', (start, text, position, why) => {
		const session = runRow(reload, [start, text, position, 'breakpoint']);
		const stop = session.stop.kind === 'breakpoint' ? session.stop.ids : session.stop.kind;
		expect([session.position, stop]).toEqual([position, why]);
	});

	test('running to an event stops just after it, in either direction', () => {
		const start = createSession(interleaved);
		const there = runUntil(start, 7);
		expect([there.position, there.stop.kind, there.previous]).toEqual([8, 'until', 0]);
		const back = runUntil(there, 2);
		expect([back.position, back.stop.kind, back.previous]).toEqual([3, 'until', 8]);
	});

	test('running to an event that lies the other way goes to the end of that way', () => {
		const session = runUntil(goTo(createSession(interleaved), 8), 2, 'forward');
		expect([session.position, session.stop.kind]).toEqual([12, 'end']);
	});

	test('running to an event stops at a breakpoint before it', () => {
		const session = runUntil(createSession(reload), 5);
		expect([session.position, session.stop]).toEqual([2, {kind: 'breakpoint', ids: [1]}]);
	});

	test('a jump is stopped by no breakpoint and stays inside the recording', () => {
		const session = goTo(createSession(reload), 1000);
		expect([session.position, session.stop.kind]).toEqual([11, 'goto']);
		expect(goTo(session, -1).position).toBe(0);
	});
});

test('a move that leads nowhere keeps the position that changes are marked since', () => {
	const end = move(goTo(createSession(interleaved), 3), {verb: 'continue', direction: 'forward'});
	const stuck = move(end, {verb: 'step', direction: 'forward'});
	expect([end.previous, stuck.previous, stuck.stop.kind]).toEqual([3, 3, 'end']);
});

test('an empty recording has a start that is its end', () => {
	const session = createSession(recordingOf(''));
	expect(move(session, {verb: 'next', direction: 'forward'}).stop.kind).toBe('end');
	expect(move(session, {verb: 'finish', direction: 'backward'}).stop.kind).toBe('start');
});

/** Any well-formed recording of up to three contexts, whose calls may lack their returns. */
const recordings: fc.Arbitrary<Recording> = fc
	.array(
		fc.record({
			context: fc.constantFrom('A', 'B', 'C'),
			indent: fc.nat({max: 4}),
			line: fc.constantFrom('f', 'g', 'h …', 'k }', 'ADD irq', 'note n'),
		}),
		{minLength: 1, maxLength: 40},
	)
	.map((lines) =>
		recordingOf(
			[
				'start',
				...lines.map((l) => `context: ${l.context}\n${' '.repeat(l.indent)}${l.line}`),
			].join('\n'),
		),
	);

const places = recordings.chain((recording) =>
	fc.nat({max: recording.length}).map((position) => goTo(createSession(recording), position)),
);

function depthIn({recording, position}: Session, context: string): number {
	return openCalls(recording, context, position).length;
}

describe('properties', () => {
	test('a step back after a step is where it began', () => {
		fc.assert(
			fc.property(places, (session) => {
				fc.pre(session.position < session.recording.length);
				const there = move(session, {verb: 'step', direction: 'forward'});
				const back = move(there, {verb: 'step', direction: 'backward'});
				expect(back.position).toBe(session.position);
			}),
		);
	});

	test('over lands no deeper than it began, unless the call never returns', () => {
		fc.assert(
			fc.property(places, fc.constantFrom('forward', 'backward'), (session, direction) => {
				const context =
					direction === 'forward'
						? contextAt(session.recording, session.position)
						: session.position > 0
							? session.recording.at(session.position - 1).context
							: null;
				fc.pre(context !== null);
				const moved = move(session, {verb: 'next', direction});
				fc.pre(moved.stop.kind !== 'end');
				expect(depthIn(moved, context ?? '')).toBeLessThanOrEqual(depthIn(session, context ?? ''));
			}),
		);
	});

	test('out lands higher than it began, or at an end', () => {
		fc.assert(
			fc.property(places, fc.constantFrom('forward', 'backward'), (session, direction) => {
				const context = contextAt(session.recording, session.position) ?? '';
				const moved = move(session, {verb: 'finish', direction});
				if (moved.stop.kind === 'end' || moved.stop.kind === 'start') return;
				expect(depthIn(moved, context)).toBeLessThan(depthIn(session, context));
			}),
		);
	});

	test('over and out, forwards, stop just after an event of their own context', () => {
		fc.assert(
			fc.property(places, fc.constantFrom('next', 'finish'), (session, verb) => {
				const context = contextAt(session.recording, session.position);
				const moved = move(session, {verb, direction: 'forward'});
				if (moved.stop.kind === 'end') return;
				expect(session.recording.at(moved.position - 1).context).toBe(context);
			}),
		);
	});

	test('the stack found without folding is the stack of the state', () => {
		fc.assert(
			fc.property(places, ({recording, position}) => {
				const state = recording.stateAt(position);
				for (const context of callIndexOf(recording).contexts.keys()) {
					const folded = (state.contexts.get(context) ?? []).map((frame) => frame.call);
					expect(openCalls(recording, context, position)).toEqual(folded.toReversed());
				}
			}),
		);
	});

	test('continuing there and back stops at the same breakpoints in reverse order', () => {
		fc.assert(
			fc.property(recordings, (recording) => {
				const breakpoints = [{id: 1, target: {kind: 'event', name: 'devres-add'}} as const].map(
					(each) => ({...plainBreakpoint, ...each}),
				);
				const forward: number[] = [];
				let session: Session = {...createSession(recording), breakpoints};
				do {
					session = move(session, {verb: 'continue', direction: 'forward'});
					if (session.stop.kind === 'breakpoint') forward.push(session.position);
				} while (session.stop.kind === 'breakpoint');
				const backward: number[] = [];
				session = move(session, {verb: 'continue', direction: 'backward'});
				while (session.stop.kind === 'breakpoint') {
					backward.push(session.position);
					session = move(session, {verb: 'continue', direction: 'backward'});
				}
				// A hit of the last event is the end already: going back, it is not passed again.
				const passed = forward.filter((position) => position < recording.length);
				expect(backward).toEqual(passed.toReversed());
			}),
		);
	});
});

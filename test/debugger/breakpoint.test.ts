import {describe, expect, test} from 'vitest';
import {
	addBreakpoint,
	type Changed,
	enableBreakpoint,
	removeBreakpoint,
	toggleBreakpoint,
} from '../../source/debugger/breakpoint.ts';
import {conditionError, hitCount, hitsOf} from '../../source/debugger/breakpoint-hits.ts';
import {createSession, type Session} from '../../source/debugger/session.ts';
import {goTo, move} from '../../source/debugger/step.ts';
import {changedRecording} from '../helpers/changed-recording.ts';
import {recordingOf} from '../helpers/recording-of.ts';
import {reload} from '../helpers/reload-picture.ts';

function sessionAfter(changed: Changed): Session {
	if (!changed.ok) throw new Error(changed.errors.join('\n'));
	return changed.session;
}

function hitsFor(text: string, condition?: string): readonly number[] {
	const session = sessionAfter(
		addBreakpoint({...createSession(reload), breakpoints: []}, text, {condition}),
	);
	const [breakpoint] = session.breakpoints;
	return breakpoint === undefined ? [] : hitsOf(reload, breakpoint);
}

describe('targets', () => {
	test('the suggested breakpoints of a recording are set at its start', () => {
		expect(createSession(reload).breakpoints).toEqual([
			{
				id: 1,
				target: {kind: 'function', name: 'pcim_intx'},
				enabled: true,
				hitCondition: null,
				log: null,
				once: false,
				commands: [],
				condition: 'inside("pcim_intx_restore")',
			},
		]);
	});

	test('a name is an event type, else a function that is called, else a node, else a function', () => {
		const recording = recordingOf('probe\n  ADD irq', [
			{break: 'devres-add'},
			{break: 'probe'},
			{break: 'irq'},
			{break: 'nowhere'},
		]);
		expect(createSession(recording).breakpoints.map(({target}) => target.kind)).toEqual([
			'event',
			'function',
			'node',
			'function',
		]);
	});

	test('the kind may stand before the name where two things share it', () => {
		expect(hitsFor('pcim_intx_restore')).toEqual(hitsFor('function pcim_intx_restore'));
		expect(hitsFor('node pcim_intx_restore')).toEqual(
			['devres-add', 'devres-release']
				.flatMap((type) => reload.ofType(type as 'devres-add'))
				.filter((seq) => (reload.at(seq) as {name: string}).name === 'pcim_intx_restore')
				.sort((a, b) => a - b),
		);
	});

	test.each([
		['pcim_intxx', 'Nothing is named "pcim_intxx" here. Did you mean "pcim_intx"?'],
		['node pcim_intx', 'No node is named "pcim_intx" here.'],
		['event devres-ad', 'No event is named "devres-ad" here. Did you mean "devres-add"?'],
		['function xyzzy', 'No function is named "xyzzy" here.'],
		['nod irq', 'No kind of breakpoint is named "nod" here. Did you mean "node"?'],
		['pcim_intx fi depth > 3', 'What is "fi" for? Behind a name may stand if, hits, log.'],
		['line 99', 'Nothing happens at line 99.'],
		['line x', '"x" is no number of a line.'],
		['', 'Give one name to break at.'],
		['function a b', 'Give one name to break at.'],
	])('%j names nothing: the nearest name is offered', (text, error) => {
		expect(addBreakpoint(createSession(reload), text)).toEqual({ok: false, errors: [error]});
	});
});

describe('conditions', () => {
	test('only events for which the condition holds are hits', () => {
		expect(hitsFor('pcim_intx')).toHaveLength(3);
		expect(hitsFor('pcim_intx', 'args.enable == "0"')).toHaveLength(2);
		expect(hitsFor('pcim_intx', 'inside("pcim_intx_restore")')).toEqual(
			reload.callsOf('pcim_intx').slice(2),
		);
	});

	test('a condition that has no value for an event does not hold there', () => {
		expect(hitsFor('devres-data', 'node.missing == 1')).toEqual([]);
	});

	test('a condition with a mistake is refused, with a caret', () => {
		expect(addBreakpoint(createSession(reload), 'pcim_intx', {condition: 'fn == 1'})).toMatchObject(
			{
				ok: false,
				errors: ['fn == 1', '^ cannot compare string == int: the types differ'],
			},
		);
	});

	test('a condition that reads too much has no hits, and says so', () => {
		const recording = recordingOf(Array.from({length: 3500}, () => 'log x').join('\n'), [
			{break: 'printk', if: 'log.exists(l, l == "y")'},
		]);
		const [breakpoint] = createSession(recording).breakpoints;
		if (breakpoint === undefined) throw new Error('there is no breakpoint');
		expect(hitsOf(recording, breakpoint)).toEqual([]);
		expect(conditionError(recording, breakpoint)).toBe('this takes too long here');
	});

	test('a suggested condition with a mistake never stops', () => {
		const recording = recordingOf('probe', [{break: 'probe', if: 'nonsense'}]);
		const session = move(createSession(recording), {verb: 'continue', direction: 'forward'});
		expect(session.stop.kind).toBe('end');
	});
});

describe('a list of breakpoints', () => {
	const two = sessionAfter(addBreakpoint(createSession(reload), 'devres-add'));

	test('numbers are not used again', () => {
		const removed = sessionAfter(removeBreakpoint(two, 2));
		expect(
			sessionAfter(addBreakpoint(removed, 'devres-move')).breakpoints.map(({id}) => id),
		).toEqual([1, 3]);
	});

	test('one that is not enabled stops nothing, and keeps its hits', () => {
		const off = sessionAfter(enableBreakpoint(two, 2, false));
		const stop = move(off, {verb: 'continue', direction: 'forward'}).stop;
		expect(stop).toEqual({kind: 'breakpoint', ids: [1]});
		const [, second] = off.breakpoints;
		expect(second && hitsOf(reload, second)).toHaveLength(3);
		expect(sessionAfter(toggleBreakpoint(off, 2)).breakpoints).toEqual(two.breakpoints);
	});

	test('an unknown number changes nothing', () => {
		expect(removeBreakpoint(two, 7)).toEqual({ok: false, errors: ['There is no breakpoint 7.']});
	});

	test('hits are counted from the position, so that going back undoes them', () => {
		const [, second] = two.breakpoints;
		if (second === undefined) throw new Error('there is no second breakpoint');
		const counts = [0, reload.length, 0].map((place) => hitCount(goTo(two, place), second));
		expect(counts).toEqual([0, 3, 0]);
	});
});

test('no move asks for a state, not even for a condition that looks at a device', () => {
	const strict = changedRecording(reload, {
		stateAt: () => {
			throw new Error('a state was asked for');
		},
	});
	for (const verb of ['step', 'next', 'finish', 'continue'] as const) {
		for (const direction of ['forward', 'backward'] as const) {
			expect(() => move(goTo(createSession(strict), 12), {verb, direction})).not.toThrow();
		}
	}
	const looking = sessionAfter(
		addBreakpoint(createSession(strict), 'devres-add', {condition: 'device(device) != null'}),
	);
	expect(() => move(looking, {verb: 'continue', direction: 'forward'})).not.toThrow();
});

import fc from 'fast-check';
import {expect, test} from 'vitest';
import {apply} from '../../source/recording/fold.ts';
import {checkIntegrity} from '../../source/recording/integrity.ts';
import {createRecording, type Recording} from '../../source/recording/recording.ts';
import {initialState, type MachineState} from '../../source/recording/state.ts';
import {legalRecordings} from '../helpers/legal-events.ts';

/** The state at every position, each folded from the one before, with nothing shared or remembered. */
function foldedStates(recording: Recording): MachineState[] {
	const states = [initialState()];
	const current = initialState();
	for (let seq = 0; seq < recording.length; seq += 1) {
		apply(current, recording.at(seq));
		states.push(structuredClone(current));
	}
	return states;
}

function eventsOf(recording: Recording) {
	return Array.from({length: recording.length}, (_, seq) => recording.at(seq));
}

test('the state at a position is the same reached forwards, backwards or by jumps in any order', () => {
	fc.assert(
		fc.property(
			legalRecordings(900),
			fc.array(fc.nat({max: 1000}), {maxLength: 20}),
			(recording, jumps) => {
				const expected = foldedStates(recording);
				const positions = [...expected.keys()];
				const inTurn = createRecording(recording.header, eventsOf(recording));
				for (const p of positions) expect(inTurn.stateAt(p)).toEqual(expected[p]);
				for (const p of positions.toReversed()) expect(inTurn.stateAt(p)).toEqual(expected[p]);
				const fresh = createRecording(recording.header, eventsOf(recording));
				for (const jump of jumps) {
					const p = jump % expected.length;
					expect(fresh.stateAt(p)).toEqual(expected[p]);
				}
			},
		),
		{numRuns: 15},
	);
});

test('a state that its reader changes does not change what others read', () => {
	fc.assert(
		fc.property(legalRecordings(200), fc.nat(), (recording, n) => {
			const position = n % (recording.length + 1);
			const first = recording.stateAt(position);
			const before = structuredClone(first);
			for (const device of first.devices.values()) {
				device.devres_head.length = 0;
				device.passes.length = 0;
				device.registers.clear();
				device.data['driver'] = 'changed';
			}
			first.contexts.clear();
			expect(recording.stateAt(position)).toEqual(before);
		}),
		{numRuns: 50},
	);
});

test('positions outside the recording are clamped to its start and end', () => {
	fc.assert(
		fc.property(legalRecordings(100), (recording) => {
			expect(recording.stateAt(-5)).toEqual(initialState());
			expect(recording.stateAt(recording.length + 5)).toEqual(recording.stateAt(recording.length));
		}),
		{numRuns: 20},
	);
});

test('recordings of a well-behaved kernel pass the integrity check', () => {
	fc.assert(
		fc.property(legalRecordings(), (recording) => {
			expect(checkIntegrity(recording)).toEqual([]);
		}),
		{numRuns: 40},
	);
});

test('every node that was added is listed, released once, or was taken by its owner', () => {
	fc.assert(
		fc.property(legalRecordings(), (recording) => {
			const end = recording.stateAt(recording.length);
			const listed = [...end.devices.values()].reduce((sum, d) => sum + d.devres_head.length, 0);
			const added = recording.ofType('devres-add').length;
			const gone =
				recording.ofType('devres-release').length + recording.ofType('devres-remove').length;
			expect(listed + gone).toBe(added);
		}),
		{numRuns: 40},
	);
});

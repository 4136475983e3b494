import fc from 'fast-check';
import {expect, test} from 'vitest';
import type {RecordedEvent} from '../../source/recording/event.ts';
import {EventColumns, type Facts, nodeEvent} from '../../source/recording/event-columns.ts';
import {createRecording} from '../../source/recording/recording.ts';
import {legalRecordings} from '../helpers/legal-events.ts';

/** The same events in columns. */
function inColumns(events: readonly RecordedEvent[]): EventColumns {
	const columns = new EventColumns();
	const labels = new Map<string, number>();
	for (const {seq: _, time, context, origin = 0, inferred, ...facts} of events) {
		const place = {time, context, origin};
		if (facts.type !== 'devres-add' && facts.type !== 'devres-move') {
			columns.append(place, facts as Facts, inferred === true);
			continue;
		}
		const node = columns.nextNode;
		const known = columns.addressNumber(facts.node);
		columns.addNode(known === -1 ? columns.addAddress(facts.node) : known, facts.generation);
		let label = 0;
		if (facts.type === 'devres-add') {
			const {name, size} = facts;
			label = labels.get(`${name} ${size}`) ?? columns.addLabel({name, size});
			labels.set(`${name} ${size}`, label);
		}
		const device = columns.deviceNumber(facts.device ?? '');
		columns.appendNode(place, nodeEvent(facts.type, inferred === true), device, node, label);
	}
	return columns;
}

test('events come out of columns as they went in, and fold to the same states', () => {
	fc.assert(
		fc.property(legalRecordings(200), (recording) => {
			const events = Array.from({length: recording.length}, (_, seq) => ({
				...recording.at(seq),
				origin: seq + 1,
			}));
			const columns = inColumns(events);
			expect(Array.from({length: columns.length}, (_, seq) => columns.at(seq))).toEqual(events);
			const again = createRecording(recording.header, columns);
			expect(again.stateAt(again.length)).toEqual(recording.stateAt(recording.length));
			expect(again.devices).toEqual(recording.devices);
		}),
		{numRuns: 60},
	);
});

test('there is nothing outside of the columns', () => {
	const columns = inColumns([]);
	expect(columns.at(0)).toBeUndefined();
	expect(columns.at(-1)).toBeUndefined();
});

test('a recording has the events there were when it was made', () => {
	const columns = new EventColumns();
	const place = {time: 1, context: 'sh-1', origin: 1};
	columns.append(place, {type: 'note', text: 'first'} as Facts, false);
	const source = {kind: 'import', path: null, kernel: null} as const;
	const lines = {total: 1, used: 1, ignored: 0, unparsed: 0, lost: 0};
	const recording = createRecording({source, title: '', lines, breakpoints: [], text: []}, columns);
	columns.append(place, {type: 'note', text: 'second'} as Facts, false);
	expect(recording.length).toBe(1);
	expect(() => recording.at(1)).toThrow('no event 1 of 1');
	expect(recording.ofType('note')).toEqual([0]);
});

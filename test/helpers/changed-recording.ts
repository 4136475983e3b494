import type {Recording} from '../../source/recording/recording.ts';

/** A recording that does as another does, but for some things. */
export function changedRecording(whole: Recording, changes: Partial<Recording>): Recording {
	return {
		header: whole.header,
		length: whole.length,
		devices: whole.devices,
		nodeCount: whole.nodeCount,
		at: (seq) => whole.at(seq),
		typeAt: (seq) => whole.typeAt(seq),
		contextAt: (seq) => whole.contextAt(seq),
		deviceAt: (seq) => whole.deviceAt(seq),
		nodeNumberAt: (seq) => whole.nodeNumberAt(seq),
		stateAt: (position) => whole.stateAt(position),
		ofType: (type) => whole.ofType(type),
		callsOf: (fn) => whole.callsOf(fn),
		nodeNumber: (id) => whole.nodeNumber(id),
		nodeWithNumber: (number) => whole.nodeWithNumber(number),
		prepare: (count) => whole.prepare(count),
		...changes,
	};
}

import type {Recording} from '../../source/recording/recording.ts';

/** Functions that were called between the first call of `from` and its return, inlined ones in brackets. */
export function callsIn(recording: Recording, from: string): string[] {
	const calls = recording.ofType('call').map((seq) => recording.at(seq));
	const first = calls.find((event) => event.type === 'call' && event.fn === from);
	const end = recording.ofType('return').find((seq) => {
		const event = recording.at(seq);
		return seq > (first?.seq ?? 0) && event.type === 'return' && event.fn === from;
	});
	return calls.flatMap((event) => {
		const isInside = event.seq > (first?.seq ?? 0) && event.seq < (end ?? 0);
		if (event.type !== 'call' || !isInside) return [];
		return [event.inlined ? `[${event.fn}]` : event.fn];
	});
}

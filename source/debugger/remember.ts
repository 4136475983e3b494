import type {Recording} from '../recording/recording.ts';
import type {PlainValue} from './device-map.ts';
import type {Expression} from './expression.ts';
import {NamesAt} from './expression-names.ts';
import type {Reading} from './sweep.ts';

/** What was read, one after the other, and at last what came of it. */
type Branch = Map<PlainValue | undefined, unknown>;

/** Results that are kept; past that they begin anew, lest what never repeats takes all the memory. */
const mostKept = 1000;

/** The same as `evaluate`, which looks at nothing but the value of the expression: it is asked only where that may be another. */
export function remembering<Result>(
	{inputs}: Expression,
	recording: Recording,
	reading: Reading,
	evaluate: (position: number) => Result,
): (position: number) => Result {
	if (inputs === null) return evaluate;
	const last = inputs.at(-1) ?? (() => null);
	const before = inputs.slice(0, -1);
	let tree: Branch = new Map();
	let kept = 0;
	return (position) => {
		const names = new NamesAt(recording, position, reading);
		let branch = tree;
		for (const input of before) {
			const value = input(names);
			const known = branch.get(value) as Branch | undefined;
			const next: Branch = known ?? new Map();
			if (known === undefined) branch.set(value, next);
			branch = next;
		}
		const value = last(names);
		if (branch.has(value)) return branch.get(value) as Result;
		const result = evaluate(position);
		branch.set(value, result);
		kept += 1;
		if (kept >= mostKept) {
			tree = new Map();
			kept = 0;
		}
		return result;
	};
}

import {compareRecordings} from '../../source/diff/compare-recordings.ts';
import type {RecordedEvent} from '../../source/recording/event.ts';
import {createRecording, noLines, type Recording} from '../../source/recording/recording.ts';
import {report} from './measure.ts';

const header = {
	source: {kind: 'import', path: null, kernel: null},
	title: '',
	lines: noLines,
	breakpoints: [],
	text: [],
} as const;

/** A log of drivers that are bound and unbound, ten nodes each; without every `gap`-th ADD. */
function log(events: number, gap: number): Recording {
	const all: RecordedEvent[] = [];
	const base = {time: null, context: 'log', device: '0000:00:01.0', generation: 0} as const;
	for (let cycle = 0; all.length < events; cycle += 1) {
		const nodes = Array.from({length: 10}, (_, index) => cycle * 10 + index);
		const facts = nodes.map((number) => ({
			node: number.toString(16).padStart(16, '0'),
			name: `node_${number % 10}_release`,
			size: 16,
		}));
		for (const [index, fact] of facts.entries()) {
			if ((cycle * 10 + index + 1) % gap === 0) continue;
			all.push({...base, ...fact, type: 'devres-add', seq: all.length});
		}
		for (const fact of facts.reverse()) {
			all.push({...base, ...fact, type: 'devres-release', seq: all.length});
		}
		all.push({...base, type: 'release-end', count: 10, seq: all.length});
	}
	return createRecording(header, all);
}

export function benchDiff(): void {
	const [a, b] = [log(300_000, Number.POSITIVE_INFINITY), log(300_000, 997)];
	const start = performance.now();
	const {counts} = compareRecordings(a, b);
	const time = performance.now() - start;
	const rate = `${time.toFixed(0)} ms`;
	report(`comparison of 300k events, ${counts.different} different`, rate, '', true);
}

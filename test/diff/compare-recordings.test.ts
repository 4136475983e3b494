import {readFileSync} from 'node:fs';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {compareRecordings} from '../../source/diff/compare-recordings.ts';
import {
	type Comparison,
	changeOf,
	isDifferent,
	rowAt,
	rowText,
} from '../../source/diff/comparison.ts';
import type {RecordedEvent} from '../../source/recording/event.ts';
import {createRecording, type Recording} from '../../source/recording/recording.ts';
import {legalRecordings, recordingFrom} from '../helpers/legal-events.ts';
import {recordingOf} from '../helpers/recording-of.ts';
import {runScenarioText} from '../helpers/run-scenario-text.ts';

function scenario(name: string, kernel?: string): Recording {
	return runScenarioText(readFileSync(`scenarios/${name}.yaml`, 'utf8'), kernel);
}

function eventsOf(recording: Recording): RecordedEvent[] {
	return Array.from({length: recording.length}, (_, seq) => recording.at(seq));
}

/** The same events as if read from a log of that format. */
function asLog(recording: Recording, events = eventsOf(recording), format = 'dmesg'): Recording {
	const placed = events.map((event, seq) => ({...event, seq}));
	const source = {kind: 'import', path: null, kernel: null, format} as const;
	return createRecording({...recording.header, source}, placed);
}

/** All rows that are not equal, one line each. */
function differences({devices}: Comparison): string[] {
	return devices.flatMap(({phases}) =>
		phases.flatMap(({rows}) =>
			rows
				.filter(({verdict}) => verdict !== 'equal')
				.map((row) => {
					const [a, b] = [row.a, row.b].map((each) => (each === null ? '' : rowText(each)));
					return `${row.verdict}: ${[a, b].filter((text) => text !== '').join(' | ')}`;
				}),
		),
	);
}

/** What rows say about which events, whichever side is called A. */
function relation({devices}: Comparison, swapped: boolean): string[] {
	const [left, right] = swapped ? (['b', 'a'] as const) : (['a', 'b'] as const);
	const names = {'only-a': swapped ? 'right' : 'left', 'only-b': swapped ? 'left' : 'right'};
	return devices
		.flatMap(({phases}) => phases.flatMap(({rows}) => rows))
		.map((row) => {
			const verdict = Object.hasOwn(names, row.verdict)
				? names[row.verdict as keyof typeof names]
				: row.verdict;
			return `${verdict} ${row[left]?.seq} ${row[right]?.seq}`;
		})
		.sort();
}

const reload = scenario('ccp-reload');
const operationsOnNodes = eventsOf(reload).filter(({type}) =>
	['devres-add', 'devres-release', 'devres-remove'].includes(type),
);

describe('laws', () => {
	test('a recording has no difference from itself', () => {
		fc.assert(
			fc.property(legalRecordings(300), (recording) => {
				const comparison = compareRecordings(recording, recording);
				expect(differences(comparison)).toEqual([]);
				expect(comparison).toMatchObject({differs: false, first: null, counts: {different: 0}});
			}),
			{numRuns: 100},
		);
	});

	test('what is compared in a recording with itself is all of its operations', () => {
		const {counts} = compareRecordings(reload, reload);
		expect(counts.compared).toBeGreaterThan(operationsOnNodes.length);
	});

	test('swapping the sides swaps the result', () => {
		fc.assert(
			fc.property(legalRecordings(200), legalRecordings(200), (a, b) => {
				const there = compareRecordings(a, b);
				const back = compareRecordings(b, a);
				expect(relation(back, true)).toEqual(relation(there, false));
				expect(back.counts).toEqual(there.counts);
			}),
			{numRuns: 100},
		);
	});

	test('every row stands in its order, and the counts are those of the rows, whatever logs hold', () => {
		const logs = fc
			.tuple(legalRecordings(200), fc.nat({max: 400}), fc.nat({max: 400}))
			.map(([recording, from, lostAt]) => {
				const lost = {type: 'lost', count: 1, time: null, context: 'cpu-0', seq: 0} as const;
				return asLog(
					recording,
					eventsOf(recording)
						.toSpliced(lostAt, 1, lost)
						.slice(from % 50),
				);
			});
		fc.assert(
			fc.property(logs, fc.oneof(logs, legalRecordings(200)), (a, b) => {
				for (const {phases, counts} of compareRecordings(a, b).devices) {
					const rows = phases.flatMap((phase) => phase.rows);
					for (const side of ['a', 'b'] as const) {
						const seqs = rows.flatMap((row) => row[side]?.seq ?? []);
						expect(seqs).toEqual([...new Set(seqs)].sort((x, y) => x - y));
					}
					expect(counts.compared + counts.unknown).toBe(rows.length);
					expect(counts.equal).toBe(rows.filter(({verdict}) => verdict === 'equal').length);
				}
			}),
			{numRuns: 100},
		);
	});

	const anyOperation = fc.constantFrom(...operationsOnNodes);

	/** The event of which a difference is told, and how often any is. */
	function only(changed: readonly RecordedEvent[]) {
		const b = recordingFrom(changed.map((event, seq) => ({...event, seq})));
		const comparison = compareRecordings(reload, b);
		expect(comparison.counts.different).toBe(1);
		if (comparison.first === null) throw new Error('no difference is the first');
		return rowAt(comparison, comparison.first);
	}

	test('an operation that is missing is the only difference', () => {
		fc.assert(
			fc.property(anyOperation, (event) => {
				const {verdict, a} = only(eventsOf(reload).filter(({seq}) => seq !== event.seq));
				expect(verdict).toBe('only-a');
				expect(reload.at(a?.seq ?? 0)).toMatchObject({
					type: event.type,
					device: event.device,
					...('name' in event ? {name: event.name} : {}),
				});
			}),
			{numRuns: 60},
		);
	});

	test('an operation of another size is the only difference, at its place', () => {
		fc.assert(
			fc.property(anyOperation, (event) => {
				const events = eventsOf(reload).map((each) =>
					each.seq === event.seq && 'size' in each ? {...each, size: each.size + 1} : each,
				);
				const row = only(events);
				expect([row.verdict, row.a?.seq, row.b?.seq]).toEqual(['changed', event.seq, event.seq]);
				expect(changeOf(row)).toBe('another size');
			}),
			{numRuns: 60},
		);
	});

	test('an operation that is inserted is the only difference', () => {
		fc.assert(
			fc.property(anyOperation, ({seq}) => {
				const event = reload.at(seq);
				const extra = {...event, node: 'ffff000000000000', name: 'devm_extra_release'};
				const row = only(eventsOf(reload).toSpliced(seq + 1, 0, extra as RecordedEvent));
				expect([row.verdict, row.b?.seq]).toEqual(['only-b', seq + 1]);
			}),
			{numRuns: 60},
		);
	});
});

const twoCycles = recordingOf(`
	device: 0000:00:01.0
	note the machine boots
	ADD irq#1 16
	ADD mem#1 32
	MOVE irq#1
	MOVE mem#1
	REL mem#1 32
	REL irq#1 16
	END 2
	ADD irq#2 16
	ADD mem#2 32
	MOVE irq#2
	MOVE mem#2
	REL mem#2 32
	REL irq#2 16
	END 2
	note the machine goes on
`);

/** Events of the picture that contain all of these types, from and up to ordinals of operations. */
function cut(from: number, to = Number.POSITIVE_INFINITY): Recording {
	return asLog(
		twoCycles,
		eventsOf(twoCycles).filter(({seq}) => seq >= from && seq < to),
	);
}

describe('a recording that begins late', () => {
	test('lacks the phases before, and that is no difference', () => {
		const late = cut(3);
		const comparison = compareRecordings(late, twoCycles);
		const [device] = comparison.devices;
		expect(device?.phases.map(({b, gap}) => [b?.kind, gap])).toEqual([
			['probe', 'before'],
			['release', null],
			['probe', null],
			['release', null],
		]);
		expect(comparison.counts).toEqual({compared: 6, equal: 6, different: 0, unknown: 2});
	});

	test('gives nodes that it never saw added the numbers that the other has for them', () => {
		const [device] = compareRecordings(cut(3), twoCycles).devices;
		const release = device?.phases[1]?.rows.map(({a, b}) => [a?.node, b?.node]);
		expect(release).toEqual([
			[2, 2],
			[1, 1],
		]);
	});

	test('in the middle of a release lacks the rows before', () => {
		const events = eventsOf(twoCycles).slice(6);
		const late = asLog(twoCycles, events);
		expect(differences(compareRecordings(late, twoCycles))).toEqual([
			'unknown: ADD #1 irq (16 bytes)',
			'unknown: ADD #2 mem (32 bytes)',
			'unknown: REL #2 mem (32 bytes)',
		]);
	});

	test('has a difference that it can see all the same', () => {
		const late = eventsOf(twoCycles)
			.slice(3)
			.filter(({seq}) => seq !== 9);
		const comparison = compareRecordings(asLog(twoCycles, late), twoCycles);
		expect(differences(comparison).slice(2)).toEqual(['only-b: ADD #4 mem (32 bytes)']);
	});
});

describe('a recording that ends early', () => {
	test('lacks the phases behind, and that is no difference', () => {
		const comparison = compareRecordings(twoCycles, cut(0, 11));
		expect(comparison.devices[0]?.phases.map(({gap}) => gap)).toEqual([null, null, null, 'after']);
		expect(comparison.differs).toBe(false);
	});

	test('in the middle of a phase lacks the rows behind', () => {
		const comparison = compareRecordings(twoCycles, cut(0, 9));
		expect(differences(comparison)[0]).toBe('unknown: ADD #4 mem (32 bytes)');
		expect(comparison.counts.different).toBe(0);
	});

	test('is different where both are simulations: they know all that happened', () => {
		const short = recordingFrom(eventsOf(twoCycles).slice(0, 11));
		expect(compareRecordings(twoCycles, short).counts).toMatchObject({different: 2, unknown: 0});
	});
});

describe('lost events', () => {
	const lost = {type: 'lost', count: 3, time: null, context: 'cpu-0'} as const;

	function losing(from: number, to: number): Recording {
		const events = eventsOf(twoCycles);
		return asLog(twoCycles, [...events.slice(0, from), {...lost, seq: 0}, ...events.slice(to)]);
	}

	test('leave open whether what is missing there happened', () => {
		const comparison = compareRecordings(losing(2, 3), twoCycles);
		expect(differences(comparison)).toEqual(['unknown: ADD #2 mem (32 bytes)']);
		expect(comparison.differs).toBe(false);
	});

	test('may take whole phases with them', () => {
		const comparison = compareRecordings(losing(3, 10), twoCycles);
		expect(comparison.counts).toMatchObject({different: 0});
		expect(comparison.counts.unknown).toBeGreaterThan(0);
	});

	test('excuse nothing elsewhere', () => {
		const events = eventsOf(losing(2, 3)).filter(({type}) => type !== 'lost');
		const comparison = compareRecordings(asLog(twoCycles, events), twoCycles);
		expect(differences(comparison)).toEqual(['only-b: ADD #2 mem (32 bytes)']);
	});
});

describe('devices', () => {
	const at = (device: string) =>
		recordingOf(`
			device: ${device}
			ADD irq 16
			MOVE irq
			REL irq 16
			END 1
		`);

	test('are paired where each recording has only one with nodes', () => {
		const comparison = compareRecordings(at('0000:00:01.0'), at('0000:00:02.0'));
		expect(comparison).toMatchObject({
			pairing: 'only-ones',
			devices: [{a: '0000:00:01.0', b: '0000:00:02.0', counts: {equal: 2, different: 0}}],
		});
	});

	test('are not guessed at where one recording has several', () => {
		const comparison = compareRecordings(reload, at('0000:00:02.0'));
		expect(comparison).toMatchObject({
			devices: [],
			stray: {a: ['0000:23:00.1', '0000:a2:00.1'], b: ['0000:00:02.0']},
		});
	});

	test('are compared as they were chosen', () => {
		const pair = {a: '0000:23:00.1', b: '0000:a2:00.1'};
		const comparison = compareRecordings(reload, reload, [pair]);
		expect(comparison).toMatchObject({pairing: 'chosen', devices: [pair]});
		expect(comparison.differs).toBe(true);
	});

	test('that only one log has are told apart, and are no difference', () => {
		const both = asLog(reload);
		const one = asLog(
			reload,
			eventsOf(reload).filter(({device}) => device !== '0000:a2:00.1'),
		);
		expect(compareRecordings(both, one)).toMatchObject({
			stray: {a: ['0000:a2:00.1'], b: []},
			differs: false,
		});
	});

	test('that only one simulation has are a difference', () => {
		const one = recordingFrom(
			eventsOf(reload)
				.filter(({device}) => device !== '0000:a2:00.1')
				.map((event, seq) => ({...event, seq})),
		);
		expect(compareRecordings(reload, one)).toMatchObject({strayDiffer: true, differs: true});
	});
});

describe('what is compared', () => {
	const added = `
		device: 0000:00:01.0
		ADD irq 16
	`;

	test('a result that only one recording tells is no difference', () => {
		const told = recordingOf(`${added}
		{"type": "probe-begin", "driver": "x"}
		{"type": "probe-end", "driver": "x", "result": -22}
		`);
		expect(compareRecordings(asLog(told), asLog(recordingOf(added))).differs).toBe(false);
	});

	test('a result is, where both tell one', () => {
		const ending = (result: number | null) =>
			recordingOf(`
				device: 0000:00:01.0
				{"type": "probe-begin", "driver": "x"}
				ADD irq 16
				{"type": "probe-end", "driver": "x", "result": ${result}}
			`);
		const comparison = compareRecordings(asLog(ending(0)), asLog(ending(-22)));
		expect(differences(comparison)).toEqual(['changed: probe ends: 0 | probe ends: -22 (EINVAL)']);
		expect(compareRecordings(asLog(ending(0)), asLog(ending(null))).differs).toBe(false);
	});

	test('a line of the log is no difference to a trace, which would not show it', () => {
		const refused = `${added}
		{"type": "printk", "level": 2, "prefix": "pci", "text": "Resources present before probing"}
		`;
		const log = asLog(recordingOf(refused));
		const quiet = recordingOf(`${added}
		note more`);
		const trace = asLog(quiet, eventsOf(quiet), 'function_graph');
		expect(compareRecordings(log, trace).differs).toBe(false);
		expect(differences(compareRecordings(recordingOf(refused), quiet))).toEqual([
			'only-a: log: Resources present before probing',
		]);
	});

	test('a binding that one log does not tell, or infers elsewhere, is no difference', () => {
		const cycle = (probe: string, after: string) =>
			recordingOf(`
				device: 0000:00:01.0
				ADD irq#1 16
				${probe}
				ADD mem#1 16
				${after}
				REL mem#1 16
				REL irq#1 16
				END 2
				note done
			`);
		const bound = '{"type": "bind", "driver": "x", "inferred": true}';
		const early = asLog(cycle(bound, 'note'));
		const late = asLog(cycle('note', bound));
		expect(compareRecordings(early, asLog(cycle('note', 'note'))).differs).toBe(false);
		expect(compareRecordings(early, late).counts).toMatchObject({equal: 4, different: 0});
		expect(compareRecordings(cycle(bound, 'note'), cycle('note', 'note')).differs).toBe(true);
	});

	test('a removal from the list before the first release is compared, whenever the unbind is told', () => {
		const unbinding = '{"type": "unbind", "driver": "x"}';
		const cycle = (...steps: string[]) =>
			recordingOf(`
				device: 0000:00:01.0
				ADD irq#1 16
				ADD mem#1 16
				${steps.join('\n\t\t\t\t')}
				REL irq#1 16
				END 1
				note done
			`);
		const log = asLog(cycle('REM mem#1', unbinding));
		const {counts} = compareRecordings(log, cycle(unbinding, 'REM mem#1'));
		expect(counts).toMatchObject({equal: 4, different: 0});
	});

	test('a refused probe is one phase, whether the log tells it before or after the probe begins', () => {
		const line =
			'{"type": "printk", "level": 2, "prefix": "pci", "text": "Resources present before probing"}';
		const begin = '{"type": "probe-begin", "driver": "x"}';
		const refused = (...steps: string[]) =>
			recordingOf(`
				device: 0000:00:01.0
				ADD irq 16
				${steps.join('\n\t\t\t\t')}
				{"type": "probe-end", "driver": "x", "result": -16}
				note done
			`);
		const comparison = compareRecordings(asLog(refused(line, begin)), refused(begin, line));
		expect(differences(comparison)).toEqual([]);
		expect(comparison.devices[0]?.phases.map(({a}) => a?.kind)).toEqual(['probe', 'refusal']);
	});

	test('which node is released is compared, where nodes are alike', () => {
		const releasing = (first: string, second: string) =>
			recordingOf(`
				device: 0000:00:01.0
				ADD mem#1 16
				ADD mem#2 16
				REL ${first} 16
				REL ${second} 16
				END 2
			`);
		const comparison = compareRecordings(releasing('mem#2', 'mem#1'), releasing('mem#1', 'mem#2'));
		const rows = comparison.devices[0]?.phases[1]?.rows ?? [];
		expect(rows.filter(isDifferent).map(changeOf)).toEqual(['another node', 'another node']);
	});

	test('of PCI_COMMAND only the bits that drivers and devres switch, and only changes', () => {
		const writing = (...words: number[]) =>
			recordingOf(`
				device: 0000:00:01.0
				ADD irq 16
				${words.map((word) => `WRITE 4 ${word}`).join('\n\t\t\t\t')}
			`);
		const plain = writing(0x0003, 0x0407);
		expect(compareRecordings(plain, writing(0x0103, 0x0000, 0x0103, 0x0507)).differs).toBe(false);
		expect(differences(compareRecordings(plain, writing(0x0003, 0x0007)))).toEqual([
			'changed: write PCI_COMMAND INTX_DISABLE=1 MASTER=1 | write PCI_COMMAND INTX_DISABLE=0 MASTER=1',
		]);
	});
});

test('many events are compared in a few seconds, differences and all', () => {
	const events: RecordedEvent[] = [];
	const other: RecordedEvent[] = [];
	const base = {time: null, context: 'sh-1', device: '0000:00:01.0', generation: 0};
	for (let index = 0; events.length < 150_000; index += 1) {
		const node = index.toString(16).padStart(16, '0');
		for (const type of ['devres-add', 'devres-release'] as const) {
			const event = {...base, type, node, name: `n${index % 50}`, size: 8};
			events.push({...event, seq: events.length});
			if (index % 1000 !== 7) other.push({...event, seq: other.length});
		}
		events.push({...base, seq: events.length, type: 'release-end', count: 1});
		other.push({...base, seq: other.length, type: 'release-end', count: 1});
	}
	const {counts} = compareRecordings(recordingFrom(events), recordingFrom(other));
	expect(counts.different).toBe(2 * Math.ceil((events.length / 3 - 7) / 1000));
}, 20_000);

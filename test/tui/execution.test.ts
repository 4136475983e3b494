import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {createSession} from '../../source/debugger/session.ts';
import {goTo} from '../../source/debugger/step.ts';
import {createRecording, type Recording} from '../../source/recording/recording.ts';
import {executionIndexOf} from '../../source/tui/execution-index.ts';
import {paneText} from '../helpers/pane.ts';
import {recordingOf} from '../helpers/recording-of.ts';
import {reloadRecording} from '../helpers/reload-recording.ts';

function at(recording: Recording, position: number): string {
	return paneText('execution', goTo(createSession(recording), position), {width: 70});
}

/** The first positions and any order of a recording's events: also such as no kernel would make. */
function shuffled(recording: Recording, order: readonly number[]): Recording {
	const events = order.map((from, seq) => ({...recording.at(from % recording.length), seq}));
	return createRecording(recording.header, events);
}

describe('rows of the execution', () => {
	test('every event belongs to exactly one row, in any order of events', () => {
		const base = reloadRecording();
		const orders = fc.array(fc.nat({max: base.length - 1}), {minLength: 1, maxLength: 60});
		fc.assert(
			fc.property(orders, (order) => {
				const recording = shuffled(base, order);
				const index = executionIndexOf(recording);
				const starts = Array.from({length: index.length + 1}, (_, row) => index.firstOf(row));
				expect(starts[0]).toBe(0);
				expect(starts.at(-1)).toBe(recording.length);
				for (let row = 0; row < index.length; row += 1) {
					expect(starts[row + 1]).toBeGreaterThan(starts[row] ?? 0);
					expect(index.rowOf(starts[row] ?? 0)).toBe(row);
					expect(index.rowOf((starts[row + 1] ?? 0) - 1)).toBe(row);
				}
			}),
		);
	});

	test('a call that does one thing shares its row with that and its return', () => {
		const recording = recordingOf(`
			devm_kzalloc(size=16)
			  devres_add
			    ADD irq 16
			  devres_find = NULL
		`);
		expect(at(recording, recording.length)).toMatchInlineSnapshot(`
			"== execution | 
			   devm_kzalloc(size=16)                                       task-1
			     devres_add() ADD #1 irq (16)
			     devres_find() → NULL
			 ▶   └ devm_kzalloc"
		`);
	});

	test('moves in a row are one row that counts them', () => {
		const recording = recordingOf(`
			ADD a 1
			ADD b 2
			ADD c 3
			devres_release_all
			  remove_nodes = 3
			    MOVE a
			    MOVE b
			    MOVE c
			  REL c 3
		`);
		expect(at(recording, 7)).toMatchInlineSnapshot(`
			"== execution | 
			   ADD #1 a (1)                                                task-1
			   ADD #2 b (2)
			   ADD #3 c (3)
			   devres_release_all()
			 ▶   remove_nodes() → 2 of 3 nodes to todo
			     REL #3 c (3)
			     └ devres_release_all"
		`);
	});

	test('a change of context is told where it happens, and each context has its own depth', () => {
		const recording = recordingOf(`
			probe
			  devm_kzalloc
			    note inside
			context: kworker-7
			work
			  note other
			context: task-1
			    ADD irq 8
		`);
		expect(at(recording, recording.length)).toMatchInlineSnapshot(`
			"== execution | 
			   probe()                                                     task-1
			     devm_kzalloc()
			       · inside
			   work()                                                   kworker-7
			     · other
			       ADD #1 irq (8)                                          task-1
			       └ devm_kzalloc └ probe
			 ▶   └ work                                                 kworker-7"
		`);
	});

	test('breakpoints, inlined calls, errors and log lines have their marks', () => {
		const recording = recordingOf(
			`
			{"type": "call", "fn": "get_or_create_intx_devres", "inlined": true}
			{"type": "printk", "level": 2, "prefix": "pci 0000:23:00.1", "text": "Resources present"}
			{"type": "alloc-fail", "what": "devres", "size": 16}
		`,
			[{break: 'printk'}],
		);
		expect(at(recording, 1)).toMatchInlineSnapshot(`
			"== execution | 
			 ▶ get_or_create_intx_devres() inline                          task-1
			●    » pci 0000:23:00.1: Resources present
			     allocation of devres (16) FAILED"
		`);
	});

	test('nodes are named by their numbers wherever their address stands, as of that time', () => {
		const address = 'ffff888000000010';
		const node = {node: address, name: 'irq', size: 8};
		const recording = recordingOf(`
			${JSON.stringify({type: 'devres-alloc', ...node, generation: 0})}
			${JSON.stringify({type: 'note', text: 'first'})}
			{"type": "call", "fn": "use", "args": {"res": "${address}"}}
			{"type": "return", "fn": "use"}
			${JSON.stringify({type: 'devres-free', ...node, generation: 0})}
			${JSON.stringify({type: 'devres-alloc', ...node, generation: 1})}
			{"type": "call", "fn": "use", "args": {"res": "${address}"}}
		`);
		expect(at(recording, recording.length)).toMatchInlineSnapshot(`
			"== execution | 
			   alloc #1 irq (8)                                            task-1
			   · first
			   use(res=#1)
			   free #1
			   alloc #2 irq (8)
			 ▶ use(res=#2)"
		`);
	});

	test('long names are cut in their middle and nothing is wider than the pane', () => {
		const name = `pcim_${'very_'.repeat(30)}long`;
		const recording = recordingOf(`${name}(argument=${'value'.repeat(20)}) = 5`);
		const [, row = ''] = at(recording, 1).split('\n');
		expect(row).toMatch(/^ ▶ pcim_.*….* → 5 +task-1$/);
		expect(row.length).toBeLessThanOrEqual(70);
	});

	test('deep stacks move the tree to the left', () => {
		const depth = 60;
		const calls = Array.from({length: depth}, (_, level) => `${' '.repeat(level)}call_${level}`);
		const text = at(recordingOf(calls.join('\n')), depth);
		expect(text).toContain('call_59');
		const row = text.split('\n').find((each) => each.includes('▶')) ?? '';
		expect(row.search(/call_59/)).toBeLessThan(35);
	});
});

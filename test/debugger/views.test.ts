import {describe, expect, test} from 'vitest';
import {describeNodeRow, devresView} from '../../source/debugger/devres-view.ts';
import {describeLogRow, logLength, logRows} from '../../source/debugger/log-view.ts';
import {historyOf} from '../../source/debugger/node-index.ts';
import {
	describeEntry,
	describeStoryTitle,
	insideCallback,
	nodeStory,
} from '../../source/debugger/node-story.ts';
import {describeRegisters, registerView} from '../../source/debugger/register-view.ts';
import {
	describeCallers,
	describeStackRow,
	stackAt,
	stackOfEvent,
} from '../../source/debugger/stack-view.ts';
import type {EventType} from '../../source/recording/event.ts';
import type {Recording} from '../../source/recording/recording.ts';
import type {DeviceState} from '../../source/recording/state.ts';
import {fixtures, imported, textOf} from '../helpers/real-recordings.ts';
import {nodeOf, recordingOf} from '../helpers/recording-of.ts';
import {reload, reloadDevice} from '../helpers/reload-picture.ts';

/** Position just after the n-th event of a type. */
function behind(type: EventType, nth: number, recording: Recording = reload): number {
	const seq = recording.ofType(type)[nth];
	if (seq === undefined) throw new Error(`there is no ${type} number ${nth}`);
	return seq + 1;
}

function deviceAt(position: number, recording: Recording = reload, address = reloadDevice) {
	return recording.stateAt(position).devices.get(address);
}

function mustHave(device: DeviceState | undefined): DeviceState {
	if (device === undefined) throw new Error('the device is not known there');
	return device;
}

const nodeSigns = {
	added: '+',
	moved: '→',
	waiting: ' ',
	releasing: '▶',
	released: '✓',
	removed: '−',
	same: ' ',
};

/** The lists at `position`, as signs and names, marked by what they were at `previous`. */
function lists(position: number, previous: number, recording: Recording = reload) {
	const address = recording.devices[0] ?? '';
	const now = mustHave(deviceAt(position, recording, address));
	const view = devresView(now, deviceAt(previous, recording, address));
	const text = ({head, todo}: typeof view) => ({
		head: head.map((row) => `${nodeSigns[row.mark]} ${row.node.name}`),
		todo: todo.map((row) => `${nodeSigns[row.mark]} ${row.node.name}`),
	});
	return {...text(view), listed: view.listed, left: view.left};
}

describe('devres lists', () => {
	test('a node that was put on devres_head since the stop before is marked', () => {
		expect(lists(behind('bind', 0), behind('devres-add', 0))).toEqual({
			head: ['  pcim_intx_restore', '+ devm_kzalloc_release'],
			todo: [],
			listed: 2,
			left: 0,
		});
	});

	test('a node that moved is on the todo list only', () => {
		expect(lists(behind('devres-move', 1), behind('bind', 0))).toEqual({
			head: [],
			todo: ['→ pcim_intx_restore', '→ devm_kzalloc_release'],
			listed: 0,
			left: 2,
		});
	});

	test('in the middle of the release, the todo list tells what is done and what is under way', () => {
		expect(lists(behind('devres-add', 2), behind('devres-move', 1))).toEqual({
			head: ['+ pcim_intx_restore'],
			todo: ['▶ pcim_intx_restore', '✓ devm_kzalloc_release'],
			listed: 1,
			left: 0,
		});
	});

	test('going back, a node comes back to devres_head as moved', () => {
		expect(lists(behind('bind', 0), behind('devres-move', 1)).head).toEqual([
			'→ pcim_intx_restore',
			'→ devm_kzalloc_release',
		]);
	});

	test('a node that is gone stands where it stood', () => {
		const recording = recordingOf('ADD a\nADD b\nADD c\nREM b\nREM a\nADD d');
		expect(lists(4, 3, recording).head).toEqual(['  a', '− b', '  c']);
		expect(lists(6, 3, recording).head).toEqual(['− a', '− b', '  c', '+ d']);
		expect(lists(6, 4, recordingOf('ADD a\nADD b\nREM a\nADD c\nREM b\nADD d')).head).toEqual([
			'− b',
			'  c',
			'+ d',
		]);
		expect(lists(3, 5, recording).head).toEqual(['+ a', '+ b', '  c']);
	});

	test('a device that was not known before has only added nodes', () => {
		const recording = recordingOf('note nothing\nADD a');
		expect(lists(2, 1, recording).head).toEqual(['+ a']);
	});

	test('a row in words has number, size, data and state', () => {
		const position = behind('devres-release', 1);
		const view = devresView(mustHave(deviceAt(position)), deviceAt(position));
		expect(view.todo.map((row) => describeNodeRow(reload, row))).toEqual([
			'#1 pcim_intx_restore, 4 bytes, orig_intx 0, being released',
			'#2 devm_kzalloc_release, 184 bytes, released',
		]);
	});
});

test('what the importer concluded is said to be so, in lists and stories', () => {
	const recording = recordingOf(`
		ADD irq
		{"type": "devres-move", "node": "${nodeOf('irq').node}", "generation": 0, "inferred": true}
	`);
	const view = devresView(mustHave(deviceAt(2, recording, '0000:00:01.0')), undefined);
	expect(view.todo.map((row) => describeNodeRow(recording, row))).toEqual([
		'#1 irq, 16 bytes, waiting (inferred)',
	]);
	expect(nodeStory(recording, nodeOf('irq'))?.entries.map(({what}) => what)).toEqual([
		'added',
		'moved (inferred)',
	]);
});

describe('call stack', () => {
	test('frames stand innermost first, with their arguments', () => {
		const rows = stackAt(reload, behind('devres-add', 2));
		expect(rows.map(describeStackRow)).toEqual([
			'devres_add()',
			'pcim_intx(pdev, enable=0)',
			'pcim_intx_restore(dev)',
			'devres_release_all(dev)',
			'device_release_driver(dev)',
		]);
		expect(rows.map((row) => row.call)).toEqual(
			rows.map((row) => row.call ?? 0).toSorted((a, b) => b - a),
		);
	});

	test('callers name the innermost three and the function of a driver that called them', () => {
		const recording = recordingOf(`
			{"type": "call", "fn": "ccp_init", "module": "ccp"}
			{"type": "call", "fn": "sp_probe", "module": "ccp"}
			a
			  b
			    c
			      d
			        note here
		`);
		const rows = stackAt(recording, behind('note', 0, recording));
		expect(describeCallers(rows)).toBe('d ← c ← b ← … ← sp_probe [ccp]');
		expect(describeCallers(rows.slice(1))).toBe('c ← b ← a ← sp_probe [ccp]');
		expect(describeCallers(rows.slice(3))).toBe('a ← sp_probe [ccp] ← ccp_init [ccp]');
		expect(describeCallers([...rows.slice(3), ...rows])).toBe(
			'a ← sp_probe [ccp] ← ccp_init [ccp] ← …',
		);
		expect(describeCallers(rows.slice(0, 2))).toBe('d ← c');
	});

	test('an event without calls around it has the stack that the log dumped', () => {
		const recording = recordingOf(`
			ADD irq
			{"type": "stack", "of": 0, "frames": [{"fn": "a"}, {"fn": "x", "unreliable": true}, {"fn": "b", "module": "ccp"}]}
		`);
		expect(stackOfEvent(recording, 0).map(({fn, module}) => [fn, module])).toEqual([
			['a', null],
			['b', 'ccp'],
		]);
	});
});

describe('story of a node', () => {
	test('the restore node is overwritten, moved and released', () => {
		const story = nodeStory(reload, nodeOf('pcim_intx_restore'));
		if (story === null) throw new Error('the node has no story');
		expect([describeStoryTitle(story), ...story.entries.map(describeEntry)]).toEqual([
			'#1 pcim_intx_restore, 4 bytes, 0000:23:00.1',
			'added, by pcim_intx ← really_probe',
			'orig_intx 1, set by pcim_intx(pdev, enable=0) ← really_probe',
			'orig_intx 0, set by pcim_intx(pdev, enable=1) ← device_release_driver, was 1',
			'moved, devres_head → todo by devres_release_all',
			'released, callback pcim_intx_restore',
			'freed',
		]);
		expect(story.entries.map(({seq}) => seq)).toEqual(
			historyOf(reload, nodeOf('pcim_intx_restore'))?.events,
		);
	});

	test('a position inside the release callback is known', () => {
		const story = nodeStory(reload, nodeOf('pcim_intx_restore'));
		if (story === null) throw new Error('the node has no story');
		const inside = Array.from({length: reload.length + 1}, (_, at) => insideCallback(story, at));
		const first = behind('devres-release', 1);
		expect(inside.indexOf(true)).toBe(first);
		expect(inside.lastIndexOf(true)).toBe(behind('devres-free', 0) - 2);
	});

	test('a node that never appears has no story', () => {
		expect(nodeStory(reload, nodeOf('nothing'))).toBeNull();
		expect(reload.nodeWithNumber(99)).toBeNull();
		expect(reload.nodeWithNumber(1)).toEqual(nodeOf('pcim_intx_restore'));
	});

	test('a replaced node and the one put in its place tell of each other', () => {
		const by = JSON.stringify({...nodeOf('new'), name: 'new', size: 8});
		const old = JSON.stringify({...nodeOf('old'), name: 'old', size: 8}).slice(1, -1);
		const recording = recordingOf(`ADD old\n{"type": "devres-replace", ${old}, "by": ${by}}`);
		const entries = (label: string) =>
			nodeStory(recording, nodeOf(label))?.entries.map(describeEntry);
		expect(entries('old')).toEqual(['added', 'replaced by new']);
		expect(entries('new')).toEqual(['put in']);
	});
});

describe('registers', () => {
	function registers(position: number): readonly string[] {
		return describeRegisters(reload, registerView(reload, position, mustHave(deviceAt(position))));
	}

	test('before anything is enabled, the registers are as firmware left them', () => {
		expect(registers(1)).toEqual([
			'PCI_COMMAND 0x0406: MEMORY MASTER INTX_DISABLE',
			'INTx disabled by bit 10',
			'interrupt pin A',
			'MSI-X unknown',
			'enable_cnt 0',
		]);
	});

	test('the node that will restore bit 10 is named, with the value that was lost', () => {
		expect(registers(behind('config-write', 0)).slice(-2)).toEqual([
			'enable_cnt 1',
			'to restore: orig_intx of #1 is 0, was 1 before, on devres_head',
		]);
		expect(registers(behind('devres-release', 1)).at(-1)).toMatch(
			/of #1 is 0, was 1 before, on todo$/,
		);
	});

	test('while a node restores it is the one to restore, whatever is added meanwhile', () => {
		expect(registers(behind('devres-add', 2)).at(-1)).toBe(
			'to restore: orig_intx of #1 is 0, was 1 before, on todo',
		);
	});

	test('the shared node of older kernels restores once it was told to', () => {
		const recording = recordingOf(`
			ADD pcim_release 8
			DATA pcim_release.restore_intx true
			DATA pcim_release.orig_intx 1
		`);
		const restoreAt = (position: number) =>
			registerView(recording, position, mustHave(deviceAt(position, recording, '0000:00:01.0')))
				.restore;
		expect(restoreAt(1)).toBeNull();
		expect(restoreAt(3)).toMatchObject({list: 'devres_head', value: 1, overwritten: undefined});
	});

	test('what a log does not tell is unknown', () => {
		const recording = recordingOf('ADD irq');
		const device = mustHave(deviceAt(1, recording, '0000:00:01.0'));
		expect(describeRegisters(recording, registerView(recording, 1, device))).toEqual([
			'PCI_COMMAND unknown',
			'MSI unknown',
			'MSI-X unknown',
			'enable_cnt unknown',
		]);
	});
});

describe('kernel log', () => {
	test('operations on nodes are lines, prefixed by the driver while there is one', () => {
		const rows = logRows(reload, 0, 100).map((row) => describeLogRow(row).replace(/ffff\w+/, '*'));
		expect(rows).toEqual([
			'ccp 0000:23:00.1: DEVRES ADD * pcim_intx_restore (4 bytes)',
			'ccp 0000:23:00.1: DEVRES ADD * devm_kzalloc_release (184 bytes)',
			'ccp enabled',
			'ccp 0000:23:00.1: DEVRES REL * devm_kzalloc_release (184 bytes)',
			'ccp 0000:23:00.1: DEVRES REL * pcim_intx_restore (4 bytes)',
			'ccp 0000:23:00.1: DEVRES ADD * pcim_intx_restore (4 bytes)',
			'pci 0000:23:00.1: Resources present before probing',
		]);
	});

	test('the log grows with the position', () => {
		expect(
			[0, behind('printk', 0), reload.length].map((place) => logLength(reload, place)),
		).toEqual([0, 3, 7]);
	});

	test('without a driver the prefix is the bus, and nothing where no event tells', () => {
		const recording = recordingOf(`
			ADD early
			{"type": "device-add", "bus": "platform"}
			ADD late
		`);
		expect(logRows(recording, 0, 9).map(({prefix}) => prefix)).toEqual([
			'0000:00:01.0',
			'platform 0000:00:01.0',
		]);
	});

	test('only the lines of the window are made', () => {
		expect(logRows(reload, 2, 1).map(({text}) => text)).toEqual(['ccp enabled']);
		expect(logRows(reload, 100, 5)).toEqual([]);
		expect(logRows(reload, -5, 1)).toHaveLength(1);
	});

	test('a splat is one line', () => {
		const recording = recordingOf(
			'{"type": "warning", "text": "disabling already-disabled device", "at": "pci.c:1", "frames": []}',
		);
		expect(logRows(recording, 0, 1).map(describeLogRow)).toEqual([
			'WARNING: disabling already-disabled device at pci.c:1',
		]);
	});
});

describe('a stack that a log dumped with an event', () => {
	const recording = imported(textOf(fixtures, 'v9-patch/ahci.stacks.txt'));
	const nested = recording.ofType('devres-add')[0] ?? 0;
	const frames = ['devres_add', 'pcim_intx', 'pci_intx', 'devres_release_all'];

	test('is the call stack there, without what the tracer put on it', () => {
		const names = (position: number) => stackAt(recording, position).map(({fn}) => fn);
		expect(names(nested + 1).slice(0, 4)).toEqual(frames);
		expect(names(nested + 2)).toEqual(names(nested + 1));
		expect(stackOfEvent(recording, nested).map(({fn}) => fn)).toEqual(names(nested + 1));
	});

	test('tells in the node’s story who added it', () => {
		const event = recording.at(nested);
		const story = 'node' in event ? nodeStory(recording, event) : null;
		expect(story?.entries[0]?.how).toBe('by pcim_intx ← pci_intx ← devres_release_all ← …');
	});
});

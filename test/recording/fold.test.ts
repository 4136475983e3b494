import {describe, expect, test} from 'vitest';
import type {UnplacedEvent} from '../../source/recording/event.ts';
import {apply, place} from '../../source/recording/fold.ts';
import {commandOf, intxDisabled} from '../../source/recording/pci-registers.ts';
import type {Recording} from '../../source/recording/recording.ts';
import {
	type DeviceState,
	initialState,
	releasingNode,
	todoOf,
} from '../../source/recording/state.ts';
import {recordingOf} from '../helpers/recording-of.ts';

const device = '0000:00:01.0';

function deviceAt(recording: Recording, position = recording.length): DeviceState {
	const found = recording.stateAt(position).devices.get(device);
	if (found === undefined) throw new Error('the device is not known yet');
	return found;
}

function listOf({devres_head}: DeviceState): string[] {
	return devres_head.map(({name}) => name);
}

function todoText(state: DeviceState): string[] {
	return todoOf(state).map(({node, stage}) => `${node.name} ${stage}`);
}

describe('lists', () => {
	test('an added node is the last of devres_head and knows the event that added it', () => {
		const state = deviceAt(recordingOf('ADD first\nADD second'));
		expect(listOf(state)).toEqual(['first', 'second']);
		expect(state.devres_head.map(({added}) => added)).toEqual([0, 1]);
	});

	test('an allocated node is on no list until it is added', () => {
		const recording = recordingOf('ALLOC irq\nADD irq');
		expect(recording.stateAt(1).loose.size).toBe(1);
		expect(recording.stateAt(1).devices.size).toBe(0);
		expect(recording.stateAt(2).loose.size).toBe(0);
		expect(listOf(deviceAt(recording))).toEqual(['irq']);
	});

	test('data written before a node is added stays with it', () => {
		const state = deviceAt(recordingOf('ALLOC intx\nDATA intx.orig_intx 1\nADD intx'));
		expect(state.devres_head[0]?.data).toEqual({orig_intx: 1});
	});

	test('a removed node is on no list', () => {
		const state = deviceAt(recordingOf('ADD first\nADD second\nREM first'));
		expect(listOf(state)).toEqual(['second']);
		expect(todoText(state)).toEqual([]);
	});

	test('moved nodes keep their order and wait on the todo list', () => {
		const state = deviceAt(recordingOf('ADD first\nADD second\nMOVE first\nMOVE second'));
		expect(listOf(state)).toEqual([]);
		expect(todoText(state)).toEqual(['first waiting', 'second waiting']);
		expect(releasingNode(state)).toBeNull();
	});

	test('a node is being released until the next one of its pass is', () => {
		const recording = recordingOf(
			'ADD first\nADD second\nMOVE first\nMOVE second\nREL second\nREL first\nEND 2',
		);
		expect(todoText(deviceAt(recording, 5))).toEqual(['first waiting', 'second releasing']);
		expect(todoText(deviceAt(recording, 6))).toEqual(['first releasing', 'second released']);
		expect(todoText(deviceAt(recording, 7))).toEqual([]);
	});

	test('a node added by a release callback is listed and not part of the pass', () => {
		const state = deviceAt(recordingOf('ADD intx\nMOVE intx\nREL intx\nADD nested'));
		expect(listOf(state)).toEqual(['nested']);
		expect(todoText(state)).toEqual(['intx releasing']);
	});

	test('a pass that starts inside a callback ends before the outer one', () => {
		const state = deviceAt(
			recordingOf('ADD outer\nMOVE outer\nREL outer\nADD inner\nMOVE inner\nREL inner\nEND 1'),
		);
		expect(todoText(state)).toEqual(['outer releasing']);
	});

	test('a node that was never seen added is released all the same', () => {
		const state = deviceAt(recordingOf('REL stranger'));
		expect(todoText(state)).toEqual(['stranger releasing']);
	});

	test('a replaced node leaves its place to the new one where that is known', () => {
		const next = '"by":{"node":"b","generation":0,"name":"new","size":8}';
		const old = '"node":"a","generation":0,"name":"old","size":4';
		const state = deviceAt(
			recordingOf(
				`{"type":"devres-add",${old}}\nADD last\n{"type":"devres-replace",${old},${next}}`,
			),
		);
		expect(listOf(state)).toEqual(['new', 'last']);
	});
});

/** Functions that are open in a context. */
function stackAt(recording: Recording, position: number, context: string) {
	return recording
		.stateAt(position)
		.contexts.get(context)
		?.map(({fn}) => fn);
}

describe('calls', () => {
	test('each context has its own stack, outermost frame first', () => {
		const recording = recordingOf(`
			context: sh-1
			outer …
			  inner …
			context: irq-2
			handler …
		`);
		expect(stackAt(recording, recording.length, 'sh-1')).toEqual(['outer', 'inner']);
		expect(stackAt(recording, recording.length, 'irq-2')).toEqual(['handler']);
	});

	test('a return without a name closes the innermost call', () => {
		const recording = recordingOf('outer …\n  inner }');
		expect(stackAt(recording, recording.length, 'task-1')).toEqual(['outer']);
	});

	test('a return whose call was not recorded leaves the stack alone', () => {
		const recording = recordingOf('outer …\n  {"type":"return","fn":"stranger"}');
		expect(stackAt(recording, 2, 'task-1')).toEqual(['outer']);
	});
});

describe('registers', () => {
	test('PCI_COMMAND is unknown until an access tells it', () => {
		const state = deviceAt(recordingOf('ADD irq'));
		expect(commandOf(state)).toBeNull();
		expect(intxDisabled(state)).toBeNull();
	});

	test('a read and a write both tell the value', () => {
		const recording = recordingOf('READ 4 0x507\nWRITE 4 0x107');
		expect(intxDisabled(deviceAt(recording, 1))).toBe(true);
		expect(intxDisabled(deviceAt(recording, 2))).toBe(false);
	});

	test('a byte is merged into its word and 32 bits are two words', () => {
		const recording = recordingOf(`
			{"type":"config-write","offset":4,"width":4,"value":2030043398,"previous":null}
			{"type":"config-write","offset":5,"width":1,"value":4,"previous":null}
		`);
		const {registers} = deviceAt(recording);
		expect(registers.get(4)).toBe(0x0406);
		expect(registers.get(6)).toBe(2030043398 >>> 16);
	});
});

test('a device that is found again starts from what its new event says', () => {
	const added = '{"type":"device-add","bus":"pci","config":{"4":1024}}';
	const recording = recordingOf(`${added}\nADD leak\n{"type":"device-remove"}\n${added}`);
	expect(deviceAt(recording, 3).present).toBe(false);
	expect(listOf(deviceAt(recording))).toEqual([]);
	expect(commandOf(deviceAt(recording))).toBe(0x400);
});

describe('a pass that releases in an order of its own', () => {
	test('takes each node from where it is', () => {
		const nodes = Array.from({length: 20_000}, (_, index) => ({
			node: index.toString(16).padStart(16, '0'),
			generation: 0,
			name: 'any',
			size: 8,
		}));
		const shuffled = nodes.map((_, index) => nodes[(index * 7919) % nodes.length] ?? nodes[0]);
		const state = initialState();
		const stamp = {time: null, context: 'sh-1', device: 'demo'};
		const events = [
			...nodes.map((node) => ({type: 'devres-add', ...stamp, ...node}) as const),
			...nodes.map(
				({node, generation}) => ({type: 'devres-move', ...stamp, node, generation}) as const,
			),
			...shuffled.map((node) => ({type: 'devres-release', ...stamp, ...node}) as UnplacedEvent),
		];
		for (const [seq, event] of events.entries()) apply(state, place(event, seq));
		const stages = state.devices.get('demo')?.passes[0]?.entries.map(({stage}) => stage) ?? [];
		expect(stages.filter((stage) => stage === 'released')).toHaveLength(nodes.length - 1);
		expect(stages.filter((stage) => stage === 'releasing')).toHaveLength(1);
	});
});

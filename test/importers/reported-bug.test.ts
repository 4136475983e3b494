import {describe, expect, test} from 'vitest';
import {stackOfEvent} from '../../source/debugger/stack-view.ts';
import {describe as describeEvent} from '../../source/recording/describe.ts';
import type {RecordedEvent} from '../../source/recording/event.ts';
import {commandOf} from '../../source/recording/pci-registers.ts';
import type {Recording} from '../../source/recording/recording.ts';
import {releasingNode} from '../../source/recording/state.ts';
import {fixtures, imported, textOf} from '../helpers/real-recordings.ts';

const device = '0000:00:1f.2';
const variants = ['ahci.graph.txt', 'graph-full/ahci.graph.txt', 'fresh/ahci.graph.txt'] as const;

function open(variant: string): Recording {
	return imported(textOf(fixtures, `v9-patch/${variant}`));
}

/** The ADD in the middle of the release: the one whose stack has the restore callback. */
function nestedAdd(recording: Recording): RecordedEvent {
	const seq = recording.ofType('devres-add').find((each) => {
		return stackOfEvent(recording, each).some(({fn}) => fn === 'pcim_intx_restore');
	});
	if (seq === undefined) throw new Error('no nested ADD');
	return recording.at(seq);
}

function deviceAt(recording: Recording, position: number) {
	const found = recording.stateAt(position).devices.get(device);
	if (found === undefined) throw new Error('the device is not known');
	return found;
}

function lastReturn(recording: Recording, fn: string, after: number): number {
	return recording.ofType('return').find((seq) => {
		const event = recording.at(seq);
		return seq > after && event.type === 'return' && event.fn === fn;
	}) as number;
}

/** Lines of a stretch of events, indented by depth of their context. */
function listing(recording: Recording, from: number, to: number): string {
	const lines: string[] = [];
	for (let seq = from; seq <= to; seq += 1) {
		const event = recording.at(seq);
		const depth = stackOfEvent(recording, seq).length;
		const indent = '  '.repeat(depth - (event.type === 'return' ? 1 : 0));
		const text = describeEvent(event, (id) => `#${recording.nodeNumber(id)}`);
		lines.push(indent + text.replace(/0xffff[\da-f]{12}/, 'POINTER'));
	}
	return lines.join('\n');
}

describe.each(variants)('in %s', (variant) => {
	const recording = open(variant);
	const add = nestedAdd(recording);

	test('the callback of the released node adds a new one through pci_intx and pcim_intx', () => {
		const stack = stackOfEvent(recording, add.seq).map(({fn}) => fn);
		expect(stack.slice(0, 7)).toEqual([
			'devres_log',
			'devres_add',
			'pcim_intx',
			'pci_intx',
			'pcim_intx_restore',
			'devres_release_all',
			'device_unbind_cleanup',
		]);
		expect(releasingNode(deviceAt(recording, add.seq))?.name).toBe('pcim_intx_restore');
	});

	test('the new node is alone on devres_head and stays there after the pass', () => {
		expect(deviceAt(recording, add.seq).devres_head).toEqual([]);
		const after = deviceAt(recording, add.seq + 1);
		expect(after.devres_head.map(({name}) => name)).toEqual(['pcim_intx_restore']);
		const end = lastReturn(recording, 'devres_release_all', add.seq + 100);
		const later = deviceAt(recording, lastReturn(recording, 'unbind_store', add.seq) + 1);
		expect(end).toBeGreaterThan(add.seq);
		expect(later.devres_head).toEqual(after.devres_head);
		expect(later.passes).toEqual([]);
	});

	test('the callback enables INTx: PCI_COMMAND goes from 0x507 to 0x107', () => {
		const write = recording.ofType('config-write').find((seq) => seq > add.seq) ?? 0;
		expect(recording.at(write)).toMatchObject({device, offset: 4, value: 0x107, previous: 0x507});
		expect(commandOf(deviceAt(recording, write))).toBe(0x507);
		expect(commandOf(deviceAt(recording, write + 1))).toBe(0x107);
		const stack = stackOfEvent(recording, write).map(({fn}) => fn);
		expect(stack.slice(0, 3)).toEqual(['pcim_intx', 'pci_intx', 'pcim_intx_restore']);
	});

	test('the next probe fails with EBUSY, as the leaked node is still there', () => {
		const [failed] = recording
			.ofType('probe-end')
			.map((seq) => recording.at(seq))
			.filter(({seq}) => seq > add.seq);
		expect(failed).toMatchObject({result: -16, device, driver: 'ahci', inferred: true});
		const state = deviceAt(recording, failed?.seq ?? 0);
		expect(state.devres_head.map(({name}) => name)).toEqual(['pcim_intx_restore']);
		expect(state.driver).toBeNull();
	});
});

test('the heart of the bug reads like this', async () => {
	const recording = open('ahci.graph.txt');
	const add = nestedAdd(recording);
	const start = recording.callsOf('pcim_intx_restore').findLast((seq) => seq < add.seq) ?? 0;
	const end = lastReturn(recording, 'pcim_intx_restore', add.seq);
	await expect(`${listing(recording, start - 3, end)}\n`).toMatchFileSnapshot(
		'../golden/nested-add-in-ahci-trace.txt',
	);
});

test('stepping through a call that changes CPU keeps one stack', () => {
	const recording = open('ahci.graph.txt');
	const [start] = recording.callsOf('unbind_store');
	const returned = lastReturn(recording, 'unbind_store', start ?? 0);
	expect(recording.at(start ?? 0).context).toBe('sh-294');
	expect(recording.at(returned).context).toBe('sh-294');
	const cpus = new Set<string | undefined>();
	for (let seq = start ?? 0; seq <= returned; seq += 1) {
		const {origin = 0, context} = recording.at(seq);
		if (context === 'sh-294')
			cpus.add(/^ (\d)\)/.exec(recording.header.text.at(origin - 1) ?? '')?.[1]);
	}
	expect([...cpus]).toEqual(['0', '1']);
	expect(recording.stateAt(returned + 1).contexts.has('sh-294')).toBe(false);
});

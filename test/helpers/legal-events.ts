import fc from 'fast-check';
import type {RecordedEvent, UnplacedEvent} from '../../source/recording/event.ts';
import {place} from '../../source/recording/fold.ts';
import type {NodeId} from '../../source/recording/node-id.ts';
import {createRecording, noLines, type Recording} from '../../source/recording/recording.ts';

const devices = ['0000:00:01.0', '0000:00:02.0'];
const contexts = ['sh-1', 'kworker/0:1-2'];
const nodeNames = ['devm_irq_release', 'pcim_intx_restore', 'grp<'];
const functions = ['really_probe', 'devres_release_all', 'pci_intx'];

type Choice = {readonly kind: number; readonly a: number; readonly b: number};

/** Turns arbitrary choices into events that a kernel could have caused, one small machine at a time. */
class LegalMachine {
	readonly events: RecordedEvent[] = [];
	readonly #listed = new Map<string, NodeId[]>();
	readonly #calls = new Map<string, string[]>();
	readonly #generations = new Map<string, number>();
	readonly #registers = new Map<string, number>();

	take({kind, a, b}: Choice): void {
		const device = devices[a % devices.length] ?? '';
		const context = contexts[b % contexts.length] ?? '';
		const actions = [
			() => this.#call(context, functions[a % functions.length] ?? ''),
			() => this.#return(context),
			() => this.#add(device, context, a, b),
			() => this.#add(device, context, b, a),
			() => this.#releaseAll(device, context),
			() => this.#remove(device, context),
			() => this.#write(device, context, a * 256 + b),
			() => this.#setData(device, context, b),
			() => this.#emit(context, {type: 'printk', level: 6, prefix: '', text: `line ${a}`}),
		];
		actions[kind % actions.length]?.();
	}

	#emit(context: string, fields: object): void {
		const seq = this.events.length;
		this.events.push(place({time: seq / 10, context, ...fields} as UnplacedEvent, seq));
	}

	#call(context: string, fn: string): void {
		this.#calls.set(context, [...(this.#calls.get(context) ?? []), fn]);
		this.#emit(context, {type: 'call', fn});
	}

	#return(context: string): void {
		const fn = this.#calls.get(context)?.pop();
		if (fn !== undefined) this.#emit(context, {type: 'return', fn, value: '0'});
	}

	#nodes(device: string): NodeId[] {
		const nodes = this.#listed.get(device) ?? [];
		this.#listed.set(device, nodes);
		return nodes;
	}

	#add(device: string, context: string, a: number, b: number): void {
		const node = `ffff8000000000${(a % 16).toString(16)}0`;
		const everyNode = devices.flatMap((each) => this.#nodes(each));
		if (everyNode.some((each) => each.node === node)) return;
		const generation = this.#generations.get(node) ?? 0;
		this.#generations.set(node, generation + 1);
		this.#nodes(device).push({node, generation});
		const name = nodeNames[b % nodeNames.length];
		this.#emit(context, {type: 'devres-add', device, node, generation, name, size: b});
	}

	#releaseAll(device: string, context: string): void {
		const nodes = this.#nodes(device).splice(0);
		if (nodes.length === 0) return;
		for (const node of nodes) this.#emit(context, {type: 'devres-move', device, ...node});
		for (const node of nodes.reverse()) {
			this.#emit(context, {type: 'devres-release', device, ...node, name: 'any', size: 8});
		}
		this.#emit(context, {type: 'release-end', device, count: null});
	}

	#remove(device: string, context: string): void {
		const node = this.#nodes(device).pop();
		if (node === undefined) return;
		this.#emit(context, {type: 'devres-remove', device, ...node, name: 'any', size: 8});
	}

	#write(device: string, context: string, value: number): void {
		const previous = this.#registers.get(device) ?? null;
		this.#registers.set(device, value);
		this.#emit(context, {type: 'config-write', device, offset: 4, width: 2, value, previous});
	}

	#setData(device: string, context: string, value: number): void {
		const node = this.#nodes(device).at(-1);
		if (node === undefined) return;
		this.#emit(context, {type: 'devres-data', device, ...node, field: 'orig_intx', value});
	}
}

export function recordingFrom(events: readonly RecordedEvent[], title = 'legal events'): Recording {
	return createRecording(
		{
			source: {kind: 'scenario', path: null, kernel: null},
			title,
			lines: noLines,
			breakpoints: [],
			text: [],
		},
		events,
	);
}

const choice = fc.record({
	kind: fc.nat({max: 8}),
	a: fc.nat({max: 255}),
	b: fc.nat({max: 255}),
});

/** Recordings of up to `maxLength` or so events that obey every integrity rule. */
export function legalRecordings(maxLength = 600): fc.Arbitrary<Recording> {
	return fc.array(choice, {maxLength, size: 'max'}).map((choices) => {
		const machine = new LegalMachine();
		for (const each of choices) machine.take(each);
		return recordingFrom(machine.events);
	});
}

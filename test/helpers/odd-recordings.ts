import fc from 'fast-check';
import type {RecordedEvent, UnplacedEvent} from '../../source/recording/event.ts';
import {place} from '../../source/recording/fold.ts';
import type {Recording} from '../../source/recording/recording.ts';
import {recordingFrom} from './legal-events.ts';

/** Names, texts and values of which some fit no line of a trace. */
const odd = {
	context: [
		'sh-1',
		'my sh-2',
		'a|b-3',
		'kworker/12:1-5',
		'irq-28',
		'swapper-0',
		'cpu-1',
		'irq-cpu-0',
		'init',
		'',
		'\u001B[31mx-7',
	],
	device: ['0000:00:01.0', '0000:01:01.0', '0001:00:01.0', '0000:00:02.0', 'devfn:1f.2', 'a b'],
	fn: ['pci_intx', 'foo.part.0', 'a b', 'f(g)', '}', '/* x', 'x = 1', '', '0xffffffffc0385000'],
	value: ['0', '-16', '0x1c', 'NULL', 'a b', '', '#12', '*/'],
	text: [
		'LAB begin x',
		'devres_log: x',
		'<stack trace>',
		'a */ b',
		'/* c',
		'foo: bar',
		' d ',
		'',
		'e\nf',
		'print: g',
		'# h',
		' 0) a-1 => b-2',
		'\u001B]0;title\u0007i\u202E',
		'x'.repeat(5000),
		'}',
	],
	name: ['devm_irq_release', 'grp<', 'a b', 'f (4 bytes)', 'n\nm', 'x */'],
	argument: ['0', '0000:00:02.0', 'a, b', 'a=b', '{', 'fine text (with brackets)', 'a) {'],
	module: ['ccp', 'a b', ']'],
	time: [null, 1, 1.000001, 1.5, 1.000000001, 2, 0.25, 123456.789012, 1e300, -1],
	offset: ['0x3a/0x120', '+1'],
} as const;

type Odd = {readonly [K in keyof typeof odd]: (typeof odd)[K][number]};

const oddChoice = fc.record({
	kind: fc.nat({max: 11}),
	n: fc.nat({max: 5000}),
	flag: fc.boolean(),
	...Object.fromEntries(
		Object.entries(odd).map(([key, values]) => [key, fc.constantFrom(...values)]),
	),
}) as fc.Arbitrary<{readonly kind: number; readonly n: number; readonly flag: boolean} & Odd>;

type Choice = typeof oddChoice extends fc.Arbitrary<infer T> ? T : never;

/** Nodes that are alive, by address, so that one that ends looks as when it was added. */
class OddMachine {
	readonly events: RecordedEvent[] = [];
	readonly #alive = new Map<string, object>();
	readonly #generations = new Map<string, number>();

	take(choice: Choice): void {
		const {context, time, device} = choice;
		const facts = this.#factsOf(choice);
		if (facts === null) return;
		const event = {time, context, ...('node' in facts ? {} : {device}), ...facts};
		this.events.push(place(event as UnplacedEvent, this.events.length));
	}

	#factsOf({kind, n, flag, ...odd}: Choice): object | null {
		const {fn, value, text} = odd;
		const access = {offset: n % 256, width: [1, 2, 4][n % 3], value: n};
		const frame = {fn, offset: odd.offset, module: odd.module, ...(flag && {unreliable: true})};
		switch (kind) {
			case 0:
			case 1:
				return {type: 'call', fn, ...(flag && {inlined: true})};
			case 2:
				return {type: 'call', fn, args: {dev: odd.argument, n: `${n}`}, module: odd.module};
			case 3:
			case 4:
				return {type: 'return', ...(flag ? {fn} : {}), value};
			case 5:
				return {type: 'config-read', ...access};
			case 6:
				return {type: 'config-write', ...access, previous: n};
			case 7:
				return {type: 'action', text};
			case 8:
				return {type: 'printk', level: 3, prefix: flag ? 'pci x' : '', text};
			case 9:
				return {type: 'stack', frames: [frame, {fn: 'vfs_write'}], of: n};
			case 10:
				return flag ? {type: 'lost', count: n} : {type: 'note', text};
			default:
				return this.#nodeFacts(odd, n, flag);
		}
	}

	#nodeFacts({name, device}: Odd, n: number, flag: boolean): object {
		const node = `ffff80000000${(n % 8).toString(16)}000`;
		const alive = this.#alive.get(node);
		if (alive !== undefined) {
			this.#alive.delete(node);
			return {...alive, type: flag ? 'devres-release' : 'devres-remove'};
		}
		const generation = this.#generations.get(node) ?? 0;
		this.#generations.set(node, generation + 1);
		const facts = {device, node, generation, name, size: n};
		this.#alive.set(node, facts);
		return {...facts, type: 'devres-add'};
	}
}

/** Recordings that are no kernel's: names that break lines, ends without beginnings, times that step back. */
export function oddRecordings(maxLength = 60): fc.Arbitrary<Recording> {
	return fc.array(oddChoice, {maxLength, size: 'max'}).map((choices) => {
		const machine = new OddMachine();
		for (const choice of choices) machine.take(choice);
		return recordingFrom(machine.events, 'odd events');
	});
}

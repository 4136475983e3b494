import type {RecordedEvent} from '../recording/event.ts';
import type {Recording} from '../recording/recording.ts';
import {findingsOf} from './findings.ts';

/** Kernels that can be told apart, by the names of the simulation's revisions, oldest first. */
export const kernelNames: readonly string[] = [
	'v6.10',
	'v9-series',
	'v6.11-rc1',
	'v6.11-rc2',
	'v6.11',
	'takashi-rfc',
	'v6.14-rc1',
	'v6.14',
	'v6.12-stable',
	'v6.16',
];

/** Something in a recording that only some kernels do. */
export type Clue = {
	/** `seq` of the first event that shows it. */
	readonly seq: number;

	/** What it is, without a full stop. */
	readonly text: string;

	/** What it tells of: the code of INTx, or everything else, which may come from another kernel. */
	readonly part: 'intx' | 'other';

	/** The kernels that do this. */
	readonly fits: readonly string[];

	/** Other kernels may do it too, in rare cases. */
	readonly weak: boolean;
};

function allBut(...names: readonly string[]): readonly string[] {
	return kernelNames.filter((name) => !names.includes(name));
}

const beforeTable = allBut('v6.14', 'v6.12-stable', 'v6.16');
const hybrid = ['v9-series', 'v6.11-rc1', 'v6.11-rc2', 'v6.11', 'takashi-rfc'];
const unmanaged = ['v6.14-rc1', 'v6.14', 'v6.12-stable', 'v6.16'];

/** Size of `pcim_iomap_release` with six entries of 8 bytes; later kernels have one for every resource. */
const sixEntries = 48;

type Sign = Omit<Clue, 'seq'>;

/** What a node's name and size tell; null where they tell nothing. */
function signOfNode(name: string, size: number): Sign | null {
	const other = {part: 'other', weak: false} as const;
	switch (name) {
		case 'pcim_release':
			return size > 0
				? {
						...other,
						text: `one record for all of PCI, pcim_release of ${size} bytes`,
						fits: ['v6.10'],
					}
				: {...other, text: 'pcim_release without data', fits: ['v9-series']};
		case 'pcim_disable_device':
			return {
				...other,
				text: 'enabling is an action, pcim_disable_device',
				fits: allBut('v6.10', 'v9-series'),
			};
		case 'devm_action_release':
			return {...other, text: 'actions have no names of their own: v6.3 or older', fits: ['v6.10']};
		case 'pcim_addr_resource_release':
			return {...other, text: 'a node for each region, since v6.11', fits: allBut('v6.10')};
		case 'pcim_iomap_release':
			return size > sixEntries
				? {
						...other,
						text: `a table of ${size / 8} mappings: fixed in March 2025`,
						fits: unmanaged.slice(1),
					}
				: {...other, text: 'a table of six mappings', fits: beforeTable};
		default:
			return null;
	}
}

/** What the words of a log line tell. */
function signOfLine(text: string): Sign | null {
	const other = {part: 'other', weak: false} as const;
	if (/\bprobe of \S{1,64} (?:failed with error|rejects match) -?\d/.test(text)) {
		return {
			...other,
			text: 'a failed probe in the old words, "probe of … failed"',
			fits: ['v6.10'],
		};
	}
	if (/\bprobe with driver \S{1,64} (?:failed with error|rejects match) -?\d/.test(text)) {
		return {
			...other,
			text: 'a failed probe in the new words, "probe with driver … failed"',
			fits: allBut('v6.10'),
		};
	}
	return null;
}

/** How far back a caller is looked for. */
const reach = 64;

/** The function that a call was made in; null where none is near. */
function callerOf(recording: Recording, call: RecordedEvent): string | null {
	let depth = 0;
	for (let seq = call.seq - 1; seq >= Math.max(0, call.seq - reach); seq -= 1) {
		const event = recording.at(seq);
		if (event.context !== call.context) continue;
		if (event.type === 'return') depth += 1;
		if (event.type !== 'call') continue;
		if (depth === 0) return event.fn;
		depth -= 1;
	}
	return null;
}

/** First call of a function from another. */
function callFrom(recording: Recording, fn: string, caller: string): number | null {
	const found = recording
		.callsOf(fn)
		.find((seq) => callerOf(recording, recording.at(seq)) === caller);
	return found ?? null;
}

function cluesOfCalls(recording: Recording): Clue[] {
	const redirected = callFrom(recording, 'pcim_intx', 'pci_intx');
	const plain = callFrom(recording, 'pci_intx', 'pcim_intx');
	const again = callFrom(recording, 'pci_intx', 'pcim_intx_restore');
	const intx = {part: 'intx', weak: false} as const;
	const clues: Clue[] = [];
	if (redirected !== null) {
		clues.push({...intx, seq: redirected, text: 'pci_intx() calls pcim_intx()', fits: hybrid});
	}
	if (plain !== null) {
		clues.push({...intx, seq: plain, text: 'pcim_intx() calls pci_intx()', fits: unmanaged});
	}
	if (again !== null && redirected !== null) {
		clues.push({
			...intx,
			seq: again,
			text: 'the restore callback calls pci_intx()',
			fits: ['v9-series'],
		});
	}
	return clues;
}

/** Where a restore record is added again tells which callback goes the managed way. */
function cluesOfFindings(recording: Recording): Clue[] {
	const intx = {part: 'intx', weak: false} as const;
	return findingsOf(recording).flatMap(({rule, event, evidence}): Clue[] => {
		const added = recording.at(event);
		if (rule !== 'add-during-release' || added.type !== 'devres-add') return [];
		if (added.name !== 'pcim_intx_restore') return [];
		const before = evidence.findLast(({seq}) => seq < event);
		const released = before === undefined ? null : recording.at(before.seq);
		if (released?.type !== 'devres-release') return [];
		if (released.name === added.name) {
			const text = 'pcim_intx_restore is added again inside its own callback';
			return [{...intx, seq: event, text, fits: ['v9-series']}];
		}
		const text = `pcim_intx_restore is added inside ${released.name}`;
		return [{...intx, seq: event, text, fits: hybrid.slice(1)}];
	});
}

/** Vectors of a managed device were taken, and whether INTx was recorded with them. */
function cluesOfMsi(recording: Recording): Clue[] {
	const intx = {part: 'intx', weak: true} as const;
	const last = new Map<string, {name: string; seq: number}>();
	for (const seq of recording.ofType('devres-add')) {
		const event = recording.at(seq);
		if (event.type !== 'devres-add') continue;
		const before = last.get(event.device ?? '');
		last.set(event.device ?? '', {name: event.name, seq});
		if (before?.name !== 'pcim_msi_release') continue;
		return event.name === 'pcim_intx_restore'
			? [{...intx, seq, text: 'taking vectors records INTx', fits: hybrid}]
			: [
					{
						...intx,
						seq: before.seq,
						text: 'taking vectors records nothing of INTx',
						fits: ['v6.10', ...unmanaged],
					},
				];
	}
	return [];
}

/** Everything that tells kernels apart, each once, in the order of the recording. */
export function cluesOf(recording: Recording): readonly Clue[] {
	const clues = new Map<string, Clue>();
	const take = (clue: Clue) => {
		if (!clues.has(clue.text)) clues.set(clue.text, clue);
	};
	for (const type of ['devres-add', 'devres-release', 'printk'] as const) {
		for (const seq of recording.ofType(type)) {
			const event = recording.at(seq);
			const sign =
				event.type === 'printk'
					? signOfLine(event.text)
					: 'name' in event
						? signOfNode(event.name, event.size)
						: null;
			if (sign !== null) take({...sign, seq});
		}
	}
	for (const clue of [
		...cluesOfCalls(recording),
		...cluesOfFindings(recording),
		...cluesOfMsi(recording),
	])
		take(clue);
	return [...clues.values()].sort((a, b) => a.seq - b.seq);
}

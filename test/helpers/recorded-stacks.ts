import {apply} from '../../source/recording/fold.ts';
import type {Recording} from '../../source/recording/recording.ts';
import {type Frame, initialState} from '../../source/recording/state.ts';
import {loggedLines} from './logged-lines.ts';

/** Frames below an operation on a node, innermost first, without what a compiler adds to names. */
export type RecordedStack = {
	/** `REL pcim_release (8 bytes)`. */
	readonly operation: string;
	readonly frames: readonly string[];
};

/** Functions that the simulation shows in stacks and some kernel does not, with the reason. */
export const mayBeAbsent: ReadonlyMap<string, string> = new Map([
	['release_nodes', 'merged into its caller by some compilers'],
	['device_remove', 'merged into its caller by some compilers'],
	['pci_setup_msi_context', 'merged into its caller in v6.1'],
	['pcim_request_region', 'merged into its caller, which then calls _pcim_request_region()'],
	['__devm_add_action', 'devm_add_action() in v6.1'],
	['pci_alloc_irq_vectors', 'in a header: calls pci_alloc_irq_vectors_affinity()'],
	['dmam_alloc_coherent', 'in a header: calls dmam_alloc_attrs()'],
	['device_driver_detach', 'ends in a jump, which leaves no frame'],
	['pci_request_regions', 'ends in a jump, which leaves no frame'],
	['pci_enable_msix_range', 'ends in a jump, which leaves no frame'],
	['__pci_register_driver', 'ends in a jump, which leaves no frame'],
	['pcim_intx_restore', 'ends in a jump, which leaves no frame'],
	['device_attach', 'ends in a jump, which leaves no frame'],
	['device_add', "a codec's driver is attached some time after its device was added"],
]);

function functionName(line: string): string {
	return line.replace(/^ ?=> /, '').replace(/(?:\+0x|\.(?:part|cold|constprop|isra)| \().*$/, '');
}

/** Stacks of a trace, in the order of their operations; a stack belongs to its task's last one. */
export function recordedStacks(text: string): RecordedStack[] {
	const stacks: {operation: string; frames: string[]}[] = [];
	const latest = new Map<string, string[]>();
	let open: string[] | undefined;
	for (const line of text.split('\n')) {
		const task = /^\s*(\S.{0,30}?-\d+)\s+\[/.exec(line)?.[1] ?? '';
		const [logged] = loggedLines(line);
		if (logged !== undefined) {
			const frames: string[] = [];
			stacks.push({operation: `${logged.op} ${logged.text}`, frames});
			latest.set(task, frames);
			open = undefined;
		} else if (/<stack trace ?>/.test(line)) open = latest.get(task);
		else if (/^ ?=> /.test(line)) open?.push(functionName(line));
		else open = undefined;
	}
	return stacks;
}

/** Stacks of the simulation at its operations from event `from` on, innermost frame first. */
export function simulatedStacks(recording: Recording, from: number): Frame[][] {
	const state = initialState();
	const stacks: Frame[][] = [];
	for (let seq = 0; seq < recording.length; seq += 1) {
		const event = recording.at(seq);
		if (seq >= from && /^devres-(?:add|release|remove)$/.test(event.type)) {
			stacks.push((state.contexts.get(event.context) ?? []).toReversed());
		}
		apply(state, event);
	}
	return stacks;
}

/** A sound card is a device too, and its release is not modelled. */
function isOfCard(frames: readonly string[], index: number): boolean {
	return frames[index - 1] === 'release_card_device';
}

/**
What is wrong with a simulated stack, or null.

Every recorded frame that the simulation knows must stand in it, in that order; and between them no frame but inlined
ones, those of modules, whose names a trace may have lost, and those that may be absent.
*/
export function stackDifference(
	{frames, operation}: RecordedStack,
	simulated: readonly Pick<Frame, 'fn' | 'inlined' | 'module'>[],
	known: ReadonlySet<string>,
): string | null {
	let at = 0;
	for (const [index, fn] of frames.entries()) {
		if (!known.has(fn) || isOfCard(frames, index)) continue;
		const place = simulated.findIndex((frame, depth) => depth >= at && frame.fn === fn);
		if (place === -1) return `${operation}: no ${fn}`;
		const odd = simulated
			.slice(at, place)
			.find((frame) => !frame.inlined && frame.module === null && !mayBeAbsent.has(frame.fn));
		if (odd !== undefined) return `${operation}: ${odd.fn} is not in the recorded stack`;
		at = place + 1;
	}
	return null;
}

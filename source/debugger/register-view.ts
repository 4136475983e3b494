import {describeField, hex} from '../recording/describe.ts';
import type {DevresDataEvent} from '../recording/devres-event.ts';
import type {FieldValue} from '../recording/event-base.ts';
import {
	commandBitNames,
	commandOf,
	interruptPins,
	intxDisabled,
	msiEnabled,
	msixEnabled,
} from '../recording/pci-registers.ts';
import type {Recording} from '../recording/recording.ts';
import {type DeviceState, type NodeState, todoOf} from '../recording/state.ts';
import {nodeLabel} from './devres-view.ts';
import {historyOf} from './node-index.ts';

/** Which node will put back bit 10 of PCI_COMMAND, and how. */
export type RestoreView = {
	/** As it is at the position. */
	readonly node: NodeState;

	/** Which of the two lists of the device it is on. */
	readonly list: 'devres_head' | 'todo';

	/** `orig_intx`: true or 1 lets the device assert INTx again. Undefined where it was never set. */
	readonly value: FieldValue | undefined;

	/** What it held before the last write, where that was something else: the original is lost. */
	readonly overwritten: FieldValue | undefined;
};

/** `unknown`: the recording has not told yet. `absent`: there is nothing to switch. */
export type Switch = 'on' | 'off' | 'unknown' | 'absent';

/** Registers of a PCI device as far as the recording tells. */
export type RegisterView = {
	/** PCI_COMMAND; null where not known. */
	readonly command: number | null;

	/** Names of its bits that are set, lowest first. */
	readonly bits: readonly string[];

	/** Bit 10; null where not known. */
	readonly intxDisabled: boolean | null;

	/** `absent`: the device has no such capability. */
	readonly msi: Switch;

	/** As `msi`. */
	readonly msix: Switch;

	/** `enable_cnt`; null where not known. */
	readonly enableCount: number | null;

	/** INTERRUPT_PIN: `A` to `D`, `none`, or null where not known. */
	readonly pin: string | null;

	/** Null where no node will put back bit 10. */
	readonly restore: RestoreView | null;
};

/** Only a recording that saw the device appear knows what it lacks. */
function switchOf(device: DeviceState, capability: number | null, on: boolean | null): Switch {
	if (capability === null && device.bus !== null) return 'absent';
	if (on === null) return 'unknown';
	return on ? 'on' : 'off';
}

/** A node of its own restores; the shared one of older kernels only once `restore_intx` is set. */
function restores({name, data}: NodeState): boolean {
	return name === 'pcim_intx_restore' || (name === 'pcim_release' && Boolean(data['restore_intx']));
}

function overwrittenIn(recording: Recording, position: number, node: NodeState) {
	const values = (historyOf(recording, node)?.events ?? [])
		.filter((seq) => seq < position)
		.map((seq) => recording.at(seq))
		.filter((event): event is DevresDataEvent => event.type === 'devres-data')
		.filter((event) => event.field === 'orig_intx')
		.map((event) => event.value);
	return values.findLast((value) => value !== values.at(-1));
}

/** The node that restores next: the one on the todo list while it is not done, else the newest on `devres_head`. */
function restoreOf(
	recording: Recording,
	position: number,
	device: DeviceState,
): RestoreView | null {
	const listed = device.devres_head.findLast(restores);
	const moved = todoOf(device).findLast(({node, stage}) => stage !== 'released' && restores(node));
	const node = moved?.node ?? listed;
	if (node === undefined) return null;
	return {
		node,
		list: moved === undefined ? 'devres_head' : 'todo',
		value: node.data['orig_intx'],
		overwritten: overwrittenIn(recording, position, node),
	};
}

/** Registers of a device in its state at a position. */
export function registerView(
	recording: Recording,
	position: number,
	device: DeviceState,
): RegisterView {
	const command = commandOf(device);
	return {
		command,
		bits: command === null ? [] : commandBitNames(command),
		intxDisabled: intxDisabled(device),
		msi: switchOf(device, device.msi, msiEnabled(device)),
		msix: switchOf(device, device.msix, msixEnabled(device)),
		enableCount: device.enable_count,
		pin: device.interruptPin === null ? null : (interruptPins[device.interruptPin] ?? null),
		restore: restoreOf(recording, position, device),
	};
}

/** `orig_intx of #25 is 0, was 1 before`. */
export function describeRestore(recording: Recording, restore: RestoreView): string {
	const label = nodeLabel(recording, restore.node);
	if (restore.value === undefined) {
		const isTold = recording.header.source.kind === 'scenario';
		return `orig_intx of ${label} is not ${isTold ? 'set' : 'recorded'}`;
	}
	const was =
		restore.overwritten === undefined ? '' : `, was ${describeField(restore.overwritten)} before`;
	return `orig_intx of ${label} is ${describeField(restore.value)}${was}`;
}

/** The registers in words, one fact a line. What is not known is left out or said to be so. */
export function describeRegisters(recording: Recording, view: RegisterView): readonly string[] {
	const bits = view.bits.length === 0 ? 'no bits' : view.bits.join(' ');
	const {command} = view;
	const lines = [`PCI_COMMAND ${command === null ? 'unknown' : `${hex(command)}: ${bits}`}`];
	if (command !== null) lines.push(`INTx ${view.intxDisabled ? 'disabled' : 'enabled'} by bit 10`);
	if (view.pin !== null) lines.push(`interrupt pin ${view.pin}`);
	if (view.msi !== 'absent') lines.push(`MSI ${view.msi}`);
	if (view.msix !== 'absent') lines.push(`MSI-X ${view.msix}`);
	lines.push(`enable_cnt ${view.enableCount ?? 'unknown'}`);
	if (view.restore !== null) {
		lines.push(`to restore: ${describeRestore(recording, view.restore)}, on ${view.restore.list}`);
	}
	return lines;
}

import type {RecordedEvent} from '../../source/recording/event.ts';
import {PCI_COMMAND_INTX_DISABLE} from '../../source/recording/pci-registers.ts';
import type {Recording} from '../../source/recording/recording.ts';

export const shapeDevice = '0000:00:05.0';

/** Revisions by their letters in measurements. */
export const revisionNames: {readonly [letter: string]: string} = {
	A: 'v6.10',
	B: 'v9-series',
	C: 'v6.11-rc1',
	D: 'v6.11-rc2',
	D2: 'v6.11',
	E0: 'takashi-rfc',
	F: 'v6.14-rc1',
	E: 'v6.14',
	S: 'v6.12-stable',
	G: 'v6.16',
};

const takeVector = (type: string): string =>
	`pci_alloc_irq_vectors: {min: 1, max: 1, types: [${type}]}`;

type Calls = {readonly probe: readonly string[]; readonly remove: readonly string[]};

/** The calls of a shape, with `msi` or `msix` as its kind of vector. */
export function shapeCalls(shape: string, vector: string): Calls {
	const take = takeVector(vector);
	const enable = 'pcim_enable_device';
	const free = 'pci_free_irq_vectors';
	const shapes: {readonly [name: string]: Calls} = {
		S1: {probe: [enable, take], remove: [free]},
		S2: {probe: [enable, take], remove: []},
		S3: {probe: [enable, 'intx: 1'], remove: []},
		S4: {probe: [enable, 'intx: 0'], remove: ['intx: 1']},
		S5: {probe: [enable], remove: ['intx: 1']},
		S6: {probe: [enable, take, 'intx: 1'], remove: []},
		S7: {probe: [enable, take, 'intx: 0'], remove: [free]},
		S8: {probe: [enable, take, free, take], remove: []},
		S9: {probe: [enable, 'pcim_pin_device', take], remove: [free]},
	};
	const calls = shapes[shape];
	if (calls === undefined) throw new Error(`no shape ${shape}`);
	return calls;
}

export type ShapeDevice = {
	readonly vector: 'msi' | 'msix';

	/** INTERRUPT_PIN is not zero. */
	readonly pin: boolean;
	readonly initialBit: number;
};

const list = (steps: readonly string[]): string =>
	steps.map((step) => `      - ${step}\n`).join('');

/** A scenario that makes exactly a shape's calls; more drivers and other scripts can be given. */
export function shapeScenario(
	calls: Calls,
	device: ShapeDevice,
	script: readonly string[] = defaultScript,
	otherDrivers = '',
): string {
	return `title: shape
kernel: v6.10
devices:
  - address: "${shapeDevice}"
    id: "1234:11e8"
    interrupt_pin: ${device.pin ? 'A' : 'none'}
    ${device.vector}: 1
    bars: {0: mem 1M}
    command: "0x0003"
    intx_disable: ${device.initialBit === 1}
drivers:
  shape:
    matches: ["1234:11e8"]
    probe:
${list(calls.probe)}    remove: ${calls.remove.length === 0 ? '[]\n' : `\n${list(calls.remove)}`}${otherDrivers}
script:
${script.map((action) => `  - ${action}\n`).join('')}`;
}

export const unbindAction = `unbind: "${shapeDevice}"`;
export const bindAction = `bind: {driver: shape, device: "${shapeDevice}"}`;
export const defaultScript = ['modprobe: shape', unbindAction, bindAction];

const symbols: {readonly [name: string]: string} = {
	pcim_release: 'E',
	pcim_disable_device: 'E',
	devm_attr_group_remove: 'g',
	msi_device_data_release: 'd',
	pcim_msi_release: 'm',
	devm_action_release: 'm',
	pcim_intx_restore: 'n',
};

function symbolOf(event: RecordedEvent): string | null {
	if (event.type === 'devres-add') return `+${symbols[event.name] ?? event.name}`;
	if (event.type === 'devres-release') return `-${symbols[event.name] ?? event.name}`;
	if (event.type !== 'config-write' || event.offset !== 4 || event.previous === null) return null;
	const changed = (event.value ^ event.previous) & PCI_COMMAND_INTX_DISABLE;
	if (changed === 0) return null;
	return event.value & PCI_COMMAND_INTX_DISABLE ? 'b1' : 'b0';
}

/** Where in a bind and unbind an event stands. */
type Phase = 'P' | 'R' | 'X';

/** What happened in the n-th bind and the unbind after it, as the measurements write it. */
export function shapeString(recording: Recording, cycle = 0): string {
	const parts: {[phase in Phase]: string[]} = {P: [], R: [], X: []};
	let phase: Phase | null = null;
	let binds = -1;
	for (let seq = 0; seq < recording.length; seq += 1) {
		const event = recording.at(seq);
		if (event.type === 'probe-begin') {
			phase = 'P';
			binds += 1;
		} else if (event.type === 'unbind') phase = 'R';
		else if (event.type === 'call' && event.fn === 'devres_release_all') phase = 'X';
		else if (event.type === 'probe-end' || event.type === 'device-remove') phase = null;
		const symbol = symbolOf(event);
		if (phase !== null && symbol !== null && binds === cycle) parts[phase].push(symbol);
	}
	const text = (['P', 'R', 'X'] as const).map((name) => [`${name}:`, ...parts[name]].join(' '));
	const lost = leftover(recording, positionAfterUnbind(recording, cycle)).length > 0;
	return `${text.join(' | ')}${lost ? ' ✗' : ''}`;
}

/** Position right after the n-th unbind, or the end. */
export function positionAfterUnbind(recording: Recording, cycle = 0): number {
	const unbind = recording.ofType('unbind')[cycle];
	if (unbind === undefined) return recording.length;
	for (let seq = unbind; seq < recording.length; seq += 1) {
		const event = recording.at(seq);
		if (event.type === 'return' && event.fn === 'device_unbind_cleanup') return seq + 1;
	}
	return recording.length;
}

/** Position right after the n-th probe has succeeded. */
export function positionBound(recording: Recording, cycle = 0): number {
	return (recording.ofType('bind')[cycle] ?? recording.length - 1) + 1;
}

/** Names of the nodes on devres_head. */
export function leftover(recording: Recording, position: number): string[] {
	const device = recording.stateAt(position).devices.get(shapeDevice);
	return (device?.devres_head ?? []).map((node) => node.name);
}

/** Bit 10 of PCI_COMMAND. */
export function bitAt(recording: Recording, position: number): number {
	const command = recording.stateAt(position).devices.get(shapeDevice)?.registers.get(4) ?? 0;
	return command & PCI_COMMAND_INTX_DISABLE ? 1 : 0;
}

/** Result of the n-th probe. */
export function probeResult(recording: Recording, nth: number): number | null {
	const seq = recording.ofType('probe-end')[nth];
	const event = seq === undefined ? undefined : recording.at(seq);
	return event?.type === 'probe-end' ? event.result : null;
}

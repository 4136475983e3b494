import type {ConfigWriteEvent} from '../recording/device-event.ts';
import {intxDisabled, PCI_COMMAND, PCI_COMMAND_INTX_DISABLE} from '../recording/pci-registers.ts';
import type {Frame} from '../recording/state.ts';
import type {Evidence} from './finding.ts';
import {enableFunctions} from './knowledge.ts';
import {savedOriginal} from './known-fixes.ts';
import type {Report, Rule, Scene, Watch} from './rule.ts';

const enables = new Set(enableFunctions);
const managedEnable = 'pcim_enable_device';

/** What enabling the managed way adds: only then the kernel promises to restore. */
const enableNodes = new Set(['pcim_release', 'pcim_disable_device']);

/** These switch the bit at run time on purpose: vfio and uio. */
const togglers = new Set(['pci_check_and_mask_intx', 'pci_check_and_unmask_intx']);

type Change = {
	readonly seq: number;
	readonly value: boolean;

	/** A user did it, or a driver that switches the bit at run time. */
	readonly onPurpose: boolean;
};

/** What is known of the bit since the device was enabled. */
type Enabled = {
	/** `seq` where enabling was over. */
	readonly seq: number;
	readonly disabled: boolean;
	readonly managed: boolean;
	last: Change | null;
};

/** Functions through which users write config space. */
const userWrites = new Set(['pci_write_config', 'pci_user_write_config_word']);

function isByUser(frames: readonly Frame[]): boolean {
	return frames.every(({fn}) => userWrites.has(fn));
}

function bit(value: boolean): string {
	return value ? '1' : '0';
}

function reportOf(
	device: string,
	driver: string | null,
	enabled: Enabled,
	now: boolean,
	end: number,
): Report {
	const {last, disabled, seq} = enabled;
	const evidence: readonly Evidence[] = [
		{seq, text: `INTX_DISABLE is ${bit(disabled)} when the device was enabled`},
		...(last === null ? [] : [{seq: last.seq, text: `the last change: to ${bit(last.value)}`}]),
		{seq: end, text: `INTX_DISABLE is ${bit(now)} without driver`},
	];
	const left = `INTX_DISABLE of ${device} is ${bit(now)} after ${driver ?? 'the driver'} let it go, and was ${bit(disabled)} when the device was enabled`;
	return {
		device,
		severity: now ? 'error' : 'note',
		message: now ? `${left}: the device can't assert INTx` : left,
		event: last?.seq ?? end,
		evidence,
		...(now ? {} : {fixed: null}),
	};
}

/** I5: bit 10 of PCI_COMMAND as it was when the device was enabled. */
export const intxNotRestored: Rule = {
	name: 'intx-not-restored',
	severity: 'error',
	title: 'INTx is not as it was when the driver goes',
	invariant: 'I5',
	explanation:
		'Bit 10 of PCI_COMMAND, INTX_DISABLE, forbids a device to assert its interrupt line. A managed device gets the value ' +
		'back that it had after pci_enable_device(), which itself clears the bit where the device has a pin. Where it ' +
		'stays set, the next driver that uses INTx gets no interrupt, unless enabling the device clears the bit again.',
	fixed: savedOriginal,
	unjudged: ({registers, enabling}) => {
		if (!registers) return 'the recording tells of no register';
		return enabling ? null : 'the recording does not show a device being enabled';
	},
	watch: watchBit,
};

type Bits = {
	readonly scene: Scene;

	/** By device, from when it was enabled to when its driver is gone. */
	readonly enabled: Map<string, Enabled>;

	/** By device that was enabled before the recording: the first and the last change since its driver began to go. */
	readonly released: Map<string, {readonly first: Change; readonly last: Change}>;

	/** Device that the enabling call of a context turned out to be about. */
	readonly about: Map<string, string>;
};

/** An enabling function returns: what the bit is now is what it should be in the end. */
function noteEnabled(bits: Bits, context: string, seq: number, value: string | undefined): void {
	const device = bits.about.get(context);
	const state = device === undefined ? undefined : bits.scene.state.devices.get(device);
	if (device === undefined || state === undefined || state.passes.length > 0) return;
	const disabled = intxDisabled(state);
	if (disabled === null || value?.startsWith('-') === true) return;
	// Enabling once more, as after a suspend, tells nothing of how it was.
	if (bits.enabled.has(device)) return;
	const managed = state.devres_head.some(({name}) => enableNodes.has(name));
	bits.enabled.set(device, {seq, disabled, managed, last: null});
}

function noteChange({scene, enabled, released}: Bits, event: ConfigWriteEvent): void {
	const {device = '', offset, value, previous, seq, context} = event;
	if (offset !== PCI_COMMAND || previous === null) return;
	if (((value ^ previous) & PCI_COMMAND_INTX_DISABLE) === 0) return;
	const frames = scene.state.contexts.get(context) ?? [];
	const last = {
		seq,
		value: (value & PCI_COMMAND_INTX_DISABLE) !== 0,
		onPurpose: isByUser(frames) || frames.some(({fn}) => togglers.has(fn)),
	};
	const known = enabled.get(device);
	if (known !== undefined) known.last = last;
	else if (scene.lives.of(device).unbind !== null) {
		released.set(device, {first: released.get(device)?.first ?? last, last});
	}
}

/** A driver that was there before the recording is gone: how the bit was when it came, nobody tells. */
function judgeUnseen({scene, released}: Bits, device: string, seq: number): void {
	const known = released.get(device);
	released.delete(device);
	const {lost} = scene.lives;
	if (known === undefined || (lost !== null && lost > known.first.seq)) return;
	// Only a bit that was clear all the time until the driver went, and was set by its going, looks wrong.
	if (!known.first.value || !known.last.value || known.last.onPurpose) return;
	const {driver} = scene.lives.of(device);
	scene.report({
		device,
		severity: 'warning',
		message: `INTX_DISABLE of ${device} was 0 while ${driver ?? 'the driver'} had it and is 1 now; how it was before is not in this recording`,
		event: known.last.seq,
		evidence: [
			{seq: known.last.seq, text: 'set while the driver goes'},
			{seq, text: 'the device has no driver'},
		],
	});
}

/** The driver is gone. Drivers that never asked the kernel to restore anything, and users, do as they like. */
function judge({scene, enabled}: Bits, device: string, seq: number): void {
	const known = enabled.get(device);
	enabled.delete(device);
	if (known === undefined) return;
	const state = scene.state.devices.get(device);
	const now = state === undefined ? null : intxDisabled(state);
	if (now === null || now === known.disabled) return;
	const {lost} = scene.lives;
	if (!known.managed || known.last?.onPurpose === true) return;
	if (lost !== null && lost > known.seq) return;
	scene.report(reportOf(device, scene.lives.of(device).driver, known, now, seq));
}

function watchBit(scene: Scene): Watch {
	const bits: Bits = {scene, enabled: new Map(), released: new Map(), about: new Map()};
	return {
		before: {
			'devres-add': ({device = '', name, context}) => {
				if (enableNodes.has(name)) bits.about.set(context, device);
			},
			'probe-begin': ({device = ''}) => {
				bits.enabled.delete(device);
				bits.released.delete(device);
			},
			call({fn, context, device}) {
				if (!enables.has(fn)) return;
				const frames = scene.state.contexts.get(context) ?? [];
				if (device !== undefined) bits.about.set(context, device);
				else if (!frames.some((frame) => frame.fn === managedEnable)) bits.about.delete(context);
			},
		},
		after: {
			return({fn = '', context, seq, value}) {
				if (enables.has(fn)) noteEnabled(bits, context, seq, value);
			},
			'config-write': (event) => noteChange(bits, event),
			'device-data': ({device = '', field, value, seq}) => {
				if (field !== 'driver' || value !== null) return;
				judge(bits, device, seq);
				judgeUnseen(bits, device, seq);
			},
		},
	};
}

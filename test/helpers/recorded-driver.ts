import {readFileSync} from 'node:fs';
import type {Recording} from '../../source/recording/recording.ts';
import {dmesgText} from './export-text.ts';
import {type LoggedLine, loggedLines} from './logged-lines.ts';
import {runScenarioText} from './run-scenario-text.ts';

/** A driver that was recorded on real kernels, and the scenario that makes its calls. */
export type RecordedDriver = {
	/** As sysfs and the recordings' names have it. */
	readonly name: string;
	readonly address: string;
	readonly scenario: string;

	/** What modprobe is told, in order; its own name by default. */
	readonly modules?: readonly string[];

	/** Where the recorded device has the message control word that its driver uses. */
	readonly control?: number;

	/** A device that the driver adds, with the name that it has in the scenario. */
	readonly child?: string;
};

export const recordedDrivers: readonly RecordedDriver[] = [
	{name: 'ahci', address: '0000:00:1f.2', scenario: 'ahci-reload', control: 0x82},
	{name: 'i801_smbus', address: '0000:00:1f.3', scenario: 'i801-smbus'},
	{name: 'snd_intel8x0', address: '0000:00:04.0', scenario: 'snd-intel8x0'},
	{name: 'snd_ens1370', address: '0000:00:0a.0', scenario: 'snd-ens1370'},
	{
		name: 'snd_hda_intel',
		address: '0000:00:09.0',
		scenario: 'snd-hda-intel',
		modules: ['snd_hda_codec_generic', 'snd_hda_intel'],
		child: 'hdaudioC2D0',
	},
	{name: 'sdhci-pci', address: '0000:00:05.0', scenario: 'sdhci-pci'},
	{name: 'e1000e', address: '0000:00:06.0', scenario: 'e1000e', control: 0xa2},
	{name: 'nvme', address: '0000:01:00.0', scenario: 'nvme', control: 0x42},
	{name: 'xhci_hcd', address: '0000:00:08.0', scenario: 'xhci-hcd', modules: ['xhci_pci']},
	{name: 'serial', address: '0000:00:0b.0', scenario: 'serial', modules: ['8250_pci']},
	{name: 'pcieport', address: '0000:00:07.0', scenario: 'pcieport'},
	{
		name: 'virtio-pci',
		address: '0000:00:0c.0',
		scenario: 'virtio-pci',
		modules: ['virtio_blk', 'virtio_pci'],
		child: 'virtio0',
	},
	{name: 'rtc_cmos', address: '00:03', scenario: 'rtc-cmos'},
];

/** Built without IOV, so the table of mappings is shorter than a distribution's. */
const size = 'sizes: {pcim_iomap_release: 88}';

/** The recorded kernels, by folder, as scenarios describe them between braces. */
export const recordedKernels: {readonly [folder: string]: string} = {
	'v6.1-legacy': 'base: v6.10',
	'v6.12-stock': `base: v6.12-stable, ${size}`,
	'v9-patch': `base: v6.12-stable, intx: v9-series, ${size}`,
	debian: 'base: v6.12-stable, config: debian, pinctrl: true',
};

/** What was done after boot had probed the device, and what else was special. */
export type RecordedRun = {
	/** One of `recordedKernels`. */
	readonly kernel: string;

	/** `unbind1`, `bind1`, …, `rescan2`: the digits only tell them apart. */
	readonly steps: readonly string[];

	/** How many of the first steps were over before the recording began. */
	readonly unseen: number;

	/** Booted with pci=nomsi. */
	readonly nomsi: boolean;

	/** Name that the driver's child had on that machine; the scenario's where undefined. */
	readonly child?: string | undefined;
};

function actionsOf(step: string, driver: RecordedDriver): string[] {
	const {name, address, modules = [name]} = driver;
	switch (step.replace(/\d+$/, '')) {
		case 'modprobe':
			return modules.map((module) => `modprobe: ${module}`);
		case 'rmmod':
			return modules.slice(-1).map((module) => `rmmod: ${module}`);
		case 'rescan':
			return ['rescan'];
		case 'remove':
			return [`remove: "${address}"`];
		case 'bind':
			return [`bind: {driver: ${name}, device: "${address}"}`];
		default:
			return [`unbind: {driver: ${name}, device: "${address}"}`];
	}
}

/** Boot and the steps of a recorded run, simulated. Each step is the action of its place, after those of boot. */
export function simulatedRun(driver: RecordedDriver, run: RecordedRun): Recording {
	const actions = ['modprobe', ...run.steps].flatMap((step) => actionsOf(step, driver));
	const text = readFileSync(`scenarios/${driver.scenario}.yaml`, 'utf8')
		.replace(/^kernel: .*$/m, `kernel: {${recordedKernels[run.kernel]}, nomsi: ${run.nomsi}}`)
		.replace(/^script:[\s\S]*/m, `script:\n${actions.map((each) => `  - ${each}\n`).join('')}`)
		.replaceAll(driver.child ?? '\0', run.child ?? driver.child ?? '');
	return runScenarioText(text);
}

/** Where each step's action is, after boot: sequence numbers, and the end of the recording. */
export function placesOfSteps(
	recording: Recording,
	driver: RecordedDriver,
	steps: readonly string[],
): number[] {
	const actions = recording.ofType('action');
	let place = actionsOf('modprobe', driver).length;
	const starts = steps.map((step) => {
		const start = actions[place] ?? recording.length;
		place += actionsOf(step, driver).length;
		return start;
	});
	return [...starts, recording.length];
}

const operations = ['devres-add', 'devres-release', 'devres-remove', 'devres-replace'] as const;

/** What the simulated kernel logs from event `from` on, with the task of each operation. */
export function simulatedLines(recording: Recording, from: number): LoggedLine[] {
	const sequence = operations.flatMap((type) => [...recording.ofType(type)]).sort((a, b) => a - b);
	let next = 0;
	let at = 0;
	return loggedLines(dmesgText(recording)).flatMap((line) => {
		if (line.op === null) return (sequence[next] ?? recording.length) < from ? [] : [line];
		at = sequence[next++] ?? 0;
		return at < from ? [] : [{...line, task: recording.at(at).context}];
	});
}

import {readFileSync} from 'node:fs';
import {
	PCI_COMMAND,
	PCI_COMMAND_INTX_DISABLE,
	PCI_COMMAND_MASTER,
} from '../../source/recording/pci-registers.ts';
import type {Recording} from '../../source/recording/recording.ts';
import {dmesgText} from './export-text.ts';
import {runScenarioText} from './run-scenario-text.ts';

/** A driver that was recorded on real kernels, and the scenario that makes its calls. */
export type RecordedDriver = {
	readonly name: string;
	readonly address: string;
	readonly scenario: string;
};

export const recordedDrivers: readonly RecordedDriver[] = [
	{name: 'ahci', address: '0000:00:1f.2', scenario: 'ahci-reload'},
	{name: 'i801_smbus', address: '0000:00:1f.3', scenario: 'i801-smbus'},
	{name: 'snd_intel8x0', address: '0000:00:04.0', scenario: 'snd-intel8x0'},
	{name: 'sdhci-pci', address: '0000:00:05.0', scenario: 'sdhci-pci'},
	{name: 'e1000e', address: '0000:00:06.0', scenario: 'e1000e'},
	{name: 'nvme', address: '0000:01:00.0', scenario: 'nvme'},
];

/** Built without IOV, so the table of mappings is shorter than a distribution's. */
const size = 'sizes: {pcim_iomap_release: 88}';

/** The recorded kernels, by folder, as scenarios name them. */
export const recordedKernels: {readonly [folder: string]: string} = {
	'v6.1-legacy': 'v6.10',
	'v6.12-stock': `{base: v6.12-stable, ${size}}`,
	'v9-patch': `{base: v6.12-stable, intx: v9-series, ${size}}`,
};

const rebinding = ['unbind1', 'bind1', 'unbind2', 'bind2'];

/** What was done in the runs of a kind, step by step, after boot had probed the device. */
export const recordedSteps = {
	plain: rebinding,
	nomsi: rebinding,
	fresh: ['remove0', 'rescan1', ...rebinding, 'remove2', 'rescan2'],
} as const;

export type RunKind = keyof typeof recordedSteps;

function actionOf(step: string, {name, address}: RecordedDriver): string {
	const kind = step.replace(/\d$/, '');
	if (kind === 'rescan') return '  - rescan';
	if (kind === 'bind') return `  - bind: {driver: ${name}, device: "${address}"}`;
	return `  - ${kind}: "${address}"`;
}

/** Booted with pci=nomsi: no capability is seen, and ahci then switches INTx on. */
function withoutMsi(text: string): string {
	return text
		.replaceAll(/^ {4}msix?: .*\n/gm, '')
		.replace(/( {6}- pci_alloc_irq_vectors: \{min: 1, .*types: \[msi\]\}\n)/, (step) =>
			[step, '        on_error: continue\n', '      - pci_intx: 1\n'].join(''),
		);
}

/** Boot and the steps of a recorded run, simulated. */
export function simulatedRun(driver: RecordedDriver, kernel: string, kind: RunKind): Recording {
	const actions = [
		`  - modprobe: ${driver.name}`,
		...recordedSteps[kind].map((step) => actionOf(step, driver)),
	];
	const text = readFileSync(`scenarios/${driver.scenario}.yaml`, 'utf8')
		.replace(/^kernel: .*$/m, `kernel: ${kernel}`)
		.replace(/^script:[\s\S]*/m, `script:\n${actions.join('\n')}\n`);
	return runScenarioText(kind === 'nomsi' ? withoutMsi(text) : text);
}

/** Lines about the device's nodes and probes; for each address the number of its ADD, as far as it is seen. */
export function comparedLines(log: string, address: string): string[] {
	const added = new Map<string, number>();
	let adds = 0;
	return log
		.split('\n')
		.filter((line) => line.includes(address) && /DEVRES|Resources present|failed with/.test(line))
		.map((line) =>
			line.replace(/^\[\s*[\d.]+\] /, '').replace(/(\w+) ([\da-f]{16}) /, (_, op, node) => {
				if (op === 'ADD') added.set(node, ++adds);
				return `${op} #${added.get(node) ?? '?'} `;
			}),
		);
}

/** What was printed from the first step on. */
export function linesOfSteps(recording: Recording, address: string): string[] {
	const boot = recording.ofType('action')[1] ?? 0;
	const seconds = recording.at(boot).time ?? 0;
	const log = dmesgText(recording)
		.split('\n')
		.filter((line) => Number(/\d+\.\d+/.exec(line)?.[0] ?? 0) >= seconds);
	return comparedLines(log.join('\n'), address);
}

/** `unbind1 0x0103 none 0` after each step: PCI_COMMAND, driver, enable count. */
export function simulatedStates(
	recording: Recording,
	{address}: RecordedDriver,
	kind: RunKind,
): string[] {
	const [, ...ends] = [...recording.ofType('action'), recording.length];
	return ['boot', ...recordedSteps[kind]].map((step, index) => {
		const device = recording.stateAt(ends[index] ?? 0).devices.get(address);
		if (!device?.present) return `${step} absent`;
		const command = (device.registers.get(PCI_COMMAND) ?? 0).toString(16).padStart(4, '0');
		return `${step} 0x${command} ${device.driver ?? 'none'} ${device.enable_count}`;
	});
}

/** The same, as sysfs and setpci told on the real machine; steps that were not told are left out. */
export function toldStates(text: string): string[] {
	const boot = text.replace(/^\[boot\] /m, '[0] after  boot : ');
	const told = boot.matchAll(
		/after +(\S+) : (?:device-(absent)|PCI_COMMAND=(\w+) .*driver=(\S+) enable_cnt=(\d+))/g,
	);
	return Array.from(told, ([, step, absent, ...words]) =>
		[step, ...(absent === undefined ? words : [absent])].join(' '),
	);
}

/** Words that change bit 10 or bus mastering; enumeration also switches decoding off and on while it sizes BARs. */
function withoutDecoding(words: readonly number[]): string[] {
	const kept = PCI_COMMAND_INTX_DISABLE | PCI_COMMAND_MASTER;
	return words
		.filter((word, index) => index === 0 || ((word ^ (words[index - 1] ?? 0)) & kept) !== 0)
		.map((word) => `0x${word.toString(16).padStart(4, '0')}`);
}

/** What was written to PCI_COMMAND in each step. */
export function simulatedWrites(
	recording: Recording,
	{address}: RecordedDriver,
	kind: RunKind,
): Map<string, string[]> {
	const [, ...starts] = recording.ofType('action');
	const writes = recording.ofType('config-write').map((seq) => recording.at(seq));
	return new Map(
		recordedSteps[kind].map((step, index) => {
			const [from = 0, to = recording.length] = starts.slice(index, index + 2);
			const words = writes.flatMap((event) => {
				if (event.type !== 'config-write' || event.device !== address) return [];
				const isInside = event.seq > from && event.seq < to && event.offset === PCI_COMMAND;
				return isInside ? [event.value] : [];
			});
			return [step, withoutDecoding(words)];
		}),
	);
}

/** The same from a trace of the real kernel. A worker may go on with a step after its end was marked. */
export function tracedWrites(text: string, {address}: RecordedDriver): Map<string, string[]> {
	const [device = 0, fn = 0] = address
		.slice(8)
		.split('.')
		.map((part) => Number.parseInt(part, 16));
	const devfn = `devfn=0x${(device * 8 + fn).toString(16)} where=0x4 value=`;
	const writes = new Map<string, number[]>();
	let words: number[] = [];
	for (const line of text.split('\n')) {
		const step = /LAB begin (\S+)/.exec(line)?.[1];
		if (step !== undefined) {
			words = [];
			writes.set(step, words);
		}
		if (!line.includes('cfg_write_word: ') || !line.includes(devfn)) continue;
		words.push(Number.parseInt(line.split(`${devfn}0x`)[1] ?? '', 16));
	}
	return new Map(Array.from(writes, ([step, all]) => [step, withoutDecoding(all)]));
}

import {msiFlagsOffset, msixFlagsOffset} from '../../source/kernel/hardware.ts';
import {
	PCI_COMMAND,
	PCI_COMMAND_INTX_DISABLE,
	PCI_COMMAND_MASTER,
} from '../../source/recording/pci-registers.ts';
import type {Recording} from '../../source/recording/recording.ts';
import {placesOfSteps, type RecordedDriver, type RecordedRun} from './recorded-driver.ts';

/** One access to PCI_COMMAND, or a write to the message control word of the capability in use. */
type Access = {readonly kind: 'read' | 'write' | 'control'; readonly value: number};

/** Stands for all steps together, where a trace does not mark them. */
const unmarked = 'all steps';

function hex(value: number): string {
	return `0x${value.toString(16).padStart(4, '0')}`;
}

/** Enumeration also switches decoding off and on while it sizes BARs: only other changes are compared there. */
function withoutDecoding(accesses: readonly Access[]): string[] {
	const kept = PCI_COMMAND_INTX_DISABLE | PCI_COMMAND_MASTER;
	const words = accesses.filter(({kind}) => kind === 'write').map(({value}) => value);
	return words
		.filter((word, index) => index === 0 || ((word ^ (words[index - 1] ?? 0)) & kept) !== 0)
		.map(hex);
}

/** As compared. The control word is also written when a message is set up; only what changes it counts. */
function told(step: string, accesses: readonly Access[], control: number): string[] {
	if (/^rescan/.test(step)) return withoutDecoding(accesses);
	let last = control;
	return accesses.flatMap(({kind, value}) => {
		if (kind === 'read') return ['read'];
		if (kind === 'write') return [`write ${hex(value)}`];
		const isChange = value !== last;
		last = value;
		return isChange ? [`control ${hex(value)}`] : [];
	});
}

/** Control words as they are before each step, in the simulation. */
export type ControlWords = ReadonlyMap<string, number>;

function controlOffset(recording: Recording, {address}: RecordedDriver): number {
	const device = recording.stateAt(recording.length).devices.get(address);
	return device?.msix === null || device?.msix === undefined ? msiFlagsOffset : msixFlagsOffset;
}

/** The message control word before each step; 0 where the device has none. */
export function controlWords(
	recording: Recording,
	driver: RecordedDriver,
	{steps}: RecordedRun,
): ControlWords {
	const offset = controlOffset(recording, driver);
	const places = placesOfSteps(recording, driver, steps);
	return new Map(
		steps.map((step, index) => {
			const device = recording.stateAt(places[index] ?? 0).devices.get(driver.address);
			return [step, device?.registers.get(offset) ?? 0];
		}),
	);
}

/** What was read from and written to PCI_COMMAND in each step, with changes of message control; and in all of them. */
export function simulatedAccesses(
	recording: Recording,
	driver: RecordedDriver,
	run: RecordedRun,
): Map<string, string[]> {
	const control = controlOffset(recording, driver);
	const words = controlWords(recording, driver, run);
	const places = placesOfSteps(recording, driver, run.steps);
	const all = [...recording.ofType('config-read'), ...recording.ofType('config-write')]
		.sort((a, b) => a - b)
		.map((seq) => recording.at(seq));
	const between = (step: string, from: number, to: number): string[] => {
		const accesses = all.flatMap((event): Access[] => {
			if (event.type !== 'config-read' && event.type !== 'config-write') return [];
			if (event.device !== driver.address || event.seq < from || event.seq >= to) return [];
			const {value} = event;
			const kind = event.type === 'config-read' ? 'read' : 'write';
			if (event.offset === PCI_COMMAND) return [{kind, value}];
			return event.offset === control && kind === 'write' ? [{kind: 'control', value}] : [];
		});
		return told(step, accesses, words.get(step) ?? 0);
	};
	const parts = run.steps.map((step, index) => {
		return [step, between(step, places[index] ?? 0, places[index + 1] ?? 0)] as const;
	});
	const whole = between(unmarked, places[run.unseen] ?? 0, recording.length);
	return new Map([[unmarked, whole], ...parts]);
}

/** The same from a trace of the real kernel. A worker may go on with a step after its end was marked. */
export function tracedAccesses(
	text: string,
	{address, control}: RecordedDriver,
	words: ControlWords,
): Map<string, string[]> {
	const [device = 0, fn = 0] = address
		.slice(8)
		.split('.')
		.map((part) => Number.parseInt(part, 16));
	const devfn = ` devfn=0x${(device * 8 + fn).toString(16)} `;
	const steps = new Map<string, Access[]>();
	let accesses: Access[] = [];
	if (!text.includes('LAB begin')) steps.set(unmarked, accesses);
	for (const line of text.split('\n')) {
		const step = /LAB begin (\S+)/.exec(line)?.[1];
		if (step !== undefined) {
			accesses = [];
			steps.set(step, accesses);
		}
		const found = /cfg_(read|write)_word: .* where=0x([\da-f]+)(?: value=0x([\da-f]+))?/.exec(line);
		if (found === null || !line.includes(devfn)) continue;
		const [, kind, where = '', word = '0'] = found;
		const offset = Number.parseInt(where, 16);
		const value = Number.parseInt(word, 16);
		if (offset === PCI_COMMAND) accesses.push({kind: kind === 'read' ? 'read' : 'write', value});
		else if (offset === control && kind === 'write') accesses.push({kind: 'control', value});
	}
	return new Map(Array.from(steps, ([step, all]) => [step, told(step, all, words.get(step) ?? 0)]));
}

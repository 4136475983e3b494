import {
	PCI_COMMAND,
	PCI_COMMAND_INTX_DISABLE,
	PCI_COMMAND_MASTER,
} from '../../source/recording/pci-registers.ts';
import type {Recording} from '../../source/recording/recording.ts';
import {placesOfSteps, type RecordedDriver, type RecordedRun} from './recorded-driver.ts';

/** Words that change bit 10 or bus mastering; enumeration also switches decoding off and on while it sizes BARs. */
function withoutDecoding(words: readonly number[]): string[] {
	const kept = PCI_COMMAND_INTX_DISABLE | PCI_COMMAND_MASTER;
	return words
		.filter((word, index) => index === 0 || ((word ^ (words[index - 1] ?? 0)) & kept) !== 0)
		.map((word) => `0x${word.toString(16).padStart(4, '0')}`);
}

/** Stands for all steps together, where a trace does not mark them. */
const unmarked = 'all steps';

/** What was written to PCI_COMMAND in each step, and in all of them. */
export function simulatedWrites(
	recording: Recording,
	driver: RecordedDriver,
	{steps, unseen}: RecordedRun,
): Map<string, string[]> {
	const places = placesOfSteps(recording, driver, steps);
	const writes = recording.ofType('config-write').map((seq) => recording.at(seq));
	const between = (from: number, to: number): string[] => {
		const words = writes.flatMap((event) => {
			if (event.type !== 'config-write' || event.device !== driver.address) return [];
			const isInside = event.seq > from && event.seq < to && event.offset === PCI_COMMAND;
			return isInside ? [event.value] : [];
		});
		return withoutDecoding(words);
	};
	const first = places[unseen] ?? 0;
	const whole = [unmarked, between(first, recording.length)] as const;
	const parts = steps.map((step, index) => {
		const [from = 0, to = recording.length] = places.slice(index, index + 2);
		return [step, between(from, to)] as const;
	});
	return new Map([whole, ...parts]);
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
	if (!text.includes('LAB begin')) writes.set(unmarked, words);
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

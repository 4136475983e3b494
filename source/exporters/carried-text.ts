import {cleanText} from '../recording/clean-text.ts';
import type {CallArguments} from '../recording/event-base.ts';

/** Longer lines are no lines of a trace. */
const longestText = 2000;
const longestWord = 250;

/** Seconds with so many decimals; null for a time that no kernel prints. */
export function carriedTime(time: number | null, decimals: number): number | null {
	return time === null || time < 0 || time >= 1e9 ? null : Number(time.toFixed(decimals));
}

/** A text on one line, safe for a terminal. */
export function withoutBreaks(text: string): string {
	return cleanText(text.replaceAll(/\r?\n/g, ' ')).slice(0, longestText);
}

/** As `withoutBreaks`, and without blanks around it. */
export function oneLine(text: string): string {
	return withoutBreaks(text).trim();
}

/** A text without blanks. */
export function oneWord(text: string): string {
	return oneLine(text).replaceAll(/\s/g, '_').slice(0, longestWord);
}

/** A function's name: what would end it early becomes `_`. */
export function functionName(fn: string): string {
	return oneWord(fn).replaceAll(/[(){};=|*/[\]]/g, '_') || '_';
}

/** The module in brackets behind a name; null where there is none that fits. */
export function moduleName(module: string | undefined): string | null {
	return module === undefined || !/^[\w.+-]{1,64}$/.test(module) ? null : module;
}

/** `0x3a/0x120` behind a frame's name; null where it is something else. */
export function frameOffset(offset: string | undefined): string | null {
	return offset === undefined || !/^0x[\da-f]{1,16}\/0x[\da-f]{1,16}$/.test(offset) ? null : offset;
}

/** A return value: a word, or a number with its sign; null where it is something else. */
export function returnValue(value: string | undefined): string | null {
	return value === undefined || !/^-?[\da-zA-Z]{1,64}$/.test(value) ? null : value;
}

/** A node's address as `%p` prints it; null where it is none. */
export function nodeAddress(node: string): string | null {
	return /^(?:[\da-f]{4,16}|\(_{0,8}ptrval_{0,8}\)|\(null\))$/.test(node) ? node : null;
}

/** `dev=0000:23:00.1, enable=0`; empty where one argument doesn't fit, since a part would mislead. */
export function argumentsText(args: CallArguments | undefined): string {
	const pairs = Object.entries(args ?? {});
	const fit = pairs.every(
		([name, value]) =>
			/^[\w.>-]{1,64}$/.test(name) &&
			!/, |[=;{}]|\/\*|\*\/|[,\s]$/.test(value) &&
			cleanText(value) === value,
	);
	const text = pairs.map(([name, value]) => `${name}=${value}`).join(', ');
	return fit && text.length <= longestText ? text : '';
}

/** Where in config space an access goes, as a probe on the access functions prints it. */
export type ConfigTarget = {
	/** Bus number; null where the recording doesn't know it. */
	readonly bus: number | null;

	/** Slot and function as one byte. */
	readonly devfn: number;
};

const pciAddress = /^(?:[\da-f]{4,8}:([\da-f]{2})|devfn):([01][\da-f])\.([0-7])$/;

/** Reads `0000:23:00.1` or `devfn:00.1`; null for a device that is no PCI device. */
export function configTarget(device: string): ConfigTarget | null {
	const [known, bus, slot = '', fn = ''] = pciAddress.exec(device) ?? [];
	if (known === undefined) return null;
	return {
		bus: bus === undefined ? null : Number.parseInt(bus, 16),
		devfn: Number.parseInt(slot, 16) * 8 + Number(fn),
	};
}

import type {Importer} from './importer.ts';
import type {KernelLine, KernelLineDecoder} from './kernel-line.ts';
import {KernelLogReader} from './kernel-log.ts';

const format = 'dmesg';

/** `<3>` and `[  218.331000]`, with the caller behind it where the kernel tells it. */
const stamped = /^(?:<(\d{1,4})>)?\[ {0,6}(\d{1,10}\.\d{6})\](?: ?\[ {0,6}([TC]\d{1,10})\])? ?/;

function decode(line: string, origin: number): KernelLine | null {
	const [stamp, priority, time, caller = null] = stamped.exec(line) ?? [];
	if (stamp === undefined) return null;
	return {
		text: line.slice(stamp.length),
		time: Number(time),
		level: priority === undefined ? null : Number(priority) & 7,
		caller,
		origin,
		boot: null,
	};
}

function createDecoder(): KernelLineDecoder {
	return {
		read(line, origin, give) {
			if (line.trim() === '') return 'ignored';
			const decoded = decode(line, origin);
			if (decoded === null) return 'unparsed';
			give(decoded);
			return 'used';
		},
		end() {},
		clock: () => undefined,
		remarks: () => [],
	};
}

/** What dmesg and consoles print: `[  218.331000] ccp 0000:23:00.1: DEVRES …`. */
export const dmesg: Importer = {
	format,
	kind: 'log',
	allowsProse: true,
	recognise: (sample) => sample.filter((line) => decode(line, 0) !== null).length,
	open: (lines) => new KernelLogReader(createDecoder(), lines),
};

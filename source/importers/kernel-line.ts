import type {Clock} from '../recording/recording.ts';
import type {LineUse} from './importer.ts';

/** One line of the kernel log, taken out of whatever carried it. */
export type KernelLine = {
	/** As the kernel printed it, without stamp and host. */
	readonly text: string;

	/** By the clock of its log; null where it has no stamp. */
	readonly time: number | null;

	/** 0 emergency to 7 debug; null where not told. */
	readonly level: number | null;

	/** Task or CPU that printed it, as CONFIG_PRINTK_CALLER tells: `T4711`, `C3`; null where not told. */
	readonly caller: string | null;

	/** 1-based line in the file. */
	readonly origin: number;

	/** Identity of the boot; null where not told. */
	readonly boot: string | null;
};

/** What a decoder finds: a line of the kernel log, or a gap in it. */
export type KernelItem =
	| KernelLine

	/** So many messages are missing here; null where they aren't counted. */
	| {readonly lost: number | null; readonly origin: number; readonly time: number | null}

	/** What follows is of another boot. */
	| {readonly bootsAt: number};

/** Takes what a decoder finds. */
export type GiveItem = (item: KernelItem) => void;

/** Takes kernel messages out of one format, line by line. */
export type KernelLineDecoder = {
	/** Reads a line of the file and gives what it completes, which may be nothing or several. */
	readonly read: (line: string, origin: number, give: GiveItem) => LineUse;

	/**
	Takes a whole line that begins with seconds since boot and a blank, `textStart` letters, without a level or caller.

	False, and nothing has happened, where `read` has to look at it. Absent for formats that have no such lines.
	*/
	readonly takeStamped?: (time: number, origin: number, textStart: number) => boolean;

	/** The file is over: gives what was waiting for more. */
	readonly end: (give: GiveItem) => void;

	/** What the stamps count, as far as is known; undefined for seconds since boot. */
	readonly clock: () => Clock | undefined;

	/** Sentences that a reader should know of how it was decoded, without a full stop. */
	readonly remarks: () => readonly string[];
};

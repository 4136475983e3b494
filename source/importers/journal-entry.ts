import {missedBy} from './journal-notes.ts';
import type {KernelItem} from './kernel-line.ts';
import {linesOfMessage} from './printk-text.ts';

/** Fields of a journal entry that say what the kernel printed, and when. */
export type JournalEntry = {
	/** Null where it is missing or too large. */
	readonly message: string | null;
	readonly transport: string | null;
	readonly sender: string | null;
	readonly priority: string | null;

	/** Microseconds since boot: as printk and as journald counted them. */
	readonly printed: string | null;
	readonly arrived: string | null;
	readonly boot: string | null;
};

/** Names of those fields (systemd.journal-fields(7)). */
export const journalFields = {
	message: 'MESSAGE',
	transport: '_TRANSPORT',
	sender: 'SYSLOG_IDENTIFIER',
	priority: 'PRIORITY',
	printed: '_SOURCE_MONOTONIC_TIMESTAMP',
	arrived: '__MONOTONIC_TIMESTAMP',
	boot: '_BOOT_ID',
} as const satisfies {readonly [field in keyof JournalEntry]: string};

const micros = /^\d{1,20}$/;

/** Whether the kernel's log carried the entry. */
export function isKernelEntry({transport, sender}: JournalEntry): boolean {
	return transport === null ? sender === 'kernel' : transport === 'kernel';
}

/** Seconds since boot; null where not told. */
export function entryTime({printed, arrived}: JournalEntry): number | null {
	const time = printed ?? arrived;
	return time !== null && micros.test(time) ? Number(time) / 1e6 : null;
}

/** What an entry says of the kernel's log: nothing for those of other programs. */
export function itemsOf(entry: JournalEntry, origin: number): readonly KernelItem[] {
	const {message, priority, boot} = entry;
	const time = entryTime(entry);
	if (!isKernelEntry(entry)) {
		const lost = missedBy(message ?? '');
		const isDriver = entry.transport === 'driver' || entry.transport === null;
		return lost === null || !isDriver ? [] : [{lost, origin, time}];
	}
	if (message === null) return [{lost: 1, origin, time}];
	const level = priority !== null && /^[0-7]$/.test(priority) ? Number(priority) : null;
	return linesOfMessage(message).map((text) => ({text, time, level, caller: null, origin, boot}));
}

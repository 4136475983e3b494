// What journalctl's short formats and syslogd write between the time and the message: host and sender.

import {levelOf} from './printk-text.ts';

/** Host and sender of a line. */
export type HostColumns = {
	/** `kernel`, or what a program calls itself. */
	readonly sender: string;

	/** The kernel's log carried it: printed by the kernel, or written to /dev/kmsg by who gave no name. */
	readonly isKernel: boolean;

	/** The sender tells its process: `sshd[12]`. */
	readonly isProcess: boolean;

	/** 0 to 7; null where not told. */
	readonly level: number | null;

	/** Where the message begins in the line. */
	readonly textStart: number;
};

/** Words before a message: host, facility with level, sender with its process. */
const columns =
	/ {1,4}(?:([^\s:[\]]{1,255}) {1,4})?(?:[a-z\d]{2,8}\.([a-z]{3,7}) )?([^\s:[\]]{1,200})(\[\d{1,10}\])?:(?: |$)/y;
const hostText = /(?:\S{1,255} )?(?:kernel|unknown): |\S{1,255} [^\s:[\]]{1,200}\[\d{1,10}\]: /y;

/** Whether a host or the kernel's name stands at `start`, as no kernel prints it. */
export function isHostText(line: string, start: number): boolean {
	hostText.lastIndex = start;
	return hostText.test(line);
}

/** Reads ` epyc1 kernel: …`, ` kernel: …` or ` host kern.err kernel: …` from `start` on; null for a line without a sender. */
export function parseHost(line: string, start: number): HostColumns | null {
	columns.lastIndex = start;
	const found = columns.exec(line);
	const sender = found?.[3];
	if (found === null || sender === undefined) return null;
	const isProcess = found[4] !== undefined;
	const isKernel = (sender === 'kernel' || sender === 'unknown') && !isProcess;
	return {
		sender,
		isKernel,
		isProcess,
		level: found[2] === undefined ? null : levelOf(found[2]),
		textStart: start + found[0].length,
	};
}

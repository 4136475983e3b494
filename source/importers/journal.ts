import {HostLogDecoder, isReversedLog, parseHostLine} from './host-log.ts';
import type {Importer} from './importer.ts';
import {KernelLogReader} from './kernel-log.ts';
import {parseBootStamp} from './log-stamp.ts';

const separator = /^-- (?:Boot [\da-f]{32}|Reboot|No entries|Journal begins|Logs begin)/;

/** A line of the kernel or of a program, without the time that syslog leaves in the kernel's. */
function isJournalLine(line: string): boolean {
	if (line.startsWith('<')) return false;
	const found = parseHostLine(line);
	if (found === null) return separator.test(line);
	const {level, isKernel, isProcess, textStart} = found.host;
	// dmesg has such times as well, and behind them names like those of programs.
	if (line.startsWith('[') && !isKernel && !isProcess) return false;
	return level === null && parseBootStamp(line, textStart) === null;
}

/** None where no line is the kernel's: programs write such logs as well. */
function recognise(sample: readonly string[]): number {
	const matching = sample.filter(isJournalLine);
	return matching.some((line) => parseHostLine(line)?.host.isKernel) ? matching.length : 0;
}

/** journalctl's short formats: `Jul 08 21:51:10 epyc1 kernel: …`, with any kind of time. */
export const journal: Importer = {
	format: 'journal',
	kind: 'log',
	recognise,
	open(lines) {
		const order = isReversedLog(lines) ? 'reversed' : 'as-read';
		return new KernelLogReader(new HostLogDecoder(lines), lines, order);
	},
};

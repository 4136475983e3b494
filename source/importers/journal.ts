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
	const {stamp, host} = found;
	if (host.level !== null) return false;
	const isProgram =
		line.charAt(host.textStart - 3) === ']' || line.charAt(host.textStart - 2) === ']';
	if (stamp.kind === 'boot' && !host.isKernel && !isProgram) return false;
	return parseBootStamp(line, host.textStart) === null;
}

/** journalctl's short formats: `Jul 08 21:51:10 epyc1 kernel: …`, with any kind of time. */
export const journal: Importer = {
	format: 'journal',
	kind: 'log',
	recognise: (sample) => sample.filter(isJournalLine).length,
	open(lines) {
		const order = isReversedLog(lines) ? 'reversed' : 'as-read';
		return new KernelLogReader(new HostLogDecoder(lines), lines, order);
	},
};

import {HostLogDecoder, hasKernelTime, parseHostLine} from './host-log.ts';
import type {Importer} from './importer.ts';
import {KernelLogReader} from './kernel-log.ts';

/** A line with what journalctl never prints: the kernel's own time, or a priority. */
function isSyslogLine(line: string): boolean {
	const found = parseHostLine(line);
	if (found === null || found.stamp.kind !== 'wall') return false;
	return found.host.level !== null || hasKernelTime(line);
}

/** Files of rsyslogd and of busybox: `Jul  8 21:51:10 epyc1 kernel: [  218.331000] …`, or `kern.err kernel: …`. */
export const syslog: Importer = {
	format: 'syslog',
	kind: 'log',
	recognise: (sample) => sample.filter(isSyslogLine).length,
	open: (lines) => new KernelLogReader(new HostLogDecoder(lines), lines),
};

import type {TraceColumns} from './ftrace-line.ts';

/** `sh-557       0..... 104647us#: `: number and flags of the CPU in one column; `trace-cmd report -l` has seconds there. */
const latency =
	/^ *(\S.{0,30}?)-(\d{1,8}) +(\d{1,4})[.dDbX][.\w]{2,6} +(?:(\d{1,15})us[ $@*#!+]?|(\d{1,12}(?:\.\d{1,9})?)): /;

/** `      sh   557   0 0 00000000 [0000028f] 104.647ms (+0.012ms): `: the same with the option `verbose`. */
const verbose =
	/^ *(\S.{0,30}?) +(\d{1,8}) +(\d{1,4}) \d{1,4} [\da-f]{8} \[[\da-f]{8,16}\] (\d{1,12})\.(\d{3})ms \(\+-?\d{1,12}\.\d{1,3}ms\): /;

/** No tool prints longer ones, and with them patterns stay cheap. */
const longestLine = 4096;

/** Reads a line of the latency format. Its stamp is in microseconds, `104647us`, or in seconds. */
export function parseLatencyLine(line: string): TraceColumns | null {
	if (line.length > longestLine) return null;
	const found = latency.exec(line);
	if (found !== null) {
		const [{length}, comm = '', pid, cpu, microseconds, seconds = ''] = found;
		return {
			comm,
			pid: Number(pid),
			cpu: Number(cpu),
			stamp: microseconds === undefined ? seconds : `${microseconds}us`,
			textStart: length,
		};
	}
	const [whole, comm = '', pid, cpu, milliseconds, rest] = verbose.exec(line) ?? [];
	if (whole === undefined) return null;
	return {
		comm,
		pid: Number(pid),
		cpu: Number(cpu),
		stamp: `${milliseconds}${rest}us`,
		textStart: whole.length,
	};
}

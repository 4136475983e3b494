import type {DumpedFrame} from '../recording/event.ts';
import type {Clock} from '../recording/recording.ts';
import {addressesIn} from './config-accesses.ts';
import type {Place} from './event-writer.ts';
import {parseTraceLine, type TraceColumns} from './ftrace-line.ts';
import type {Importer, LineReader, LineUse} from './importer.ts';
import {LogInterpreter, type LogSurvey} from './log-interpreter.ts';
import {mostFrames, parseArrowFrame} from './stack-lines.ts';
import {parseTraceEvent} from './trace-event.ts';
import {parseLoss, parseWritten} from './trace-losses.ts';
import {TraceTasks} from './trace-tasks.ts';

const format = 'ftrace';

/** Text that some process wrote into the trace. */
const markers = /: (?:tracing_mark_write|print): /;

/** Looks for what must be known before the first event. */
function surveyOf(lines: readonly string[], tasks: TraceTasks): LogSurvey {
	const devices = new Set<string>();
	const hasConfig = lines.some((line) => line.includes('devfn='));
	const hasUnknown = lines.some((line) => line.includes('<...>-'));
	let hasMarkers = false;
	for (const line of lines) {
		hasMarkers ||= line.includes('rite: ') && markers.test(line);
		if (hasConfig) for (const address of addressesIn(line)) devices.add(address);
		const columns = hasUnknown ? parseTraceLine(line) : null;
		if (columns !== null) tasks.learn(columns);
		if (hasMarkers && !hasConfig && !hasUnknown) break;
	}
	return {devices, hasMarkers};
}

/** A stack whose frames are being read. */
type OpenStack = {readonly place: Place; readonly frames: DumpedFrame[]};

/** Reads the text of `trace` or `trace_pipe`. */
class FtraceReader implements LineReader {
	readonly #tasks = new TraceTasks();
	readonly #log: LogInterpreter;
	#clock: Clock | undefined;
	#stack: OpenStack | null = null;

	constructor(lines: readonly string[]) {
		this.#log = new LogInterpreter(surveyOf(lines, this.#tasks));
	}

	get events() {
		return this.#log.writer.events;
	}

	read(line: string, origin: number): LineUse {
		if (this.#stack !== null) {
			const frame = parseArrowFrame(line);
			if (frame !== null) {
				if (this.#stack.frames.length < mostFrames) this.#stack.frames.push(frame);
				return 'used';
			}
			this.#closeStack();
		}
		const columns = parseTraceLine(line);
		return columns === null
			? this.#readOther(line, origin)
			: this.#readEvent(line, columns, origin);
	}

	flush(): void {
		this.#log.flush();
	}

	end(): void {
		this.#closeStack();
		this.#log.finish();
	}

	lost(): number {
		return this.#log.lost;
	}

	facts() {
		return {kernel: null, clock: this.#clock, remarks: []};
	}

	#readEvent(line: string, columns: TraceColumns, origin: number): LineUse {
		const {comm, pid, cpu, stamp, textStart} = columns;
		const context = this.#tasks.contextOf(comm, pid, cpu);
		if (!stamp.includes('.')) this.#clock = 'ticks';
		const place = {time: Number(stamp), context, origin};
		const entry = parseTraceEvent(line.slice(textStart));
		switch (entry.kind) {
			case 'stack-begin':
				this.#stack = {place, frames: []};
				return 'used';
			case 'other':
				return 'ignored';
			case 'malformed':
				return 'unparsed';
			default:
				this.#log.push({place, entry});
				return 'used';
		}
	}

	#readOther(line: string, origin: number): LineUse {
		const loss = parseLoss(line);
		if (loss !== null) {
			const place = {time: null, context: `cpu-${loss.cpu}`, origin};
			this.#log.push({place, entry: {kind: 'lost', count: loss.count}});
			return 'used';
		}
		const written = parseWritten(line);
		if (written !== null && written.lost > 0) {
			const place = {time: null, context: 'trace', origin};
			this.#log.push({place, entry: {kind: 'lost', count: written.lost}});
			return 'used';
		}
		return line.startsWith('#') || line.trim() === '' ? 'ignored' : 'unparsed';
	}

	#closeStack(): void {
		const stack = this.#stack;
		this.#stack = null;
		if (stack === null) return;
		const {place, frames} = stack;
		this.#log.push({place, entry: {kind: 'stack', frames, follows: true}});
	}
}

function recognise(sample: readonly string[]): number {
	const matching = sample.filter((line) => parseTraceLine(line) !== null).length;
	return sample.some((line) => line.startsWith('# tracer: nop')) ? matching + 1 : matching;
}

/** The `trace` and `trace_pipe` files of tracers that print no call tree. */
export const ftrace: Importer = {
	format,
	kind: 'trace',
	recognise,
	open: (lines) => new FtraceReader(lines),
};

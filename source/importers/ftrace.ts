import type {DumpedFrame} from '../recording/event.ts';
import type {Clock} from '../recording/recording.ts';
import {addressesOf} from './config-accesses.ts';
import {parseDevresLog} from './devres-text.ts';
import type {Place} from './event-writer.ts';
import {parseTraceLine, type TraceColumns} from './ftrace-line.ts';
import type {Importer, LineReader, LineUse} from './importer.ts';
import {LogInterpreter} from './log-interpreter.ts';
import {mostFrames, parseArrowFrame} from './stack-lines.ts';
import {parseTraceEvent} from './trace-event.ts';
import {stampBetween, TraceHeads} from './trace-heads.ts';
import {parseLoss, parseWritten} from './trace-losses.ts';
import {TraceTasks} from './trace-tasks.ts';

const format = 'ftrace';

/** Text that some process wrote into the trace. */
const markers = /: (?:tracing_mark_write|print): /;

/** Markers stand all over a trace: looking further costs time and finds nothing. */
const markerSample = 50_000;

const devresMark = ': devres_log: ';

/** A stack whose frames are being read. */
type OpenStack = {readonly place: Place; readonly frames: DumpedFrame[]};

/** Reads the text of `trace` or `trace_pipe`. */
class FtraceReader implements LineReader {
	readonly #tasks: TraceTasks;
	readonly #heads = new TraceHeads((...task) => this.#tasks.contextOf(...task));
	readonly #log: LogInterpreter;
	#clock: Clock | undefined;
	#stack: OpenStack | null = null;

	constructor(lines: readonly string[]) {
		this.#tasks = new TraceTasks(() => lines);
		this.#log = new LogInterpreter({
			devices: () => addressesOf(lines),
			hasMarkers: lines.slice(0, markerSample).some((line) => markers.test(line)),
		});
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
		if (this.#readOperation(line, origin)) return 'used';
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

	/** Reads what devres traces are full of without looking at each column. False for any other line. */
	#readOperation(line: string, origin: number): boolean {
		const stampEnd = line.indexOf(devresMark);
		if (stampEnd === -1) return false;
		const stampStart = line.lastIndexOf(' ', stampEnd) + 1;
		const time = stampBetween(line, stampStart, stampEnd);
		const head = Number.isNaN(time) ? null : this.#heads.headOf(line, stampStart);
		if (head === null) return false;
		const entry = parseDevresLog(line, stampEnd + devresMark.length);
		if (entry === null) return false;
		if (head.isTicks) this.#clock = 'ticks';
		this.#log.push({time, context: head.context, origin, entry});
		return true;
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
				this.#log.push({...place, entry});
				return 'used';
		}
	}

	#readOther(line: string, origin: number): LineUse {
		const loss = parseLoss(line);
		if (loss !== null) {
			const place = {time: null, context: `cpu-${loss.cpu}`, origin};
			this.#log.push({...place, entry: {kind: 'lost', count: loss.count}});
			return 'used';
		}
		const written = parseWritten(line);
		if (written !== null && written.lost > 0) {
			const place = {time: null, context: 'trace', origin};
			this.#log.push({...place, entry: {kind: 'lost', count: written.lost}});
			return 'used';
		}
		return line.startsWith('#') || line.trim() === '' ? 'ignored' : 'unparsed';
	}

	#closeStack(): void {
		const stack = this.#stack;
		this.#stack = null;
		if (stack === null) return;
		const {place, frames} = stack;
		this.#log.push({...place, entry: {kind: 'stack', frames, follows: true}});
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

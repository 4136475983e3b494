import {addressesOf} from '../inference/config-accesses.ts';
import {LogInterpreter} from '../inference/log-interpreter.ts';
import {placeOfLoss} from '../inference/log-place.ts';
import type {Lines} from '../recording/lines.ts';
import type {Clock} from '../recording/recording.ts';
import {type OperationOf, parseDevresLog} from './devres-text.ts';
import {parseTraceLine, type TraceColumns} from './ftrace-line.ts';
import type {Importer, LineReader, LineUse} from './importer.ts';
import {parseLatencyLine} from './latency-line.ts';
import type {LineBytes} from './line-bytes.ts';
import {mayHold} from './log-lines.ts';
import type {CallchainFrame} from './stack-lines.ts';
import {TraceBody} from './trace-body.ts';
import {TraceBytes} from './trace-bytes.ts';
import {isHeader, parseRelease, refusalOf} from './trace-headers.ts';
import {stampBetween, TraceHeads} from './trace-heads.ts';
import {parseLoss, parseWritten} from './trace-losses.ts';
import {TraceTasks} from './trace-tasks.ts';

const format = 'ftrace';

/** How one tool prints a trace without calls. */
export type TraceDialect = {
	/** Columns of an event's line; null where the line is none. */
	readonly columnsOf: (line: string) => TraceColumns | null;

	/** A frame of a stack that follows its event without a word, where the tool prints such. */
	readonly frameOf: ((line: string) => CallchainFrame | null) | null;

	/** Resolves what the tool prints instead of an operation; null where it prints operations. */
	readonly opOf: OperationOf | null;

	/** What a reader should know of the text, without a full stop. */
	readonly remarks: readonly string[];
};

/** Text that some process wrote into the trace. */
const markers = /(?::|^) *(?:tracing_mark_write|print): /;
const anyMarker = /tracing_mark_write: |print: /;

/** Lines that are looked at to see whether events have columns. */
const sampleSize = 400;

/** Markers stand all over a trace: looking further costs time and finds nothing. */
const markerSample = 50_000;

const devresMark = ': devres_log: ';

/** Whether events are printed without anything in front of them: the option nocontext-info. */
function isBare(sample: readonly string[], {columnsOf}: TraceDialect): boolean {
	return sample.some(isBareEvent) && sample.every((line) => columnsOf(line) === null);
}

function isBareEvent(line: string): boolean {
	return line.startsWith('devres_log: ') && parseDevresLog(line, 'devres_log:'.length) !== null;
}

function hasMarkers(lines: Lines): boolean {
	if (!mayHold(lines, markerSample, anyMarker)) return false;
	return lines.slice(0, markerSample).some((line) => markers.test(line));
}

/** Reads a trace that shows no calls. */
export class TraceReader implements LineReader {
	readonly #dialect: TraceDialect;
	readonly #heads: TraceHeads;
	readonly #tasks: TraceTasks;
	readonly #log: LogInterpreter;
	readonly #body: TraceBody;
	readonly #bytes: TraceBytes | null;
	readonly #isBare: boolean;
	readonly #remarks: string[];
	#clock: Clock | undefined;
	#kernel: string | null = null;

	constructor(lines: Lines, dialect: TraceDialect) {
		this.#dialect = dialect;
		this.#remarks = [...dialect.remarks];
		this.#isBare = isBare(lines.slice(0, sampleSize), dialect);
		const tasks = new TraceTasks(() => lines, dialect.columnsOf);
		this.#tasks = tasks;
		this.#heads = new TraceHeads((...task) => tasks.contextOf(...task));
		const log = new LogInterpreter({
			devices: () => addressesOf(lines),
			hasMarkers: hasMarkers(lines),
		});
		this.#log = log;
		// Only where an operation's line is one that every tool prints alike.
		const isUsual = dialect.frameOf === null && dialect.opOf === null;
		const headOf = (line: string, stampStart: number) => this.#heads.headOf(line, stampStart);
		this.#bytes = isUsual ? new TraceBytes(log.nodes, headOf) : null;
		this.#body = new TraceBody((record) => log.push(record), dialect.opOf);
	}

	get events() {
		return this.#log.writer.events;
	}

	read(line: string, origin: number): LineUse {
		const chained = this.#dialect.frameOf?.(line) ?? null;
		if (chained !== null) return this.#body.chain(chained);
		const continued = this.#body.continueWith(line);
		if (continued !== null) return continued;
		if (this.#readOperation(line, origin)) return 'used';
		const columns = this.#dialect.columnsOf(line);
		return columns === null
			? this.#readOther(line, origin)
			: this.#readEvent(line, columns, origin);
	}

	readBytes(line: LineBytes, start: number, end: number, origin: number): boolean {
		if (this.#bytes === null || this.#body.isOpen) return false;
		const operation = this.#bytes.read(line, start, end, origin);
		const {head} = this.#bytes;
		if (operation === null || head === null) return false;
		if (head.isTicks) this.#clock = 'ticks';
		this.#body.takeOperation(operation, head.cpu);
		this.#log.pushOperation(operation);
		return true;
	}

	flush(): void {
		this.#log.flush();
	}

	end(): void {
		this.#body.end();
		this.#log.finish();
	}

	lost(): number {
		return this.#log.lost;
	}

	facts() {
		const kernel = this.#kernel ?? this.#log.kernel;
		const remarks = this.#isBare
			? [
					...this.#remarks,
					'the trace tells neither times nor tasks: it was printed with nocontext-info',
				]
			: this.#remarks;
		return {kernel, clock: this.#clock, remarks: [...remarks, ...this.#body.remarks()]};
	}

	/** Reads what devres traces are full of without looking at each column. False for any other line. */
	#readOperation(line: string, origin: number): boolean {
		const stampEnd = line.indexOf(devresMark);
		if (stampEnd === -1) return false;
		const stampStart = line.lastIndexOf(' ', stampEnd) + 1;
		const time = stampBetween(line, stampStart, stampEnd);
		const head = Number.isNaN(time) ? null : this.#heads.headOf(line, stampStart);
		if (head === null) return false;
		const entry = parseDevresLog(line, stampEnd + devresMark.length, this.#dialect.opOf);
		if (entry === null) return false;
		if (head.isTicks) this.#clock = 'ticks';
		const record = {time, context: head.context, origin, entry};
		this.#body.takeOperation(record, head.cpu);
		this.#log.push(record);
		return true;
	}

	#readEvent(line: string, columns: TraceColumns, origin: number): LineUse {
		const {comm, pid, cpu, stamp, textStart} = columns;
		const context = this.#tasks.contextOf(comm, pid, cpu);
		const place = {time: this.#timeOf(stamp), context, origin};
		return this.#body.take(place, cpu, line.slice(textStart));
	}

	#timeOf(stamp: string): number {
		if (stamp.includes('.')) return Number(stamp);
		const isMicroseconds = stamp.endsWith('us');
		this.#clock = isMicroseconds ? 'relative' : 'ticks';
		return isMicroseconds ? Number(stamp.slice(0, -2)) / 1e6 : Number(stamp);
	}

	#readOther(line: string, origin: number): LineUse {
		const loss = parseLoss(line);
		if (loss !== null) {
			const {cpu, count} = loss;
			this.#body.lose(placeOfLoss(cpu, origin), cpu, count);
			return 'used';
		}
		const written = parseWritten(line);
		if (written !== null && written.lost > 0) {
			this.#body.lose(placeOfLoss(null, origin), null, written.lost);
			this.#remarks.push(
				`the buffer was too small: its oldest ${written.lost} events were overwritten`,
			);
			return 'used';
		}
		if (isHeader(line)) {
			this.#kernel ??= parseRelease(line);
			return 'ignored';
		}
		if (!this.#isBare) return 'unparsed';
		return this.#body.take({time: null, context: 'trace', origin}, null, line.trimStart());
	}
}

const dialect: TraceDialect = {
	columnsOf: (line) => parseTraceLine(line) ?? parseLatencyLine(line),
	frameOf: null,
	opOf: null,
	remarks: [],
};

const header = /^# tracer: (?!function_graph)|^# event histogram$/;

function recognise(sample: readonly string[]): number {
	const columned = sample.filter((line) => dialect.columnsOf(line) !== null).length;
	const matching = columned === 0 ? sample.filter(isBareEvent).length : columned;
	return sample.some((line) => header.test(line)) ? matching + 1 : matching;
}

/** The `trace` and `trace_pipe` files of tracers that print no call tree. */
export const ftrace: Importer = {
	format,
	kind: 'trace',
	recognise,
	refusalOf,
	open: (lines) => new TraceReader(lines, dialect),
};

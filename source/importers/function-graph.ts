import type {CallArguments} from '../recording/event.ts';
import type {LocatedError} from '../recording/located-error.ts';
import {createRecording, type LineCounts} from '../recording/recording.ts';
import {CallStacks, type OpenCall} from './call-stacks.ts';
import {addressesIn, ConfigAccesses} from './config-accesses.ts';
import {DriverCore} from './driver-core.ts';
import {EventWriter, type Place} from './event-writer.ts';
import {type GraphEntry, type GraphExit, type GraphLine, parseGraphLine} from './graph-line.ts';
import type {Importer, ImportOutcome, LogText} from './importer.ts';
import {ReleasePasses} from './release-passes.ts';
import {TraceComments} from './trace-comments.ts';
import {TraceContexts} from './trace-contexts.ts';

const format = 'function_graph';

/** Where a line went. */
export type LineUse = 'used' | 'ignored' | 'unparsed';

/** `dev=0xffff…, enable=0` as newer kernels print arguments; anything else is left out. */
function argumentsOf(text: string): CallArguments | null {
	if (text === '') return null;
	const pairs = text.split(', ').map((each) => each.split('=', 2));
	if (!pairs.every(([name, value]) => name !== '' && value !== undefined)) return null;
	return Object.fromEntries(pairs);
}

/** Devices that events and markers name. */
function devicesIn(lines: readonly string[]): Set<string> {
	const devices = new Set<string>();
	for (const line of lines) {
		if (!line.includes('/*')) continue;
		for (const address of addressesIn(line)) devices.add(address);
	}
	return devices;
}

/** Reads a function_graph trace line by line. */
class GraphReader {
	readonly writer = new EventWriter();

	/** Events that the trace says it lost. */
	lost = 0;
	readonly #stacks = new CallStacks();
	readonly #passes = new ReleasePasses(this.writer, this.#stacks);
	readonly #core = new DriverCore(this.writer, this.#stacks);
	readonly #contexts: TraceContexts;
	readonly #comments: TraceComments;

	constructor(lines: readonly string[]) {
		this.#contexts = new TraceContexts(lines);
		const accesses = new ConfigAccesses(devicesIn(lines));
		this.#comments = new TraceComments(this.writer, this.#passes, this.#core, accesses);
	}

	/** Reads the line with a 1-based number. */
	read(text: string, origin: number): LineUse {
		const continued = this.#comments.continueWith(text);
		if (continued !== null) return continued;
		const line = parseGraphLine(text);
		switch (line.kind) {
			case 'blank':
				return 'ignored';
			case 'unknown':
				return 'unparsed';
			case 'switch':
				this.#contexts.switchTo(line.cpu, line.to);
				return 'used';
			case 'lost':
				this.lost += line.count ?? 0;
				this.writer.write(
					{time: null, context: `cpu-${line.cpu}`, origin},
					{type: 'lost', count: line.count},
				);
				return 'used';
			case 'interrupt':
				this.#contexts.interrupt(line.cpu, line.enters);
				return 'used';
			default:
				return this.#readTree(line, origin);
		}
	}

	#readTree(
		line: Extract<GraphLine, {kind: 'entry' | 'leaf' | 'exit' | 'comment'}>,
		origin: number,
	): LineUse {
		const place = {time: line.time, context: this.#contexts.contextOf(line), origin};
		if (line.kind === 'comment') return this.#comments.read(place, line);
		if (line.kind === 'exit') return this.#exit(place, line);
		this.#enter(place, line);
		if (line.kind === 'leaf') this.#exit(place, {...line, kind: 'exit'});
		return 'used';
	}

	#enter(place: Place, {depth, fn, module, args}: GraphEntry): void {
		this.#abandon(place, this.#stacks.open(place.context, {fn, depth}));
		const given = argumentsOf(args);
		this.writer.write(place, {
			type: 'call',
			fn,
			...(given === null ? {} : {args: given}),
			...(module === null ? {} : {module}),
		});
		this.#core.afterCall(place, fn);
	}

	#exit(place: Place, {depth, fn, value}: GraphExit): LineUse {
		const {stale, call} = this.#stacks.close(place.context, depth, fn);
		this.#abandon(place, stale);
		this.#passes.beforeReturn(place, call, fn, value);
		const name = fn ?? call?.fn;
		if (call !== null) this.#core.beforeReturn(place, call.fn, value);
		// Without its call, this return would close another one that is still open.
		else if (this.#stacks.of(place.context).length > 0) return 'ignored';
		this.writer.write(place, {
			type: 'return',
			...(name === undefined ? {} : {fn: name}),
			...(value === null ? {} : {value}),
		});
		return 'used';
	}

	/** Ends calls whose ends the trace lacks. */
	#abandon(place: Place, calls: readonly OpenCall[]): void {
		for (const call of calls) {
			this.#passes.beforeReturn(place, call, call.fn, null);
			this.writer.infer(place, {type: 'return', fn: call.fn});
		}
	}
}

/** Errors shown of a file that is mostly not understood. */
const shownErrors = 3;

function brokenAt(lines: readonly string[], unparsed: readonly number[]): LocatedError[] {
	return unparsed.slice(0, shownErrors).map((index) => ({
		line: index + 1,
		column: null,
		message: 'this line is no line of a function_graph trace',
		text: (lines[index] ?? '').slice(0, 80),
		hint: `${unparsed.length} of ${lines.length} lines are not understood: save the trace file again`,
	}));
}

function read({lines, path}: LogText): ImportOutcome {
	const reader = new GraphReader(lines);
	const unparsed: number[] = [];
	const uses = {used: 0, ignored: 0, unparsed: 0};
	for (const [index, line] of lines.entries()) {
		const use = reader.read(line, index + 1);
		uses[use] += 1;
		if (use === 'unparsed') unparsed.push(index);
	}
	const {events} = reader.writer;
	if (unparsed.length > uses.used) {
		return events.length === 0
			? {verdict: 'not-my-format'}
			: {verdict: 'broken', errors: brokenAt(lines, unparsed)};
	}
	if (events.length === 0) {
		const hint = 'the tracer was on, but nothing was traced: check set_graph_function and events';
		const message = 'the trace is empty';
		return {verdict: 'empty', errors: [{line: null, column: null, message, hint}]};
	}
	const counts: LineCounts = {total: lines.length + reader.lost, ...uses, lost: reader.lost};
	const source = {kind: 'import', path, kernel: null, format} as const;
	const header = {source, title: '', lines: counts, breakpoints: [], text: lines};
	return {verdict: 'read', recording: createRecording(header, events)};
}

/** Text that anyone could write by accident isn't enough: most lines must fit, or the header say so. */
function recognise(sample: readonly string[]): number {
	const kinds = sample.map((line) => parseGraphLine(line).kind);
	const matching = kinds.filter((kind) => kind !== 'blank' && kind !== 'unknown').length;
	const foreign = kinds.filter((kind) => kind === 'unknown').length;
	if (sample.some((line) => line.startsWith(`# tracer: ${format}`))) return matching + 1;
	return matching > foreign ? matching : 0;
}

/** The `trace` file of the function_graph tracer, with devres_log events and user probes as comments. */
export const functionGraph: Importer = {format, recognise, read};

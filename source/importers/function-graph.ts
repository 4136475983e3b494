import {CallStacks, type OpenCall} from '../inference/call-stacks.ts';
import {addressesOf, ConfigAccesses} from '../inference/config-accesses.ts';
import {DevresEvents} from '../inference/devres-events.ts';
import {DriverCore} from '../inference/driver-core.ts';
import {EventWriter} from '../inference/event-writer.ts';
import {LogNodes} from '../inference/log-nodes.ts';
import {type Place, placeOfLoss} from '../inference/log-place.ts';
import {ReleasePasses} from '../inference/release-passes.ts';
import type {CallArguments} from '../recording/event-base.ts';
import type {Lines} from '../recording/lines.ts';
import type {OperationOf} from './devres-text.ts';
import {FlatGraphReader, isFlatGraph} from './flat-graph.ts';
import {type GraphEntry, type GraphExit, type GraphLine, parseGraphLine} from './graph-line.ts';
import type {Importer, LineReader, LineUse} from './importer.ts';
import {TraceComments} from './trace-comments.ts';
import {TraceContexts} from './trace-contexts.ts';
import {parseRelease} from './trace-headers.ts';

const format = 'function_graph';

/** `dev=0xffff…, enable=0` as newer kernels print arguments; anything else is left out. */
function argumentsOf(text: string): CallArguments | null {
	if (text === '') return null;
	const pairs = text.split(', ').map((each) => each.split('=', 2));
	if (!pairs.every(([name, value]) => name !== '' && value !== undefined)) return null;
	return Object.fromEntries(pairs);
}

/** A leaf's line has the time of its call. Seconds, to the nanosecond that durations are printed to. */
function endOfLeaf(time: number | null, duration: number | null): number | null {
	return time === null || duration === null ? time : Number((time + duration / 1e6).toFixed(9));
}

/** How one tool prints a trace with calls. */
export type GraphDialect = {
	/** What a line says. */
	readonly parse: (line: string) => GraphLine;

	/** Resolves what the tool prints instead of an operation; null where it prints operations. */
	readonly opOf: OperationOf | null;

	/** What a reader should know of the text, without a full stop. */
	readonly remarks: readonly string[];
};

/** Reads a trace with calls line by line. */
export class GraphReader implements LineReader {
	readonly #dialect: GraphDialect;
	readonly writer = new EventWriter();
	readonly events = this.writer.events;
	#lost = 0;
	#kernel: string | null = null;

	/** Ends of calls whose beginnings the trace lacks. */
	#begunBefore = 0;
	readonly #stacks = new CallStacks();
	readonly #nodes = new LogNodes(this.writer);
	readonly #passes = new ReleasePasses(this.writer, this.#stacks, this.#nodes);
	readonly #core = new DriverCore(this.writer, this.#stacks);
	readonly #devres = new DevresEvents(this.writer, this.#nodes, this.#passes);
	readonly #contexts: TraceContexts;
	readonly #comments: TraceComments;

	constructor(lines: Lines, dialect: GraphDialect) {
		this.#dialect = dialect;
		this.#contexts = new TraceContexts(lines, dialect.parse);
		// Calls name no devices: only events and markers do.
		const told = () => lines.filter((line) => line.includes('/*') || line.includes(': '));
		const accesses = new ConfigAccesses(() => addressesOf(told()));
		const {opOf} = dialect;
		this.#comments = new TraceComments(this.writer, this.#devres, this.#core, accesses, opOf);
	}

	read(text: string, origin: number): LineUse {
		const continued = this.#comments.continueWith(text);
		if (continued !== null) return continued;
		const line = this.#dialect.parse(text);
		switch (line.kind) {
			case 'blank':
				if (text.startsWith('#')) this.#kernel ??= parseRelease(text);
				return 'ignored';
			case 'unknown':
				return 'unparsed';
			case 'switch':
			case 'interrupt':
				this.#contexts.follow(line);
				return 'used';
			case 'lost':
				this.#lose(line.cpu, line.count, origin);
				return 'used';
			default:
				return this.#readTree(line, origin);
		}
	}

	/** Nothing waits: calls tell what a pass is. */
	flush(): void {}

	end(): void {}

	lost(): number {
		return this.#lost;
	}

	facts() {
		const count = this.#begunBefore;
		const middle = `the trace begins in the middle of calls: ${count} of them end without a beginning`;
		const remarks = count === 0 ? this.#dialect.remarks : [...this.#dialect.remarks, middle];
		return {kernel: this.#kernel, clock: undefined, remarks};
	}

	#lose(cpu: number | null, count: number | null, origin: number): void {
		this.#lost += count ?? 0;
		this.writer.write(placeOfLoss(cpu, origin), {type: 'lost', count});
		this.#nodes.lose();
		this.#comments.lose();
	}

	#readTree(
		line: Extract<GraphLine, {kind: 'entry' | 'leaf' | 'exit' | 'comment'}>,
		origin: number,
	): LineUse {
		const place = {time: line.time, context: this.#contexts.contextOf(line), origin};
		if (line.kind === 'comment') return this.#comments.read(place, line);
		if (line.kind === 'exit') return this.#exit(place, line);
		this.#enter(place, line);
		if (line.kind === 'leaf') {
			const time = endOfLeaf(place.time, line.duration);
			this.#exit({...place, time}, {...line, kind: 'exit'});
		}
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
		if (call === null) this.#begunBefore += 1;
		if (call !== null) this.#core.beforeReturn(place, call, value);
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

/** What other tracers print too, and what no tracer prints. */
const ofAnyTrace: ReadonlySet<GraphLine['kind']> = new Set(['blank', 'lost', 'unknown']);

/** Text that anyone could write by accident isn't enough: most lines must fit, or the header say so. */
function recognise(sample: readonly string[]): number {
	const kinds = sample.map((line) => parseGraphLine(line).kind);
	const matching = kinds.filter((kind) => !ofAnyTrace.has(kind)).length;
	const foreign = kinds.filter((kind) => kind === 'unknown').length;
	if (sample.some((line) => line.startsWith(`# tracer: ${format}`))) return matching + 1;
	return matching > foreign ? matching : 0;
}

const dialect: GraphDialect = {parse: parseGraphLine, opOf: null, remarks: []};

/** The `trace` file of the function_graph tracer, with devres_log events and user probes as comments. */
export const functionGraph: Importer = {
	format,
	kind: 'trace',
	recognise,
	open: (lines) =>
		isFlatGraph(lines) ? new FlatGraphReader(lines) : new GraphReader(lines, dialect),
};

import type {CallArguments} from '../recording/event.ts';
import {CallStacks, type OpenCall} from './call-stacks.ts';
import {addressesOf, ConfigAccesses} from './config-accesses.ts';
import {DevresEvents} from './devres-events.ts';
import {DriverCore} from './driver-core.ts';
import {EventWriter, type Place} from './event-writer.ts';
import {type GraphEntry, type GraphExit, type GraphLine, parseGraphLine} from './graph-line.ts';
import type {Importer, LineReader, LineUse} from './importer.ts';
import {LogNodes} from './log-nodes.ts';
import {ReleasePasses} from './release-passes.ts';
import {TraceComments} from './trace-comments.ts';
import {TraceContexts} from './trace-contexts.ts';

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

/** Reads a function_graph trace line by line. */
class GraphReader implements LineReader {
	readonly writer = new EventWriter();
	readonly events = this.writer.events;
	#lost = 0;
	readonly #stacks = new CallStacks();
	readonly #nodes = new LogNodes(this.writer);
	readonly #passes = new ReleasePasses(this.writer, this.#stacks, this.#nodes);
	readonly #core = new DriverCore(this.writer, this.#stacks);
	readonly #devres = new DevresEvents(this.writer, this.#nodes, this.#passes);
	readonly #contexts: TraceContexts;
	readonly #comments: TraceComments;

	constructor(lines: readonly string[]) {
		this.#contexts = new TraceContexts(lines);
		const accesses = new ConfigAccesses(() =>
			addressesOf(lines.filter((line) => line.includes('/*'))),
		);
		this.#comments = new TraceComments(this.writer, this.#devres, this.#core, accesses);
	}

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
				this.#lost += line.count ?? 0;
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

	/** Nothing waits: calls tell what a pass is. */
	flush(): void {}

	end(): void {}

	lost(): number {
		return this.#lost;
	}

	facts() {
		return {kernel: null, clock: undefined, remarks: []};
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

/** Text that anyone could write by accident isn't enough: most lines must fit, or the header say so. */
function recognise(sample: readonly string[]): number {
	const kinds = sample.map((line) => parseGraphLine(line).kind);
	const matching = kinds.filter((kind) => kind !== 'blank' && kind !== 'unknown').length;
	const foreign = kinds.filter((kind) => kind === 'unknown').length;
	if (sample.some((line) => line.startsWith(`# tracer: ${format}`))) return matching + 1;
	return matching > foreign ? matching : 0;
}

/** The `trace` file of the function_graph tracer, with devres_log events and user probes as comments. */
export const functionGraph: Importer = {
	format,
	kind: 'trace',
	recognise,
	open: (lines) => new GraphReader(lines),
};

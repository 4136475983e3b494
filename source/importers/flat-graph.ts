import {addressesOf} from '../inference/config-accesses.ts';
import {LogInterpreter} from '../inference/log-interpreter.ts';
import {type Place, placeOfLoss} from '../inference/log-place.ts';
import type {Lines} from '../recording/lines.ts';
import {type GraphComment, type GraphLine, parseGraphLine} from './graph-line.ts';
import type {LineReader, LineUse} from './importer.ts';
import {TraceBody} from './trace-body.ts';
import {TraceContexts} from './trace-contexts.ts';
import {parseTraceEvent} from './trace-event.ts';
import {parseRelease} from './trace-headers.ts';

/** Lines that tell whether a trace has calls, and markers: looking further costs time and finds nothing. */
const surveyed = 50_000;

const endOfComment = '*/';

/** What a closed or open comment says; null for any other line. */
function commentIn(line: string): string | null {
	if (!line.includes('/*')) return null;
	const read = parseGraphLine(line);
	return read.kind === 'comment' ? read.text : null;
}

function hasMarkers(lines: Lines): boolean {
	return lines.slice(0, surveyed).some((line) => {
		const text = commentIn(line);
		return text !== null && parseTraceEvent(text, null).kind === 'marker';
	});
}

/** Whether a trace shows operations and no calls, as one that was exported from a log does. */
export function isFlatGraph(lines: Lines): boolean {
	let hasOperations = false;
	for (const line of lines.slice(0, surveyed)) {
		const read = parseGraphLine(line);
		if (read.kind === 'entry' || read.kind === 'leaf' || read.kind === 'exit') return false;
		hasOperations ||= read.kind === 'comment' && parseTraceEvent(read.text, null).kind === 'devres';
	}
	return hasOperations;
}

/** Reads a trace of the function_graph tracer that has no calls: as in any log, passes are told by what is released. */
export class FlatGraphReader implements LineReader {
	readonly #log: LogInterpreter;
	readonly #body: TraceBody;
	readonly #contexts: TraceContexts;
	#kernel: string | null = null;

	/** A comment that is no stack goes on in the next line. */
	#isOpen = false;

	constructor(lines: Lines) {
		const log = new LogInterpreter({
			devices: () => addressesOf(lines),
			hasMarkers: hasMarkers(lines),
		});
		this.#log = log;
		this.#body = new TraceBody((record) => log.push(record), null);
		this.#contexts = new TraceContexts(lines, parseGraphLine);
	}

	get events() {
		return this.#log.writer.events;
	}

	read(text: string, origin: number): LineUse {
		const continued = this.#body.continueWith(text);
		if (continued !== null) return continued;
		// What a stack without frames ends with.
		if (text.trim() === endOfComment) return 'ignored';
		const line = parseGraphLine(text);
		if (this.#isOpen) {
			this.#isOpen = line.kind === 'unknown' && !text.endsWith(endOfComment);
			if (line.kind === 'unknown') return 'ignored';
		}
		return this.#readLine(line, text, origin);
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
		return {kernel, clock: undefined, remarks: this.#body.remarks()};
	}

	#readLine(line: GraphLine, text: string, origin: number): LineUse {
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
				this.#body.lose(placeOfLoss(line.cpu, origin), line.cpu, line.count);
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
		if (line.kind === 'comment') return this.#readComment(place, line);
		return line.kind === 'exit'
			? 'ignored'
			: this.#body.takeParsed(place, line.cpu, {kind: 'call'});
	}

	#readComment(
		place: Place,
		{text, closed, cpu}: GraphComment & {readonly cpu: number | null},
	): LineUse {
		const event = parseTraceEvent(text, null);
		this.#isOpen = !closed && event.kind !== 'stack-begin';
		return this.#body.takeParsed(place, cpu, event);
	}
}

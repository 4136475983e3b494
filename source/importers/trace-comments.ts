import type {ConfigAccesses} from '../inference/config-accesses.ts';
import {addressesIn} from '../inference/config-accesses.ts';
import type {DevresEvents} from '../inference/devres-events.ts';
import type {DriverCore} from '../inference/driver-core.ts';
import type {EventWriter} from '../inference/event-writer.ts';
import type {Place} from '../inference/log-place.ts';
import type {DumpedFrame} from '../recording/event.ts';
import type {OperationOf} from './devres-text.ts';
import {type GraphComment, parseGraphLine} from './graph-line.ts';
import type {LineUse} from './importer.ts';
import {printkOf} from './kernel-message.ts';
import {mostFrames, parseArrowFrame} from './stack-lines.ts';
import {parseTraceEvent, type TraceEvent} from './trace-event.ts';

/** A comment that goes on over several lines. */
type Unfinished = {
	readonly place: Place;
	readonly frames: DumpedFrame[];
	readonly isStack: boolean;
};

/** Whether a comment of several lines may hold this line: it is no line of a trace. */
function isText({isStack}: Unfinished, line: string): boolean {
	return !isStack && parseGraphLine(line).kind === 'unknown';
}

/** Turns what stands between the calls of a trace, trace events and markers, into events. */
export class TraceComments {
	readonly #writer: EventWriter;
	readonly #devres: DevresEvents;
	readonly #core: DriverCore;
	readonly #accesses: ConfigAccesses;
	readonly #opOf: OperationOf | null;
	#unfinished: Unfinished | null = null;

	/** Last event of each context: a dumped stack explains the one before it. Null for one of no concern. */
	readonly #last = new Map<string, number | null>();

	/** `opOf` resolves what tools print instead of an operation; null where it is printed. */
	constructor(
		writer: EventWriter,
		devres: DevresEvents,
		core: DriverCore,
		accesses: ConfigAccesses,
		opOf: OperationOf | null,
	) {
		this.#opOf = opOf;
		this.#writer = writer;
		this.#devres = devres;
		this.#core = core;
		this.#accesses = accesses;
	}

	/** Writes what a comment tells and says what became of its line. An open one goes on in continueWith(). */
	read(place: Place, {text, closed}: GraphComment): LineUse {
		const trace = parseTraceEvent(text, this.#opOf);
		if (trace.kind === 'stack-begin') return this.#beginStack(place, trace, closed);
		if (!closed) this.#unfinished = {place, frames: [], isStack: false};
		const seq = this.#write(place, trace);
		this.#last.set(place.context, typeof seq === 'number' ? seq : null);
		return typeof seq === 'number' ? 'used' : seq;
	}

	/** Takes a line of a comment that began earlier; null where none is open or the line is no part of it. */
	continueWith(line: string): LineUse | null {
		const unfinished = this.#unfinished;
		if (unfinished === null) return null;
		const frame = unfinished.isStack ? parseArrowFrame(line) : null;
		const ends = line.endsWith('*/');
		const isPart = frame !== null || (ends && !line.includes('/*')) || isText(unfinished, line);
		if (frame !== null && unfinished.frames.length < mostFrames) unfinished.frames.push(frame);
		if (!isPart || ends) this.#finish(unfinished);
		if (!isPart) return null;
		return unfinished.isStack ? 'used' : 'ignored';
	}

	#beginStack(
		place: Place,
		{isUser, frames}: Extract<TraceEvent, {kind: 'stack-begin'}>,
		closed: boolean,
	): LineUse {
		const isStack = !isUser && this.#last.get(place.context) !== null;
		const unfinished = {place, frames: [...(frames ?? [])], isStack};
		if (closed || frames !== null) this.#finish(unfinished);
		else this.#unfinished = unfinished;
		return isStack ? 'used' : 'ignored';
	}

	/** Seq of the event that tells it, or what else became of the line. */
	#write(place: Place, trace: Exclude<TraceEvent, {kind: 'stack-begin'}>): number | LineUse {
		switch (trace.kind) {
			case 'devres':
				this.#core.beforeOperation(place, trace.device);
				return this.#devres.write(place, trace);
			case 'config': {
				const known = (address: string) => this.#writer.device(address);
				const facts = this.#accesses.read(place.context, trace, known);
				return facts === null ? 'ignored' : this.#writer.write(place, facts);
			}
			case 'marker':
				return this.#writeMarker(place, trace.text);
			case 'message':
				return this.#writeMessage(place, trace.text);
			case 'malformed':
				return 'unparsed';
			case 'call':
			case 'other':
				return 'ignored';
		}
	}

	#writeMarker(place: Place, text: string): number {
		const [device, ...others] = addressesIn(text);
		const about = device === undefined || others.length > 0 ? {} : {device};
		const seq = this.#writer.write(place, {type: 'action', text, ...about});
		this.#core.announce(place, text);
		return seq;
	}

	/** Operations have trace events of their own, so a line of the kernel log is never more than what it says. */
	#writeMessage(place: Place, message: string): number {
		const {level, device, prefix, text} = printkOf(message, null);
		const about = device === null ? {} : {device};
		return this.#writer.write(place, {type: 'printk', ...about, level, prefix, text});
	}

	/** Events of all contexts may be missing: no stack explains what stands before them. */
	lose(): void {
		this.#last.clear();
	}

	#finish({place, frames, isStack}: Unfinished): void {
		this.#unfinished = null;
		if (!isStack || frames.length === 0) return;
		const of = this.#last.get(place.context) ?? null;
		this.#writer.write(place, {type: 'stack', frames, ...(of === null ? {} : {of})});
	}
}

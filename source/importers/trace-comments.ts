import type {DumpedFrame} from '../recording/event.ts';
import type {ConfigAccesses} from './config-accesses.ts';
import {addressesIn} from './config-accesses.ts';
import type {DevresEvents} from './devres-events.ts';
import type {DriverCore} from './driver-core.ts';
import type {EventWriter, Place} from './event-writer.ts';
import type {GraphComment} from './graph-line.ts';
import type {LineUse} from './importer.ts';
import {mostFrames, parseArrowFrame} from './stack-lines.ts';
import {parseTraceEvent} from './trace-event.ts';

/** A comment that goes on over several lines. */
type Unfinished = {
	readonly place: Place;
	readonly frames: DumpedFrame[];
	readonly isStack: boolean;
};

/** Turns what stands between the calls of a trace, trace events and markers, into events. */
export class TraceComments {
	readonly #writer: EventWriter;
	readonly #devres: DevresEvents;
	readonly #core: DriverCore;
	readonly #accesses: ConfigAccesses;
	#unfinished: Unfinished | null = null;

	/** Last event of each context: a dumped stack explains the one before it. */
	readonly #last = new Map<string, number>();

	constructor(
		writer: EventWriter,
		devres: DevresEvents,
		core: DriverCore,
		accesses: ConfigAccesses,
	) {
		this.#writer = writer;
		this.#devres = devres;
		this.#core = core;
		this.#accesses = accesses;
	}

	/** Writes what a comment tells and says what became of its line. An open one goes on in continueWith(). */
	read(place: Place, {text, closed}: GraphComment): LineUse {
		const trace = parseTraceEvent(text);
		if (!closed) this.#unfinished = {place, frames: [], isStack: trace.kind === 'stack-begin'};
		switch (trace.kind) {
			case 'devres':
				this.#last.set(place.context, this.#devres.write(place, trace));
				return 'used';
			case 'config': {
				const known = (address: string) => this.#writer.device(address);
				const facts = this.#accesses.read(place.context, trace, known);
				if (facts === null) return 'ignored';
				this.#last.set(place.context, this.#writer.write(place, facts));
				return 'used';
			}
			case 'marker': {
				const [device, ...others] = addressesIn(trace.text);
				const about = device === undefined || others.length > 0 ? {} : {device};
				this.#writer.write(place, {type: 'action', text: trace.text, ...about});
				this.#core.announce(place, trace.text);
				return 'used';
			}
			case 'printk': {
				const {level, device, prefix, text: said} = trace;
				const about = device === null ? {} : {device};
				const facts = {type: 'printk', level, prefix, text: said, ...about} as const;
				this.#last.set(place.context, this.#writer.write(place, facts));
				return 'used';
			}
			case 'malformed':
				return 'unparsed';
			case 'stack-begin':
				return 'used';
			case 'other':
				return 'ignored';
		}
	}

	/** Takes a line of a comment that began earlier; null where none is open or the line is no part of it. */
	continueWith(line: string): LineUse | null {
		const unfinished = this.#unfinished;
		if (unfinished === null) return null;
		const frame = parseArrowFrame(line);
		const ends = line.endsWith('*/');
		const isPart = frame !== null || (ends && !line.includes('/*'));
		if (frame !== null && unfinished.frames.length < mostFrames) unfinished.frames.push(frame);
		if (!isPart || ends) this.#finish(unfinished);
		if (!isPart) return null;
		return unfinished.isStack ? 'used' : 'ignored';
	}

	#finish({place, frames, isStack}: Unfinished): void {
		this.#unfinished = null;
		if (!isStack) return;
		const of = this.#last.get(place.context);
		this.#writer.write(place, {type: 'stack', frames, ...(of === undefined ? {} : {of})});
	}
}

import type {LogRecord} from '../inference/log-entry.ts';
import type {Place} from '../inference/log-place.ts';
import type {DumpedFrame} from '../recording/event.ts';
import type {OperationOf} from './devres-text.ts';
import type {LineUse} from './importer.ts';
import {KernelMessages} from './kernel-messages.ts';
import {type CallchainFrame, isUserFrame, mostFrames, parseArrowFrame} from './stack-lines.ts';
import {parseTraceEvent, type TraceEvent} from './trace-event.ts';

/** A stack whose frames are being read. */
type OpenStack = {
	readonly place: Place;
	readonly frames: DumpedFrame[];
	readonly isUser: boolean;

	/** What becomes of its lines. */
	readonly use: LineUse;
	readonly follows: boolean | null;
};

/** What the event before a stack was: of no concern. */
const ofNoConcern = Symbol('of no concern');

/** A function and nothing else: how the function tracer prints a call without the caller. */
const bareFunction = /^[A-Za-z_][\w.]{1,200}(?:\+0x[\da-f/x]{1,40})?(?: \[\S{1,64}\])?$/;

const devresMark = ': DEVRES ';

/** Makes records of the events of a trace that shows no calls, and of the stacks that are dumped with them. */
export class TraceBody {
	readonly #give: (record: LogRecord) => void;
	readonly #opOf: OperationOf | null;
	readonly #messages: KernelMessages;
	#stack: OpenStack | null = null;

	/** Context of the last event of each CPU: a stack belongs to the event before it on its CPU. */
	#last: (string | typeof ofNoConcern | undefined)[] = [];

	/** The event in the line before, whatever its CPU. */
	#latest: Place | null = null;
	#latestUse: LineUse = 'ignored';

	/** Lines of the function tracer. */
	#calls = 0;

	/** Operations are told by their own event: lines of the kernel log that say the same are quotations. */
	#hasOperations = false;

	/** When lines of the kernel log were printed. A trace's clock that steps back is no sign of another boot. */
	readonly #times = new Map<number, number | null>();

	/** Context whose lines of the kernel log may go on. */
	#speaker: string | null = null;

	/** `opOf` resolves what tools print instead of an operation; null where it is printed. */
	constructor(give: (record: LogRecord) => void, opOf: OperationOf | null) {
		this.#give = give;
		this.#opOf = opOf;
		const take = (record: LogRecord) => {
			give({...record, time: this.#times.get(record.origin) ?? null});
		};
		this.#messages = new KernelMessages(take, () => false);
	}

	/** Takes a line of a stack that began earlier; null where none is open or the line is no part of it. */
	continueWith(line: string): LineUse | null {
		const stack = this.#stack;
		if (stack === null) return null;
		if (stack.isUser && isUserFrame(line)) return stack.use;
		const frame = stack.isUser ? null : parseArrowFrame(line);
		if (frame !== null) {
			if (stack.frames.length < mostFrames) stack.frames.push(frame);
			return stack.use;
		}
		this.#closeStack();
		return null;
	}

	/** Takes a frame that stands below its event without a heading. */
	chain({frame, isKernel}: CallchainFrame): LineUse {
		if (this.#latest === null) return 'unparsed';
		const use = this.#latestUse;
		this.#stack ??= {place: this.#latest, frames: [], isUser: false, use, follows: true};
		if (!isKernel || use !== 'used') return 'ignored';
		if (this.#stack.frames.length < mostFrames) this.#stack.frames.push(frame);
		return 'used';
	}

	/** Whether the next line may go on with a stack. */
	get isOpen(): boolean {
		return this.#stack !== null;
	}

	/** An operation was read, and is given by its reader. */
	takeOperation(record: Place, cpu: number | null): void {
		if (this.#speaker !== null) this.#endMessage(record.context);
		this.#hasOperations = true;
		this.#last[cpu ?? 0] = record.context;
		this.#latest = record;
		this.#latestUse = 'used';
	}

	/** Takes an event; `text` is what stands right of the columns, and `cpu` is null where not told. */
	take(place: Place, cpu: number | null, text: string): LineUse {
		const isNamed = text.includes(': ') || !bareFunction.test(text);
		return this.takeParsed(
			place,
			cpu,
			isNamed ? parseTraceEvent(text, this.#opOf) : {kind: 'call'},
		);
	}

	/** The same for an event whose text was read. */
	takeParsed(place: Place, cpu: number | null, entry: TraceEvent): LineUse {
		if (entry.kind === 'stack-begin') return this.#openStack(place, cpu, entry);
		const use = this.#takeEvent(place, entry);
		this.#last[cpu ?? 0] = use === 'used' ? place.context : ofNoConcern;
		this.#latest = place;
		this.#latestUse = use;
		return use;
	}

	/** Events of a CPU are missing; `cpu` is null where not told, `count` where they aren't counted. */
	lose(place: Place, cpu: number | null, count: number | null): void {
		if (cpu === null) this.#last = [];
		else this.#last[cpu] = undefined;
		this.#give({...place, entry: {kind: 'lost', count}});
	}

	/** What a reader should know of the events so far, without a full stop. */
	remarks(): readonly string[] {
		const calls = this.#calls;
		return calls === 0 ? [] : [`${calls} lines of the function tracer are passed over`];
	}

	/** The trace is over. */
	end(): void {
		this.#closeStack();
		this.#messages.end();
	}

	#takeEvent(place: Place, entry: Exclude<TraceEvent, {kind: 'stack-begin'}>): LineUse {
		if (entry.kind === 'message') return this.#takeMessage(place, entry.text);
		if (this.#speaker !== null) this.#endMessage(place.context);
		if (entry.kind === 'other') return 'ignored';
		if (entry.kind === 'malformed') return 'unparsed';
		if (entry.kind === 'call') {
			this.#calls += 1;
			return 'ignored';
		}
		if (entry.kind === 'devres') this.#hasOperations = true;
		this.#give({...place, entry});
		return 'used';
	}

	/** Whoever does something else has said what there was to say. */
	#endMessage(context: string): void {
		if (this.#speaker !== context) return;
		this.#messages.end();
		this.#speaker = null;
	}

	#takeMessage({time, context, origin}: Place, text: string): LineUse {
		if (this.#hasOperations && text.includes(devresMark)) return 'quoted';
		this.#speaker = context;
		this.#times.set(origin, time);
		const line = {text, time: null, level: null, caller: context, origin, boot: null};
		return this.#messages.take(line) ? 'used' : 'unparsed';
	}

	#openStack(
		place: Place,
		cpu: number | null,
		{isUser, frames}: Extract<TraceEvent, {kind: 'stack-begin'}>,
	): LineUse {
		const last = this.#last[cpu ?? 0];
		const use = isUser || last === ofNoConcern ? 'ignored' : 'used';
		const follows = last === place.context ? true : null;
		this.#stack = {place, frames: [...(frames ?? [])], isUser, use, follows};
		if (frames !== null) this.#closeStack();
		return use;
	}

	#closeStack(): void {
		const stack = this.#stack;
		this.#stack = null;
		if (stack === null || stack.use !== 'used' || stack.frames.length === 0) return;
		const {place, frames, follows} = stack;
		this.#give({...place, entry: {kind: 'stack', frames, follows}});
	}
}

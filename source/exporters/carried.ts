// What each text format can hold of a recording. This is the one place that says so: the exporters write these events
// and no others, an importer reads them back, and the round trip is tested against it.

import type {DumpedFrame, EventType, RecordedEvent} from '../recording/event.ts';
import type {Recording} from '../recording/recording.ts';
import {CarriedCalls, type Facts} from './carried-calls.ts';
import {
	carriedTime,
	configTarget,
	frameOffset,
	functionName,
	moduleName,
	nodeAddress,
	oneLine,
	oneWord,
	withoutBreaks,
} from './carried-text.ts';
import {placeOf} from './trace-place.ts';

/** Formats that hold a part of a recording. The others hold all of it, or are never read back. */
export type CarriedFormat = 'dmesg' | 'ftrace' | 'function_graph';

const devresTypes = ['devres-add', 'devres-release', 'devres-remove', 'devres-replace'] as const;
const configTypes = ['config-read', 'config-write'] as const;

type DevresEvent = Extract<RecordedEvent, {type: (typeof devresTypes)[number]}>;
type AccessEvent = Extract<RecordedEvent, {type: (typeof configTypes)[number]}>;

/** Sizes with more digits are no sizes. */
const largestSize = 1e15 - 1;

/** Deeper stacks are no stacks. */
const mostFrames = 256;

/** KERN_DEBUG. */
const debugLevel = 7;

/**
Event types that each format has lines for. Everything else is left out, and so is every inferred event: an importer
infers it again.

Actions are markers of a trace. A kernel log has them only where it was imported with them: a simulation's script is
no part of what the kernel prints.
*/
export const carriedTypes: {readonly [F in CarriedFormat]: ReadonlySet<EventType>} = {
	dmesg: new Set([...devresTypes, 'printk', 'warning', 'stack', 'action']),
	ftrace: new Set([...devresTypes, ...configTypes, 'printk', 'stack', 'action', 'lost']),
	function_graph: new Set([
		'call',
		'return',
		...devresTypes,
		...configTypes,
		'printk',
		'stack',
		'action',
		'lost',
	]),
};

function devicesOf(recording: Recording, types: readonly EventType[]): ReadonlySet<string> {
	const seqs = types.flatMap((type) => recording.ofType(type));
	return new Set(seqs.map((seq) => recording.at(seq).device ?? ''));
}

function countBy<T>(items: Iterable<T>, key: (item: T) => string): ReadonlyMap<string, number> {
	const counts = new Map<string, number>();
	for (const item of items) counts.set(key(item), (counts.get(key(item)) ?? 0) + 1);
	return counts;
}

/**
Devices whose register accesses come back with them. A probe tells bus, slot and function: it is of no use where another
domain has the same. A device of which only slot and function are known must not be taken for one that has a name.
*/
function accessibleDevices(recording: Recording): ReadonlySet<string> {
	const listed = devicesOf(recording, devresTypes);
	const accessed = devicesOf(recording, configTypes);
	const place = (device: string) => {
		const target = configTarget(device);
		return target === null ? '' : `${target.bus}:${target.devfn}`;
	};
	const slot = (device: string) => `${configTarget(device)?.devfn}`;
	const sharing = countBy(new Set([...listed, ...accessed]), place);
	const named = [...accessed].filter(
		(device) => (configTarget(device)?.bus ?? null) !== null && sharing.get(place(device)) === 1,
	);
	const known = [...new Set([...listed, ...named])].filter(
		(device) => configTarget(device)?.bus != null,
	);
	const slots = countBy(known, slot);
	const nameless = [...accessed].filter(
		(device) => configTarget(device)?.bus === null && slots.get(slot(device)) !== 1,
	);
	return new Set([...named, ...nameless]);
}

function devresFacts(event: DevresEvent): Facts | null {
	const {type, generation, size} = event;
	const device = oneWord(event.device ?? '');
	const name = oneLine(event.name);
	const node = nodeAddress(event.node);
	if (device === '' || name === '' || node === null || size > largestSize) return null;
	return {type, device, node, generation, name, size};
}

function accessFacts(event: AccessEvent, accessible: ReadonlySet<string>): Facts | null {
	const {type, device, offset, width, value} = event;
	if (device === undefined || !accessible.has(device) || ![1, 2, 4].includes(width)) return null;
	// What the register held before follows from the accesses before.
	return {type, device, offset, width, value, ...(type === 'config-write' && {previous: null})};
}

/** Frames that may be none can't be marked in a trace. Which event a stack explains follows from its place. */
function tracedFrames(frames: readonly DumpedFrame[]): readonly DumpedFrame[] {
	return frames
		.filter(({unreliable}) => !unreliable)
		.slice(0, mostFrames)
		.map(({fn, offset, module}) => ({
			fn: functionName(fn),
			...(frameOffset(offset) === null ? {} : {offset: offset ?? ''}),
			...(moduleName(module) === null ? {} : {module: module ?? ''}),
		}));
}

/** An event's own facts as lines of a trace or log carry them; null where a line can't. Calls and returns are not asked for. */
function factsOf(
	event: RecordedEvent,
	format: CarriedFormat,
	accessible: ReadonlySet<string>,
): Facts | null {
	const isLog = format === 'dmesg';
	switch (event.type) {
		case 'devres-add':
		case 'devres-release':
		case 'devres-remove':
		case 'devres-replace':
			return devresFacts(event);
		case 'config-read':
		case 'config-write':
			return accessFacts(event, accessible);
		case 'printk': {
			const said = withoutBreaks(`${event.prefix === '' ? '' : `${event.prefix}: `}${event.text}`);
			const text = isLog ? said : said.trim();
			// The kernel prints empty lines, but a trace event without text is none.
			return text === '' && !isLog ? null : {type: 'printk', level: null, prefix: '', text};
		}
		case 'warning': {
			const at = event.at === undefined ? {} : {at: withoutBreaks(event.at)};
			return {type: 'warning', text: withoutBreaks(event.text), ...at, frames: event.frames};
		}
		case 'stack':
			return {type: 'stack', frames: isLog ? event.frames : tracedFrames(event.frames)};
		case 'action':
			return {type: 'action', text: oneLine(event.text)};
		case 'lost':
			return {type: 'lost', count: event.count};
		default:
			return null;
	}
}

/** A kernel log names no task, a plain trace always one. A loss is told for a CPU, whoever ran there. */
function contextOf({context, type}: RecordedEvent, format: CarriedFormat): string {
	if (format === 'dmesg') return '';
	const place = placeOf(context);
	if (type === 'lost') return `cpu-${place.task === null ? (place.cpu ?? 0) : 0}`;
	if (format === 'function_graph' || place.task !== null) return place.context;
	return place.cpu === null ? 'task-1' : `${place.context}-1`;
}

/** Lines that no kernel prints unless told to, and the actions of a script, which is none of the kernel's business. */
function isUnsaid(event: RecordedEvent, {header}: Recording, format: CarriedFormat): boolean {
	if (format !== 'dmesg' || header.source.kind === 'import') return false;
	return event.type === 'action' || (event.type === 'printk' && event.level === debugLevel);
}

/** Asked for each event of a recording in turn, gives what the format holds of it; null for nothing. */
export type Carrier = (event: RecordedEvent) => RecordedEvent | null;

/**
What a format holds of each event of a recording, as an importer reads it back, numbered anew.

Times have nanoseconds, those of a kernel log microseconds. A line of a plain trace must have one: where none is told it
is that of the event before. Contexts have a name and a PID, texts one line. Names, arguments
and values that the text can't carry are changed or left out as `carried-text.ts` says. What no line says is gone:
origins, marks, the device of a call.
*/
export function carrierOf(recording: Recording, format: CarriedFormat): Carrier {
	const types = carriedTypes[format];
	const accessible = accessibleDevices(recording);
	const contexts = new Map<string, string>();
	const calls = new CarriedCalls();
	let next = 0;
	let last = 0;
	return (event) => {
		if (!types.has(event.type) || isUnsaid(event, recording, format)) return null;
		const facts =
			event.type === 'call'
				? calls.call(event)
				: event.type === 'return'
					? calls.return(event)
					: factsOf(event, format, accessible);
		if (facts === null || event.inferred) return null;
		const isLoss = event.type === 'lost';
		const key = `${isLoss ? 'lost ' : ''}${event.context}`;
		const context = contexts.get(key) ?? contextOf(event, format);
		contexts.set(key, context);
		const told = isLoss ? null : carriedTime(event.time, format === 'dmesg' ? 6 : 9);
		const time = format === 'ftrace' && !isLoss ? (told ?? last) : told;
		last = time ?? last;
		const carried = {seq: next, time, context, ...facts} as RecordedEvent;
		next += 1;
		return carried;
	};
}

/** Everything that a format holds of a recording. */
export function* carriedEvents(
	recording: Recording,
	format: CarriedFormat,
): Iterable<RecordedEvent> {
	const carry = carrierOf(recording, format);
	for (let seq = 0; seq < recording.length; seq += 1) {
		const event = carry(recording.at(seq));
		if (event !== null) yield event;
	}
}

import {callIndexOf} from '../debugger/call-index.ts';
import {describe, describeArguments, describeValue} from '../recording/describe.ts';
import type {RecordedEvent} from '../recording/event.ts';
import type {Recording} from '../recording/recording.ts';
import {executionIndexOf} from './execution-index.ts';
import {nodeNamer, withNodeNames} from './node-names.ts';
import {type Span, type Style, span} from './row.ts';
import type {Glyphs} from './theme.ts';

/** One row of the execution tree, not yet fitted into a width. */
export type ExecutionRow = {
	/** Its first event, and the one behind its last. */
	readonly first: number;
	readonly end: number;

	/** Calls that are open around it in its context. */
	readonly depth: number;

	/** Without the indentation. */
	readonly spans: readonly Span[];

	/** Context or device where it differs from the row before; else empty. */
	readonly change: string;
};

function resultText(recording: Recording, value: string, seq: number): string {
	return withNodeNames(recording, describeValue(value), seq);
}

function styleOf(event: RecordedEvent): Style {
	switch (event.type) {
		case 'action':
			return 'action';
		case 'devres-add':
			return 'added';
		case 'devres-release':
			return 'releasing';
		case 'devres-move':
			return 'moved';
		case 'devres-remove':
		case 'devres-replace':
			return 'removed';
		case 'config-write':
		case 'devres-data':
			return 'changed';
		case 'note':
			return 'note';
		case 'printk':
			return (event.level ?? 7) <= 3 ? 'error' : 'log';
		case 'warning':
		case 'alloc-fail':
		case 'fault-hit':
		case 'lost':
			return 'error';
		default:
			return 'plain';
	}
}

type RowSource = {
	readonly recording: Recording;
	readonly position: number;

	/** Events from this one on are not told. */
	readonly end: number;
	readonly glyphs: Glyphs;

	/** There is room to tell a change of the device. */
	readonly namesDevices: boolean;
};

/** What has happened looks as it is, what comes is dimmed, and the last thing that happened stands out. */
function look(source: RowSource, seq: number, style: Style): Style {
	if (seq >= source.position) return 'dim';
	return seq === source.position - 1 && style === 'plain' ? 'strong' : style;
}

function movesSpan(source: RowSource, first: number, end: number): Span {
	const count = end - first;
	const done = Math.max(0, Math.min(count, source.position - first));
	const part = done > 0 && done < count ? `${done} of ` : '';
	const nodes = count === 1 ? 'node' : 'nodes';
	const inferred = source.recording.at(first).inferred ? ' (inferred)' : '';
	const text = `${source.glyphs.moved} ${part}${count} ${nodes} to todo${inferred}`;
	return span(text, look(source, first, 'moved'));
}

function callSpans(source: RowSource, first: number, end: number): Span[] {
	const {recording, glyphs} = source;
	const event = recording.at(first);
	if (event.type !== 'call') return [];
	const given = withNodeNames(recording, describeArguments(event.args, event.device), first);
	const spans = [
		span(`${event.fn}(${given})`, look(source, first, event.inlined ? 'note' : 'plain')),
	];
	if (event.inlined) spans.push(span(' inline', 'dim'));
	let moved: number | null = null;
	for (let seq = first + 1; seq < end; seq += 1) {
		const inner = recording.at(seq);
		if (inner.type === 'return') {
			if (inner.value === undefined || inner.value === `${moved}`) continue;
			const text = ` ${glyphs.result} ${resultText(recording, inner.value, seq)}`;
			spans.push(span(text, look(source, seq, 'plain')));
		} else if (inner.type === 'devres-move') {
			const behind = recording.at(end - 1).type === 'return' ? end - 1 : end;
			moved = behind - seq;
			spans.push(span(' '), movesSpan(source, seq, behind));
			seq = behind - 1;
		} else if (inner.type !== 'stack') {
			spans.push(span(' '), factSpan(source, seq));
		}
	}
	return spans;
}

function factSpan(source: RowSource, seq: number): Span {
	const event = source.recording.at(seq);
	const text = describe(event, nodeNamer(source.recording)).replace(' bytes)', ')');
	return span(text, look(source, seq, styleOf(event)));
}

function returnSpans(source: RowSource, first: number, end: number): Span[] {
	const {recording, glyphs} = source;
	const {partner} = callIndexOf(recording);
	const spans: Span[] = [];
	for (let seq = first; seq < end; seq += 1) {
		const event = recording.at(seq);
		if (event.type !== 'return') continue;
		const call = partner[seq] ?? -1;
		const opened = call >= 0 ? recording.at(call) : null;
		const fn = event.fn ?? (opened?.type === 'call' ? opened.fn : 'end of call');
		const value =
			event.value === undefined
				? ''
				: ` ${glyphs.result} ${resultText(recording, event.value, seq)}`;
		const gap = spans.length === 0 ? '' : ' ';
		spans.push(span(`${gap}${glyphs.returned} ${fn}${value}`, look(source, seq, 'plain')));
	}
	return spans;
}

function spansOf(source: RowSource, first: number, end: number): readonly Span[] {
	const event = source.recording.at(first);
	switch (event.type) {
		case 'call':
			return callSpans(source, first, end);
		case 'return':
			return returnSpans(source, first, end);
		case 'devres-move':
			return [movesSpan(source, first, end)];
		case 'action':
			return [
				span(
					`${source.glyphs.horizontal}${source.glyphs.horizontal} ${event.text}`,
					look(source, first, 'action'),
				),
			];
		case 'note':
			return [span(`${source.glyphs.note} ${event.text}`, look(source, first, 'note'))];
		case 'printk': {
			const fact = factSpan(source, first);
			return [span(`${source.glyphs.log} ${fact.text}`, fact.style)];
		}
		default:
			return [factSpan(source, first)];
	}
}

/** How far back to look for the device of before. */
const reach = 64;

function deviceBefore(recording: Recording, first: number): string | undefined {
	for (let seq = first - 1; seq >= Math.max(0, first - reach); seq -= 1) {
		const {device} = recording.at(seq);
		if (device !== undefined) return device;
	}
	return undefined;
}

/** What a row tells anew of where it happens: a device counts only where the recording has several. */
function changeOf({recording, namesDevices}: RowSource, first: number): string {
	const event = recording.at(first);
	const before = first === 0 ? null : recording.at(first - 1);
	const parts: string[] = [];
	if (event.context !== before?.context) parts.push(event.context);
	if (!namesDevices || recording.devices.length < 2 || event.device === undefined)
		return parts.join(' ');
	if (event.device !== deviceBefore(recording, first)) parts.push(event.device);
	return parts.join(' ');
}

/** A row of the tree as it looks at a position. */
export function executionRow(source: RowSource, row: number): ExecutionRow {
	const index = executionIndexOf(source.recording);
	const first = index.firstOf(row);
	const end = Math.min(index.firstOf(row + 1), source.end);
	const isAction = source.recording.at(first).type === 'action';
	return {
		first,
		end,
		depth: isAction ? 0 : (callIndexOf(source.recording).depth[first] ?? 0),
		spans: spansOf(source, first, end),
		change: isAction ? '' : changeOf(source, first),
	};
}

/** A row as plain text, for finding. */
export function executionText(recording: Recording, row: number, glyphs: Glyphs): string {
	const {length} = recording;
	const source = {recording, position: length, end: length, glyphs, namesDevices: false};
	const index = executionIndexOf(recording);
	let told = '';
	for (const {text} of spansOf(source, index.firstOf(row), index.firstOf(row + 1))) told += text;
	return told;
}

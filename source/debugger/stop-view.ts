import {describe, hex} from '../recording/describe.ts';
import {describeTime} from '../recording/describe-time.ts';
import {nodeKey} from '../recording/node-id.ts';
import type {Recording} from '../recording/recording.ts';
import type {DeviceState, MachineState} from '../recording/state.ts';
import {changeAt} from './breakpoint-hits.ts';
import {hitsText} from './breakpoint-view.ts';
import {countBelow} from './call-index.ts';
import {
	describeNodeRow,
	devresView,
	type NodeMark,
	type NodeRow,
	nodeLabel,
} from './devres-view.ts';
import {describeLogRow, logRow} from './log-view.ts';
import {registerView} from './register-view.ts';
import type {Breakpoint, Session} from './session.ts';
import {stackAt} from './stack-view.ts';
import {describeChange} from './watch.ts';

/** Changes of one list, or lines of the log, that are told one by one; the rest is counted. */
const toldOneByOne = 8;

/** `intx_disable was false, is true`: what a watched value became, or the name of what was waited for. */
function describeCause({recording, position}: Session, breakpoint: Breakpoint): string {
	const {kind, name} = breakpoint.target;
	const change = changeAt(recording, breakpoint, position - 1);
	if (change === null) return kind === 'line' ? `line ${name}` : name;
	return `${name} ${describeChange(change)}`;
}

function describeHit(
	session: Session,
	id: number,
	gone: readonly Breakpoint[],
	end: number,
): string {
	const breakpoint = [...session.breakpoints, ...gone].find((each) => each.id === id);
	if (breakpoint === undefined) return `Breakpoint ${id}.`;
	const watch = breakpoint.target.kind === 'watch';
	const word = watch ? 'Watchpoint' : 'Breakpoint';
	const once = breakpoint.once ? `Temporary ${word.toLowerCase()}` : word;
	const cause = describeCause(session, breakpoint);
	return `${once} ${id}, ${cause}, hit ${hitsText(session, breakpoint, end)}.`;
}

/** Why the debugger stands where it stands, in a sentence that tells nothing of the events from `end` on. */
export function describeReason(session: Session, end = session.recording.length): string {
	const {stop} = session;
	switch (stop.kind) {
		case 'start':
			return 'At the start of the recording.';
		case 'end':
			return 'At the end of the recording.';
		case 'step':
			return 'Stepped.';
		case 'goto':
			return 'Jumped.';
		case 'until':
			return 'Ran until here.';
		case 'fence':
			return 'At the fence.';
		case 'breakpoint':
			return stop.ids.map((id) => describeHit(session, id, stop.gone ?? [], end)).join(' ');
	}
}

/** `Event 214 of 512: ADD #31 …`: what has just happened, with time, context and the function it happened in. */
export function describeHere({recording, position}: Session): string {
	if (position === 0) return `Before the first of ${recording.length} events.`;
	const event = recording.at(position - 1);
	const text = describe(event, (id) => nodeLabel(recording, id));
	const time =
		event.time === null ? '' : ` at ${describeTime(event.time, recording.header.source.clock)}`;
	const device = event.device === undefined ? '' : `, device ${event.device}`;
	const [frame] = stackAt(recording, position, event.context);
	const where = frame === undefined || event.type === 'call' ? '' : `, inside ${frame.fn}`;
	const number = `Event ${position} of ${recording.length}`;
	const kind = event.type === 'call' ? 'call ' : event.type === 'return' ? 'return from ' : '';
	return `${number}${time} in ${event.context}${device}: ${kind}${text}${where}.`;
}

/** The first of a list, and how many more there are. */
function shorten(lines: readonly string[], what: string): readonly string[] {
	const more = lines.length - toldOneByOne;
	if (more <= 0) return lines;
	return [...lines.slice(0, toldOneByOne), `And ${more} more ${what}.`];
}

function changedRows(
	recording: Recording,
	list: string,
	rows: readonly NodeRow[],
	marks: readonly NodeMark[],
): readonly string[] {
	const lines = rows
		.filter(({mark}) => marks.includes(mark))
		.map((row) => `${list}: ${describeNodeRow(recording, row)}.`);
	return shorten(lines, `on ${list}`);
}

function registerChanges(
	recording: Recording,
	session: Session,
	now: DeviceState,
	before: DeviceState | undefined,
): readonly string[] {
	const view = registerView(recording, session.position, now);
	const lines: string[] = [];
	const was = before && registerView(recording, session.previous, before);
	if (view.command !== null && view.command !== was?.command) {
		const intx = view.intxDisabled ? 'disabled' : 'enabled';
		const bits = view.bits.length === 0 ? 'no bits' : view.bits.join(' ');
		lines.push(`PCI_COMMAND is ${hex(view.command)}: ${bits}; INTx ${intx}.`);
	}
	if (view.enableCount !== null && view.enableCount !== (was?.enableCount ?? 0)) {
		lines.push(`enable_cnt is ${view.enableCount}.`);
	}
	const driver = now.driver ?? null;
	if (driver !== (before?.driver ?? null)) lines.push(`The driver is ${driver ?? 'none'}.`);
	return lines;
}

function deviceChanges(
	session: Session,
	now: DeviceState,
	before: DeviceState | undefined,
): readonly string[] {
	const {recording} = session;
	const view = devresView(now, before);
	const earlier = before === undefined ? [] : devresView(before, before).todo;
	const known = new Set(earlier.map(({mark, node}) => `${mark} ${nodeKey(node)}`));
	const fresh = view.todo.filter(({mark, node}) => !known.has(`${mark} ${nodeKey(node)}`));
	const lines = [
		...changedRows(recording, 'devres_head', view.head, ['added', 'moved']),
		...changedRows(recording, 'devres_head', view.head, ['removed']),
		...changedRows(recording, 'todo', fresh, ['moved', 'releasing', 'released']),
		...(earlier.length > 0 && view.todo.length === 0 ? ['todo: nothing is being released.'] : []),
		...registerChanges(recording, session, now, before),
	];
	return lines.map((line) => `${now.address}: ${line}`);
}

/** Lines that were printed since the stop before; what the log says of nodes is told with the lists. */
function logChanges({recording, position, previous}: Session): readonly string[] {
	const printed = (['printk', 'warning'] as const).flatMap((type) => {
		const all = recording.ofType(type);
		return all.slice(countBelow(all, previous), countBelow(all, position));
	});
	const told = printed.sort((a, b) => a - b).slice(0, toldOneByOne);
	const lines = told.map((seq) => `Log: ${describeLogRow(logRow(recording, seq))}`);
	const more = printed.length - told.length;
	return more === 0 ? lines : [...lines, `And ${more} more in the log.`];
}

/** What is different from the stop before, one sentence each: lists, registers, drivers, log. */
export function describeChanges(session: Session): readonly string[] {
	const {recording, position, previous} = session;
	if (position === previous) return [];
	const now: MachineState = recording.stateAt(position);
	const before: MachineState = recording.stateAt(previous);
	const devices = Array.from(now.devices.values(), (device) =>
		deviceChanges(session, device, before.devices.get(device.address)),
	);
	return [...devices.flat(), ...logChanges(session)];
}

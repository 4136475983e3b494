import type {Session} from '../debugger/session.ts';
import {describeReason} from '../debugger/stop-view.ts';
import {describe} from '../recording/describe.ts';
import {findingsAt} from './finding-marks.ts';
import {type Hidden, toldEnd} from './lesson-view.ts';
import {nodeNamer, withNodeNames} from './node-names.ts';

/** The worst finding that the event which just happened shows, and how many more; null for none. */
export function findingText({recording, position}: Session, hides: Hidden): string | null {
	if (position === 0) return null;
	const [worst, ...others] = findingsAt(recording, position - 1, hides);
	if (worst === undefined) return null;
	return others.length === 0 ? worst.message : `${worst.message} (and ${others.length} more)`;
}

/** What is remarkable about the event that just happened, in plain words; null for nothing. */
export function remarkOf(session: Session, hides: Hidden): string | null {
	const {recording, position} = session;
	if (position === 0) return null;
	const finding = findingText(session, hides);
	if (finding !== null) return finding;
	const event = recording.at(position - 1);
	if (event.type === 'printk' && (event.level ?? 7) <= 3) return describe(event);
	if (event.type === 'warning' || event.type === 'lost') return describe(event);
	return null;
}

/** Why the debugger stands here and what just happened, for the line under the panes. */
export function stopText(session: Session, hides: Hidden): string {
	const {recording, position, stop} = session;
	const reason = describeReason(session, toldEnd(session, hides));
	if (position === 0 || stop.kind === 'end' || remarkOf(session, hides) !== null) return reason;
	const event = recording.at(position - 1);
	const words = event.type === 'call' ? 'Call of ' : event.type === 'return' ? 'Return from ' : '';
	const text = withNodeNames(recording, describe(event, nodeNamer(recording)), event.seq);
	return `${reason} ${words}${text}`;
}

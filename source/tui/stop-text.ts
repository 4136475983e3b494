import type {Session} from '../debugger/session.ts';
import {describeReason} from '../debugger/stop-view.ts';
import {describe} from '../recording/describe.ts';
import {addsDuringRelease} from './execution-index.ts';
import {nodeNamer, withNodeNames} from './node-names.ts';

/** What is remarkable about the event that just happened, in plain words or in few; null for nothing. */
export function remarkOf({recording, position}: Session, inFew: boolean): string | null {
	if (position === 0) return null;
	const event = recording.at(position - 1);
	if (event.type === 'devres-add' && addsDuringRelease(recording).includes(event.seq)) {
		const node = nodeNamer(recording)(event);
		if (inFew) return `${node} was added during release`;
		return `${node} ${event.name} was added while its device is being released`;
	}
	if (event.type === 'printk' && (event.level ?? 7) <= 3) return describe(event);
	if (event.type === 'warning' || event.type === 'lost') return describe(event);
	return null;
}

/** Why the debugger stands here and what just happened, for the line under the panes. */
export function stopText(session: Session): string {
	const {recording, position, stop} = session;
	const reason = describeReason(session);
	if (position === 0 || stop.kind === 'end' || remarkOf(session, false) !== null) return reason;
	const event = recording.at(position - 1);
	const words = event.type === 'call' ? 'Call of ' : event.type === 'return' ? 'Return from ' : '';
	const text = withNodeNames(recording, describe(event, nodeNamer(recording)), event.seq);
	return `${reason} ${words}${text}`;
}

import {conditionError, hitCount, hitsOf} from './breakpoint-hits.ts';
import {describeHitCondition} from './hit-condition.ts';
import type {Breakpoint, Session} from './session.ts';

/** `function pcim_intx hits >3 log "…" if depth > 3`: what it waits for, as `break` takes it. */
export function breakpointText({target, hitCondition, log, condition}: Breakpoint): string {
	const {kind, name} = target;
	const parts = [`${kind} ${name}`];
	if (hitCondition !== null) parts.push(`hits ${describeHitCondition(hitCondition)}`);
	if (log !== null) parts.push(`log ${JSON.stringify(log)}`);
	if (condition !== null) parts.push(`if ${condition}`);
	return parts.join(' ');
}

/** `1 of 2`: hits up to the position, of all; of those there are in all nothing is said where not all of the recording is told. */
export function hitsText(
	session: Session,
	breakpoint: Breakpoint,
	end = session.recording.length,
): string {
	const {recording} = session;
	const all = end < recording.length ? '' : ` of ${hitsOf(recording, breakpoint).length}`;
	return `${hitCount(session, breakpoint)}${all}`;
}

/** `1 function pcim_intx if depth > 3, hit 1 of 2`. */
export function describeBreakpoint(session: Session, breakpoint: Breakpoint): string {
	const {id, once, commands, enabled} = breakpoint;
	const wrong = conditionError(session.recording, breakpoint);
	const parts = [
		`${id} ${breakpointText(breakpoint)}`,
		wrong === null ? `hit ${hitsText(session, breakpoint)}` : `no hits, ${wrong}`,
	];
	if (once) parts.push('stops once');
	if (commands.length > 0) parts.push(`runs ${commands.join('; ')}`);
	if (!enabled) parts.push('disabled');
	return parts.join(', ');
}

/** The line of the command language that makes such a breakpoint, and those that give it commands. */
export function breakpointLines(breakpoint: Breakpoint): readonly string[] {
	const {target, once, commands} = breakpoint;
	const text = breakpointText(breakpoint);
	const command = once ? 'tbreak' : 'break';
	const line = target.kind === 'watch' ? text : `${command} ${text}`;
	return commands.length === 0 ? [line] : [line, 'commands', ...commands, 'end'];
}

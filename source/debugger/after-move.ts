import {countedHitsOf} from './breakpoint-hits.ts';
import {countBelow} from './call-index.ts';
import type {CommandResult, Done} from './command-row.ts';
import {describeDisplays} from './display.ts';
import {formatMessage, parseMessage} from './log-message.ts';
import type {Session} from './session.ts';

/** Messages of one move that are told one by one; the rest is counted. */
const toldMessages = 1000;

/** Stops whose commands may go on by themselves, lest two breakpoints send each other to and fro for ever. */
const mostStops = 10_000;

/** What breakpoints that don't stop have to say of a run between two positions, in the order of the run. */
function messagesBetween(
	{recording, breakpoints}: Session,
	from: number,
	to: number,
): readonly string[] {
	const [first, end] = from <= to ? [from, to] : [to - 1, from - 1];
	const passed = breakpoints.flatMap((breakpoint) => {
		const parsed = parseMessage(breakpoint.log ?? '');
		if (breakpoint.log === null || !breakpoint.enabled || !parsed.ok) return [];
		const hits = countedHitsOf(recording, breakpoint);
		const between = hits.slice(countBelow(hits, first), countBelow(hits, end));
		return between.map((seq) => ({seq, message: parsed.message}));
	});
	passed.sort((a, b) => (from <= to ? a.seq - b.seq : b.seq - a.seq));
	const lines = passed
		.slice(0, toldMessages)
		.map(({seq, message}) => formatMessage(recording, seq + 1, message));
	const more = passed.length - lines.length;
	return more === 0 ? lines : [...lines, `And ${more} more messages.`];
}

/** A move with what is told beside the stop: log messages before it, displays behind it. */
export function withAsides(before: Session, result: Done): Done {
	if (result.move === undefined) return result;
	const {session, output, told = [], from = before.position} = result;
	const messages = result.move === 'run' ? messagesBetween(session, from, session.position) : [];
	return {
		...result,
		output: [...messages, ...output, ...describeDisplays(session)],
		told: [...told, ...messages],
	};
}

/** Lines that the breakpoints of the stop want to run there. */
function linesAt({session, move}: Done): readonly string[] {
	const {stop, breakpoints} = session;
	if (move !== 'run' || stop.kind !== 'breakpoint') return [];
	return [...breakpoints, ...(stop.gone ?? [])]
		.filter(({id}) => stop.ids.includes(id))
		.flatMap(({commands}) => commands);
}

/** Runs a block of lines. A move ends it, as in gdb: what is behind is left out. */
function runLines(
	before: Done,
	lines: readonly string[],
	run: (session: Session, line: string) => CommandResult,
): Done {
	const {move: _, ...rest} = before;
	let result: Done = rest;
	for (const line of lines) {
		const next = run(result.session, line);
		const output = next.ok ? next.output : next.errors;
		const failed = next.ok ? next.failed : [{at: null, text: next.errors.join(' ')}];
		result = {
			...result,
			output: [...result.output, ...output],
			told: [...(result.told ?? []), ...output],
			failed: [...(result.failed ?? []), ...(failed ?? [])],
		};
		if (!next.ok) return result;
		result = {...result, session: next.session};
		if (next.quit) return {...result, quit: true};
		if (next.move !== undefined) return {...result, move: next.move};
	}
	return result;
}

/** A move and what the commands of its breakpoints do, as long as they lead to further breakpoints with commands. */
export function withCommands(
	moved: Done,
	run: (session: Session, line: string) => CommandResult,
): Done {
	let result = moved;
	for (let stops = 0; ; stops += 1) {
		const lines = linesAt(result);
		if (lines.length === 0) return result;
		if (stops === mostStops) {
			const text = `Commands of breakpoints went on ${mostStops} times: this is enough.`;
			return {...result, output: [...result.output, text], told: [...(result.told ?? []), text]};
		}
		result = runLines(result, lines, run);
	}
}

import {countedHitsOf} from './breakpoint-hits.ts';
import {countBelow} from './call-index.ts';
import type {CommandResult, Done, FailedCheck} from './command-row.ts';
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
	let count = 0;
	const passed = breakpoints.flatMap((breakpoint) => {
		const parsed = parseMessage(breakpoint.log ?? '');
		if (breakpoint.log === null || !breakpoint.enabled || !parsed.ok) return [];
		const hits = countedHitsOf(recording, breakpoint);
		const low = countBelow(hits, first);
		const high = countBelow(hits, end);
		count += high - low;
		// No more of one can be told than of all.
		const told =
			from <= to
				? hits.slice(low, Math.min(high, low + toldMessages))
				: hits.slice(Math.max(low, high - toldMessages), high);
		return told.map((seq) => ({seq, message: parsed.message}));
	});
	passed.sort((a, b) => (from <= to ? a.seq - b.seq : b.seq - a.seq));
	const lines = passed
		.slice(0, toldMessages)
		.map(({seq, message}) => formatMessage(recording, seq + 1, message));
	const more = count - lines.length;
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

/** What came so far of a move and of the commands behind it. */
type Growing = {
	session: Session;
	move: Done['move'];
	quit: boolean;
	readonly output: string[];
	readonly told: string[];
	readonly failed: FailedCheck[];
};

/** Lines that the breakpoints of the stop want to run there. */
function linesAt({session, move}: Growing): readonly string[] {
	const {stop, breakpoints} = session;
	if (move !== 'run' || stop.kind !== 'breakpoint') return [];
	return [...breakpoints, ...(stop.gone ?? [])]
		.filter(({id}) => stop.ids.includes(id))
		.flatMap(({commands}) => commands);
}

function tell(grown: Growing, lines: readonly string[]): void {
	grown.output.push(...lines);
	grown.told.push(...lines);
}

/** Runs a block of lines. A move ends it, as in gdb: what is behind is left out. */
function runLines(grown: Growing, lines: readonly string[], run: RunLine): void {
	grown.move = undefined;
	for (const line of lines) {
		const next = run(grown.session, line);
		if (!next.ok) {
			tell(grown, next.errors);
			grown.failed.push({at: null, text: next.errors.join(' ')});
			return;
		}
		tell(grown, next.output);
		grown.failed.push(...(next.failed ?? []));
		grown.session = next.session;
		grown.move = next.move;
		grown.quit = next.quit === true;
		if (grown.quit || grown.move !== undefined) return;
	}
}

type RunLine = (session: Session, line: string) => CommandResult;

/** A move and what the commands of its breakpoints do, as long as they lead to further breakpoints with commands. */
export function withCommands(moved: Done, run: RunLine): Done {
	const {session, move, output, told = [], failed = []} = moved;
	const grown: Growing = {
		session,
		move,
		quit: false,
		output: [...output],
		told: [...told],
		failed: [...failed],
	};
	for (let stops = 0; stops <= mostStops; stops += 1) {
		const lines = linesAt(grown);
		if (lines.length === 0) break;
		if (stops < mostStops) runLines(grown, lines, run);
		else tell(grown, [`Commands of breakpoints went on ${mostStops} times: this is enough.`]);
	}
	if (grown.session === session && grown.output.length === output.length) return moved;
	const {quit, ...rest} = grown;
	// The whole was a move, even where its last command was none.
	return {ok: true, ...rest, move: move ?? 'run', ...(quit ? {quit} : {})};
}

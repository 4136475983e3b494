import {serializeRecording} from '../recording/save.ts';
import {breakpointLines} from './breakpoint-view.ts';
import {type Command, type CommandResult, done, refused, refusedExpression} from './command-row.ts';
import {compile, compileCondition, printValue} from './expression.ts';
import {findByName} from './name-lookup.ts';
import {createSession, type Session} from './session.ts';
import {move} from './step.ts';
import {describeHere, describeReason} from './stop-view.ts';

/** `1 == 2`, as the values on either side of a comparison; null for anything else. */
function sidesOf(session: Session, text: string): string | null {
	const found = /^(?<left>[^=!<>&|?]{1,400})(?:[=!]=|[<>]=?)(?<right>[^=!<>&|?]{1,400})$/.exec(
		text,
	);
	if (found?.groups === undefined) return null;
	const {left = '', right = ''} = found.groups;
	const values = [left, right].map((side) => {
		const compiled = compile(side.trim());
		if (!compiled.ok) return null;
		const evaluated = compiled.expression.evaluate(session.recording, session.position);
		return evaluated.ok ? printValue(evaluated.value) : null;
	});
	// A literal is what it says.
	if (values.includes(null) || values[0] === left.trim()) return null;
	return `${left.trim()} is ${values[0]}`;
}

function assert(session: Session, _: readonly string[], text: string): CommandResult {
	if (text === '') return refused('Which expression?');
	const compiled = compileCondition(text);
	if (!compiled.ok) return refusedExpression(text, {text, error: compiled.error});
	const evaluated = compiled.expression.evaluate(session.recording, session.position);
	if (evaluated.ok && evaluated.value === true) return done(session);
	const why = evaluated.ok ? sidesOf(session, text) : evaluated.error.message;
	const failure = `assertion failed: ${text}${why === null ? '' : ` (${why})`}`;
	const line = `A${failure.slice(1)}.`;
	return {...done(session, [line, describeHere(session)]), failed: [{at: null, text: failure}]};
}

function set(session: Session, [what = '', name, more]: readonly string[]): CommandResult {
	const setting = findByName([{name: 'kernel'}], what, 'setting');
	if (!setting.ok || what === '') return refused(setting.ok ? 'Set what?' : setting.error);
	const {kernels} = session.environment;
	if (kernels.length === 0) {
		return refused(
			"This recording was read from a file: it can't be made again under another kernel.",
		);
	}
	if (name === undefined || more !== undefined) return refused(`Which of ${kernels.join(', ')}?`);
	const rows = kernels.map((each) => ({name: each}));
	const found = kernels.includes(name)
		? ({ok: true, row: {name}} as const)
		: findByName(rows, name, 'kernel');
	if (!found.ok) return refused(found.error);
	return done({...session, kernel: found.row.name}, [`"run" uses kernel ${found.row.name}.`]);
}

/** What a reader set up, in another recording. Places in the old one mean nothing there. */
function inRecording(session: Session, recording: Session['recording']): Session {
	const fresh = createSession(recording, session.environment);
	const {breakpoints, nextBreakpoint, displays, nextDisplay} = session;
	const device = recording.devices.includes(session.device ?? '') ? session.device : null;
	return {...fresh, breakpoints, nextBreakpoint, displays, nextDisplay, device};
}

function fromStart(session: Session): CommandResult {
	const begun: Session = {...session, position: 0, previous: 0, frame: 0, stop: {kind: 'start'}};
	const stopped = move(begun, {verb: 'continue', direction: 'forward'});
	return {...done(stopped, [describeReason(stopped), describeHere(stopped)]), move: 'run', from: 0};
}

function run(session: Session): CommandResult {
	if (session.kernel === null) return fromStart(session);
	const made = session.environment.rerun(session.kernel);
	if (!made.ok) return {ok: false, errors: made.errors};
	const result = fromStart(inRecording(session, made.recording));
	if (!result.ok) return result;
	const marks =
		session.marks.length === 0
			? []
			: ['The marks are gone: they were places in the other recording.'];
	const first = `Kernel ${session.kernel}: ${made.recording.length} events.`;
	return {...result, output: [first, ...marks, ...result.output], told: [first, ...marks]};
}

function save(session: Session, args: readonly string[]): CommandResult {
	const isScript = args[0] === 'breakpoints' && args.length > 1;
	const [path, more] = isScript ? args.slice(1) : args;
	if (path === undefined || more !== undefined) return refused('To which file?');
	const lines = isScript
		? session.breakpoints.flatMap(breakpointLines)
		: serializeRecording(session.recording);
	const error = session.environment.saveFile(path, lines);
	return error === null ? done(session, [`Saved to ${path}.`]) : refused(error);
}

/** Commands that check, and those that reach beyond the recording. */
export const runCommands: readonly Command[] = [
	{
		name: 'run',
		aliases: ['r'],
		arguments: '',
		help: 'from the start to a breakpoint; under the kernel that was set, if one was',
		group: 'move',
		run,
	},
	{
		name: 'set',
		aliases: [],
		arguments: 'kernel NAME',
		help: 'choose the kernel that "run" makes the recording under',
		group: 'other',
		offers: ({environment}, before) => (before.length === 0 ? ['kernel'] : environment.kernels),
		run: set,
	},
	{
		name: 'assert',
		aliases: [],
		arguments: 'CONDITION',
		help: 'complain unless it holds here; a batch then exits with 1',
		group: 'other',
		offers: () => 'expression',
		run: assert,
	},
	{
		name: 'echo',
		aliases: [],
		arguments: '[TEXT]',
		help: 'print a text',
		group: 'other',
		run: (session, _, text) => done(session, [text]),
	},
	{
		name: 'save',
		aliases: [],
		arguments: '[breakpoints] FILE',
		help: 'save the recording, or the breakpoints as a file of commands',
		group: 'other',
		offers: () => ['breakpoints'],
		run: save,
	},
];

import {serializeRecording} from '../recording/save.ts';
import {breakpointLines} from './breakpoint-view.ts';
import {type Command, type CommandResult, done, refused} from './command-row.ts';
import {findByName} from './name-lookup.ts';
import {createSession, type Session} from './session.ts';
import {move} from './step.ts';
import {describeHere, describeReason} from './stop-view.ts';

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
	const found = findByName(
		kernels.map((each) => ({name: each})),
		name,
		'kernel',
	);
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

/** Commands that reach beyond the recording: they make it again, or write files. */
export const rerunCommands: readonly Command[] = [
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
		name: 'save',
		aliases: [],
		arguments: '[breakpoints] FILE',
		help: 'save the recording, or the breakpoints as a file of commands',
		group: 'other',
		offers: () => ['breakpoints'],
		run: save,
	},
];

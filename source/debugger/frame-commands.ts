import {type Command, type CommandResult, done, refused, wholeNumber} from './command-row.ts';
import type {Session} from './session.ts';
import {describeStackRow, stackAt} from './stack-view.ts';

/** `#1 pcim_intx(pdev, enable=0), called at event 29`. */
function describeChosen(session: Session): string {
	const row = stackAt(session.recording, session.position)[session.frame];
	if (row === undefined) return 'No function is open here.';
	const called = row.call === null ? '' : `, called at event ${row.call + 1}`;
	return `#${session.frame} ${describeStackRow(row)}${called}`;
}

function choose(session: Session, frame: number): CommandResult {
	const chosen = {...session, frame};
	return done(chosen, [describeChosen(chosen)]);
}

function backtrace(session: Session): CommandResult {
	const rows = stackAt(session.recording, session.position);
	if (rows.length === 0) return done(session, ['No function is open here.']);
	const lines = rows.map((row, number) => {
		const chosen = session.frame > 0 && number === session.frame ? ', chosen' : '';
		return `#${number} ${describeStackRow(row)}${chosen}`;
	});
	return done(session, lines);
}

/** Goes so many frames up or down; past an end, to that end. */
function going(by: 1 | -1): Command['run'] {
	return (session, [text = '1']) => {
		const count = wholeNumber(text, 1);
		if (count === null) return refused(`"${text}" is no count.`);
		const last = Math.max(0, stackAt(session.recording, session.position).length - 1);
		const frame = Math.max(0, Math.min(session.frame + by * count, last));
		if (frame !== session.frame) return choose(session, frame);
		return refused(by === 1 ? 'This is the outermost frame.' : 'This is the innermost frame.');
	};
}

function frame(session: Session, [text]: readonly string[]): CommandResult {
	if (text === undefined) return done(session, [describeChosen(session)]);
	const number = wholeNumber(text);
	const {length} = stackAt(session.recording, session.position);
	if (number === null || number >= length) {
		return refused(
			length === 0 ? 'No function is open here.' : `There are frames 0 to ${length - 1}.`,
		);
	}
	return choose(session, number);
}

/** Commands about the call stack. */
export const frameCommands: readonly Command[] = [
	{
		name: 'backtrace',
		aliases: ['bt', 'where'],
		arguments: '',
		help: 'the call stack, innermost first',
		group: 'look',
		run: backtrace,
	},
	{
		name: 'frame',
		aliases: ['f'],
		arguments: '[NUMBER]',
		help: 'look at a frame of the stack, or say which one',
		group: 'look',
		run: frame,
	},
	{
		name: 'up',
		aliases: [],
		arguments: '[COUNT]',
		help: 'look at the calling frame',
		group: 'look',
		run: going(1),
	},
	{
		name: 'down',
		aliases: ['do'],
		arguments: '[COUNT]',
		help: 'look at the called frame',
		group: 'look',
		run: going(-1),
	},
];

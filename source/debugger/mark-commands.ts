import {type Command, type CommandResult, done, refused} from './command-row.ts';
import {findByName} from './name-lookup.ts';
import type {Mark, Session} from './session.ts';

const namePattern = /^[A-Za-z][\w-]{0,39}$/;

/** `before at event 31: INTx is still on`. */
export function describeMark({name, position, note}: Mark): string {
	return `${name} at event ${position}${note === '' ? '' : `: ${note}`}`;
}

function mark(session: Session, [name = '']: readonly string[], text: string): CommandResult {
	if (!namePattern.test(name) || name === 'start' || name === 'end') {
		return refused('Give a name that begins with a letter, and a note if you like.');
	}
	const note = text.slice(text.indexOf(name) + name.length).trim();
	const made = {name, position: session.position, note};
	const others = session.marks.filter((each) => each.name !== name);
	return done({...session, marks: [...others, made]}, [`Mark ${describeMark(made)}.`]);
}

function unmark(session: Session, [name = '']: readonly string[]): CommandResult {
	const found = findByName(session.marks, name, 'mark');
	if (!found.ok) return refused(found.error);
	return done({...session, marks: session.marks.filter((each) => each !== found.row)});
}

/** Commands about places that the reader named. */
export const markCommands: readonly Command[] = [
	{
		name: 'mark',
		aliases: [],
		arguments: 'NAME [NOTE]',
		help: 'name this place, and say something about it',
		group: 'look',
		run: mark,
	},
	{
		name: 'unmark',
		aliases: [],
		arguments: 'NAME',
		help: 'forget the name of a place',
		group: 'look',
		offers: ({marks}) => marks.map(({name}) => name),
		run: unmark,
	},
];

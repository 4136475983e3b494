import {runCommand} from '../debugger/command.ts';
import type {Session} from '../debugger/session.ts';
import {describeChanges, describeHere} from '../debugger/stop-view.ts';
import {cleanText} from '../recording/clean-text.ts';

/** Arrows as words: a screen reader says their names, or nothing. */
function inWords(line: string): string {
	return line.replaceAll('←', 'from').replaceAll('→', 'to');
}

function greet(session: Session, write: (line: string) => void): void {
	const {header, length} = session.recording;
	const title = header.title === '' ? (header.source.path ?? 'A recording') : header.title;
	write(`${title}. ${length} events. Type "help" for the commands, "quit" to leave.`);
	write(describeHere(session));
}

/**
The debugger as sentences, for screen readers and pipes: a command a line in, plain lines out.

An empty line repeats the last command that was understood. Returns at `quit` and at the end of the input.
*/
export async function runPlain(
	session: Session,
	input: AsyncIterable<string>,
	writeLine: (line: string) => void,
): Promise<void> {
	const write = (line: string) => writeLine(inWords(line));
	let current = session;
	let last = '';
	greet(current, write);
	for await (const raw of input) {
		const typed = cleanText(raw);
		const line = typed.trim() === '' && current.block === null ? last : typed;
		const result = runCommand(current, line);
		if (!result.ok) {
			for (const error of result.errors) write(error);
			continue;
		}
		for (const text of result.output) write(text);
		if (result.quit) return;
		if (result.session.position !== current.position) {
			for (const change of describeChanges(result.session)) write(change);
		}
		current = result.session;
		last = line;
	}
}

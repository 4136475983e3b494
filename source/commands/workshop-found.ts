import {createHash} from 'node:crypto';
import {existsSync} from 'node:fs';
import type {Exercise} from '../workshop/exercise.ts';
import {readWritten} from './exercise-set.ts';
import type {Failure} from './failure.ts';
import {saveFile} from './save-file.ts';
import {readWork, saveWork, workPath} from './workshop-folder.ts';
import type {WorkshopPlace} from './workshop-place.ts';

/** Enough to notice an edit. */
const digits = 8;

const mark = /^# v wrote this \(([\da-f]{8})\)[^\n]{0,100}\n/;

function normalized(text: string): string {
	return text.replaceAll('\r\n', '\n').trimEnd();
}

function sumOf(text: string): string {
	return createHash('sha256').update(normalized(text)).digest('hex').slice(0, digits);
}

/** Commands under a line by which an edit is noticed. */
function foundText(lines: readonly string[]): string {
	const commands = lines.join('\n');
	return `# v wrote this (${sumOf(commands)}); once you edit it, v grades it as it is.\n${commands}`;
}

/** Whether a text is one of those, and nobody edited it. */
function isFound(text: string): boolean {
	const [line = '', sum = ''] = mark.exec(text.replaceAll('\r\n', '\n')) ?? [];
	return line !== '' && sumOf(normalized(text).slice(line.length)) === sum;
}

function isSameText(a: string, b: string): boolean {
	return normalized(a) === normalized(b);
}

/**
Writes commands that lead to a place to the file of a find exercise.

What the learner wrote there stays as it is. Commands that were written here before are kept in a file beside it.
*/
export function saveCommands(
	{set, folder}: WorkshopPlace,
	exercise: Exercise,
	lines: readonly string[],
): {readonly ok: true} | Failure {
	const path = workPath(folder.path, exercise);
	const text = foundText(lines);
	const old = readWork(folder.path, exercise);
	if (!old.ok) {
		// What can't be read is not replaced: grading tells what is wrong with it.
		return existsSync(path) ? {ok: true} : saveWork(folder.path, exercise, text);
	}
	const written = readWritten(set, exercise);
	if (written !== null && 'ok' in written) return written;
	if (!isSameText(old.text, written?.starter ?? '')) {
		if (!isFound(old.text) || isSameText(old.text, text)) return {ok: true};
		const kept = saveFile(`${path}.before`, normalized(old.text).split('\n'));
		if (!kept.ok) return kept;
	}
	return saveWork(folder.path, exercise, text);
}

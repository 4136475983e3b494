import {existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, beforeEach, expect, test} from 'vitest';
import {makeFolder} from '../../source/commands/workshop-folder.ts';
import {saveFound} from '../../source/commands/workshop-lesson.ts';
import type {WorkshopPlace} from '../../source/commands/workshop-place.ts';
import {recordingOf} from '../../source/workshop/recordings.ts';
import {bareSession, standAfter} from '../../source/workshop/stand.ts';
import {shippedExercises, shippedMaterial} from '../helpers/exercises.ts';

const folder = mkdtempSync(join(tmpdir(), 'devresdbg-'));
const {exercise, recordings, written} = await shippedMaterial('during-release');
const starter = written?.starter ?? '';
const file = join(folder, 'mine', exercise.folder, 'find.dbg');
const before = `${file}.before`;
let place: WorkshopPlace;

beforeAll(async () => {
	const made = await makeFolder(shippedExercises, join(folder, 'mine'));
	if (!made.ok) throw new Error(made.message);
	place = {set: shippedExercises, folder: made};
});
afterAll(() => rmSync(folder, {recursive: true}));
beforeEach(() => {
	writeFileSync(file, starter);
	rmSync(before, {force: true});
});

/** Presses `v` where some commands lead. */
function find(...lines: string[]): void {
	if (exercise.kind !== 'find') throw new Error('not the kind');
	const start = bareSession(recordingOf(recordings, exercise.recording));
	const stand = standAfter(start, {name: '', lines});
	if (!stand.ok) throw new Error(stand.errors.join('; '));
	expect(saveFound(place, exercise, stand.session)).toEqual({ok: true});
}

const text = () => readFileSync(file, 'utf8');

test.each([
	['as it began', starter],
	['as it began, with line ends of Windows', starter.replaceAll('\n', '\r\n')],
])('a place that is found is written to a file that is %s', (_, old) => {
	writeFileSync(file, old);
	find('break devres-add', 'goto 5');
	expect(text()).toMatch(/^# .*\nbreak event devres-add\ngoto 5\n$/);
	expect(existsSync(before)).toBe(false);
});

test('a place that is found is written where the file is gone', () => {
	rmSync(file);
	find('goto 5');
	expect(text()).toContain('goto 5');
});

test('a place that is found next replaces it, and the one before is kept beside', () => {
	find('goto 5');
	find('goto 6');
	expect(text()).toContain('goto 6');
	expect(readFileSync(before, 'utf8')).toContain('goto 5');
	find('goto 6');
	expect(readFileSync(before, 'utf8')).toContain('goto 5');
});

test('what the learner wrote is left as it is, also into a file that was written here', () => {
	for (const edit of [() => 'goto 7\n', () => `${text()}# mine\n`]) {
		writeFileSync(file, starter);
		find('goto 5');
		const edited = edit();
		writeFileSync(file, edited);
		find('goto 6');
		expect(text()).toBe(edited);
	}
});

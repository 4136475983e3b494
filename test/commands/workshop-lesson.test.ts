import {expect, test} from 'vitest';
import {openLesson, viewOf} from '../../source/commands/workshop-lesson.ts';
import {noProgress, withExercise} from '../../source/workshop/progress.ts';
import {shippedExercises, shippedMaterial} from '../helpers/exercises.ts';

const kinds = new Map(
	shippedExercises.ok ? shippedExercises.exercises.map((e) => [e.kind, e]) : [],
);

test.each([
	['predict', {findings: true, future: true}],
	['diagnose', {findings: true, future: false}],
	['find', {findings: false, future: false}],
	['fix', {findings: false, future: false}],
] as const)('an exercise of the kind %s hides what answers it', async (kind, hides) => {
	const {name = ''} = kinds.get(kind) ?? {};
	const folder = {ok: true, path: 'no-such-folder', progress: noProgress} as const;
	const lesson = openLesson(await shippedMaterial(name));
	const place = {set: shippedExercises, folder};
	expect(viewOf(place, lesson, []).hides).toEqual(hides);
	if (kind !== 'diagnose') return;
	const progress = withExercise(noProgress, name, {passed: true});
	const passed = {...place, folder: {...folder, progress}};
	expect(viewOf(passed, lesson, []).hides.findings).toBe(false);
});

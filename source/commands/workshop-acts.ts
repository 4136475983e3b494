import type {Exercise} from '../workshop/exercise.ts';
import {modelText} from '../workshop/grade.ts';
import {nextOf, type Progress, progressOf, withExercise} from '../workshop/progress.ts';
import {taskLines} from '../workshop/task-text.ts';
import {exerciseNamed, materialOf} from './exercise-set.ts';
import {exitCode, type Failure, failure} from './failure.ts';
import {saveFile} from './save-file.ts';
import {readWork, saveWork, shownPath, workPath} from './workshop-folder.ts';
import type {WorkshopPlace} from './workshop-place.ts';

/** What an act says, and the progress behind it. */
export type Told =
	| {readonly ok: true; readonly lines: readonly string[]; readonly progress: Progress}
	| Failure;

/** The task of an exercise, which becomes the one at hand. */
export async function showTask(place: WorkshopPlace, exercise: Exercise): Promise<Told> {
	const loaded = await materialOf(place.set, exercise);
	if (!loaded.ok) return loaded;
	const {progress} = place.folder;
	const isHere = progress.current === exercise.name;
	return {
		ok: true,
		lines: taskLines(loaded.material),
		progress: isHere ? progress : {...progress, current: exercise.name},
	};
}

/** The task of the next exercise that was not passed. */
export async function showNext(place: WorkshopPlace): Promise<Told> {
	const {set, folder} = place;
	const name = nextOf(
		folder.progress,
		set.exercises.map((each) => each.name),
	);
	if (name === null) {
		return {ok: true, lines: ['All exercises are passed.'], progress: folder.progress};
	}
	const exercise = exerciseNamed(set, name);
	return 'ok' in exercise ? exercise : showTask(place, exercise);
}

/** The hints so far and one more; the third is the answer. */
export function takeHint({folder}: WorkshopPlace, {name, hints}: Exercise): Told {
	const {progress} = folder;
	const count = Math.min(hints.length, progressOf(progress, name).hints + 1);
	const lines = hints
		.slice(0, count)
		.map((text, index) => `hint ${index + 1} of ${hints.length} for ${name}: ${text}`);
	const counted = withExercise(progress, name, {hints: count});
	return {ok: true, lines, progress: {...counted, current: name}};
}

/** Writes the file as it began, and keeps what was in it beside it. */
export async function resetWork({set, folder}: WorkshopPlace, exercise: Exercise): Promise<Told> {
	const loaded = await materialOf(set, exercise);
	if (!loaded.ok) return loaded;
	const path = workPath(folder.path, exercise);
	const old = readWork(folder.path, exercise);
	const backup = old.ok
		? saveFile(`${path}.before-reset`, old.text.replace(/\n$/, '').split('\n'))
		: old;
	if (old.ok && 'message' in backup) return backup;
	const saved = saveWork(folder.path, exercise, modelText(loaded.material, 'starter'));
	if (!saved.ok) return saved;
	const file = shownPath(path);
	const kept = old.ok ? `; what was in it is in ${file}.before-reset` : '';
	return {ok: true, lines: [`${file} is as it began${kept}`], progress: folder.progress};
}

/** What the author would have written; only for those who passed. */
export async function showSolution(
	{set, folder}: WorkshopPlace,
	exercise: Exercise,
): Promise<Told> {
	const {progress} = folder;
	if (!progressOf(progress, exercise.name).passed) {
		const hint = '`devresdbg workshop hint` helps until then';
		const message = `the solution of ${exercise.name} is shown once you passed it`;
		return failure(exitCode.failed, message, hint);
	}
	const loaded = await materialOf(set, exercise);
	if (!loaded.ok) return loaded;
	const text = modelText(loaded.material, 'solution');
	return {ok: true, lines: text.replace(/\n$/, '').split('\n'), progress};
}

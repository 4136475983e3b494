import {exerciseNamed, loadExercises, materialOf} from '../../source/commands/exercise-set.ts';
import type {Exercise} from '../../source/workshop/exercise.ts';
import {grade, type Material, modelText} from '../../source/workshop/grade.ts';
import {loadExercise} from '../../source/workshop/load-exercise.ts';
import type {Verdict} from '../../source/workshop/verdict.ts';

const set = loadExercises(undefined);
if (!set.ok) throw new Error(set.message);

/** The exercises that come with the program. */
export const shippedExercises = set;

/** Everything that grading a shipped exercise needs. */
export async function shippedMaterial(name: string): Promise<Material> {
	if (!set?.ok) throw new Error('no exercises');
	const exercise = exerciseNamed(set, name);
	if ('ok' in exercise) throw new Error(exercise.message);
	const loaded = await materialOf(set, exercise);
	if (!loaded.ok) throw new Error(loaded.message);
	return loaded.material;
}

/** Grades the solution after a change that a learner might make. */
export async function gradeChanged(
	name: string,
	change: (solution: string) => string,
): Promise<Verdict> {
	const material = await shippedMaterial(name);
	const solution = modelText(material, 'solution');
	const changed = change(solution);
	if (changed === solution) throw new Error('the change changes nothing');
	return grade(material, changed);
}

/** Texts of the checks that do not hold. */
export function failing({checks}: Verdict): readonly string[] {
	return checks.filter(({ok}) => !ok).map(({text}) => text);
}

/** An exercise from its text, which must be good. */
export function exerciseOf(text: string): Exercise {
	const loaded = loadExercise(text, '11-test');
	if (!loaded.ok) throw new Error(loaded.errors.map(({message}) => message).join('; '));
	return loaded.exercise;
}

import type {Exercise} from '../workshop/exercise.ts';
import {type Progress, progressOf, withExercise} from '../workshop/progress.ts';
import {prove} from '../workshop/prove.ts';
import {
	type GradedExercise,
	verdictsJson,
	verdictsKtap,
	verdictsText,
	verdictText,
} from '../workshop/verify-report.ts';
import {type ExerciseSet, exerciseNamed, materialOf} from './exercise-set.ts';
import {type ExitCode, exitCode, type Failure, tell} from './failure.ts';
import type {Flags} from './flags.ts';
import {gradeWork, shownPath, workPath} from './workshop-folder.ts';
import {chosenExercise, keep, type WorkshopPlace} from './workshop-place.ts';

function print(all: readonly GradedExercise[], isOne: boolean, {format}: Flags): void {
	const [first] = all;
	if (format === 'json') process.stdout.write(verdictsJson(all));
	else if (format === 'ktap') process.stdout.write(verdictsKtap(all));
	else if (isOne && first !== undefined) process.stdout.write(verdictText(first));
	else process.stdout.write(verdictsText(all));
}

function codeOf(all: readonly GradedExercise[]): ExitCode {
	return all.every(({verdict}) => verdict.passed) ? exitCode.fine : exitCode.failed;
}

async function gradeAll(
	{set, folder}: WorkshopPlace,
	exercises: readonly Exercise[],
): Promise<readonly GradedExercise[] | Failure> {
	const all: GradedExercise[] = [];
	for (const exercise of exercises) {
		const loaded = await materialOf(set, exercise);
		if (!loaded.ok) return loaded;
		const verdict = gradeWork(folder.path, loaded.material);
		all.push({exercise, file: shownPath(workPath(folder.path, exercise)), verdict});
	}
	return all;
}

/** Progress with everything that passes now. */
export function withPassed(progress: Progress, all: readonly GradedExercise[]): Progress {
	return all
		.filter(({exercise, verdict}) => verdict.passed && !progressOf(progress, exercise.name).passed)
		.reduce((grown, {exercise}) => withExercise(grown, exercise.name, {passed: true}), progress);
}

/** `workshop verify [NAME|--all]`: grades files of the learner's; 0 where all pass, 1 where any does not. */
export async function verify(
	place: WorkshopPlace,
	name: string | undefined,
	flags: Flags,
): Promise<ExitCode> {
	const isAll = flags.all === true;
	const chosen = isAll ? null : chosenExercise(place, name);
	if (chosen !== null && 'ok' in chosen) return tell(chosen);
	const all = await gradeAll(place, chosen === null ? place.set.exercises : [chosen]);
	if ('ok' in all) return tell(all);
	print(all, !isAll, flags);
	const {progress} = place.folder;
	const at =
		chosen === null || progress.current === chosen.name
			? progress
			: {...progress, current: chosen.name};
	const kept = keep(place, withPassed(at, all));
	return kept === exitCode.fine ? codeOf(all) : kept;
}

/** `workshop verify --authoring`: proves that exercises can be failed and passed. */
export async function verifyAuthoring(
	set: ExerciseSet,
	name: string | undefined,
	flags: Flags,
): Promise<ExitCode> {
	const chosen = name === undefined ? null : exerciseNamed(set, name);
	if (chosen !== null && 'ok' in chosen) return tell(chosen);
	const all: GradedExercise[] = [];
	for (const exercise of chosen === null ? set.exercises : [chosen]) {
		const loaded = await materialOf(set, exercise);
		if (!loaded.ok) return tell(loaded);
		all.push({exercise, file: `${exercise.folder}/exercise.yaml`, verdict: prove(loaded.material)});
	}
	print(all, chosen !== null, flags);
	return codeOf(all);
}

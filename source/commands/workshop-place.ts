import type {Exercise} from '../workshop/exercise.ts';
import type {Progress} from '../workshop/progress.ts';
import {type ExerciseSet, exerciseNamed} from './exercise-set.ts';
import {type ExitCode, exitCode, type Failure, failure, tell} from './failure.ts';
import {saveProgress, type WorkshopFolder} from './workshop-folder.ts';

/** What a subcommand of the workshop works on. */
export type WorkshopPlace = {readonly set: ExerciseSet; readonly folder: WorkshopFolder};

/** The exercise that is named, else the one that the learner is at. */
export function chosenExercise(
	{set, folder}: WorkshopPlace,
	name: string | undefined,
): Exercise | Failure {
	const wanted = name ?? folder.progress.current;
	if (wanted !== null) return exerciseNamed(set, wanted);
	return failure(exitCode.usage, 'which exercise?', '`devresdbg workshop next` chooses one');
}

/** The same place with other progress. */
export function withProgress({set, folder}: WorkshopPlace, progress: Progress): WorkshopPlace {
	return {set, folder: {...folder, progress}};
}

/** Saves progress where it has changed, and complains where that fails. */
export function keep({folder}: WorkshopPlace, progress: Progress): ExitCode {
	if (progress === folder.progress) return exitCode.fine;
	const saved = saveProgress(folder.path, progress);
	return saved.ok ? exitCode.fine : tell(saved);
}

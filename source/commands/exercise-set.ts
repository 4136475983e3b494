import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {basename, dirname, join} from 'node:path';
import {cleanText} from '../recording/clean-text.ts';
import {didYouMean} from '../recording/closest-name.ts';
import type {Recording} from '../recording/recording.ts';
import {codeFrames} from '../reports/code-frame.ts';
import {type Exercise, workFiles} from '../workshop/exercise.ts';
import type {RecordingSource} from '../workshop/exercise-schema.ts';
import type {Material} from '../workshop/grade.ts';
import {loadExercise} from '../workshop/load-exercise.ts';
import {keyOfSource, sourcesOf} from '../workshop/recordings.ts';
import {errorCode, exitCode, type Failure, failure} from './failure.ts';
import {loadInput} from './load-input.ts';
import {scenarioFolder, shippedPath} from './shipped-scenarios.ts';

/** The exercises of a folder, in the order of their numbers. */
export type ExerciseSet = {
	readonly ok: true;

	/** Where the folders of the exercises are. */
	readonly path: string;
	readonly exercises: readonly Exercise[];
};

const fileName = 'exercise.yaml';

/** The folder of the exercises that come with the program. */
function shippedExercises(): string {
	return join(scenarioFolder() ?? '', 'workshop');
}

/** Reads the exercises of a folder, or those that come with the program. What is wrong with any is told of all. */
export function loadExercises(given: string | undefined): ExerciseSet | Failure {
	const path = given ?? shippedExercises();
	const name = cleanText(path);
	let folders: readonly string[];
	try {
		folders = readdirSync(path, {withFileTypes: true})
			.filter((entry) => entry.isDirectory() && /^\d/.test(entry.name))
			.map((entry) => entry.name)
			.sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10) || (a < b ? -1 : 1));
	} catch (error) {
		return failure(exitCode.usage, `${name}: can't be read: ${errorCode(error)}`);
	}
	if (folders.length === 0) {
		const hint = `an exercise is a folder such as 11-first with ${fileName} in it`;
		return failure(exitCode.usage, `${name}: has no exercises`, hint);
	}
	const exercises: Exercise[] = [];
	const messages: string[] = [];
	for (const folder of folders) {
		const file = join(path, folder, fileName);
		const shown = given === undefined ? join('workshop', folder, fileName) : file;
		try {
			const loaded = loadExercise(readFileSync(file, 'utf8'), folder);
			if (loaded.ok) exercises.push(loaded.exercise);
			else messages.push(codeFrames(shown, loaded.errors));
		} catch (error) {
			const why =
				errorCode(error) === 'ENOENT' ? 'no such file' : `can't be read: ${errorCode(error)}`;
			messages.push(`${shown}: ${why}\n`);
		}
	}
	if (messages.length > 0)
		return {ok: false, exitCode: exitCode.scenario, message: messages.join('')};
	return {ok: true, path, exercises};
}

/** The exercise of a name, with or without its number. */
export function exerciseNamed({exercises}: ExerciseSet, name: string): Exercise | Failure {
	const found = exercises.find((each) => each.name === name || each.folder === basename(name));
	if (found !== undefined) return found;
	const names = exercises.map((each) => each.name);
	const hint = didYouMean(name, names) ?? '`devresdbg workshop list` names them';
	return failure(exitCode.usage, `there is no exercise "${name}"`, hint);
}

function pathOf(set: ExerciseSet, {folder}: Exercise, source: RecordingSource): string {
	const beside = join(set.path, folder, 'log' in source ? source.log : source.scenario);
	if ('log' in source || existsSync(beside)) return beside;
	return shippedPath(source.scenario) ?? beside;
}

/** Files of an exercise that a learner may look at, as their folder names them. */
export function filesToCopy(set: ExerciseSet, exercise: Exercise): readonly string[] {
	return sourcesOf(exercise)
		.map((source) => pathOf(set, exercise, source))
		.filter((path) => dirname(path) === join(set.path, exercise.folder));
}

type Written = NonNullable<Material['written']>;

/** What the author wrote as `starter.dbg` and `solution.dbg`, or as `.yaml`; null where that is made from the recording. */
export function readWritten(set: ExerciseSet, exercise: Exercise): Written | Failure | null {
	if (exercise.kind === 'predict' || exercise.kind === 'diagnose') return null;
	const end = workFiles[exercise.kind].replace(/^\w+/, '');
	const read = (which: string) =>
		readFileSync(join(set.path, exercise.folder, which + end), 'utf8');
	try {
		return {starter: read('starter'), solution: read('solution')};
	} catch (error) {
		const missing =
			error instanceof Error && 'path' in error ? String(error.path) : exercise.folder;
		return failure(exitCode.scenario, `${missing}: can't be read: ${errorCode(error)}`);
	}
}

/** Several exercises look at the same scenario. */
const made = new Map<string, Recording>();

/** Reads and runs everything that grading an exercise needs. */
export async function materialOf(
	set: ExerciseSet,
	exercise: Exercise,
): Promise<{readonly ok: true; readonly material: Material} | Failure> {
	const written = readWritten(set, exercise);
	if (written !== null && 'ok' in written) return written;
	const recordings = new Map<string, Recording>();
	for (const source of sourcesOf(exercise)) {
		const path = pathOf(set, exercise, source);
		const kernel = 'log' in source ? undefined : source.kernel;
		const key = `${path} ${kernel ?? ''}`;
		let recording = made.get(key);
		if (recording === undefined) {
			const loaded = await loadInput(path, {kernel});
			if (!loaded.ok) return {...loaded, message: `${exercise.folder}: ${loaded.message}`};
			recording = loaded.recording;
			made.set(key, recording);
		}
		recordings.set(keyOfSource(source), recording);
	}
	return {ok: true, material: {exercise, recordings, written}};
}

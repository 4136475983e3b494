import {copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync} from 'node:fs';
import {basename, dirname, join, relative, resolve} from 'node:path';
import {cleanText} from '../recording/clean-text.ts';
import {codeFrames} from '../reports/code-frame.ts';
import {type Exercise, workFiles} from '../workshop/exercise.ts';
import {grade, type Material, modelText} from '../workshop/grade.ts';
import {
	noProgress,
	type Progress,
	progressFile,
	progressLines,
	readProgress,
} from '../workshop/progress.ts';
import {taskLines} from '../workshop/task-text.ts';
import {ungraded, type Verdict} from '../workshop/verdict.ts';
import {type ExerciseSet, filesToCopy, materialOf} from './exercise-set.ts';
import {errorCode, exitCode, type Failure, failure} from './failure.ts';
import {saveFile} from './save-file.ts';

/** A learner's folder. */
export type WorkshopFolder = {
	readonly ok: true;
	readonly path: string;
	readonly progress: Progress;
};

/** A learner's file is written by hand. */
const maximumBytes = 1_000_000;

/** The folder around a path that holds a file of progress; null where none does. */
function folderAround(path: string): string | null {
	if (existsSync(join(path, progressFile))) return path;
	const above = dirname(path);
	return above === path ? null : folderAround(above);
}

/** Whether the current folder is or lies in a folder of exercises. */
export function isInFolder(): boolean {
	return folderAround(process.cwd()) !== null;
}

/** Opens the learner's folder that the current folder is or lies in. */
export function openFolder(): WorkshopFolder | Failure {
	const path = folderAround(process.cwd());
	if (path === null) {
		const hint = '`devresdbg workshop init DIR` makes one: then `cd DIR`';
		return failure(exitCode.usage, 'this is no folder of exercises', hint);
	}
	return readFolder(path);
}

function readFolder(path: string): WorkshopFolder | Failure {
	const file = join(path, progressFile);
	try {
		const read = readProgress(readFileSync(file, 'utf8'));
		if (read.ok) return {ok: true, path, progress: read.progress};
		const message = codeFrames(shownPath(file), [read.error]);
		return {ok: false, exitCode: exitCode.input, message};
	} catch (error) {
		return failure(exitCode.usage, `${shownPath(file)}: can't be read: ${errorCode(error)}`);
	}
}

/** A path as the learner can type it. */
export function shownPath(path: string): string {
	return cleanText(relative(process.cwd(), path) || '.');
}

/** Path of the learner's file of an exercise. */
export function workPath(folder: string, {folder: name, kind}: Exercise): string {
	return join(folder, name, workFiles[kind]);
}

/** Writes the progress, whole or not at all. */
export function saveProgress(folder: string, progress: Progress): {readonly ok: true} | Failure {
	return saveFile(join(folder, progressFile), progressLines(progress));
}

/** Writes a text to the learner's file of an exercise. */
export function saveWork(folder: string, exercise: Exercise, text: string) {
	const path = workPath(folder, exercise);
	try {
		mkdirSync(dirname(path), {recursive: true});
	} catch (error) {
		return failure(exitCode.usage, `${shownPath(path)}: can't be written: ${errorCode(error)}`);
	}
	return saveFile(path, text.replace(/\n$/, '').split('\n'));
}

/** The learner's file of an exercise, or what is wrong with it. */
export function readWork(
	folder: string,
	exercise: Exercise,
): {readonly ok: true; readonly text: string} | {readonly ok: false; readonly verdict: Verdict} {
	const refuse = (message: string) => {
		const hint = `\`devresdbg workshop reset ${exercise.name}\` writes it anew`;
		return {ok: false, verdict: ungraded([{line: null, column: null, message, hint}])} as const;
	};
	try {
		const path = workPath(folder, exercise);
		const stats = statSync(path);
		// Reading a pipe would wait for somebody to write into it.
		if (!stats.isFile()) return refuse('it is no regular file');
		if (stats.size > maximumBytes) return refuse('it is larger than 1 MB');
		return {ok: true, text: readFileSync(path, 'utf8').replace(/^\uFEFF/, '')};
	} catch (error) {
		return refuse(
			errorCode(error) === 'ENOENT' ? 'no such file' : `can't be read: ${errorCode(error)}`,
		);
	}
}

/** Grades the learner's file of an exercise. */
export function gradeWork(folder: string, material: Material): Verdict {
	const work = readWork(folder, material.exercise);
	return work.ok ? grade(material, work.text) : work.verdict;
}

/** A folder that is new, empty, or one of exercises whose progress was lost. */
function mayBecomeOne(path: string, {exercises}: ExerciseSet): boolean {
	if (!existsSync(path)) return true;
	if (!statSync(path).isDirectory()) return false;
	const names = readdirSync(path);
	const isOne =
		names.includes(progressFile) || exercises.some((each) => names.includes(each.folder));
	return isOne || names.length === 0;
}

async function copyExercise(
	set: ExerciseSet,
	exercise: Exercise,
	folder: string,
): Promise<{readonly ok: true} | Failure> {
	const loaded = await materialOf(set, exercise);
	if (!loaded.ok) return loaded;
	const {material} = loaded;
	if (!existsSync(workPath(folder, exercise))) {
		const saved = saveWork(folder, exercise, modelText(material, 'starter'));
		if (!saved.ok) return saved;
	}
	const own = join(folder, exercise.folder);
	for (const file of filesToCopy(set, exercise)) copyFileSync(file, join(own, basename(file)));
	return saveFile(join(own, 'task.txt'), taskLines(material));
}

/** Makes a learner's folder, or brings one up to date: what the learner wrote stays. */
export async function makeFolder(
	set: ExerciseSet,
	given: string,
): Promise<WorkshopFolder | Failure> {
	const path = resolve(given);
	try {
		if (!mayBecomeOne(path, set)) {
			const hint = 'name a folder that is new or empty';
			return failure(exitCode.usage, `${cleanText(given)}: is there already`, hint);
		}
		mkdirSync(path, {recursive: true});
		const before = existsSync(join(path, progressFile)) ? readFolder(path) : null;
		if (before?.ok === false) return before;
		for (const exercise of set.exercises) {
			const copied = await copyExercise(set, exercise, path);
			if (!copied.ok) return copied;
		}
		const known = before?.progress ?? noProgress;
		const progress = {...known, current: known.current ?? set.exercises[0]?.name ?? null};
		const saved = saveProgress(path, progress);
		return saved.ok ? {ok: true, path, progress} : saved;
	} catch (error) {
		return failure(exitCode.usage, `${cleanText(given)}: can't be written: ${errorCode(error)}`);
	}
}

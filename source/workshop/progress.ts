import * as z from 'zod/mini';
import type {LocatedError} from '../recording/located-error.ts';
import {whole} from '../scenario/schema-parts.ts';

/** How far a learner is with one exercise. */
export type ExerciseProgress = {
	/** It was passed once; what is done to the file later changes nothing. */
	readonly passed: boolean;

	/** Hints that were asked for, from 0 to 3. */
	readonly hints: number;
};

/** How far a learner is. Immutable. */
export type Progress = {
	/** Name of the exercise that is meant where none is named; null before the first. */
	readonly current: string | null;

	/** By name. Exercises that the program does not know any more are kept. */
	readonly exercises: ReadonlyMap<string, ExerciseProgress>;
};

/** Name of the file in the learner's folder; it also tells that the folder is one. */
export const progressFile = 'workshop-progress.json';

/** Nothing done yet. */
export const noProgress: Progress = {current: null, exercises: new Map()};

/** Progress, or why the file can't be read. */
export type ReadProgress =
	| {readonly ok: true; readonly progress: Progress}
	| {readonly ok: false; readonly error: LocatedError};

const format = 'devresdbg-workshop';
const version = 2;

const name = z.string().check(z.maxLength(100));
const envelope = z.looseObject({format: z.literal(format), version: whole(1)});

/** Version 1 only told which exercises were passed. */
const firstVersion = z.looseObject({current: z.nullable(name), passed: z.array(name)});

const secondVersion = z.looseObject({
	current: z.nullable(name),
	exercises: z.record(
		name,
		z.looseObject({passed: z.boolean(), hints: z._default(whole(0, 3), 0)}),
	),
});

function refuse(message: string, hint: string): ReadProgress {
	return {ok: false, error: {line: 1, column: 1, message, hint}};
}

const remedy = 'move it away; `devresdbg workshop init .` and `verify --all` make it anew';

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

function fromVersion(data: unknown, found: number): Progress | null {
	if (found === 1) {
		const {success, data: first} = firstVersion.safeParse(data);
		if (!success) return null;
		const passed = first.passed.map((each) => [each, {passed: true, hints: 0}] as const);
		return {current: first.current, exercises: new Map(passed)};
	}
	const {success, data: second} = secondVersion.safeParse(data);
	if (!success) return null;
	const entries = Object.entries(second.exercises);
	return {
		current: second.current,
		exercises: new Map(entries.map(([key, {passed, hints}]) => [key, {passed, hints}])),
	};
}

/** Reads a file of progress, of this version or an older one. */
export function readProgress(text: string): ReadProgress {
	const data = parsed(text);
	const start = envelope.safeParse(data);
	if (!start.success) return refuse('this is no file of workshop progress', remedy);
	const found = start.data.version;
	if (found > version) {
		const message = `it has version ${found}; this devresdbg knows up to ${version}`;
		return refuse(message, 'use the newer devresdbg that wrote it');
	}
	const progress = fromVersion(data, found);
	return progress === null
		? refuse(`the content does not fit version ${found}`, remedy)
		: {ok: true, progress};
}

/** Lines of the file. */
export function progressLines({current, exercises}: Progress): readonly string[] {
	const sorted = [...exercises].sort(([a], [b]) => (a < b ? -1 : 1));
	const data = {format, version, current, exercises: Object.fromEntries(sorted)};
	return JSON.stringify(data, null, 2).split('\n');
}

/** How far the learner is with an exercise. */
export function progressOf({exercises}: Progress, exercise: string): ExerciseProgress {
	return exercises.get(exercise) ?? {passed: false, hints: 0};
}

/** `[x]` for an exercise that was passed, `[ ]` for another, as in a list of things to do. */
export function boxOf(progress: Progress, exercise: string): string {
	return progressOf(progress, exercise).passed ? '[x]' : '[ ]';
}

/** Progress with something changed about one exercise. */
export function withExercise(
	progress: Progress,
	exercise: string,
	change: Partial<ExerciseProgress>,
): Progress {
	const changed = {...progressOf(progress, exercise), ...change};
	return {...progress, exercises: new Map(progress.exercises).set(exercise, changed)};
}

/** The first exercise behind the current one that was not passed, else the first of all; null where all were. */
export function nextOf(progress: Progress, names: readonly string[]): string | null {
	const at = progress.current === null ? -1 : names.indexOf(progress.current);
	const order = [...names.slice(at + 1), ...names.slice(0, at + 1)];
	return order.find((each) => !progressOf(progress, each).passed) ?? null;
}

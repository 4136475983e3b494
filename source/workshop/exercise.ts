import type * as z from 'zod/mini';
import type {exerciseSchemas} from './exercise-schema.ts';

type Schemas = typeof exerciseSchemas;

/** A kind of exercise. */
export type ExerciseKind = keyof Schemas;

/** What an exercise has beside its file. */
type Named = {
	/** Name of its folder, such as `11-after-probe`: folders sort in the order of the workshop. */
	readonly folder: string;

	/** What the learner calls it: the folder without its number. */
	readonly name: string;
};

/** An exercise of one kind, as its file has it. */
export type ExerciseOf<K extends ExerciseKind> = Named & z.output<Schemas[K]>;

/** Something to learn by doing, that can be graded. */
export type Exercise = {[K in ExerciseKind]: ExerciseOf<K>}[ExerciseKind];

/** The file in the learner's folder that is graded, by kind. */
export const workFiles: {readonly [K in ExerciseKind]: string} = {
	predict: 'answer.yaml',
	find: 'find.dbg',
	fix: 'driver.yaml',
	build: 'driver.yaml',
	diagnose: 'answer.yaml',
};

/** `11-after-probe` is called `after-probe`. */
export function nameOfFolder(folder: string): string {
	return folder.replace(/^\d{1,4}-/, '');
}

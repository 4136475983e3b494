import type {Exercise} from '../workshop/exercise.ts';
import {boxOf, type Progress, progressOf} from '../workshop/progress.ts';

/** Stands before an exercise: whether it is the one at hand, and whether it was passed. Outside of a folder nothing is known. */
function marksOf({name}: Exercise, progress: Progress | null): string {
	if (progress === null) return ' ';
	return `${progress.current === name ? '>' : ' '} ${boxOf(progress, name)}`;
}

/** The exercises by chapter. */
export function exerciseRows(
	exercises: readonly Exercise[],
	progress: Progress | null,
): readonly string[] {
	const width = Math.max(0, ...exercises.map(({name}) => name.length));
	const lines: string[] = [];
	let chapter = '';
	for (const exercise of exercises) {
		if (exercise.chapter !== chapter) {
			if (lines.length > 0) lines.push('');
			({chapter} = exercise);
			lines.push(chapter);
		}
		const {name, kind, title} = exercise;
		lines.push(
			`  ${marksOf(exercise, progress)} ${name.padEnd(width)}  ${kind.padEnd(8)}  ${title}`,
		);
	}
	if (progress === null) return lines;
	const passed = exercises.filter(({name}) => progressOf(progress, name).passed).length;
	return [...lines, '', `${passed} of ${exercises.length} passed`];
}

import type {Exercise} from '../workshop/exercise.ts';
import {type Progress, progressOf} from '../workshop/progress.ts';

function markOf({name}: Exercise, progress: Progress | null): string {
	if (progress === null) return ' ';
	if (progressOf(progress, name).passed) return 'x';
	return progress.current === name ? '>' : ' ';
}

/** The exercises by chapter: `x` is passed, `>` is the one at hand. */
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
		const mark = markOf(exercise, progress);
		lines.push(`  ${mark} ${name.padEnd(width)}  ${kind.padEnd(8)}  ${title}`);
	}
	if (progress === null) return lines;
	const passed = exercises.filter(({name}) => progressOf(progress, name).passed).length;
	return [...lines, '', `${passed} of ${exercises.length} passed`];
}

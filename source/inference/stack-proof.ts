import type {LogOperation, OtherRecord} from './log-operation.ts';
import type {Upcoming} from './upcoming.ts';

/** How far to look for the stack of an operation: lines of other CPUs may stand between. */
const reach = 16;

/** What a release has on its stack (drivers/base/devres.c). */
const releases: ReadonlySet<string> = new Set([
	'devres_release_all',
	'devres_release_group',
	'release_nodes',
]);

/** Whether the stack that was dumped with the operation just taken shows a release; null where none was dumped. */
export function isProvenRelease(
	upcoming: Upcoming<LogOperation | OtherRecord>,
	context: string,
): boolean | null {
	for (let distance = 0; distance < reach; distance += 1) {
		const record = upcoming.peek(distance);
		if (record === undefined) return null;
		if (record.context !== context) continue;
		const {entry} = record;
		if (entry?.kind !== 'stack' || entry.follows === false) return null;
		return entry.frames.some(({fn}) => releases.has(fn));
	}
	return null;
}

import type {LogAddress, LogDevice, Run} from './log-node.ts';
import type {LogOperation, OtherRecord} from './log-operation.ts';
import {isMember} from './release-run.ts';
import type {Upcoming} from './upcoming.ts';

/** How far to look for the next line of a device: beyond it, whatever comes belongs to something else. */
const reach = 2000;

/**
Where the next node of a pass is released, in records from the first; -1 where none is.

Null where the log, as far as it is read, leaves that open.
*/
export function nextRelease(
	upcoming: Upcoming<LogOperation | OtherRecord>,
	device: LogDevice,
	run: Run,
): number | null {
	if (run.waiting === 0 && !run.late) return -1;
	let added: Set<LogAddress> | null = null;
	for (let distance = 0; distance < reach; distance += 1) {
		const next = upcoming.peek(distance);
		// Of a pass that waits for nothing, nothing more comes where nothing comes.
		if (next === undefined) return upcoming.isOver && run.waiting === 0 ? -1 : null;
		if (next.entry !== null) {
			if (next.entry.kind === 'boot') return -1;
			continue;
		}
		if (next.device !== device) continue;
		const {op, address} = next;
		if (op === 'REL') {
			const isOther = next.context !== run.context || added?.has(address) === true;
			const releases = !isOther && mayRelease(run, address);
			return releases ? upcoming.position + distance : -1;
		}
		if (op !== 'ADD') continue;
		added ??= new Set();
		added.add(address);
	}
	return -1;
}

/** Whether more nodes of a pass are released later; null where the log, as far as it is read, leaves that open. */
export function goesOn(
	upcoming: Upcoming<LogOperation | OtherRecord>,
	device: LogDevice,
	run: Run,
): boolean | null {
	const next = nextRelease(upcoming, device, run);
	return next === null ? null : next !== -1;
}

function mayRelease(run: Run, {latest: node}: LogAddress): boolean {
	return node === null || node.ended ? run.late : isMember(run, node);
}

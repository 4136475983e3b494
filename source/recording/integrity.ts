import {callRules} from './call-integrity.ts';
import type {IntegrityFault, IntegrityOptions, Report, Rules} from './integrity-rules.ts';
import {nodeRules} from './node-integrity.ts';
import type {Recording} from './recording.ts';
import {registerRules} from './register-integrity.ts';

function probeRules({lateStart}: IntegrityOptions): Rules {
	const open = new Map<string, number>();
	return (event, report) => {
		if (event.type === 'boot') open.clear();
		if (event.type !== 'probe-begin' && event.type !== 'probe-end') return;
		const key = `${event.context} ${event.device}`;
		const depth = open.get(key) ?? 0;
		if (event.type === 'probe-begin') {
			if (depth > 0) report('probe-pairs', `${event.device} is being probed already`);
			open.set(key, depth + 1);
		} else {
			if (depth === 0 && !lateStart) report('probe-pairs', `${event.device} was not being probed`);
			open.set(key, Math.max(0, depth - 1));
		}
	};
}

/** Checks that a recording tells one consistent story. Judges events alone and never folds them, so it can test the fold. */
export function checkIntegrity(
	recording: Recording,
	options: IntegrityOptions = {lateStart: false},
): readonly IntegrityFault[] {
	const faults: IntegrityFault[] = [];
	const rules = [
		callRules(options),
		nodeRules(options),
		registerRules(),
		probeRules(options),
	] as const;
	for (let seq = 0; seq < recording.length; seq += 1) {
		const event = recording.at(seq);
		const report: Report = (rule, message) => faults.push({seq, rule, message});
		if (event.seq !== seq) report('seq', `event ${seq} says that it is ${event.seq}`);
		for (const rule of rules) rule(event, report);
	}
	return faults;
}

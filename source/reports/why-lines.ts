import {describeWhyStep} from '../debugger/why-answer.ts';
import {refusalOf, whyProbe} from '../debugger/why-probe.ts';
import {errno} from '../recording/errno.ts';
import type {Recording} from '../recording/recording.ts';

/** Probes that are looked at for one that was refused. */
const reach = 16;

/** Why the first probe that was refused was so, for the end of a report; none where no probe was. */
export function whyLines(recording: Recording): readonly string[] {
	const busy = recording.ofType('probe-end').filter((seq) => {
		const event = recording.at(seq);
		return event.type === 'probe-end' && event.result === -errno.EBUSY;
	});
	for (const seq of busy.slice(0, reach)) {
		const {device} = recording.at(seq);
		if (device === undefined || refusalOf(recording, device, seq + 1) === null) continue;
		const {steps} = whyProbe(recording, seq + 1, device);
		const lines = steps.map((step) => `  ${describeWhyStep(recording, step)}`);
		return ['', `why ${device} was refused`, ...lines.map((line) => line.replaceAll('←', '<-'))];
	}
	return [];
}

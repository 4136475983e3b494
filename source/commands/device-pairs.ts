import type {DevicePair} from '../diff/compare-recordings.ts';
import {cleanText} from '../recording/clean-text.ts';
import {didYouMean} from '../recording/closest-name.ts';
import type {Recording} from '../recording/recording.ts';
import {exitCode, type Failure, failure} from './failure.ts';

/** Devices to compare, by their addresses in both recordings. */
type Pairs = {readonly ok: true; readonly pairs: readonly DevicePair[]};

/** Devices that an error names. */
const mostNamed = 6;

function checkDevice(side: string, device: string, {devices}: Recording): Failure | null {
	if (devices.includes(device)) return null;
	const some = devices.slice(0, mostNamed).join(', ');
	const hint = didYouMean(device, devices) ?? `it has ${some === '' ? 'none' : some}`;
	return failure(exitCode.usage, `${side} has no device "${cleanText(device)}"`, hint);
}

/** Reads `--device`: `0000:00:1f.2`, or `A=B` where the addresses differ; several with commas. */
export function readDevicePairs(
	text: string | undefined,
	a: Recording,
	b: Recording,
): Pairs | Failure {
	if (text === undefined) return {ok: true, pairs: []};
	const pairs: DevicePair[] = [];
	for (const part of text.split(',')) {
		const [left = '', right = left, rest] = part.trim().split('=');
		if (left === '' || right === '' || rest !== undefined) {
			const hint = 'write 0000:00:1f.2, or 0000:00:1f.2=0000:00:05.0 where the addresses differ';
			return failure(exitCode.usage, `--device "${cleanText(part)}" names no device`, hint);
		}
		const wrong = checkDevice('A', left, a) ?? checkDevice('B', right, b);
		if (wrong !== null) return wrong;
		if (pairs.some((pair) => pair.a === left || pair.b === right)) {
			return failure(exitCode.usage, `--device "${cleanText(part)}" names a device twice`);
		}
		pairs.push({a: left, b: right});
	}
	return {ok: true, pairs};
}

import {cleanText} from '../recording/clean-text.ts';
import {describeFrame} from '../recording/describe.ts';
import type {DumpedFrame, RecordedEvent} from '../recording/event.ts';
import {apply} from '../recording/fold.ts';
import type {Recording} from '../recording/recording.ts';
import {initialState, type MachineState} from '../recording/state.ts';
import {carrierOf} from './carried.ts';
import {devresText} from './trace-text.ts';

/** `ccp 0000:23:00.1`: the driver while the device has one, else its bus. */
function prefixOf(state: MachineState, address: string): string {
	const device = state.devices.get(address);
	return `${device?.driver ?? device?.bus ?? ''} ${address}`.trimStart();
}

function trace(frames: readonly DumpedFrame[]): string[] {
	const lines = frames.map((frame) => ` ${describeFrame(frame)}`);
	return ['Call Trace:', ' <TASK>', ...lines, ' </TASK>'];
}

function linesOf(event: RecordedEvent, state: MachineState): string[] {
	switch (event.type) {
		case 'devres-add':
		case 'devres-release':
		case 'devres-remove':
		case 'devres-replace':
			return [`${prefixOf(state, event.device ?? '')}: DEVRES ${devresText(event)}`];
		case 'printk':
		case 'action':
			return [event.text];
		case 'warning': {
			const at = event.at === undefined ? [] : [`WARNING: at ${event.at}`];
			const lines = [...at, event.text, ...trace(event.frames)];
			return ['------------[ cut here ]------------', ...lines, '---[ end trace ]---'];
		}
		case 'stack':
			return trace(event.frames);
		default:
			return [];
	}
}

/** `[  218.331000] `, as dmesg prints it. */
function stamp(time: number | null): string {
	return time === null ? '' : `[${time.toFixed(6).padStart(12)}] `;
}

/** The recording as the kernel log would show it, with devres.log=1: one line an operation, and every printk. */
export function* dmesgLines(recording: Recording): Iterable<string> {
	const state = initialState();
	const carry = carrierOf(recording, 'dmesg');
	for (let seq = 0; seq < recording.length; seq += 1) {
		const event = recording.at(seq);
		const carried = carry(event);
		const texts = carried === null ? [] : linesOf(carried, state);
		for (const text of texts) yield `${stamp(carried?.time ?? null)}${cleanText(text)}`;
		apply(state, event);
	}
}

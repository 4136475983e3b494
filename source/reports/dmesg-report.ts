import {describeFrame} from '../recording/describe.ts';
import type {DumpedFrame, RecordedEvent} from '../recording/event.ts';
import {apply} from '../recording/fold.ts';
import type {Recording} from '../recording/recording.ts';
import {initialState, type MachineState} from '../recording/state.ts';

const debugLevel = 7;

const operations: {readonly [type: string]: string} = {
	'devres-add': 'ADD',
	'devres-release': 'REL',
	'devres-remove': 'REM',
	'devres-replace': 'REPLACE',
};

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
		case 'devres-replace': {
			const {node, name, size} = event;
			const text = `DEVRES ${operations[event.type]} ${node} ${name} (${size} bytes)`;
			return [`${prefixOf(state, event.device ?? '')}: ${text}`];
		}
		case 'printk':
			return [event.prefix === '' ? event.text : `${event.prefix}: ${event.text}`];
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

/** `[  218.331000]`, as dmesg prints it. */
function stamp(time: number | null): string {
	if (time === null) return '';
	const [seconds = '', fraction = ''] = time.toFixed(6).split('.');
	return `[${seconds.padStart(5)}.${fraction}] `;
}

/** Debug lines of a simulation: no kernel prints them unless told to. */
function isSilent(event: RecordedEvent, recording: Recording): boolean {
	if (event.type !== 'printk' || recording.header.source.kind === 'import') return false;
	return event.level === debugLevel;
}

/** The recording as the kernel log would show it, with devres.log=1: one line an operation, and every printk. */
export function dmesgReport(recording: Recording): string {
	const state = initialState();
	const lines: string[] = [];
	for (let seq = 0; seq < recording.length; seq += 1) {
		const event = recording.at(seq);
		const texts = isSilent(event, recording) ? [] : linesOf(event, state);
		for (const text of texts) lines.push(`${stamp(event.time)}${text}\n`);
		apply(state, event);
	}
	return lines.join('');
}

import type {ConfigReadEvent, ConfigWriteEvent} from './device-event.ts';
import type {RecordedEvent} from './event.ts';
import type {Rules} from './integrity-rules.ts';

/** Config space of one device: offset to byte. */
type Bytes = Map<number, number>;

/** Null where not all bytes are known. */
function valueAt(bytes: Bytes, offset: number, width: number): number | null {
	let value = 0;
	for (let index = width - 1; index >= 0; index -= 1) {
		const byte = bytes.get(offset + index);
		if (byte === undefined) return null;
		value = value * 256 + byte;
	}
	return value;
}

function setValue(bytes: Bytes, {offset, width, value}: ConfigReadEvent | ConfigWriteEvent): void {
	for (let index = 0; index < width; index += 1) {
		bytes.set(offset + index, Math.floor(value / 256 ** index) % 256);
	}
}

function firmwareBytes(event: Extract<RecordedEvent, {type: 'device-add'}>): Bytes {
	const bytes: Bytes = new Map();
	for (const [offset, word] of Object.entries(event.config ?? {})) {
		bytes.set(Number(offset), word & 0xff);
		bytes.set(Number(offset) + 1, word >> 8);
	}
	return bytes;
}

/** What a write says to have overwritten is what was there. */
export function registerRules(): Rules {
	const devices = new Map<string, Bytes>();
	return (event, report) => {
		const address = event.device ?? '';
		if (event.type === 'boot') devices.clear();
		if (event.type === 'device-add') devices.set(address, firmwareBytes(event));
		if (event.type !== 'config-read' && event.type !== 'config-write') return;
		const bytes = devices.get(address) ?? new Map();
		devices.set(address, bytes);
		if (event.type === 'config-write') {
			const known = valueAt(bytes, event.offset, event.width);
			if (known !== null && event.previous !== known) {
				const message = `offset ${event.offset} held ${known}, not ${event.previous}`;
				report('previous-value', message);
			}
		}
		setValue(bytes, event);
	};
}

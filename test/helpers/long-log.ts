import {fixtures, textOf} from './real-recordings.ts';

/** A device of a long log: what its driver adds, in order, as recorded. */
export type LongDevice = {readonly address: string; readonly labels: readonly string[]};

/** What a long log is like. */
export type LongLogOptions = {
	readonly format: 'ftrace' | 'dmesg';

	/** It goes on until it has so many, and then until all devices have released what they hold. */
	readonly lines: number;
};

const recorded = ['ahci', 'e1000e', 'i801_smbus', 'nvme', 'sdhci-pci', 'snd_intel8x0'];
const deviceCount = 16;

/** Addresses are used again after so many rounds of a device. */
const poolRounds = 40;

/** Lines of one device in a row, at most. */
const longestBurst = 24;

/** What a driver adds when it is bound, as a recording tells it last. */
function labelsOf(name: string): string[] {
	const lines = textOf(fixtures, `v6.12-stock/${name}.events.txt`).split('\n');
	const end = lines.findLastIndex((line) => line.includes(' ADD '));
	let start = end;
	while (lines[start - 1]?.includes(' ADD ')) start -= 1;
	return lines.slice(start, end + 1).map((line) => line.replace(/^.* ADD \S+ /, ''));
}

/** The devices of every long log. */
export function longDevices(): LongDevice[] {
	return Array.from({length: deviceCount}, (_, index) => ({
		address: `0000:00:${(index + 4).toString(16).padStart(2, '0')}.0`,
		labels: labelsOf(recorded[index % recorded.length] ?? 'ahci'),
	}));
}

/** Numbers that look random and are the same each time. */
function* numbers(): Generator<number> {
	for (let state = 1; ; state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0) yield state >>> 8;
}

/** A hashed address: another one for each node of a device, and for each round. */
function addressOf(device: number, node: number, round: number): string {
	const seed = 1 + (((round % poolRounds) * deviceCount + device) * 256 + node);
	return (Math.imul(seed, 0x9e37_79b1) >>> 0).toString(16).padStart(16, '0');
}

function lineOf(
	format: 'ftrace' | 'dmesg',
	index: number,
	address: string,
	time: number,
	said: string,
): string {
	const stamp = (time / 1e6).toFixed(6).padStart(12);
	if (format === 'dmesg') return `[${stamp}] drv${index} ${address}: DEVRES ${said}`;
	const task = `init-${350 + index}`.padStart(20);
	return `${task}     [00${index & 1}] .....${stamp}: devres_log: ${address} ${said}`;
}

/** Lines of devices that are bound and unbound again and again, each by its own task, as a kernel with hashed addresses prints them. */
export function* longLog({format, lines}: LongLogOptions): Generator<string> {
	const devices = longDevices().map(({address, labels}) => ({address, labels, step: 0}));
	const random = numbers();
	let time = 11_304_544;
	let count = 0;
	let open = devices.length;
	while (open > 0) {
		const index = (random.next().value ?? 0) % deviceCount;
		const device = devices[index];
		if (device === undefined || device.step === -1) continue;
		const nodes = device.labels.length;
		for (let burst = (random.next().value ?? 0) % longestBurst; burst >= 0; burst -= 1) {
			const round = Math.floor(device.step / (2 * nodes));
			const place = device.step % (2 * nodes);
			if (place === 0 && count >= lines) {
				device.step = -1;
				open -= 1;
				break;
			}
			const node = place < nodes ? place : 2 * nodes - 1 - place;
			const op = place < nodes ? 'ADD' : 'REL';
			const said = `${op} ${addressOf(index, node, round)} ${device.labels[node]}`;
			time += (random.next().value ?? 0) % 60;
			yield lineOf(format, index, device.address, time, said);
			device.step += 1;
			count += 1;
		}
	}
}

import {errnoName} from '../../source/recording/errno.ts';
import {PCI_COMMAND} from '../../source/recording/pci-registers.ts';
import type {Recording} from '../../source/recording/recording.ts';
import {placesOfSteps, type RecordedDriver, type RecordedRun} from './recorded-driver.ts';

/** What sh prints of a write to sysfs that failed. */
const writeErrors = new Map([
	['Device or resource busy', 'EBUSY'],
	['No such device', 'ENODEV'],
]);

/** What a write to the driver's sysfs file returned in that part of the recording. */
function resultBetween(recording: Recording, from: number, to: number): string {
	for (const seq of recording.ofType('return')) {
		const event = recording.at(seq);
		if (seq < from || seq >= to || event.type !== 'return') continue;
		if (event.fn !== 'bind_store' && event.fn !== 'unbind_store') continue;
		const value = Number(event.value);
		return value < 0 ? (errnoName(value) ?? `${value}`) : 'ok';
	}
	return 'ok';
}

/** `unbind1 ok 0x0103 none 0` after each step that was seen: its result, PCI_COMMAND, driver, enable count. */
export function simulatedStates(
	recording: Recording,
	driver: RecordedDriver,
	{steps, unseen}: RecordedRun,
): string[] {
	const places = placesOfSteps(recording, driver, steps);
	const countAt = (place: number): number =>
		recording.stateAt(place).devices.get(driver.address)?.enable_count ?? 0;
	const before = countAt(places[unseen] ?? 0);
	return steps.slice(unseen).flatMap((step, index) => {
		// What nobody was told of has no number.
		if (!/\d$/.test(step)) return [];
		const [from = 0, to = 0] = places.slice(index + unseen, index + unseen + 2);
		const device = recording.stateAt(to).devices.get(driver.address);
		if (!device?.present) return [`${step} ok absent`];
		const command = (device.registers.get(PCI_COMMAND) ?? 0).toString(16).padStart(4, '0');
		const result = resultBetween(recording, from, to);
		const count = (device.enable_count ?? 0) - before;
		return [`${step} ${result} 0x${command} ${device.driver ?? 'none'} ${signed(count)}`];
	});
}

/** How many more than before the first step: a pinned device keeps what earlier runs added. */
function signed(count: number): string {
	return count < 0 ? `${count}` : `+${count}`;
}

/** The same, as sh, sysfs and setpci told on the real machine. */
export function toldStates(text: string): string[] {
	const before = Number(/ before .*enable_cnt=(\d+)/.exec(text)?.[1] ?? 0);
	const results = new Map(
		Array.from(text.matchAll(/\] (\w+\d) \S+ \S+ rc=\d+ (?:sh: write error: (.+))?/g), (found) => [
			found[1],
			found[2] === undefined ? 'ok' : (writeErrors.get(found[2]) ?? found[2]),
		]),
	);
	const told = text.matchAll(
		/after +(\w+\d) : (?:device-(absent)|PCI_COMMAND=(\w+) .*driver=(\S+) enable_cnt=(\d+))/g,
	);
	return Array.from(told, ([, step, absent, command, driver, count]) => {
		const result = results.get(step) ?? 'ok';
		if (absent !== undefined) return `${step} ${result} absent`;
		return `${step} ${result} ${command} ${driver} ${signed(Number(count) - before)}`;
	});
}

import {existsSync} from 'node:fs';
import {basename, dirname, join} from 'node:path';
import type {Recording} from '../../source/recording/recording.ts';
import {comparable, type LoggedLine, loggedLines, markedSteps} from './logged-lines.ts';
import {filesBelow, textOf} from './real-recordings.ts';
import {
	placesOfSteps,
	type RecordedDriver,
	type RecordedRun,
	recordedDrivers,
	simulatedLines,
	simulatedRun,
} from './recorded-driver.ts';

/** A recording of a real kernel held against the simulation of what was done there. */
export type Comparison = {
	/** Below the folder of recordings. */
	readonly path: string;
	readonly driver: string;

	/** One of `recordedKernels`. */
	readonly kernel: string;

	/** Lines of the recording that were compared; 0 where the driver is not in it. */
	readonly compared: number;

	/** How many of them the simulation prints at the same place. */
	readonly equal: number;

	/** The first line that is not the same, from both sides; null where all are. */
	readonly difference: string | null;
};

/** Folders of other forms than the kernels' own, and the kernel that printed what is in them. */
const formatFolders: readonly (readonly [folder: string, kernel: string])[] = [
	['formats/debian-6.12-trace/', 'debian'],
	['formats/trace-cmd/', 'debian'],
	['formats/dmesg/', 'v9-patch'],
	['formats/journal/', 'v9-patch'],
	['formats/syslog/', 'v9-patch'],
	['formats/trace_pipe/', 'v9-patch'],
	['formats/lost/', 'v9-patch'],
];

/** Steps where neither the recording nor a file beside it tells them. */
const rebinding = ['unbind1', 'bind1', 'unbind2', 'bind2'];

function kernelOf(path: string): string {
	const format = formatFolders.find(([folder]) => path.startsWith(folder));
	return format?.[1] ?? path.split('/')[0] ?? '';
}

/** Drivers that the file may tell of: the one it is named after, or all where it tells of a whole machine. */
export function driversIn(path: string): readonly RecordedDriver[] {
	const file = basename(path);
	const named = recordedDrivers.find(({name}) => file.startsWith(`${name}.`));
	if (named !== undefined) return [named];
	return /^(?:boot|busybox|rsyslog|live)\./.test(file) ? recordedDrivers : [];
}

/** What was told of the run beside the recording: `ahci.dmesg.command.txt`, `ahci.command.txt`. */
export function commandsBeside(folder: string, path: string): string | null {
	const stem = basename(path).replace(/(?:\.report[\w-]*)?\.txt$/, '');
	const [driver = ''] = stem.split('.');
	const names = [stem, stem.replace('.events.', '.opts.').replace(/(opts)\..*/, '$1'), driver];
	const found = names
		.map((name) => join(dirname(path), `${name}.command.txt`))
		.find((each) => each !== path && existsSync(join(folder, each)));
	return found === undefined ? null : textOf(folder, found);
}

/** Steps that were told, and what must have been done between them without being told. */
function toldSteps(text: string): string[] {
	const told = text.matchAll(/(before|after) +(\w+) : (?:device-absent|.*?driver=(\S+))/g);
	const steps: string[] = [];
	let isBound = true;
	for (const [, when, step = '', driver] of told) {
		const isNow = driver !== undefined && driver !== 'none';
		if (when === 'before') {
			// Nothing but a new device can be bound after a leak.
			if (!isBound && isNow) steps.push('remove', 'rescan');
			steps.push(step);
		}
		isBound = isNow;
	}
	return steps;
}

/** Without marks: one driver's sequence, or that of a whole machine, where not every driver was rebound. */
function unmarkedSteps(folder: string, path: string, lines: readonly LoggedLine[]): string[] {
	if (/^boot\.|\.bootprobe\./.test(basename(path))) return [];
	const told = toldSteps(commandsBeside(folder, path) ?? '');
	if (told.length > 0) return told;
	return lines.some(({op}) => op === 'REL') ? rebinding : [];
}

/** What brings a bound device to where the first step begins. */
const unseenSteps = new Map([
	['bind', 'unbind'],
	['modprobe', 'rmmod'],
	['rescan', 'remove'],
]);

/** Simulations that were made already, by driver and run. */
const made = new Map<string, ReturnType<typeof simulatedRun>>();

/** As simulatedRun(), remembered. */
export function rememberedRun(driver: RecordedDriver, run: RecordedRun) {
	const key = JSON.stringify([driver.name, run]);
	const known = made.get(key) ?? simulatedRun(driver, run);
	made.set(key, known);
	return known;
}

/** The child's name on that machine: the numbers in it depend on what else there is. */
function childIn(lines: readonly LoggedLine[], {child}: RecordedDriver): string | undefined {
	const kind = child?.replace(/\d.*/, '');
	return lines.find(({device}) => kind !== undefined && device.startsWith(kind))?.device;
}

/** How the run of a recording went, for one driver. */
export function runOf(
	folder: string,
	path: string,
	text: string,
	driver: RecordedDriver,
): RecordedRun {
	const lines = loggedLines(text);
	const own = lines.filter(({device}) => device === driver.address);
	const marked = markedSteps(text, driver.name);
	const seen = marked.length > 0 ? marked : unmarkedSteps(folder, path, own);
	const before = unseenSteps.get(seen[0]?.replace(/\d+$/, '') ?? '');
	return {
		kernel: kernelOf(path),
		steps: before === undefined ? seen : [before, ...seen],
		unseen: before === undefined ? 0 : 1,
		nomsi: path.includes('/nomsi/'),
		child: childIn(lines, driver),
	};
}

/** How many of `real` are found in `simulated`, in order, with any others between them; and the first that is not. */
function within(
	real: readonly string[],
	simulated: readonly string[],
): Pick<Comparison, 'equal' | 'difference'> {
	let from = 0;
	let equal = 0;
	let difference: string | null = null;
	for (const line of real) {
		const place = simulated.indexOf(line, from);
		if (place === -1) {
			difference ??= `recorded: ${line}; simulated after line ${from}: none`;
			continue;
		}
		from = place + 1;
		equal += 1;
	}
	return {equal, difference};
}

function sameLines(
	real: readonly string[],
	simulated: readonly string[],
): Pick<Comparison, 'equal' | 'difference'> {
	const length = Math.max(real.length, simulated.length);
	const first = Array.from({length}, (_, index) => index).find(
		(index) => real[index] !== simulated[index],
	);
	if (first === undefined) return {equal: real.length, difference: null};
	const place = `line ${first + 1}: recorded ${real[first] ?? 'nothing'}`;
	const equal = real.filter((line, index) => line === simulated[index]).length;
	return {
		// Lines that only the simulation has are a difference too.
		equal: Math.max(0, Math.min(equal, 2 * real.length - simulated.length)),
		difference: `${place}; simulated ${simulated[first] ?? 'nothing'}`,
	};
}

function isOf(driver: RecordedDriver, {child}: RecordedRun) {
	const names = [driver.address, child ?? driver.child];
	return ({device}: LoggedLine): boolean => names.includes(device);
}

/** Where the recording begins: at boot if the device is first probed there and nothing was unseen. */
function beginningOf(
	recording: Recording,
	driver: RecordedDriver,
	{steps, unseen}: RecordedRun,
	lines: readonly LoggedLine[],
): number {
	if (unseen === 0 && lines[0]?.op === 'ADD') return 0;
	return placesOfSteps(recording, driver, steps)[unseen] ?? 0;
}

/** One recording, whose text may have been changed, against the simulation of a driver. */
export function compareText(
	folder: string,
	path: string,
	text: string,
	driver: RecordedDriver,
): Comparison {
	const run = runOf(folder, path, text, driver);
	const lines = loggedLines(text).filter(isOf(driver, run));
	const recording = rememberedRun(driver, run);
	const isTrace = lines.some(({prefix, op}) => prefix === null && op !== null);
	const simulated = simulatedLines(recording, beginningOf(recording, driver, run, lines)).filter(
		(line) => isOf(driver, run)(line) && !(isTrace && line.op === null),
	);
	const isPartial = path.startsWith('formats/lost/');
	const shown = {
		prefix: !isTrace,
		node: !isPartial,
		worker: lines.some(({task}) => task !== null),
	};
	const real = comparable(lines, shown);
	const both = (isPartial ? within : sameLines)(real, comparable(simulated, shown));
	return {path, driver: driver.name, kernel: run.kernel, compared: real.length, ...both};
}

/** A journal may be printed with the newest line first. */
function inOrder(path: string, text: string): string {
	return path.includes('.reverse.') ? text.split('\n').toReversed().join('\n') : text;
}

/** Whether the file says anything of the driver: lines, or that it was rebound without any. */
function tellsOf(text: string, {compared, driver}: Comparison): boolean {
	return compared > 0 || markedSteps(text, driver).length > 0;
}

/** Every recording below `folder` against the simulation, by driver; those that tell nothing of a driver are left out. */
export function comparisonsBelow(folder: string): Comparison[] {
	return filesBelow(folder, '.txt').flatMap((path) => {
		// The option `raw` prints numbers where the others print names.
		const isReadable = !path.endsWith('.command.txt') && !path.endsWith('.raw.txt');
		const drivers = isReadable ? driversIn(path) : [];
		if (drivers.length === 0) return [];
		const text = inOrder(path, textOf(folder, path));
		return drivers
			.map((driver) => compareText(folder, path, text, driver))
			.filter((comparison) => tellsOf(text, comparison));
	});
}

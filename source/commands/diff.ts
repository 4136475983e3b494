import {existsSync} from 'node:fs';
import {compareRecordings} from '../diff/compare-recordings.ts';
import type {Comparison} from '../diff/comparison.ts';
import {cleanText} from '../recording/clean-text.ts';
import {didYouMean} from '../recording/closest-name.ts';
import {diffJson} from '../reports/diff-json.ts';
import {type DiffSource, diffReport} from '../reports/diff-report.ts';
import {readDevicePairs} from './device-pairs.ts';
import {type ExitCode, exitCode, type Failure, failure, tell} from './failure.ts';
import type {Flags} from './flags.ts';
import {type Loaded, loadInput} from './load-input.ts';
import {hasColor, isAscii, keyboard, stopWhenAsked, suspend} from './open.ts';
import {shippedPath} from './shipped-scenarios.ts';

/** One of the two words of the command line. */
type Named = {
	/** As given. */
	readonly name: string;
	readonly file: string;

	/** Revision behind the last `@`; null for none. */
	readonly kernel: string | null;
};

/** Devices of one recording that an error names. */
const mostNamed = 6;

/** `ccp-reload@v6.14` is a scenario and a kernel, unless there is a file of that name. */
function readName(name: string): Named {
	const at = name.lastIndexOf('@');
	if (at <= 0 || existsSync(name)) return {name, file: name, kernel: null};
	return {name, file: name.slice(0, at), kernel: name.slice(at + 1)};
}

/** A name that can only be a scenario's. */
function isScenarioName(file: string): boolean {
	return /\.ya?ml$/i.test(file) || (!existsSync(file) && shippedPath(file) !== null);
}

/** Opens one side. `--input` is for logs, `--kernel` for scenarios that have no kernel behind their name. */
function load({file, kernel}: Named, flags: Flags): Promise<Loaded | Failure> {
	if (!isScenarioName(file)) return loadInput(file, {...flags, kernel: kernel ?? undefined});
	return loadInput(file, {...flags, input: undefined, kernel: kernel ?? flags.kernel});
}

function namedDevices(side: string, devices: readonly string[]): string {
	if (devices.length === 0) return `${side} has none`;
	const more = devices.length > mostNamed ? ' and more' : '';
	return `${side} has ${devices.slice(0, mostNamed).join(', ')}${more}`;
}

/** Why two recordings can't be compared; null where they can. */
function checkCommon({devices, stray, counts, differs}: Comparison): Failure | null {
	if (devices.length === 0) {
		const example = stray.a.length * stray.b.length > 0 ? `${stray.a[0]}=${stray.b[0]}` : 'A=B';
		const hint = `${namedDevices('A', stray.a)}; ${namedDevices('B', stray.b)}; pair two: --device ${example}`;
		return failure(exitCode.usage, 'no device owns nodes in both recordings', hint);
	}
	if (counts.compared > 0 || differs) return null;
	const hint = 'one ends before the other begins: record the same actions in both';
	return failure(exitCode.usage, 'no phase of a device is in both recordings', hint);
}

function isOnScreen(flags: Flags, isPiped: boolean): boolean {
	if (flags.format !== undefined || flags.plain === true || !process.stdout.isTTY) return false;
	return (process.stdin.isTTY || isPiped) && process.env['TERM'] !== 'dumb';
}

/** Shows both on the terminal; null where there is none to type on. */
async function openSideBySide(
	comparison: Comparison,
	sides: {readonly a: DiffSource; readonly b: DiffSource},
	{flags, isPiped}: {readonly flags: Flags; readonly isPiped: boolean},
): Promise<number | null> {
	const stdin = keyboard(isPiped ? '-' : null);
	if (stdin === null) return null;
	const {openDiff} = await import('../tui/open-diff.tsx');
	stopWhenAsked(stdin);
	const {stdout, stderr} = process;
	const look = {color: hasColor(flags), ascii: isAscii()};
	return openDiff({comparison, sides, stdin, stdout, stderr, ...look, suspend});
}

function print(comparison: Comparison, a: DiffSource, b: DiffSource, format: string): ExitCode {
	const text =
		format === 'json'
			? `${JSON.stringify(diffJson(comparison, a, b), null, 2)}\n`
			: diffReport(comparison, a, b);
	process.stdout.write(text);
	return comparison.differs ? exitCode.failed : exitCode.fine;
}

const formats = ['text', 'json'];

function checkFlags(sides: readonly Named[], {format, kernel}: Flags): Failure | null {
	if (sides.every(({file}) => file === '-')) {
		return failure(exitCode.usage, 'standard input can only be one of the two');
	}
	const several = [kernel, ...sides.map((side) => side.kernel)].includes('all');
	if (several) return failure(exitCode.usage, '"all" is not one kernel', 'name one for each side');
	if (
		kernel !== undefined &&
		!sides.some((side) => side.kernel === null && isScenarioName(side.file))
	) {
		return failure(exitCode.usage, '--kernel is for scenarios without one of their own');
	}
	if (format === undefined || formats.includes(format)) return null;
	const hint = didYouMean(format, formats) ?? `known: ${formats.join(', ')}`;
	return failure(exitCode.usage, `unknown format "${format}"`, hint);
}

/** `devresdbg diff A B`: compares two recordings; on a terminal opens them side by side. */
export async function diff(wordA: string, wordB: string, flags: Flags): Promise<number> {
	const [nameA, nameB] = [readName(wordA), readName(wordB)];
	const wrong = checkFlags([nameA, nameB], flags);
	if (wrong !== null) return tell(wrong);
	const loadedA = await load(nameA, flags);
	if (!loadedA.ok) return tell(loadedA);
	const loadedB = await load(nameB, flags);
	if (!loadedB.ok) return tell(loadedB);
	const a = {name: cleanText(nameA.name), recording: loadedA.recording};
	const b = {name: cleanText(nameB.name), recording: loadedB.recording};
	const chosen = readDevicePairs(flags.device, a.recording, b.recording);
	if (!chosen.ok) return tell(chosen);
	const comparison = compareRecordings(a.recording, b.recording, chosen.pairs);
	const nothing = checkCommon(comparison);
	if (nothing !== null) return tell(nothing);
	const format = flags.format ?? 'text';
	const isPiped = nameA.file === '-' || nameB.file === '-';
	if (!isOnScreen(flags, isPiped)) return print(comparison, a, b, format);
	const left = await openSideBySide(comparison, {a, b}, {flags, isPiped});
	return left ?? print(comparison, a, b, format);
}

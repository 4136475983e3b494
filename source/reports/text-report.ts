import {describeFinding} from '../findings/finding.ts';
import {describeResult, hex} from '../recording/describe.ts';
import type {PrintkEvent} from '../recording/event.ts';
import type {LineCounts, Recording, RecordingHeader} from '../recording/recording.ts';
import {type DevicePhase, type Phase, phasesOf} from './phases.ts';
import {type ReportedDevice, type ReportedExpectation, runReport} from './run-report.ts';
import {whyLines} from './why-lines.ts';

/** Devices of one action that are shown. */
const maximumDevices = 40;

/** Values of a bit that are shown. */
const maximumBits = 6;

/** Log lines of one action that are shown. */
const maximumLog = 12;

/** Findings that are shown. */
const maximumFindings = 20;

/** Nodes of one device that are named. */
const maximumNodes = 8;

function bit(value: boolean | null): string {
	return value === null ? '?' : `${Number(value)}`;
}

function plural(count: number, noun: string): string {
	return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** `1 -> 0 -> 1`, or the value alone where it didn't change; what lies between is cut where it is long. */
function bits(values: readonly (boolean | null)[]): string {
	const texts = values.map(bit);
	if (texts.length > maximumBits) texts.splice(2, texts.length - maximumBits + 1, '…');
	return texts.join(' -> ');
}

function deviceLine(counts: DevicePhase): string {
	const during = counts.addedDuringRelease;
	const operations: readonly (readonly [string, number, string?])[] = [
		['ADD', counts.added - during],
		['REL', counts.released],
		['ADD', during, ' during release'],
		['REM', counts.removed],
		['REPLACE', counts.replaced],
	];
	const parts = [
		...counts.probes.map((result) => `probe ${result === null ? '?' : describeResult(result)}`),
		...counts.unbound.map((driver) => `unbound from ${driver}`),
		...operations.flatMap(([name, times, how = '']) =>
			times === 0 ? [] : [`${name} ${times}${how}`],
		),
		`${counts.left} on devres_head`,
		...(counts.intx.at(-1) === null ? [] : [`INTX_DISABLE ${bits(counts.intx)}`]),
	];
	return `  ${counts.device}  ${parts.join(', ')}`;
}

function logLine(event: PrintkEvent): string {
	return `    ${event.prefix === '' ? '' : `${event.prefix}: `}${event.text}`;
}

/** The first lines, and how many more there are. */
function atMost(lines: readonly string[], maximum: number, noun: string): string[] {
	const more = lines.length - maximum;
	const shown = lines.slice(0, maximum);
	return more > 0 ? [...shown, `    and ${more} more ${noun}${more === 1 ? '' : 's'}`] : shown;
}

function phaseLines(phase: Phase, _: number, {length}: readonly Phase[]): string[] {
	const untitled = length === 1 ? 'all events' : 'before the first action';
	return [
		phase.text === '' ? untitled : phase.text,
		...atMost([...phase.devices.values()].map(deviceLine), maximumDevices, 'device'),
		...atMost(phase.log.map(logLine), maximumLog, 'line'),
	];
}

function driverText(driver: string | null | undefined): string {
	if (driver === undefined) return 'driver not known';
	return driver === null ? 'no driver' : `driver ${driver}`;
}

/** `driver` is undefined where the recording hasn't told: then nothing is said to be left, either. */
function endLines(device: ReportedDevice, driver: string | null | undefined): string[] {
	const facts = [driverText(driver)];
	if (device.command !== null) {
		facts.push(`PCI_COMMAND ${hex(device.command)}`, `INTX_DISABLE ${bit(device.intx_disable)}`);
	}
	if (device.enable_count !== null) facts.push(`enable_cnt ${device.enable_count}`);
	const {devres_head, todo} = device;
	facts.push(`${plural(devres_head.length, 'node')} on devres_head`);
	if (todo.length > 0) facts.push(`${plural(todo.length, 'node')} still to release`);
	const left = driver === null ? devres_head : [];
	const nodes = left.map(({id, name, size}) => `    left: ${name} (${size} bytes) ${id}`);
	return [`  ${device.address}  ${facts.join(', ')}`, ...atMost(nodes, maximumNodes, 'node')];
}

/** Events have the numbers that the screen shows and `goto` takes. */
/** A misspelt function would fail nothing, and nobody would notice. */
function faultLines(recording: Recording): string[] {
	const {faults} = recording.stateAt(recording.length);
	return faults.map(({fn}) => `  fail ${fn}: never struck`);
}

function countsOf({used, ignored, quoted = 0, unparsed, lost}: LineCounts): string {
	const quotations = quoted === 0 ? '' : ` (${plural(quoted, 'quotation')})`;
	return `${used} used, ${ignored} ignored${quotations}, ${unparsed} not understood; ${lost} events lost`;
}

function importLines({lines, source, remarks = []}: RecordingHeader): string[] {
	if (lines.total === 0) return [];
	const format = source.format === undefined ? '' : ` of ${source.format}`;
	return [
		`${plural(lines.total - lines.lost, 'line')}${format}: ${countsOf(lines)}`,
		...remarks.map((remark) => `note: ${remark}`),
	];
}

/** Sums up a recording for people: what each action did, how it ends, whether that was expected. */
export function textReport(
	recording: Recording,
	expectations: readonly ReportedExpectation[] = [],
): string {
	const report = runReport(recording, expectations);
	const end = recording.stateAt(recording.length);
	const {title} = recording.header;
	const {path, kernel} = report.source;
	const facts = [
		path ?? '',
		kernel === null ? '' : `kernel ${kernel}`,
		plural(report.events, 'event'),
	];
	const lines = [
		...(title === '' ? [] : [title]),
		facts.filter((fact) => fact !== '').join(', '),
		...importLines(recording.header),
		'',
		...phasesOf(recording).flatMap(phaseLines),
		'',
		'in the end',
		...atMost(
			report.devices.flatMap((device) => endLines(device, end.devices.get(device.address)?.driver)),
			maximumDevices,
			'line',
		),
		...atMost(faultLines(recording), maximumDevices, 'line'),
	];
	if (report.findings.length > 0) {
		lines.push('', 'findings');
		lines.push(
			...atMost(
				report.findings.map((finding) => `  ${describeFinding(finding)}`),
				maximumFindings,
				'finding',
			),
		);
	}
	lines.push(...whyLines(recording));
	if (expectations.length > 0) {
		lines.push('', 'expected');
		lines.push(...expectations.map(({text, ok}) => `  ${ok ? 'ok    ' : 'FAILED'}  ${text}`));
	}
	return `${lines.join('\n')}\n`;
}

import {describeResult, hex} from '../recording/describe.ts';
import type {PrintkEvent} from '../recording/event.ts';
import type {LineCounts, Recording} from '../recording/recording.ts';
import {type DevicePhase, type Phase, phasesOf} from './phases.ts';
import {type ReportedDevice, type ReportedExpectation, runReport} from './run-report.ts';

/** Log lines of one action that are shown. */
const maximumLog = 12;

/** Nodes of one device that are named. */
const maximumNodes = 8;

function bit(value: boolean | null): string {
	return value === null ? '?' : `${Number(value)}`;
}

function plural(count: number, noun: string): string {
	return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function deviceLine(counts: DevicePhase, before: boolean | null | undefined): string {
	const during = counts.addedDuringRelease;
	const parts = [
		...counts.probes.map((result) => `probe ${result === null ? '?' : describeResult(result)}`),
		...counts.unbound.map((driver) => `unbound from ${driver}`),
	];
	const operations = [
		counts.added > 0 ? `ADD ${counts.added}${during > 0 ? ` (${during} during release)` : ''}` : '',
		counts.released > 0 ? `REL ${counts.released}` : '',
		counts.removed > 0 ? `REM ${counts.removed}` : '',
		counts.replaced > 0 ? `REPLACE ${counts.replaced}` : '',
	].filter((text) => text !== '');
	if (operations.length > 0) parts.push(operations.join(' '));
	parts.push(`${counts.left} on devres_head`);
	if (counts.intxAfter !== null) {
		const was = before === undefined || before === counts.intxAfter ? '' : `${bit(before)} -> `;
		parts.push(`INTX_DISABLE ${was}${bit(counts.intxAfter)}`);
	}
	return `  ${counts.device}  ${parts.join(', ')}`;
}

function logLine(event: PrintkEvent): string {
	return `    ${event.prefix === '' ? '' : `${event.prefix}: `}${event.text}`;
}

function phaseLines(phases: readonly Phase[]): string[] {
	const bits = new Map<string, boolean | null>();
	return phases.flatMap((phase) => {
		const lines = [phase.text === '' ? 'before the first action' : phase.text];
		for (const counts of phase.devices.values()) {
			lines.push(deviceLine(counts, bits.get(counts.device)));
			bits.set(counts.device, counts.intxAfter);
		}
		lines.push(...phase.log.slice(0, maximumLog).map(logLine));
		const more = phase.log.length - maximumLog;
		if (more > 0) lines.push(`    and ${plural(more, 'more line')}`);
		return lines;
	});
}

function endLines(device: ReportedDevice): string[] {
	const facts = [device.driver === null ? 'no driver' : `driver ${device.driver}`];
	if (device.command !== null) {
		facts.push(`PCI_COMMAND ${hex(device.command)}`, `INTX_DISABLE ${bit(device.intx_disable)}`);
	}
	if (device.enable_count !== null) facts.push(`enable_cnt ${device.enable_count}`);
	const {devres_head, todo} = device;
	facts.push(`${plural(devres_head.length, 'node')} on devres_head`);
	if (todo.length > 0) facts.push(`${plural(todo.length, 'node')} still to release`);
	const isLeft = device.driver === null;
	const named = isLeft ? devres_head.slice(0, maximumNodes) : [];
	const more = isLeft ? devres_head.length - named.length : 0;
	return [
		`  ${device.address}  ${facts.join(', ')}`,
		...named.map(({id, name, size}) => `    left: ${name} (${size} bytes) ${id}`),
		...(more > 0 ? [`    and ${more} more`] : []),
	];
}

function importLine({total, used, ignored, unparsed, lost}: LineCounts): string[] {
	if (total === 0) return [];
	const counts = `${used} used, ${ignored} ignored, ${unparsed} not understood, ${lost} lost`;
	return [`${plural(total, 'line')}: ${counts}`];
}

/** Sums up a recording for people: what each action did, how it ends, whether that was expected. */
export function textReport(
	recording: Recording,
	expectations: readonly ReportedExpectation[] = [],
): string {
	const report = runReport(recording, expectations);
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
		...importLine(report.lines),
		'',
		...phaseLines(phasesOf(recording)),
		'',
		'in the end',
		...report.devices.flatMap(endLines),
	];
	if (expectations.length > 0) {
		lines.push('', 'expected');
		lines.push(...expectations.map(({text, ok}) => `  ${ok ? 'ok    ' : 'FAILED'}  ${text}`));
	}
	return `${lines.join('\n')}\n`;
}

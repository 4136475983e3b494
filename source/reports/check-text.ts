import {type Severity, severities} from '../findings/finding.ts';
import {describeLikelyKernel} from '../findings/likely-kernel.ts';
import {wrapText} from '../recording/wrap-text.ts';
import {
	type CheckedFinding,
	type CheckedRecording,
	countOf,
	type PlacedEvent,
} from './check-report.ts';

/** Columns of explanations. */
const width = 96;

/** Letters of a line of the file that are shown. */
const rawWidth = 110;

/** Findings of one recording that are told one by one. */
const maximumFindings = 60;

/** Events of one finding that are listed. */
const maximumEvidence = 12;

/** `2 errors, 1 warning`, or that there is nothing. */
export function countWords(findings: readonly {readonly severity: Severity}[]): string {
	const parts = severities.flatMap((severity) => {
		const count = countOf(findings, severity);
		return count === 0 ? [] : [`${count} ${severity}${count === 1 ? '' : 's'}`];
	});
	return parts.length === 0 ? 'nothing is wrong as far as the rules see' : parts.join(', ');
}

/** What a real recording seems to be of; that of a scenario is known. */
export function kernelWords({kind, kernel, events, likely}: CheckedRecording): string {
	const facts = `${kernel === null ? '' : `kernel ${kernel}, `}${events} events`;
	return kind === 'scenario' ? facts : `${facts}; ${describeLikelyKernel(likely)}`;
}

/** A paragraph with a word in the margin. */
function paragraph(word: string, text: string): readonly string[] {
	return wrapText(text, width - 8).map(
		(line, index) => `  ${(index === 0 ? word : '').padEnd(6)}${line}`,
	);
}

function frameLines({raw, line}: CheckedFinding): readonly string[] {
	if (raw === null || line === null) return [];
	const text = raw.length > rawWidth ? `${raw.slice(0, rawWidth)}…` : raw;
	const gutter = ' '.repeat(`${line}`.length);
	return [`  ${gutter} |`, `  ${line} | ${text}`, `  ${gutter} |`];
}

/** Events have the numbers that the screen shows and `goto` takes. */
function evidenceLines(evidence: readonly PlacedEvent[]): readonly string[] {
	const more = evidence.length - maximumEvidence;
	const shown = evidence.slice(0, maximumEvidence);
	const numbers = shown.map(({event}) => `${event + 1}`);
	const lines = shown.map(({line}) => (line === null ? '' : `line ${line}`));
	const wide = (texts: readonly string[]) => Math.max(...texts.map(({length}) => length));
	const rows = shown.map(({what, text}, index) => {
		const number = (numbers[index] ?? '').padStart(wide(numbers));
		const place = wide(lines) === 0 ? '' : `  ${(lines[index] ?? '').padEnd(wide(lines))}`;
		return `  ${index === 0 ? 'proof ' : '      '}event ${number}${place}  ${what}: ${text}`;
	});
	return more > 0 ? [...rows, `        and ${more} more`] : rows;
}

function findingLines(name: string, finding: CheckedFinding, explain: boolean): readonly string[] {
	const {severity, rule, message, line, event, device, explanation, fixed} = finding;
	const place = line === null ? name : `${name}:${line}`;
	const where = device === null ? '' : `, device ${device}`;
	return [
		...wrapText(`${severity}: ${message} [${rule}]`, width).map((text, index) =>
			index === 0 ? text : `  ${text}`,
		),
		`  --> ${place}, event ${event + 1}${where}`,
		...frameLines(finding),
		...evidenceLines(finding.evidence),
		...(explain ? paragraph('why', explanation) : []),
		...(fixed === null ? [] : paragraph('fixed', fixed)),
		'',
	];
}

function recordingLines(checked: CheckedRecording): readonly string[] {
	const {name, title, findings, unjudged} = checked;
	const explained = new Set<string>();
	const lines = [
		`${name}: ${countWords(findings)}`,
		...(title === '' ? [] : [`  ${title}`]),
		`  ${kernelWords(checked)}`,
		'',
	];
	for (const finding of findings.slice(0, maximumFindings)) {
		lines.push(...findingLines(name, finding, !explained.has(finding.rule)));
		explained.add(finding.rule);
	}
	const more = findings.length - maximumFindings;
	if (more > 0) lines.push(`and ${more} more findings: --format json lists all`, '');
	if (unjudged.length > 0) {
		const reasons = new Map<string, string[]>();
		for (const {rule, reason} of unjudged)
			reasons.set(reason, [...(reasons.get(reason) ?? []), rule]);
		const texts = Array.from(reasons, ([reason, names]) => `${names.join(', ')} (${reason})`);
		lines.push(...wrapText(`not judged: ${texts.join('; ')}`, width), '');
	}
	return lines;
}

/** What is wrong, with the line that shows it, the events that prove it, why it matters and where it was fixed. */
export function checkText(recordings: readonly CheckedRecording[]): string {
	return `${recordings.flatMap(recordingLines).join('\n').trimEnd()}\n`;
}

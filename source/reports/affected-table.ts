import {type CheckedRecording, countOf} from './check-report.ts';
import {textTable} from './text-table.ts';

/** `leak 2, leftover-at-probe`: rules of the errors, and how often where it is more than once. */
function rulesOf({findings}: CheckedRecording): string {
	const counts = new Map<string, number>();
	for (const {rule, severity} of findings) {
		if (severity === 'error') counts.set(rule, (counts.get(rule) ?? 0) + 1);
	}
	const names = Array.from(counts, ([rule, count]) => (count === 1 ? rule : `${rule} ${count}`));
	return names.length === 0 ? '-' : names.join(', ');
}

const heads = ['kernel', 'affected', 'errors', 'warnings', 'notes', 'rules'];

/** One line a revision: is it affected, and by what. */
export function affectedTable(title: string, recordings: readonly CheckedRecording[]): string {
	const rows = recordings.map((checked) => [
		checked.kernel ?? checked.name,
		countOf(checked.findings, 'error') > 0 ? 'yes' : 'no',
		...(['error', 'warning', 'note'] as const).map(
			(severity) => `${countOf(checked.findings, severity)}`,
		),
		rulesOf(checked),
	]);
	return `${title}\n\n${textTable([heads, ...rows])}`;
}

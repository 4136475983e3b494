import {rules} from '../findings/rules.ts';
import {ktapText} from '../recording/ktap-text.ts';
import type {CheckedRecording} from './check-report.ts';

/** A file that could not be read. */
export type UnreadFile = {readonly name: string; readonly error: string};

function diagnostics({findings}: CheckedRecording, rule: string): readonly string[] {
	return findings
		.filter((finding) => finding.rule === rule)
		.flatMap(({severity, device, message, event, line, evidence}) => {
			const place = line === null ? '' : `, line ${line}`;
			return [
				`# ${severity}: ${message}`,
				`#   event ${event + 1}${place}${device === null ? '' : `, device ${device}`}`,
				...evidence.map((each) => `#   event ${each.event + 1}: ${each.what}: ${each.text}`),
			];
		});
}

function failsRule({findings}: CheckedRecording, rule: string): boolean {
	return findings.some((finding) => finding.rule === rule && finding.severity === 'error');
}

/** One test a rule. A rule that could not judge is skipped, with the reason. */
function subtest(checked: CheckedRecording): readonly string[] {
	const reasons = new Map(checked.unjudged.map(({rule, reason}) => [rule, reason]));
	return [
		'KTAP version 1',
		`1..${rules.length}`,
		...rules.flatMap(({name}, index) => {
			const reason = reasons.get(name);
			const result = failsRule(checked, name) ? 'not ok' : 'ok';
			const skip = reason === undefined ? '' : ` # SKIP ${ktapText(reason)}`;
			return [...diagnostics(checked, name), `${result} ${index + 1} ${name}${skip}`];
		}),
	].map((line) => `  ${line}`);
}

/** KTAP version 1, as Documentation/dev-tools/ktap.rst has it: one subtest a file, one test a rule. */
export function checkKtap(
	recordings: readonly CheckedRecording[],
	unread: readonly UnreadFile[] = [],
): string {
	const lines = ['KTAP version 1', `1..${recordings.length + unread.length}`];
	recordings.forEach((checked, index) => {
		const fails = rules.some(({name}) => failsRule(checked, name));
		lines.push(...subtest(checked));
		lines.push(`${fails ? 'not ok' : 'ok'} ${index + 1} ${ktapText(checked.name)}`);
	});
	unread.forEach(({name, error}, index) => {
		const number = recordings.length + index + 1;
		lines.push(`not ok ${number} ${ktapText(name)} # ERROR ${ktapText(error)}`);
	});
	return `${lines.join('\n')}\n`;
}

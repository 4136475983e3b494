import type {CheckedFinding, CheckedRecording} from './check-report.ts';
import {countWords, kernelWords} from './check-text.ts';

/** Letters of a log mean nothing to Markdown. */
function plain(text: string): string {
	return text.replaceAll(/[\\`*_<>[\]|#~&]/g, String.raw`\$&`);
}

/** A block of code that no line of it can end. */
function codeBlock(text: string): readonly string[] {
	const longest = Math.max(2, ...Array.from(text.matchAll(/`+/g), ([ticks]) => ticks.length));
	const fence = '`'.repeat(longest + 1);
	return [`${fence}text`, text, fence];
}

function findingLines({
	severity,
	rule,
	message,
	device,
	event,
	line,
	raw,
	evidence,
	explanation,
	fixed,
}: CheckedFinding): readonly string[] {
	const place = [
		device === null ? '' : `Device \`${device}\``,
		`event ${event + 1}`,
		line === null ? '' : `line ${line}`,
	].filter((part) => part !== '');
	return [
		`### ${severity}: ${plain(message)}`,
		'',
		`${place.join(', ')}. Rule \`${rule}\`.`,
		'',
		...(raw === null ? [] : [...codeBlock(raw), '']),
		...evidence.map((each) => {
			const where = each.line === null ? '' : `, line ${each.line}`;
			return `- event ${each.event + 1}${where}: \`${each.what.replaceAll('`', "'")}\` — ${plain(each.text)}`;
		}),
		'',
		plain(explanation),
		'',
		...(fixed === null ? [] : [`**Fixed:** ${plain(fixed)}`, '']),
	];
}

function recordingLines(checked: CheckedRecording): readonly string[] {
	const {name, title, findings, unjudged} = checked;
	return [
		`## ${plain(name)}`,
		'',
		...(title === '' ? [] : [plain(title), '']),
		`${countWords(findings)}. ${plain(kernelWords(checked))}.`,
		'',
		...findings.flatMap(findingLines),
		...(unjudged.length === 0
			? []
			: [
					'Not judged:',
					'',
					...unjudged.map(({rule, reason}) => `- \`${rule}\`: ${plain(reason)}`),
					'',
				]),
	];
}

/** The same as the text, for a bug report or a merge request. */
export function checkMarkdown(recordings: readonly CheckedRecording[]): string {
	const lines = ['# devresdbg check', '', ...recordings.flatMap(recordingLines)];
	return `${lines.join('\n').trimEnd()}\n`;
}

import {readdirSync, readFileSync} from 'node:fs';
import {findDemo} from '../../source/commands/find-demo.ts';
import {demoNames} from '../../source/commands/shipped-scenarios.ts';
import {commands} from '../../source/debugger/command.ts';
import {expressionNames} from '../../source/debugger/expression-names.ts';
import {createSession} from '../../source/debugger/session.ts';
import {goTo, move} from '../../source/debugger/step.ts';
import {stillOf, svgLines} from '../../source/demo/svg.ts';
import {rules} from '../../source/findings/rules.ts';
import {revisions} from '../../source/kernel/revisions.ts';
import {driverSteps} from '../../source/scenario/driver-steps.ts';
import {scriptActions} from '../../source/scenario/script-actions.ts';
import {diffKeymap} from '../../source/tui/diff-keymap.ts';
import {keymap, shownKey} from '../../source/tui/keymap.ts';
import {overlayList} from '../../source/tui/overlay.ts';
import {inputOf} from '../../source/tui/panes.ts';
import {textOfRow} from '../../source/tui/row.ts';
import {initialView} from '../../source/tui/view-state.ts';
import {conformanceRows} from './conformance-table.ts';
import {shippedFilm} from './demo.ts';
import {runScenarioText} from './run-scenario-text.ts';
import {linesOn, screenOf, stateOf} from './screen.ts';

/** Where the README has its picture. */
export const picturePath = 'scenarios/demos/report.svg';

const reportScenario = readFileSync('scenarios/ccp-reload.yaml', 'utf8');

/** The screen of 80 columns at the heart of the reported bug: a node was added while its device is released. */
function screen(): string {
	let session = createSession(runScenarioText(reportScenario));
	while (!/added/.test(linesOn(stateOf(session), screenOf(80, 24)).at(-2) ?? '')) {
		session = move(session, {verb: 'continue', direction: 'forward'});
		if (session.position === session.recording.length) throw new Error('the bug is never reached');
	}
	const lines = linesOn(stateOf(session), screenOf(80, 24)).map((line) => line.trimEnd());
	const text = ['```', ...lines, '```'];
	const picture = `![devresdbg at the heart of the reported bug](${picturePath})`;
	return [picture, '', '<details><summary>As text</summary>', '', ...text, '', '</details>'].join(
		'\n',
	);
}

/** The picture on the first screen of the README: what `demo report --frame 7 --svg` writes. */
export async function picture(): Promise<string> {
	const still = stillOf(await shippedFilm('report'), 7);
	if (still === null) throw new Error('the demo has no caption 7');
	return Array.from(svgLines(still), (line) => `${line}\n`).join('');
}

function demos(): string {
	return table(
		['demo', 'title', 'opens'],
		demoNames().map((name) => {
			const found = findDemo(name);
			if (!found.ok) throw new Error(found.message);
			const {title, input} = found.demo;
			return [`\`${name}\``, title, `\`${input.file.replace('../', '')}\``];
		}),
	);
}

/** What `why` answers where the second probe of the report was refused, as the overlay shows it. */
function why(): string {
	const recording = runScenarioText(reportScenario);
	const refused = recording.ofType('probe-end').at(-1) ?? 0;
	const session = goTo(createSession(recording), refused + 1);
	const {glyphs} = screenOf(80, 24).theme;
	const overlay = {kind: 'why', question: {kind: 'stop'}, selected: 0} as const;
	const list = overlayList(overlay, inputOf(session, initialView, glyphs), 110);
	const rows = Array.from({length: list.length}, (_, index) => textOfRow(list.rowAt(index, 110)));
	return ['```', list.title, ...rows.map((row) => row.trimEnd()), '```'].join('\n');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
	const line = (cells: readonly string[]): string =>
		`| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
	return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

type ShownBinding = {readonly keys: readonly string[]; readonly help: string};

function keyTable(bindings: readonly ShownBinding[]): string {
	return table(
		['key', 'what it does'],
		bindings.map(({keys: names, help}) => [
			names.map((name) => `\`${shownKey(name)}\``).join(' '),
			help,
		]),
	);
}

function commandTable(): string {
	return table(
		['command', 'also', 'what it does'],
		commands.map(({name, aliases, arguments: given, help}) => [
			`\`${`${name} ${given}`.trim()}\``,
			aliases.map((alias) => `\`${alias}\``).join(' '),
			help,
		]),
	);
}

function scenarios(): string {
	const files = readdirSync('scenarios').filter((file) => file.endsWith('.yaml'));
	return table(
		['scenario', 'title', 'kernel'],
		files.map((file) => {
			const recording = runScenarioText(readFileSync(`scenarios/${file}`, 'utf8'));
			return [
				`\`${file.replace('.yaml', '')}\``,
				recording.header.title,
				`${recording.header.source.kernel}`,
			];
		}),
	);
}

function kernels(): string {
	return table(
		['kernel', 'what is special about it'],
		revisions.map(({name, summary}) => [`\`${name}\``, summary]),
	);
}

function steps(): string {
	return table(
		['step', 'what it does'],
		[...driverSteps].map(([name, {help}]) => [`\`${name}\``, help]),
	);
}

function actions(): string {
	return table(
		['action', 'what it does'],
		[...scriptActions].map(([name, {help}]) => [`\`${name}\``, help]),
	);
}

function names(): string {
	return table(
		['name', 'what it is'],
		expressionNames.map(({name, help}) => [`\`${name}\``, help]),
	);
}

function conformance(): string {
	const {head, rows} = conformanceRows();
	return table(head, rows);
}

function ruleTable(): string {
	return table(
		['rule', 'at worst', 'what is wrong'],
		rules.map(({name, severity, title}) => [`\`${name}\``, severity, title]),
	);
}

/** A program that a test runs against the packed library. */
function example(name: string): string {
	const text = readFileSync(`test/examples/${name}.mjs`, 'utf8').trimEnd();
	return ['```js', text.replaceAll('\t', '  '), '```'].join('\n');
}

/** The parts of the README that are made from the program, by name. */
export const readmeBlocks: {readonly [name: string]: () => string} = {
	screen,
	keys: () => keyTable(keymap),
	'diff-keys': () => keyTable(diffKeymap),
	commands: commandTable,
	demos,
	why,
	scenarios,
	kernels,
	steps,
	actions,
	names,
	conformance,
	rules: ruleTable,
	'example-leaking-kernels': () => example('leaking-kernels'),
	'example-findings-in-log': () => example('findings-in-log'),
};

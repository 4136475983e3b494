import type {Recording} from '../recording/recording.ts';
import {todoOf} from '../recording/state.ts';
import {type Command, type CommandResult, done, refused} from './command-row.ts';
import type {Session} from './session.ts';
import {why} from './why.ts';
import {describeWhyStep, type WhyStep} from './why-answer.ts';
import {parseWhy} from './why-question.ts';

/** An answer as lines. */
function linesOf(recording: Recording, first: string, steps: readonly WhyStep[], more: boolean) {
	return [
		first,
		...steps.map((step) => `  ${describeWhyStep(recording, step)}`),
		...(more ? ['  Ask again for what was before.'] : []),
	];
}

/** More nodes than these are not offered. */
const mostNodes = 100;

/** What can be asked about at the position: some questions, and the nodes that are on a list. */
function* offered({recording, position}: Session): Iterable<string> {
	yield* [
		'probe',
		'devres_find',
		'INTX_DISABLE',
		'command',
		'driver',
		'enable_count',
		'is_managed',
	];
	const {devices} = recording.stateAt(position);
	const listed = [...devices.values()].flatMap((device) => [
		...device.devres_head,
		...todoOf(device).map(({node}) => node),
	]);
	for (const node of listed.slice(-mostNodes)) yield `#${recording.nodeNumber(node)}`;
}

function explain(session: Session, args: readonly string[]): CommandResult {
	const parsed = parseWhy(session, args);
	if (!parsed.ok) return refused(parsed.error);
	const {recording, position, asked} = session;
	const {question} = parsed;
	const what = args.join(' ');
	const told = asked?.what === what && asked.position === position ? asked.links : 0;
	const now = why(recording, position, question, told + 1);
	const before = told === 0 ? null : why(recording, position, question, told);
	if (before?.more) {
		const known = new Set(before.steps.map(({seq, text}) => `${seq} ${text}`));
		const steps = now.steps.filter(({seq, text}) => !known.has(`${seq} ${text}`));
		const output = linesOf(recording, 'And before that:', steps, now.more);
		return done({...session, asked: {what, position, links: told + 1}}, output);
	}
	if (told > 1) return done(session, ['No earlier change of it is recorded.']);
	const after = {...session, asked: {what, position, links: 1}};
	return done(after, linesOf(recording, now.question, now.steps, now.more));
}

/** Answers to why something is as it is. */
export const whyCommands: readonly Command[] = [
	{
		name: 'why',
		aliases: [],
		arguments: '[#NODE|NAME|FIELD|BIT|probe|devres_find]',
		help: 'why this is so: a node, a value, a failed search or probe, or what just happened',
		group: 'look',
		offers: offered,
		run: explain,
	},
];

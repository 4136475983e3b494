import * as z from 'zod/mini';
import {revisionNames} from '../scenario/schema.ts';
import {described, formed, text, whole} from '../scenario/schema-parts.ts';

/** Kinds of exercises, by what the learner does. */
export const exerciseKinds = ['predict', 'find', 'fix', 'build', 'diagnose'] as const;

const line = text(300);
const condition = text(2000);
const revision = z.enum(revisionNames);
const word = formed(/^[a-z][a-z\d-]{0,40}$/, 'expected lower-case letters, digits and "-"');

function describedLine(description: string) {
	return described(z.clone(line), description);
}

function describedCondition(description: string) {
	return described(z.clone(condition), description);
}

/** What is looked at: a scenario, under a kernel of one's own choice, or a kernel log beside the exercise. */
const recording = z.union([
	z.strictObject({
		scenario: describedLine(
			'A scenario that comes with the program, or a file beside the exercise.',
		),
		kernel: described(z.optional(line), "As for --kernel; without it the scenario's own."),
	}),
	z.strictObject({log: describedLine('A kernel log beside the exercise.')}),
]);

const commands = z.array(line).check(z.maxLength(20));

const choices = z
	.array(z.strictObject({text: line, that: describedCondition('Holds where this is the answer.')}))
	.check(z.minLength(2), z.maxLength(6));

const question = z.strictObject({
	id: described(z.clone(word), "Names the answer in the learner's file."),
	ask: line,
	recording: described(z.optional(recording), 'Where this question looks at something else.'),
	stop: described(z.clone(commands), 'Commands that go to the stop, from the start.'),
	look: described(
		z._default(commands, []),
		'Commands that go on from there to where the answer shows.',
	),
	choices: z.optional(choices),
	select: described(z.optional(condition), 'Gives the number of the node to select.'),
});

const check = z.strictObject({
	text: describedLine('What must be so, for the learner.'),
	that: described(z.optional(condition), 'Must hold in the end.'),
	log: described(z.optional(line), 'Must be part of a line of the kernel log.'),
	without: described(
		z.optional(line),
		'Name of a rule that must find nothing, or "errors" for all.',
	),
});

const checks = z.array(check).check(z.minLength(1));

const driver = {
	under: described(
		z._default(z.array(revision), []),
		"Kernels to run under; the scenario's own if none.",
	),
	checks,
	every_failure: described(z.optional(checks), 'Must hold with each allocation failing in turn.'),
};

const kindFields = {
	predict: {recording, questions: z.array(question).check(z.minLength(1), z.maxLength(6))},
	find: {
		recording,
		stands: describedCondition('Must hold where the commands stop.'),
		hits: described(z.optional(whole(1)), 'The breakpoint that stops there has no more hits.'),
	},
	fix: driver,
	build: driver,
	diagnose: {recording, rule: described(z.clone(word), 'The rule that is broken.')},
} as const;

/** What every exercise has. */
const common = {
	chapter: line,
	title: line,
	kind: z.enum(exerciseKinds),
	about: text(4000),
	hints: described(z.array(line).check(z.length(3)), 'Each says more; the last is the answer.'),
};

/** The part of a file that tells what kind of exercise it is. */
export const kindSchema = z.looseObject({kind: common.kind});

/** The schema of each kind. */
export const exerciseSchemas = {
	predict: z.strictObject({...common, kind: z.literal('predict'), ...kindFields.predict}),
	find: z.strictObject({...common, kind: z.literal('find'), ...kindFields.find}),
	fix: z.strictObject({...common, kind: z.literal('fix'), ...kindFields.fix}),
	build: z.strictObject({...common, kind: z.literal('build'), ...kindFields.build}),
	diagnose: z.strictObject({...common, kind: z.literal('diagnose'), ...kindFields.diagnose}),
} as const;

/** Where a recording comes from. */
export type RecordingSource = z.output<typeof recording>;

/** Something to answer at a stop. */
export type Question = z.output<typeof question>;

/** Something that must hold in a run of a driver. */
export type DriverCheck = z.output<typeof check>;

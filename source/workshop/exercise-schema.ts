import {z} from 'zod';
import {revisionNames} from '../scenario/schema.ts';

/** Kinds of exercises, by what the learner does. */
export const exerciseKinds = ['predict', 'find', 'fix', 'build', 'diagnose'] as const;

const line = z.string().min(1).max(300);
const condition = z.string().min(1).max(2000);
const revision = z.enum(revisionNames);
const word = z
	.string()
	.regex(/^[a-z][a-z\d-]{0,40}$/, 'expected lower-case letters, digits and "-"');

/** What is looked at: a scenario, under a kernel of one's own choice, or a kernel log beside the exercise. */
const recording = z.union([
	z.strictObject({
		scenario: line.describe(
			'A scenario that comes with the program, or a file beside the exercise.',
		),
		kernel: line.optional().describe("As for --kernel; without it the scenario's own."),
	}),
	z.strictObject({log: line.describe('A kernel log beside the exercise.')}),
]);

const commands = z.array(line).max(20);

const choices = z
	.array(z.strictObject({text: line, that: condition.describe('Holds where this is the answer.')}))
	.min(2)
	.max(6);

const question = z.strictObject({
	id: word.describe("Names the answer in the learner's file."),
	ask: line,
	recording: recording.optional().describe('Where this question looks at something else.'),
	stop: commands.describe('Commands that go to the stop, from the start.'),
	look: commands.default([]).describe('Commands that go on from there to where the answer shows.'),
	choices: choices.optional(),
	select: condition.optional().describe('Gives the number of the node to select.'),
});

const check = z.strictObject({
	text: line.describe('What must be so, for the learner.'),
	that: condition.optional().describe('Must hold in the end.'),
	log: line.optional().describe('Must be part of a line of the kernel log.'),
	without: line.optional().describe('Name of a rule that must find nothing, or "errors" for all.'),
});

const checks = z.array(check).min(1);

const driver = {
	under: z
		.array(revision)
		.default([])
		.describe("Kernels to run under; the scenario's own if none."),
	checks,
	every_failure: checks.optional().describe('Must hold with each allocation failing in turn.'),
};

const kindFields = {
	predict: {recording, questions: z.array(question).min(1).max(6)},
	find: {
		recording,
		stands: condition.describe('Must hold where the commands stop.'),
		hits: z.int().min(1).optional().describe('The breakpoint that stops there has no more hits.'),
	},
	fix: driver,
	build: driver,
	diagnose: {recording, rule: word.describe('The rule that is broken.')},
} as const;

/** What every exercise has. */
const common = {
	chapter: line,
	title: line,
	kind: z.enum(exerciseKinds),
	about: z.string().min(1).max(4000),
	hints: z.array(line).length(3).describe('Each says more; the last is the answer.'),
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

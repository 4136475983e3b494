import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {checkExpectations} from '../../source/commands/expectations.ts';
import {importLog} from '../../source/importers/import-log.ts';
import {revisions} from '../../source/kernel/revisions.ts';
import type {LocatedError} from '../../source/recording/located-error.ts';
import {serializeRecording} from '../../source/recording/save.ts';
import {codeFrames} from '../../source/reports/code-frame.ts';
import {loadScenario} from '../../source/scenario/load-scenario.ts';
import {runScenario} from '../../source/scenario/run-scenario.ts';
import {fuzz} from '../helpers/fuzz.ts';
import {expectClean, lookAtAll} from '../helpers/look-at-all.ts';
import {fixtures, textOf} from '../helpers/real-recordings.ts';
import {reloadRecording} from '../helpers/reload-recording.ts';

const scenarioFolder = join(import.meta.dirname, '..', '..', 'scenarios');
const scenarios = readdirSync(scenarioFolder)
	.filter((file) => file.endsWith('.yaml'))
	.map((file) => readFileSync(join(scenarioFolder, file), 'utf8'));
const words = [...new Set(scenarios.join('\n').match(/[\w:.]+/g))];
const odd = fc.constantFrom(
	...[
		'__proto__',
		'constructor',
		'toString',
		'-1',
		'0',
		'9007199254740993',
		'1e99',
		'.nan',
		'~',
		'""',
	],
	...[
		'[]',
		'{}',
		'*a',
		'&a',
		'!!x',
		'# ',
		'"\\e[31m"',
		'"a\\nb"',
		'\u001B[2J',
		'\u202E',
		'漢字',
		'👩‍👩‍👧',
		'\u0000',
		'\r',
	],
	...[
		'0x1',
		'\t',
		'-',
		':',
		'|',
		'>',
		'"',
		"'",
		'x'.repeat(5000),
		'\uD800',
		'\u0301',
		'\u00AD',
		'5K',
	],
);

/** What happens to a piece of a text. */
type Change = {
	readonly at: number;
	readonly kind: string;
	readonly by: string;
	readonly from: number;
};

const change = (foreign: fc.Arbitrary<string>): fc.Arbitrary<Change> =>
	fc.record({
		at: fc.nat(1_000_000),
		from: fc.nat(1_000_000),
		kind: fc.constantFrom(
			'replace',
			'replace',
			'replace',
			'delete',
			'double',
			'insert',
			'swap',
			'cut',
		),
		by: foreign,
	});

/** A text cut into pieces, changed and joined again. */
function changed(text: string, pieces: RegExp, changes: readonly Change[]): string {
	const parts = text.match(pieces) ?? [];
	for (const {at, from, kind, by} of changes) {
		const index = at % Math.max(1, parts.length);
		const other = from % Math.max(1, parts.length);
		if (kind === 'replace') parts[index] = by;
		else if (kind === 'delete') parts.splice(index, 1);
		else if (kind === 'double') parts.splice(index, 0, ...parts.slice(index, index + 20));
		else if (kind === 'insert') parts.splice(index, 0, by);
		else if (kind === 'swap') parts[index] = parts[other] ?? '';
		else if (at % 10 === 0) parts.length = index;
	}
	return parts.join('');
}

function expectTold(errors: readonly LocatedError[]): void {
	expect(errors.length).toBeGreaterThan(0);
	for (const {message} of errors) expect(message).not.toBe('');
	expectClean(codeFrames('file', errors));
}

test('no scenario makes the program throw: it is refused, or it runs and can be looked at', () => {
	const foreign = fc.oneof({weight: 3, arbitrary: fc.constantFrom(...words)}, odd);
	let ran = 0;
	fc.assert(
		fc.property(
			fc.nat(scenarios.length - 1),
			fc.constantFrom(undefined, ...revisions.map(({name}) => name)),
			fc.array(change(foreign), {minLength: 1, maxLength: 3}),
			(index, kernel, changes) => {
				const mutant = changed(scenarios[index] ?? '', /[\w:.]+|\s+|[^\w\s:.]+/g, changes);
				const loaded = loadScenario(mutant);
				if (!loaded.ok) return expectTold(loaded.errors);
				const run = runScenario(loaded.scenario, {budget: 3000, kernel});
				if (!run.ok) return expectTold([run.error]);
				ran += 1;
				checkExpectations(run.recording, loaded.scenario);
				if (ran % 4 === 0) lookAtAll(run.recording);
			},
		),
		fuzz(400),
	);
	expect(ran).toBeGreaterThan(20);
});

const traces = ['v9-patch/i801_smbus.graph.txt', 'v6.1-legacy/snd_intel8x0.graph.txt'].map((path) =>
	textOf(fixtures, path),
);

test('no trace makes the importer throw', () => {
	const foreign = fc.oneof(
		odd,
		fc.constantFrom(' 1)', '/*', '*/', '{', '}', '}\n', '();\n', '\r\n', '=>', '|'),
	);
	let read = 0;
	fc.assert(
		fc.property(
			fc.nat(traces.length - 1),
			fc.constantFrom(/.*\n/g, /\w+|\n|[^\w\n]+/g),
			fc.array(change(foreign), {minLength: 1, maxLength: 12}),
			(index, pieces, changes) => {
				const result = importLog(changed(traces[index] ?? '', pieces, changes));
				if (!result.ok) return expectTold(result.errors);
				const {total, used, ignored, unparsed, lost} = result.recording.header.lines;
				expect(used + ignored + unparsed + lost).toBe(total);
				read += 1;
				if (read % 4 === 0) lookAtAll(result.recording);
			},
		),
		fuzz(60),
	);
	expect(read).toBeGreaterThan(10);
});

const saved = [...serializeRecording(reloadRecording())].join('\n');

test('no saved recording makes the program throw', () => {
	const values = fc.oneof(
		fc.constantFrom(
			'null',
			'-1',
			'1e400',
			'9007199254740993',
			'[]',
			'{}',
			'"__proto__"',
			'"constructor"',
		),
		fc.constantFrom(
			'"\\u001b[31m"',
			'"\\u202e"',
			'true',
			'""',
			'0.5',
			'"0000:23:00.1"',
			'"devres-move"',
		),
		fc.constantFrom(
			'"devres-release"',
			'"return"',
			'"call"',
			'"bind"',
			'"__proto__":',
			'"type":',
			'}',
			',',
		),
	);
	let read = 0;
	fc.assert(
		fc.property(fc.array(change(values), {minLength: 1, maxLength: 3}), (changes) => {
			const result = importLog(changed(saved, /"[^"]*"|[\d.]+|\w+|[^\w"]/g, changes), {
				format: 'devresdbg-recording',
			});
			if (!result.ok) return expectTold(result.errors);
			read += 1;
			lookAtAll(result.recording);
		}),
		fuzz(300),
	);
	expect(read).toBeGreaterThan(5);
});

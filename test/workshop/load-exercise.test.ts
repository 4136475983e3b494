import {expect, test} from 'vitest';
import {loadExercise} from '../../source/workshop/load-exercise.ts';
import {exerciseOf} from '../helpers/exercises.ts';

const good = `chapter: 1. First
title: A test
kind: predict
about: What it is about.
recording: {scenario: release-order}
questions:
  - id: count
    ask: How many?
    stop: []
    choices:
      - text: one
        that: position == 1
      - text: none
        that: position == 0
hints: [a, b, c]
`;

function wrongs(change: (text: string) => string): readonly string[] {
	const loaded = loadExercise(change(good), '11-test');
	if (loaded.ok) return [];
	return loaded.errors.map(({line, column, message, hint, text}) =>
		[`${line}:${column}: ${message}`, hint, text?.trim()].filter(Boolean).join(' | '),
	);
}

test('an exercise is called as its folder, without the number', () => {
	expect(exerciseOf(good)).toMatchObject({folder: '11-test', name: 'test', kind: 'predict'});
});

test('every error names its line, and all come at once', () => {
	const change = (text: string) =>
		text.replace('title:', 'titel:').replace('[a, b, c]', '[a]').replace('position == 1', 'posit');
	expect(wrongs(change)).toEqual([
		'2:1: unknown key "titel" | did you mean "title"? | titel: A test',
		'15:8: needs at least 3 items | hints: [a]',
	]);
	expect(wrongs((text) => text.replace('position == 1', 'posit == 1'))).toEqual([
		'12:15: Unknown variable: posit | at letter 1 of the expression | that: posit == 1',
	]);
});

test.each([
	['an unknown kind', 'kind: predict', 'kind: guess', /^3:7: "guess" is not one of predict, find/],
	['a missing kind', 'kind: predict\n', '', /^1:1: "kind" is missing/],
	['a key of another kind', 'hints:', 'rule: leak\nhints:', /^15:1: unknown key "rule"/],
	['broken YAML', 'hints: [a', 'hints: [[a', /^\d+:\d+: /],
	[
		'a question twice',
		'hints:',
		'  - {id: count, ask: b, stop: [], select: "1"}\nhints:',
		/another question is "count"/,
	],
	[
		'a question without choices',
		/choices:[\s\S]*hints/,
		'look: []\nhints',
		/either choices or select/,
	],
	[
		'an unknown kernel of a driver',
		good,
		'chapter: a\ntitle: a\nkind: fix\nabout: a\nunder: [v9]\nchecks: [{text: a, log: b}]\nhints: [a, b, c]\n',
		/^5:9: "v9" is not one of/,
	],
	[
		'a check of two sorts',
		good,
		'chapter: a\ntitle: a\nkind: fix\nabout: a\nchecks: [{text: a, log: b, that: "true"}]\nhints: [a, b, c]\n',
		/^5:10: a check has one of/,
	],
])('%s is refused where it stands', (_, from, to, message) => {
	expect(wrongs((text) => text.replace(from, to)).join('\n')).toMatch(message);
});

import {describe, expect, test} from 'vitest';
import {modelText} from '../../source/workshop/grade.ts';
import {prove} from '../../source/workshop/prove.ts';
import {taskLines} from '../../source/workshop/task-text.ts';
import {shippedExercises, shippedMaterial} from '../helpers/exercises.ts';

const {exercises} = shippedExercises;

describe.each(exercises.map(({name}) => name))('exercise %s', (name) => {
	test('can be failed and passed, and its questions are decided by the recording', async () => {
		const {checks} = prove(await shippedMaterial(name));
		expect(checks.filter(({ok}) => !ok)).toEqual([]);
		expect(checks.length).toBeGreaterThanOrEqual(2);
	});

	test('is told in lines that fit a terminal', async () => {
		const lines = taskLines(await shippedMaterial(name));
		const prose = lines.filter((line) => !/^ {2}/.test(line));
		expect(prose.filter((line) => line.length > 80)).toEqual([]);
	});

	test('does not give its solution away in the starter', async () => {
		const material = await shippedMaterial(name);
		expect(modelText(material, 'starter')).not.toBe(modelText(material, 'solution'));
	});
});

test('there are exercises of every kind, in five chapters', () => {
	expect(exercises.length).toBeGreaterThanOrEqual(16);
	expect(new Set(exercises.map(({kind}) => kind)).size).toBe(5);
	const chapters = [...new Set(exercises.map(({chapter}) => chapter))];
	expect(chapters.map((chapter) => chapter.slice(0, 2))).toEqual(['1.', '2.', '3.', '4.', '5.']);
	expect(exercises.map(({folder}) => folder[0])).toEqual(exercises.map(({chapter}) => chapter[0]));
});

test('no two exercises have the same name', () => {
	expect(new Set(exercises.map(({name}) => name)).size).toBe(exercises.length);
});

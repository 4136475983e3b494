import {expect, test} from 'vitest';
import {introduction, questionLines, ruleChoices} from '../../source/workshop/lesson-text.ts';
import {askAll} from '../../source/workshop/predict.ts';
import {shippedMaterial} from '../helpers/exercises.ts';

test('a diagnosis says where a letter is a rule, and where a takes the line', async () => {
	const material = await shippedMaterial('the-log');
	const {exercise} = material;
	if (exercise.kind !== 'diagnose') throw new Error('not the kind');
	expect(ruleChoices({...material, exercise}).map(({letter}) => letter)).toContain('a');
	expect(introduction(material, 'answer.yaml').at(-1)).toMatchInlineSnapshot(
		`"While this is open, each letter answers with the rule beside it, also a. For the line, leave this with Esc, go to the line that shows it, and press a there; then e comes back."`,
	);
});

test('a question for a node says that a is pressed on the list, not here', async () => {
	const {exercise, recordings} = await shippedMaterial('newest-first');
	if (exercise.kind !== 'predict') throw new Error('not the kind');
	const asked = askAll(exercise, recordings);
	const question = asked.ok ? asked.questions.find(({choices}) => choices === null) : undefined;
	if (question === undefined) throw new Error('no such question');
	expect(questionLines(question, 1, 1).at(-1)).toMatchInlineSnapshot(
		`"  Leave this with Esc, Tab to the list, select the node with the arrow keys, and press a there; then e comes back."`,
	);
});

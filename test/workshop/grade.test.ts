import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {cleanText} from '../../source/recording/clean-text.ts';
import {grade, modelText} from '../../source/workshop/grade.ts';
import {failingRun} from '../../source/workshop/grade-driver.ts';
import {prove} from '../../source/workshop/prove.ts';
import {failing, gradeChanged, shippedMaterial} from '../helpers/exercises.ts';

async function starterOf(name: string) {
	const material = await shippedMaterial(name);
	return {material, starter: modelText(material, 'starter')};
}

describe('a prediction', () => {
	test('that is wrong is shown beside what is so, and by which event', async () => {
		const {checks} = await gradeChanged('todo', (text) => text.replace('where: b', 'where: a'));
		expect(checks[0]?.detail).toEqual([
			'predicted  a) devres_head',
			'real       b) todo',
			'shown by   event 108: remove_nodes = 4',
		]);
		expect(checks.map(({ok}) => ok)).toEqual([false, true]);
	});

	test('of a node may be written with or without #', async () => {
		const verdict = await gradeChanged('newest-first', (text) => text.replace('"#4"', '4'));
		expect(verdict.passed).toBe(true);
	});

	test('of a node that became a comment is told how to write it', async () => {
		for (const written of ['#4', '  # 4 ']) {
			const {errors} = await gradeChanged('newest-first', (text) => text.replace('"#4"', written));
			expect(errors).toMatchObject([
				{message: 'in YAML # begins a comment', hint: 'write "#4" or 4'},
			]);
		}
	});

	test('of a choice may be written in upper case', async () => {
		const verdict = await gradeChanged('todo', (text) => text.replace('where: b', 'where: B'));
		expect(verdict.passed).toBe(true);
	});

	test('of a choice that became a comment is told so', async () => {
		const {errors} = await gradeChanged('todo', (text) => text.replace('where: b', 'where: # b'));
		expect(errors).toMatchObject([{line: 8, message: 'in YAML # begins a comment'}]);
		const misspelt = await gradeChanged('todo', (text) => text.replace('where: b', 'were: # b'));
		expect(misspelt.errors).toMatchObject([{hint: 'did you mean "where"?'}]);
	});

	test('that is no choice is an error in its line', async () => {
		const {errors} = await gradeChanged('todo', (text) => text.replace('where: b', 'where: z'));
		expect(errors).toMatchObject([
			{line: 8, column: 8, message: '"z" is not one of a, b, c, none'},
		]);
	});

	test('under an unknown name is an error with the name that was meant', async () => {
		const {errors} = await gradeChanged('todo', (text) => text.replace('where:', 'were:'));
		expect(errors).toMatchObject([{line: 8, hint: 'did you mean "where"?'}]);
	});
});

describe('a find', () => {
	test('counts where the commands end, not how they get there', async () => {
		const other = 'break devres-add if inside("devres_release_all")\nend\nreverse-continue';
		expect((await gradeChanged('during-release', () => other)).passed).toBe(true);
	});

	test('at the right place by a breakpoint that stops everywhere is not enough', async () => {
		const verdict = await gradeChanged(
			'during-release',
			() => 'break devres-add\ntbreak devres-add if inside("devres_release_all")\nuntil 547',
		);
		expect(verdict.passed).toBe(false);
	});

	test('at the right place without a breakpoint is not enough', async () => {
		const verdict = await gradeChanged('during-release', () => 'goto 547');
		expect(failing(verdict)).toEqual(['a breakpoint with at most 2 hits stops there']);
	});

	test('of the last write needs a watchpoint or a breakpoint that stops there', async () => {
		const material = await shippedMaterial('last-write');
		const solution = modelText(material, 'solution');
		const counted = 'goto 1\nbreak event config-write if inside("devres_release_all")\ncontinue';
		expect(grade(material, solution).passed).toBe(true);
		expect(failing(grade(material, `${solution}\ndelete`))).toEqual([
			'a breakpoint with at most 5 hits stops there',
		]);
		expect(grade(material, counted).passed).toBe(true);
		expect(grade(material, counted.replace(/ if .*/, '')).passed).toBe(false);
	});

	test('with a line that is no command is an error in that line', async () => {
		const {errors} = await gradeChanged('during-release', () => '# mine\nbraek devres-add');
		expect(errors).toMatchObject([{line: 2, column: 1}]);
	});
});

test('control characters in a file never reach the terminal', async () => {
	for (const name of ['todo', 'during-release', 'twice', 'the-log']) {
		const {errors, checks} = await gradeChanged(name, () => 'b\u001B[2J: \u001B]0;x\u0007\n\u009B');
		expect([name, errors.length > 0]).toEqual([name, true]);
		const told = [...errors, ...checks].flatMap((each) => Object.values(each)).join('\n');
		expect(cleanText(told.replaceAll('\n', ' '))).toBe(told.replaceAll('\n', ' '));
	}
});

describe('a driver', () => {
	test('does not pass by an easier script, kernel or device', async () => {
		const easier = (text: string) =>
			text.replace(/script:[\s\S]*/, 'script:\n  - modprobe: ice\n').replace('v6.11-rc1', 'v6.10');
		const wrong = (text: string) =>
			`${easier(text)}`.replace('pci_set_master', 'pci_disable_device');
		expect((await gradeChanged('twice', easier)).passed).toBe(true);
		expect((await gradeChanged('twice', wrong)).passed).toBe(false);
	});

	test('does not pass by doing nothing', async () => {
		const nothing = (text: string) => text.replace(/ {4}probe:[\s\S]*?script:/, 'script:');
		for (const name of ['not-managed', 'twice', 'handler', 'too-early', 'half-way', 'build']) {
			expect([name, (await gradeChanged(name, nothing)).passed]).toEqual([name, false]);
		}
	});

	test('under another name is missed', async () => {
		const verdict = await gradeChanged('twice', (text) => text.replaceAll(/\bice\b/g, 'eci'));
		expect(failing(verdict)).toEqual(['there is a driver ice']);
	});

	test('is run with each allocation failing in turn', async () => {
		const unmanaged = (text: string) =>
			text
				.replace('- pcim_enable_device', '- pci_enable_device')
				.replace('script:', '    remove:\n      - pci_disable_device\nscript:');
		const verdict = await gradeChanged('build', unmanaged);
		const [first] = verdict.checks.filter(({ok}) => !ok);
		expect(failing(verdict)).toContain(
			'whichever allocation fails, an unbound device is disabled and owns nothing',
		);
		expect(first?.detail[0]).toMatch(/v6\.\d+/);
	});

	test('is shown in the first run that fails', async () => {
		const material = await shippedMaterial('half-way');
		const {exercise} = material;
		if (exercise.kind !== 'fix') throw new Error('not the kind');
		const solution = modelText(material, 'solution');
		const run = failingRun(exercise, solution, modelText(material, 'starter'));
		expect(run?.ofType('fault')).toHaveLength(1);
		expect(run?.header.source.kernel).toBe('v6.10');
		expect(failingRun(exercise, solution, solution)).toBe(null);
	});

	test('that is no YAML is an error in its place', async () => {
		const {errors} = await gradeChanged('twice', (text) => text.replace('probe:', 'prob:'));
		expect(errors).toMatchObject([{line: 10, hint: 'did you mean "probe"?'}]);
	});
});

describe('the last hint, followed to the letter, passes', () => {
	test('of twice', async () => {
		const {material, starter} = await starterOf('twice');
		expect(material.exercise.hints[2]).toContain('`remove: []` in place of its two lines');
		const followed = starter.replace('remove:\n      - pci_disable_device', 'remove: []');
		expect(grade(material, followed).passed).toBe(true);
	});

	test('of half-way', async () => {
		const {material, starter} = await starterOf('half-way');
		const parts = (material.exercise.hints[2] ?? '').match(/`[^`]{1,100}`/g) ?? [];
		const [remove = '', ...steps] = parts.map((each) => each.slice(1, -1)).reverse();
		const followed = starter.replace(
			/probe:[\s\S]*script:/,
			`probe:\n${steps.reverse().join('\n')}\n    ${remove}\nscript:`,
		);
		expect(grade(material, followed.replaceAll(/^- (?!modprobe|rmmod)/gm, '      - ')).passed).toBe(
			true,
		);
	});
});

describe('a diagnosis', () => {
	const atLine = (name: string, right: number, line: number) =>
		gradeChanged(name, (text) => text.replace(`line: ${right}`, `line: ${line}`));

	test('that names what follows is told so', async () => {
		const {checks} = await gradeChanged('the-log', (text) =>
			text.replace('rule: add-during-release', 'rule: leak'),
		);
		expect(checks[0]?.detail).toEqual(['leak follows from something else here']);
	});

	test('that names a rule that holds is told so', async () => {
		const {checks} = await gradeChanged('the-log', (text) =>
			text.replace('rule: add-during-release', 'rule: msi-left-on'),
		);
		expect(checks[0]?.detail).toEqual(['msi-left-on holds here']);
	});

	test('takes each line that shows the fault, where one is seen again', async () => {
		expect((await atLine('what-is-left', 42, 47)).passed).toBe(true);
		expect((await atLine('what-is-left', 42, 46)).passed).toBe(false);
	});

	test('of a line may be written with #', async () => {
		const verdict = await gradeChanged('the-log', (text) =>
			text.replace('line: 14', 'line: "#14"'),
		);
		expect(verdict.passed).toBe(true);
	});

	test('with a line that only belongs to the proof is told so', async () => {
		const {checks} = await atLine('what-is-left', 42, 28);
		expect(checks[1]?.detail[0]).toMatch(
			/^line 28 belongs to it, but another line shows it: .*DEVRES ADD/,
		);
	});

	test('with another line is shown that line', async () => {
		const {checks} = await gradeChanged('the-log', (text) => text.replace('line: 14', 'line: 12'));
		expect(checks[1]?.detail[0]).toMatch(/^line 12 does not show it: .*DEVRES REL/);
	});
});

describe('the proof of an exercise', () => {
	test('complains of a starter that passes and of a solution that does not', async () => {
		const material = await shippedMaterial('twice');
		const solution = modelText(material, 'solution');
		const starter = modelText(material, 'starter');
		const turned = {...material, written: {starter: solution, solution: starter}};
		expect(failing(prove(turned))).toEqual([
			'the starter can be graded and fails',
			'the solution passes',
		]);
	});

	test('complains of a question with two right answers, or none', async () => {
		const material = await shippedMaterial('todo');
		const {exercise} = material;
		if (exercise.kind !== 'predict') throw new Error('not the kind');
		const withAll = (that: string) => ({
			...exercise,
			questions: exercise.questions.map((question) => ({
				...question,
				choices: question.choices?.map((choice) => ({...choice, that})),
			})),
		});
		const both = failing(prove({...material, exercise: withAll('true')}));
		expect(both).toContain('question where has one right answer');
		const none = failing(prove({...material, exercise: withAll('false')}));
		expect(none).toContain('question where has one right answer');
		expect(none).toContain('the solution passes');
	});

	test('complains of commands that lead nowhere', async () => {
		const material = await shippedMaterial('todo');
		const {exercise} = material;
		if (exercise.kind !== 'predict') throw new Error('not the kind');
		const questions = exercise.questions.map((each) => ({...each, stop: ['goto 99999']}));
		const {checks} = prove({...material, exercise: {...exercise, questions}});
		expect(checks[0]).toMatchObject({text: 'the questions can be asked', ok: false});
		expect(checks[0]?.detail[0]).toContain('question where, stop:1');
	});

	test('complains of a last hint that does not tell', async () => {
		const material = await shippedMaterial('the-log');
		const hints = ['a', 'b', 'look harder'];
		const exercise = {...material.exercise, hints};
		expect(failing(prove({...material, exercise}))).toEqual([
			'the last hint names the rule and the line',
		]);
	});
});

test('every shipped solution is graded the same when line ends are those of Windows', async () => {
	for (const name of ['todo', 'during-release', 'twice', 'the-log']) {
		const material = await shippedMaterial(name);
		const text = modelText(material, 'solution').replaceAll('\n', '\r\n');
		expect([name, grade(material, text).passed]).toEqual([name, true]);
	}
});

describe('whatever is in a file', () => {
	const names = ['todo', 'newest-first', 'during-release', 'twice', 'build', 'the-log'];

	test.each(names)('%s grades it, without a fault of ours', async (name) => {
		const material = await shippedMaterial(name);
		const lines = modelText(material, 'solution').split('\n');
		const texts = fc.oneof(
			fc.string({maxLength: 200}),
			fc.subarray(lines).map((some) => some.join('\n')),
			fc
				.tuple(fc.nat(lines.length), fc.string({maxLength: 30}))
				.map(([at, line]) => lines.toSpliced(at, 1, line).join('\n')),
		);
		fc.assert(
			fc.property(texts, (text) => {
				const {passed, checks, errors} = grade(material, text);
				expect(passed).toBe(errors.length === 0 && checks.every(({ok}) => ok));
				expect(checks.length + errors.length).toBeGreaterThan(0);
			}),
			{numRuns: 40},
		);
	});
});

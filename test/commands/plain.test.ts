import {expect, test} from 'vitest';
import {runPlain} from '../../source/commands/plain.ts';
import {createSession} from '../../source/debugger/session.ts';
import {recordingOf} from '../helpers/recording-of.ts';
import {reload} from '../helpers/reload-picture.ts';

async function* linesOf(lines: readonly string[], typed: (line: string) => void) {
	for (const line of lines) {
		typed(line);
		yield line;
	}
}

/** What a person types, after `> `, and what is answered. */
async function transcript(lines: readonly string[], recording = reload): Promise<string> {
	const text: string[] = [];
	const input = linesOf(lines, (line) => text.push(`> ${line}`.trimEnd()));
	await runPlain(createSession(recording), input, (line) => text.push(line));
	return `${text.join('\n')}\n`;
}

test('the story of the bug is told in sentences, forwards and back', async () => {
	const lines = [
		'step',
		'',
		'next 4',
		'continue',
		'bt',
		'break devres-add',
		'c',
		'info todo',
		'finish',
	];
	const back = [
		'end',
		'c',
		'rc',
		'reverse next',
		'info node 1',
		'start',
		'rs',
		'contiune',
		'q',
		'step',
	];
	const text = await transcript([...lines, ...back]);
	await expect(text).toMatchFileSnapshot('../golden/plain-reload.txt');
});

test('lines are plain: no escape sequences, boxes or arrows', async () => {
	const text = await transcript([
		'continue',
		'info registers',
		'info log',
		'info node 1',
		'help',
		'end',
	]);
	// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not be there.
	expect(text).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u2190-\u21FF\u2500-\u257F]/);
});

test('an empty line repeats the last command that was understood', async () => {
	const text = await transcript(['step', 'nonsense', '']);
	expect(text).toMatch(/Event 1 of[\s\S]*No command is named "nonsense"[\s\S]*Event 2 of/);
});

test('an empty line at first does nothing', async () => {
	expect(await transcript([''])).toMatch(/Before the first of 41 events\.\n>\n$/);
});

test('the end of the input ends the session', async () => {
	await expect(transcript([])).resolves.toContain('a picture. 41 events.');
});

test('nothing is read after quit', async () => {
	expect(await transcript(['quit', 'step'])).toMatch(/> quit\n$/);
});

test('a hundred changes are counted, not told one by one', async () => {
	const adds = Array.from({length: 100}, (_, index) => `ADD node#${index}\nlog line ${index}`);
	const text = await transcript(['end'], recordingOf(adds.join('\n')));
	expect(text).toContain('And 92 more on devres_head.');
	expect(text).toContain('And 92 more in the log.');
	expect(text.split('\n').length).toBeLessThan(30);
});

test('what is typed is cleaned before it is repeated', async () => {
	const lines: string[] = [];
	const input = linesOf(['\u001B[31mfoo\u202E'], () => {});
	await runPlain(createSession(reload), input, (line) => lines.push(line));
	expect(lines.at(-1)).toBe('No command is named "foo".');
});

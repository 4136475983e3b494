import {readFileSync, writeFileSync} from 'node:fs';
import {describe, expect, it} from 'vitest';
import {hitsOf} from '../source/debugger/breakpoint-hits.ts';
import {createSession} from '../source/debugger/session.ts';
import {scenesOf} from '../source/demo/perform.ts';
import {readDemo} from '../source/demo/read-demo.ts';
import {picture, picturePath, readmeBlocks} from './helpers/readme-blocks.ts';
import {runScenarioText} from './helpers/run-scenario-text.ts';
import {screenOf, stateOf} from './helpers/screen.ts';
import {shippedRecording} from './helpers/shipped.ts';

const readme = readFileSync('README.md', 'utf8');

function blockPattern(name: string): RegExp {
	return new RegExp(`(<!-- ${name} -->\n)[\\s\\S]*?(<!-- /${name} -->)`);
}

/** `UPDATE_README=1` writes the blocks instead of comparing them. */
function update(): void {
	let text = readme;
	for (const [name, make] of Object.entries(readmeBlocks)) {
		text = text.replace(blockPattern(name), (_, open, close) => `${open}${make()}\n${close}`);
	}
	writeFileSync('README.md', text);
}

if (process.env['UPDATE_README'] === '1') {
	update();
	writeFileSync(picturePath, await picture());
}

describe('the README', () => {
	it.each(Object.keys(readmeBlocks))('shows what the program does: %s', (name) => {
		const text = readFileSync('README.md', 'utf8');
		const block = blockPattern(name).exec(text)?.[0].split('\n').slice(1, -1).join('\n');
		expect(block).toBe(readmeBlocks[name]?.());
	});

	it('shows a picture that the program drew', async () => {
		expect(readFileSync(picturePath, 'utf8')).toBe(await picture());
	});

	it('has an example that runs, and a breakpoint in it that stops', () => {
		const example = /```yaml\n([\s\S]*?)```/.exec(readme)?.[1] ?? '';
		const session = createSession(runScenarioText(example));
		const [breakpoint] = session.breakpoints;
		if (breakpoint === undefined) throw new Error('the example has no breakpoint');
		expect(hitsOf(session.recording, breakpoint)).toHaveLength(1);
	});

	it('has a demo that holds', () => {
		const example = /```\n(title [\s\S]*?)```/.exec(readme)?.[1] ?? '';
		const read = readDemo('README.md', example);
		if (!read.ok) throw new Error(JSON.stringify(read.errors));
		const session = createSession(shippedRecording(read.demo.input.file));
		const scenes = [...scenesOf(read.demo, stateOf(session), screenOf(80, 24))];
		expect(scenes.flatMap(({failed, error}) => [...failed, error ?? []].flat())).toEqual([]);
	});

	it('gives the two commands that do everything', () => {
		expect(readme).toContain('npm install && npm start');
		expect(readme).toContain('npm install && npm test');
	});

	it('sells it on the first screen: a sentence, a screen, two commands', () => {
		const first = readme.split('\n').slice(0, 50).join('\n');
		expect(first).toContain('<!-- screen -->');
		expect(first).toContain('npm install && npm start');
	});
});

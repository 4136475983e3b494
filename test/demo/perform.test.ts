import {describe, expect, it} from 'vitest';
import type {DemoScene} from '../../source/demo/perform.ts';
import {demoScenes} from '../helpers/demo.ts';

function last(scenes: readonly DemoScene[]): DemoScene {
	const scene = scenes.at(-1);
	if (scene === undefined) throw new Error('no scene');
	return scene;
}

describe('the scenes of a demo', () => {
	it('show a caption for as long as it takes to read', () => {
		const [short, long] = demoScenes('# Look.', '', `# ${'long '.repeat(20)}`);
		expect(short?.state.caption).toMatchObject({text: 'Look.', number: 1, count: 2});
		expect(long?.duration).toBeGreaterThan((short?.duration ?? 0) + 3000);
	});

	it('type a command letter by letter, then run it', () => {
		const scenes = demoScenes('type step 3');
		const typed = scenes.slice(0, -1).map(({state}) => state.view.prompt?.text);
		expect(typed).toEqual(['s', 'st', 'ste', 'step', 'step ', 'step 3']);
		expect(last(scenes).state.session?.position).toBe(3);
		expect(last(scenes).state.view).toMatchObject({prompt: null, history: ['step 3']});
	});

	it('press keys as a reader does', () => {
		const scenes = demoScenes('key s s S', 'key ?');
		expect(scenes.map(({state}) => state.session?.position)).toEqual([1, 2, 1, 1]);
		expect(last(scenes).state.view.overlay?.kind).toBe('help');
	});

	it('say below what was done', () => {
		const doing = demoScenes('# Look.', 'key s', 'type step', 'step', '# Again.').map(
			({state}) => state.caption?.doing,
		);
		expect(new Set(doing)).toEqual(new Set([null, 's: one event forwards, into calls', 'step']));
		expect(doing.at(-1)).toBeNull();
	});

	it('do not show a quiet command that moves nothing', () => {
		const [quiet, moved] = demoScenes('break pcim_intx', 'continue');
		expect(quiet?.duration).toBe(0);
		expect(moved?.duration).toBeGreaterThan(0);
		expect(moved?.state.session?.stop.kind).toBe('breakpoint');
	});

	it('close an answer before the next command, but not before the next key', () => {
		const kinds = demoScenes('type info devices', 'type help', 'key Esc')
			.filter(({isStop}) => isStop)
			.map(({state}) => state.view.overlay?.kind);
		expect(kinds.at(-2)).toBe('output');
		expect(kinds.at(-1)).toBeUndefined();
	});

	it('wait as long as a pause says', () => {
		expect(demoScenes('key s', 'pause 2.5s').at(-1)).toMatchObject({duration: 2500, isStop: false});
	});
});

describe('a demo that does not hold', () => {
	it('names the line of an assertion that fails, shows it, and goes on', () => {
		const scenes = demoScenes('# Look.', 'assert position == 7', 'step');
		const [failed] = scenes.flatMap((scene) => scene.failed);
		expect(failed).toEqual({at: 'my.demo:4', text: expect.stringContaining('position == 7')});
		expect(scenes[1]?.state.view.message).toContain('my.demo:4: assertion failed');
		expect(last(scenes).state.session?.position).toBe(1);
	});

	it('finds an assertion that is typed, or that a breakpoint runs', () => {
		const typed = demoScenes('type assert position == 7');
		expect(last(typed).failed).toHaveLength(1);
		const lines = ['break pcim_intx', 'commands', 'assert false', 'end', 'continue'];
		expect(demoScenes(...lines).flatMap(({failed}) => failed)).toHaveLength(1);
	});

	it('ends at a command that is refused, with its place', () => {
		const scenes = demoScenes('step', 'type goto nowhere', 'step');
		expect(last(scenes)).toMatchObject({isLast: true, error: {line: 4, column: 11}});
		expect(last(scenes).error?.message).toContain('nowhere');
	});

	it('ends at a key that would leave', () => {
		const scenes = demoScenes('key q', 'step');
		expect(scenes).toHaveLength(1);
		expect(scenes[0]).toMatchObject({isLast: true, error: {line: 3}, state: {exit: null}});
	});
});

import {describe, expect, test} from 'vitest';
import {createSession} from '../../source/debugger/session.ts';
import {opened} from '../../source/tui/press-in-chooser.ts';
import {initialView, type ScreenState} from '../../source/tui/view-state.ts';
import {reloadRecording} from '../helpers/reload-recording.ts';
import {linesOn, openedState, pressed, screenOf} from '../helpers/screen.ts';

const recording = reloadRecording();
const start = openedState(recording);
const positionAfter = (keys: string | readonly string[], from = start) =>
	pressed(from, keys).session?.position;

describe('moving', () => {
	test('every key of a held one is a step', () => {
		expect(positionAfter('sssss')).toBe(5);
		expect(positionAfter('sssssSS')).toBe(3);
	});

	test('a move forwards and the same backwards leads to where it began', () => {
		const there = pressed(start, 'ccs');
		expect(positionAfter('sS', there)).toBe(there.session?.position);
	});

	test('start and end are one key each', () => {
		expect(positionAfter('>')).toBe(recording.length);
		expect(positionAfter('><')).toBe(0);
	});

	test('g goes to the number that is typed', () => {
		expect(positionAfter(['g', '4', '2', 'return'])).toBe(42);
	});

	test('a number that is none moves nothing and says so', () => {
		const state = pressed(start, ['s', 'g', 'q', 'return']);
		expect(state.session?.position).toBe(1);
		expect(state.view.message).toContain('No mark is named "q".');
		expect(state.exit).toBeNull();
	});

	test('brackets go from action to action, and say when there is none', () => {
		const actions = recording.ofType('action');
		expect(positionAfter(']')).toBe((actions[0] ?? 0) + 1);
		expect(positionAfter(']]]')).toBe((actions[2] ?? 0) + 1);
		expect(positionAfter(']]][')).toBe((actions[1] ?? 0) + 1);
		expect(pressed(start, '[').view.message).toBe('There is no action before.');
	});

	test('a move drops the selection and goes back to the innermost frame', () => {
		const state = pressed(start, ['c', 'u', 'down', 's']);
		expect(state.session?.frame).toBe(0);
		expect(state.view.selection).toEqual({});
	});
});

describe('the command prompt', () => {
	test('runs any command of the debugger', () => {
		expect(positionAfter([':', ...'step 7', 'return'])).toBe(7);
	});

	test('shows a long answer over the panes and a short one in the line below', () => {
		const long = pressed(start, [':', ...'help', 'return']);
		expect(long.view.overlay).toMatchObject({kind: 'output', title: 'help'});
		const short = pressed(start, [':', ...'stepp', 'return']);
		expect(short.view.overlay).toBeNull();
		expect(short.view.message).toContain('Did you mean "step"');
	});

	test('letters typed into it do nothing else', () => {
		const state = pressed(start, [':', ...'sq?']);
		expect(state.view.prompt).toEqual({kind: 'command', text: 'sq?'});
		expect(state.session?.position).toBe(0);
	});

	test('of a text that is too long its end is shown, where the next letter goes', () => {
		const state = pressed(start, [':', ...'print "', ...'x'.repeat(100), ...'the end']);
		expect(linesOn(state, screenOf(80, 24)).at(-1)).toMatch(/^ :x{68,}the end_? *$/);
	});

	test('backspace takes a letter back, and closes it when nothing is left', () => {
		expect(pressed(start, [':', 'a', 'b', 'backspace']).view.prompt?.text).toBe('a');
		expect(pressed(start, [':', 'backspace']).view.prompt).toBeNull();
	});

	test('escape closes it', () => {
		expect(pressed(start, [':', 'a', 'escape']).view.prompt).toBeNull();
	});

	test('quit as a command leaves', () => {
		expect(pressed(start, [':', ...'quit', 'return']).exit).toBe(0);
	});
});

describe('selecting', () => {
	test('arrows select around the position, and Enter jumps there', () => {
		const state = pressed(start, ['c', 'down', 'down', 'return']);
		const first = pressed(start, 'c').session?.position ?? 0;
		expect(state.session?.position).toBeGreaterThan(first);
		expect(state.view.selection).toEqual({});
	});

	test('Home and End select the first and last row', () => {
		expect(pressed(start, ['end', 'home']).view.selection.execution).toBe(0);
	});

	test('Enter on a node tells its story, and Enter there jumps to what happened', () => {
		const state = pressed(start, ['c', 'tab', 'tab', 'return']);
		expect(state.view.focus).toBe('devres_head');
		expect(state.view.overlay).toMatchObject({kind: 'story'});
		const jumped = pressed(state, ['return']);
		expect(jumped.view.overlay).toBeNull();
		expect(jumped.session?.position).not.toBe(state.session?.position);
	});

	test('Enter on a breakpoint goes to its next hit, and round', () => {
		const state = pressed(start, ['4', 'return']);
		expect(state.session?.stop.kind).toBe('goto');
		const hits = recording.callsOf('pcim_intx');
		expect(state.session?.position).toBe((hits[0] ?? 0) + 1);
		const round = pressed(state, ['return', 'return', 'return']);
		expect(round.session?.position).toBe((hits[0] ?? 0) + 1);
	});

	test('Enter in an empty pane says that there is nothing', () => {
		const state = pressed(start, ['tab', 'return']);
		expect(state.view.message).toBe('There is nothing in this pane.');
	});
});

describe('breakpoints', () => {
	test('b sets one at the call of the selected row, and clears it again', () => {
		const set = pressed(start, ['home', 'down', 'down', 'b']);
		expect(set.session?.breakpoints.at(-1)?.target).toEqual({
			kind: 'function',
			name: '__driver_attach',
		});
		expect(pressed(set, 'b').session?.breakpoints).toEqual(start.session?.breakpoints);
	});

	test('b on a node sets one at its name', () => {
		const state = pressed(start, ['c', 'tab', 'tab', 'b']);
		expect(state.session?.breakpoints.at(-1)?.target.kind).toBe('node');
	});

	test('b in the list of breakpoints switches one off and on', () => {
		const off = pressed(start, ['4', 'b']);
		expect(off.session?.breakpoints[0]?.enabled).toBe(false);
		expect(pressed(off, 'b').session?.breakpoints[0]?.enabled).toBe(true);
	});
});

describe('finding', () => {
	const find = (text: string) => pressed(start, ['/', ...text, 'return']);

	test('selects the next row with the text, whatever its case, and moves nothing', () => {
		const state = find('resources PRESENT');
		expect(state.session?.position).toBe(0);
		expect(state.view.focus).toBe('execution');
		const jumped = pressed(state, ['return']);
		expect(recording.at((jumped.session?.position ?? 0) - 1).type).toBe('printk');
	});

	test('goes on in both directions, round the ends', () => {
		const first = find('pci_intx').view.selection.execution;
		const second = pressed(find('pci_intx'), '.').view.selection.execution;
		expect(second).toBeGreaterThan(first ?? 0);
		expect(pressed(find('pci_intx'), '.,').view.selection.execution).toBe(first);
	});

	test('says when nothing is found', () => {
		expect(find('nowhere').view.message).toBe('"nowhere" is nowhere in the execution.');
	});
});

describe('the screen', () => {
	test('Tab goes round all panes, and back with Shift', () => {
		const panes = ['tab', 'tab', 'tab', 'tab', 'tab', 'tab', 'tab'];
		expect(pressed(start, panes).view.focus).toBe('execution');
		expect(pressed(start, ['tab', 'shift-tab']).view.focus).toBe('execution');
		expect(pressed(start, ['shift-tab', 'tab']).view.focus).toBe('execution');
	});

	test('a number brings a pane to the front and into focus', () => {
		const small = screenOf(80, 24);
		const state = pressed(start, '2', small);
		expect(state.view.focus).toBe('registers');
		expect(linesOn(state, small).join('\n')).toContain('[INTx and registers]');
	});

	test('u and d go along the frames, and stop at the ends', () => {
		const stopped = pressed(start, 'c');
		expect(pressed(stopped, 'uu').session?.frame).toBe(2);
		expect(pressed(stopped, 'uud').session?.frame).toBe(1);
		const jumped = pressed(pressed(stopped, 'u'), ['return']).session?.position ?? 0;
		expect(recording.at(jumped - 1)).toMatchObject({type: 'call', fn: 'pci_intx'});
		expect(pressed(stopped, 'd').view.message).toBe('This is the innermost frame.');
	});

	test('z gives the focused pane the whole screen', () => {
		const lines = linesOn(pressed(start, ['tab', 'tab', 'z']));
		expect(lines[1]).toMatch(/^╭─\[devres_head .*─╮$/);
	});

	test('D chooses a device to stay with', () => {
		const state = pressed(start, ['D', 'down', 'return']);
		expect(state.view).toMatchObject({device: '0000:23:00.1', overlay: null});
		expect(pressed(state, ['D', 'return']).view.device).toBeNull();
	});

	test('q in an overlay closes it, and without one leaves', () => {
		const state = pressed(start, '?q');
		expect(state.exit).toBeNull();
		expect(pressed(state, 'q').exit).toBe(0);
	});

	test('Ctrl+C leaves as interrupted, whatever is open', () => {
		for (const before of [start, pressed(start, '?'), pressed(start, ':')]) {
			expect(pressed(before, ['ctrl-c']).exit).toBe(130);
		}
	});

	test('keys after the last one do nothing', () => {
		expect(pressed(start, 'qss').session?.position).toBe(0);
	});
});

describe('the chooser', () => {
	const entries = ['a', 'b'].map((path) => ({title: path, path, about: `about ${path}`}));
	const choosing: ScreenState = {
		title: 'devresdbg',
		session: null,
		chooser: {entries, selected: 0, opening: null, errors: []},
		view: initialView,
		exit: null,
	};

	test('opens what is selected', () => {
		const state = pressed(choosing, ['down', 'return']);
		expect(state.chooser?.opening).toBe('b');
		const session = createSession(recording);
		expect(opened(state, {ok: true, session, title: 'b'})).toMatchObject({title: 'b', session});
	});

	test('shows why a recording could not be opened, and goes on', () => {
		const state = opened(pressed(choosing, ['return']), {ok: false, errors: ['a: is empty']});
		expect(linesOn(state).join('\n')).toContain('a: is empty');
		expect(pressed(state, ['down']).chooser).toMatchObject({selected: 1, errors: []});
	});

	test('shows what the selected recording is about', () => {
		expect(linesOn(pressed(choosing, ['down'])).join('\n')).toContain('about b');
	});

	test('q leaves', () => {
		expect(pressed(choosing, 'q').exit).toBe(0);
	});
});

describe('after a resize', () => {
	test('a focused pane that has no place any more gives the focus to the execution', () => {
		const large = screenOf(200, 50);
		const small = screenOf(80, 24);
		const tabs = Array.from({length: 4}, () => 'tab');
		const focused = pressed(start, tabs, large);
		expect(focused.view.focus).toBe('story');
		expect(linesOn(focused, small)[1]).toContain('[execution]');
		expect(pressed(focused, ['down'], small).view.focus).toBe('execution');
	});

	test('a focused pane that becomes a tab is the one in front', () => {
		const focused = pressed(start, '2', screenOf(120, 36));
		expect(linesOn(focused, screenOf(80, 24)).join('\n')).toContain('[INTx and registers]');
	});
});

describe('a line that is refused', () => {
	const refused = pressed(start, [':', ...'b pcim_intx if caller === 1', 'return']);

	test('stays in the prompt, with what is wrong above its place, and nothing moves', () => {
		const lines = linesOn(refused, screenOf(80, 24));
		expect(lines.at(-1)).toMatch(/^ :b pcim_intx if caller === 1_/);
		expect(lines.at(-2)?.trimEnd()).toBe(`${' '.repeat(26)}v Unexpected character: =`);
		expect(lines.at(-1)?.[26]).toBe('=');
		expect(refused.session).toBe(start.session);
	});

	test('can be mended, and the error goes with the next key', () => {
		const mended = pressed(refused, ['backspace']);
		expect(mended.view.message).toBeNull();
		expect(mended.view.prompt?.text).toBe('b pcim_intx if caller === ');
	});
});

describe('history and completion', () => {
	const typed = pressed(start, [':', ...'step', 'return', ':', ...'info log', 'return', 'escape']);

	test('Up recalls earlier commands, Down leads back to what was typed', () => {
		const prompt = pressed(typed, [':', 'x']);
		expect(pressed(prompt, ['up']).view.prompt?.text).toBe('info log');
		expect(pressed(prompt, ['up', 'up', 'up']).view.prompt?.text).toBe('step');
		expect(pressed(prompt, ['up', 'up', 'down', 'down']).view.prompt).toEqual({
			kind: 'command',
			text: 'x',
		});
	});

	test.each([
		['tb', 'tbreak '],
		['info', 'info '],
		['info br', 'info breakpoints '],
		['b get_or', 'b get_or_create_intx_devres '],
		['break node pcim_int', 'break node pcim_intx_restore '],
		['p size(device("0000:23', 'p size(device("0000:23:00.1"'],
		['watch device("0000:23:00.1").intx', 'watch device("0000:23:00.1").intx_disable '],
		['break pcim_intx if inside("devres_rel', 'break pcim_intx if inside("devres_release_all"'],
		['goto st', 'goto start '],
	])('Tab makes of "%s": "%s"', (line, completed) => {
		expect(pressed(start, [':', ...line, 'tab']).view.prompt?.text).toBe(completed);
	});

	test('where there are several ways to go on, they are named', () => {
		const state = pressed(start, [':', ...'info de', 'tab']);
		expect(state.view.prompt?.text).toBe('info dev');
		expect(state.view.message).toBe('devices  devres');
	});
});

describe('a block of commands in the prompt', () => {
	const block = pressed(start, [':', ...'commands 1', 'return', ...'print fn', 'return']);

	test('goes on until end, and runs where the breakpoint stops', () => {
		expect(linesOn(block).at(-1)).toMatch(/^ > _/);
		const ended = pressed(block, [...'end', 'return']);
		expect(ended.view.prompt).toBeNull();
		expect(pressed(ended, 'c').view.message).toBe('"pcim_intx"');
	});

	test('Enter alone does not end it, Escape gives it up', () => {
		expect(pressed(block, ['return']).session?.block).not.toBeNull();
		const left = pressed(block, ['escape']);
		expect(left.session?.block).toBeNull();
		expect(left.session?.breakpoints[0]?.commands).toEqual([]);
	});
});

describe('watching and displaying', () => {
	test('w on a row of the registers watches what it shows, and clears it again', () => {
		const rows = pressed(pressed(start, ['c', '2']), ['home', 'down', 'w']);
		const [watch] = rows.session?.breakpoints.slice(-1) ?? [];
		expect(watch?.target).toEqual({kind: 'watch', name: 'device("0000:23:00.1").intx_disable'});
		const cleared = pressed(rows, 'w');
		expect(cleared.session?.breakpoints.length).toBe((rows.session?.breakpoints.length ?? 0) - 1);
	});

	test('w on a list watches its length; elsewhere it asks what to watch', () => {
		const onList = pressed(start, ['c', 'tab', 'tab', 'w']);
		expect(onList.session?.breakpoints.at(-1)?.target.name).toMatch(/^size\(device/);
		expect(pressed(start, ['c', 'w']).view.prompt?.text).toBe('watch ');
	});

	test('a display stands above the registers, marked where it changed', () => {
		const state = pressed(start, ['c', ':', ...'display fn', 'return', '2', 's']);
		expect(linesOn(state).join('\n')).toMatch(/fn = "\w+"/);
	});

	test('a mark stands on the timeline', () => {
		const state = pressed(start, ['c', ':', ...'mark here', 'return', '>']);
		expect(linesOn(state).join('\n')).toContain('◆');
	});

	test('log messages of a key take one line, those of a typed command lie over the panes', () => {
		const line = 'break event devres-add log "add {node.name}"';
		const set = pressed(start, [':', ...line, 'return']);
		const went = pressed(set, 'c');
		expect(went.view.overlay).toBeNull();
		expect(went.view.message).toMatch(/^add \w+ {3}\(\d+ more before it: ":continue" shows all\)$/);
		const typed = pressed(set, [':', ...'c', 'return']);
		expect(typed.view.overlay).toMatchObject({kind: 'output', title: 'c'});
	});
});

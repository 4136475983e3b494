import {describe, expect, test} from 'vitest';
import {createSession} from '../../source/debugger/session.ts';
import {goTo} from '../../source/debugger/step.ts';
import {findingsOf} from '../../source/findings/findings.ts';
import {type Lesson, nothingHidden} from '../../source/tui/lesson-view.ts';
import type {ScreenState} from '../../source/tui/view-state.ts';
import {inLesson, lesson, session} from '../helpers/lesson.ts';
import {linesOn, pressed, screenOf, stateOf} from '../helpers/screen.ts';
import {shippedRecording} from '../helpers/shipped.ts';

const screen = screenOf(80, 24);

describe('what an exercise hides', () => {
	const late = createSession(shippedRecording('ccp-reload'));
	const at = (position: number, hides: Lesson['hides']): ScreenState => ({
		...stateOf(goTo(late, position)),
		lesson: {...lesson, hides},
	});
	const finding = findingsOf(late.recording).find(({severity}) => severity !== 'note');
	const place = (finding?.event ?? 0) + 1;

	test.each([
		[80, 24],
		[120, 36],
		[200, 50],
	])('findings are nowhere on %dx%d', (columns, rows) => {
		const size = screenOf(columns, rows);
		const shown = (hides: Lesson['hides']) => {
			const lines = linesOn(pressed(at(place, hides), '6', size), size);
			const around = [lines[0], ...lines.slice(-4)].map((text) => text?.includes('⚠') ?? false);
			return {text: lines.join('\n'), around};
		};
		const [open, kept] = [shown(nothingHidden), shown({findings: true, future: false})];
		expect(open.text).toContain(finding?.rule);
		expect(open.around.filter((isMarked) => isMarked)).toHaveLength(3);
		expect(kept.text).not.toContain(finding?.rule);
		expect(kept.around).not.toContain(true);
		expect(kept.text).toContain('findings are hidden in');
	});

	test('findings are no place to go to', () => {
		const kept = at(0, {findings: true, future: false});
		for (const key of ['x', 'X']) {
			const after = pressed(kept, [key], screen);
			expect(after.view.message).toBe('findings are hidden in this exercise');
			expect(after.session?.position).toBe(0);
		}
	});

	test('the timeline tells how much has happened, not how much comes', () => {
		const density = (position: number, future: boolean) =>
			linesOn(at(position, {findings: true, future}), screen).at(-3) ?? '';
		const open = density(place, false);
		const here = open.indexOf('▲');
		const kept = density(place, true);
		expect(kept.slice(0, here + 1)).toBe(open.slice(0, here + 1));
		expect(open.slice(here + 1).trim()).not.toBe('');
		expect(kept.slice(here + 1).trim()).toBe('');
	});

	const asked = {findings: true, future: true};
	const wide = screenOf(120, 36);
	const textOf = (state: ScreenState) => linesOn(state, wide).join('\n');

	test('of the hits of a breakpoint only those up to the position are counted', () => {
		const broken = (hides: Lesson['hides']) => {
			const {session: there} = pressed(at(0, hides), ['c'], wide);
			if (there == null) throw new Error('it does not stop');
			return textOf({...at(0, hides), session: there});
		};
		expect(broken(nothingHidden)).toContain('×1 of 2');
		expect(broken(nothingHidden)).toMatch(/Breakpoint 1, .*, hit 1 of 2\./);
		expect(broken(asked)).not.toMatch(/hit \d+ of|×\d+ of/);
		expect(broken(asked)).toMatch(/Breakpoint 1, .*, hit 1\./);
		expect(broken(asked)).toMatch(/ ×1 *│/);
	});

	test('the script is told up to the last line that was reached, and with it the drivers', () => {
		const script = (position: number, hides: Lesson['hides']) =>
			textOf(pressed({...at(0, hides), session: goTo(session, position)}, ['5', 'z'], wide));
		expect(script(20, nothingHidden)).toContain('rmmod: demo');
		const kept = script(20, asked);
		expect(kept).toContain('- devm_add_action: demo_stop');
		expect(kept).toMatch(/23 {3}- modprobe: demo\s+│\n│ {4}… +│\n│ +│/);
		expect(kept).not.toContain('- irq: demo.0');
		expect(script(0, asked)).not.toContain('modprobe');
		expect(script(session.recording.length, asked)).toContain('rmmod: demo');
	});

	test('actions that come have no names on the timeline', () => {
		const actions = (hides: Lesson['hides']) => linesOn(at(20, hides), wide).at(-4) ?? '';
		expect(actions(nothingHidden)).toMatch(/│modprobe ccp .*│rmmod ccp /);
		expect(actions(asked).trimEnd()).toMatch(/^ +│modprobe ccp$/);
	});

	test('find finds only what has happened, and goes round in it', () => {
		const found = (position: number, text: string, hides: Lesson['hides'] = asked) => {
			const state = {...at(0, hides), session: goTo(session, position)};
			const {view} = pressed(state, [...`/${text}`, 'return'], wide);
			return view.message?.startsWith('found') === true ? (view.selection.execution ?? null) : null;
		};
		expect(found(20, 'rmmod', nothingHidden)).not.toBe(null);
		expect(found(20, 'rmmod')).toBe(null);
		expect(found(20, 'modprobe')).toBe(found(20, 'modprobe', nothingHidden));
		expect(found(0, 'modprobe')).toBe(null);
		// At every place the row that is found is one that is in sight, and tells no result that comes.
		let count = 0;
		for (let position = 0; position <= session.recording.length; position += 1) {
			const state = {...at(0, asked), session: goTo(session, position)};
			const row = found(position, '→ 0');
			if (row === null) continue;
			count += 1;
			const selected = {...state.view, selection: {execution: row}, zoomed: true};
			expect(textOf({...state, view: selected})).toContain('→ 0');
		}
		expect(count).toBeGreaterThan(20);
	});

	test('what comes is told neither in the rows below nor in the row of the position', () => {
		const kept = {...inLesson({hides: {findings: true, future: true}}), session: goTo(session, 9)};
		const paneOf = (state: ScreenState) =>
			linesOn(pressed(state, ['escape', 'z'], screen), screen).slice(2, 12);
		expect(paneOf(kept).map((row) => row.trimEnd())).toMatchInlineSnapshot(`
			[
			  "│   device demo.0 appears on platform                                swapper-0 │",
			  "│   ── modprobe demo                                                           │",
			  "│   do_init_module(mod=demo)                                     modprobe-1023 │",
			  "│     demo_init()                                                              │",
			  "│       platform_driver_register(drv=demo)                                     │",
			  "│         bus_add_driver(drv=demo)                                             │",
			  "│           driver demo registered                                             │",
			  "│           __driver_attach(dev, drv=demo)                                     │",
			  "│ ▶           driver_probe_device(drv=demo, dev)                               │",
			  "│   …                                                                          │",
			]
		`);
		const open = {...kept, lesson};
		expect(paneOf(open).join('\n')).not.toEqual(paneOf(kept).join('\n'));
		const start = {...kept, session: goTo(session, 0)};
		expect(paneOf(start)[0]).toMatch(/^│ {3}… +│$/);
		expect(paneOf(start)[1]).toMatch(/^│ +│$/);
	});
});

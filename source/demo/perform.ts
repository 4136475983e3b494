import {runCommand} from '../debugger/command.ts';
import type {FailedCheck} from '../debugger/command-row.ts';
import type {Session} from '../debugger/session.ts';
import type {LocatedError} from '../recording/located-error.ts';
import {bindingOf, shownKey} from '../tui/keymap.ts';
import {following, press} from '../tui/press.ts';
import {remembering} from '../tui/press-in-prompt.ts';
import {showResult} from '../tui/run-line.ts';
import type {Screen} from '../tui/screen.ts';
import {saying} from '../tui/targets.ts';
import type {Caption, Scene, ScreenState, Show} from '../tui/view-state.ts';
import {captionCount, type Demo, type Step} from './demo.ts';

/** A scene of a demo, and what went wrong in it. */
export type DemoScene = Scene & {
	/** Assertions that don't hold. */
	readonly failed: readonly FailedCheck[];

	/** Why the demo can't go on; null where it can. */
	readonly error: LocatedError | null;
};

/** Milliseconds that things take where the demo does not say more. */
const pace = {letter: 60, beforeEnter: 600, step: 1000, readLetter: 50, readLeast: 1500} as const;

/** What a part of a step makes of the screen. */
type Part = {
	readonly state: ScreenState;
	readonly duration: number;
	readonly failed?: readonly FailedCheck[];
	readonly error?: LocatedError;
};

function doing(state: ScreenState, text: string): ScreenState {
	const {caption = null} = state;
	return caption === null ? state : {...state, caption: {...caption, doing: text}};
}

function errorIn({line, column, source}: Step, message: string, shift = 1): LocatedError {
	return {line, column: column + shift - 1, message, text: source};
}

/** Parts of a step: letters are typed one by one, and Enter is one more. */
function partsOf({action}: Step): number {
	if (action.kind === 'type') return Array.from(action.text).length + 1;
	return action.kind === 'key' ? action.keys.length : 1;
}

/** The first sentence of a refusal; the one behind a caret where there is one. */
function refusalText(errors: readonly string[]): string {
	const [first = '', second = ''] = errors;
	const caret = /^ *\^ (?<message>.*)$/.exec(second)?.groups;
	return (caret?.['message'] ?? first).replace(/\.$/, '');
}

/** Runs a command. One that is typed shows its answer; another shows no more than where it moved, or what is wrong. */
function runStep(
	before: ScreenState,
	session: Session,
	{text, kind}: {readonly text: string; readonly kind: 'type' | 'command'},
	step: Step,
	name: string,
): Part {
	const result = runCommand(session, text);
	const quiet = {...before.view, prompt: null, overlay: null, message: null};
	const state = {...before, view: quiet};
	if (!result.ok) {
		const error = errorIn(step, refusalText(result.errors), result.column);
		return {state: showResult(state, session, text, result), duration: pace.step, error};
	}
	const failed = (result.failed ?? []).map((each) => ({...each, at: `${name}:${step.line}`}));
	if (kind === 'type') {
		const shown = following(showResult(doing(state, text), session, text, result), session);
		return {state: shown, duration: pace.step, failed};
	}
	const {recording, position} = result.session;
	const isStill = recording === session.recording && position === session.position;
	if (isStill && failed.length === 0) {
		return {state: {...before, session: result.session}, duration: 0};
	}
	const after = following({...doing(state, text), session: result.session}, session);
	const [complaint] = failed;
	const said =
		complaint === undefined ? after : saying(after, `${complaint.at}: ${complaint.text}`);
	return {state: said, duration: pace.step, failed};
}

/** The command as far as it is typed. */
function typeLetter(before: ScreenState, text: string, length: number, isLast: boolean): Part {
	const prompt = {kind: 'command', text: Array.from(text).slice(0, length).join('')} as const;
	const view = {...before.view, prompt, overlay: null, message: null};
	return {state: {...before, view}, duration: isLast ? pace.beforeEnter : pace.letter};
}

function pressKey(before: ScreenState, key: string, screen: Screen): Part {
	const help = before.view.prompt === null ? bindingOf(key)?.help : undefined;
	const text = `${shownKey(key)}${help === undefined ? '' : `: ${help}`}`;
	return {state: doing(press(before, key, screen), text), duration: pace.step};
}

function captioned(before: ScreenState, demo: Demo, text: string): Part {
	const number = (before.caption?.number ?? 0) + 1;
	const count = captionCount(demo);
	const caption: Caption = {title: demo.title, text, number, count, doing: null};
	return {
		state: {...before, caption},
		duration: pace.readLeast + pace.readLetter * text.length,
	};
}

function performPart(
	demo: Demo,
	step: Step,
	part: number,
	before: ScreenState,
	screen: Screen,
): Part {
	const {action} = step;
	const {session} = before;
	if (session === null) throw new Error('a demo needs a session');
	switch (action.kind) {
		case 'caption':
			return captioned(before, demo, action.text);
		case 'pause':
			return {state: before, duration: action.duration};
		case 'type': {
			const length = partsOf(step) - 1;
			if (part < length) return typeLetter(before, action.text, part + 1, part + 1 === length);
			return runStep(remembering(before, action.text), session, action, step, demo.name);
		}
		case 'key':
			return pressKey(before, action.keys[part] ?? '', screen);
		case 'command':
			return runStep(before, session, action, step, demo.name);
	}
}

function perform(
	demo: Demo,
	index: number,
	part: number,
	before: ScreenState,
	screen: Screen,
): DemoScene {
	const step = demo.steps[index];
	if (step === undefined) throw new Error(`${demo.name} has no step ${index}`);
	const {state, duration, failed = [], error} = performPart(demo, step, part, before, screen);
	const wrong = error ?? (state.exit === null ? null : errorIn(step, 'this would leave the demo'));
	const isDone = part + 1 === partsOf(step);
	const {kind} = step.action;
	return {
		state: state.exit === null ? state : {...state, exit: null},
		duration,
		isStop: (isDone || kind === 'key') && duration > 0 && kind !== 'pause',
		isLast: wrong !== null || (isDone && index + 1 === demo.steps.length),
		step: index,
		part,
		failed,
		error: wrong,
	};
}

/** The screen before the first step. */
export function opening(demo: Demo, state: ScreenState): ScreenState {
	const {title} = demo;
	const caption = {title, text: '', number: 0, count: captionCount(demo), doing: null};
	return {...state, caption};
}

/** The first scene of a demo on a screen that its recording was opened in. */
export function firstScene(demo: Demo, state: ScreenState, screen: Screen): DemoScene {
	return perform(demo, 0, 0, opening(demo, state), screen);
}

/** The scene behind one that is not the last. */
export function nextScene(demo: Demo, {step, part, state}: Scene, screen: Screen): DemoScene {
	const current = demo.steps[step];
	const isWithin = current !== undefined && part + 1 < partsOf(current);
	return isWithin
		? perform(demo, step, part + 1, state, screen)
		: perform(demo, step + 1, 0, state, screen);
}

/** All scenes of a demo, in order. */
export function* scenesOf(
	demo: Demo,
	state: ScreenState,
	screen: Screen,
): Generator<DemoScene, void> {
	let scene = firstScene(demo, state, screen);
	while (true) {
		yield scene;
		if (scene.isLast) return;
		scene = nextScene(demo, scene, screen);
	}
}

/** The demo as the screen plays it. */
export function showOf(demo: Demo): Show {
	return {next: (scene, screen) => nextScene(demo, scene, screen)};
}

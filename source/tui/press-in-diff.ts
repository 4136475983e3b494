import {firstFrom, lastBelow, none} from '../debugger/call-index.ts';
import {diffHelp} from './diff-help.ts';
import {diffIndexOf} from './diff-index.ts';
import {type DiffCommand, diffCommandOf} from './diff-keymap.ts';
import {diffHeights} from './diff-layout.ts';
import type {DiffState, DiffZoom} from './diff-state.ts';
import type {Screen} from './screen.ts';

/** Exit code of a reader who interrupts. */
const interrupted = 130;

/** Digits of a number that is typed. */
const longestNumber = 9;

function moved(state: DiffState, ordinal: number, nowhere: string): DiffState {
	const {rows} = diffIndexOf(state.comparison);
	const at = Math.max(0, Math.min(ordinal, rows - 1));
	if (ordinal === none || at === state.at) return {...state, message: nowhere};
	return {...state, at, before: state.at};
}

/** The row in which a number of events of the looked-at side has happened, or the first behind it. */
function goTo(state: DiffState, event: number): DiffState {
	const {comparison, side} = state;
	const positions = diffIndexOf(comparison).positions[side];
	// Devices lie behind each other: positions ascend only within one.
	const exact = positions.indexOf(event);
	const ordinal = exact === -1 ? positions.findIndex((position) => position >= event) : exact;
	const name = side.toUpperCase();
	return moved(state, ordinal, `No other row is at event ${event} of ${name}.`);
}

function pressInNumber(state: DiffState, typed: string, key: string): DiffState {
	switch (key) {
		case 'escape':
			return {...state, typed: null};
		case 'backspace':
		case 'delete':
			return {...state, typed: typed === '' ? null : typed.slice(0, -1)};
		case 'return':
			return typed === '' ? {...state, typed: null} : goTo({...state, typed: null}, Number(typed));
		default:
			if (!/^\d$/.test(key) || typed.length >= longestNumber) return state;
			return {...state, typed: typed + key};
	}
}

const zooms: {readonly [zoom in DiffZoom]: DiffZoom} = {none: 'rows', rows: 'lists', lists: 'none'};

function move(state: DiffState, command: DiffCommand, {rows}: Screen): DiffState | null {
	const {at, comparison, zoom} = state;
	const {starts, differences, rows: count} = diffIndexOf(comparison);
	const page = Math.max(1, diffHeights(rows, zoom).rows - 2);
	switch (command) {
		case 'row-after':
			return moved(state, at + 1, 'This is the last row.');
		case 'row-before':
			return moved(state, at - 1 < 0 ? none : at - 1, 'This is the first row.');
		case 'phase-after':
			return moved(state, firstFrom(starts, at + 1), 'There is no further phase.');
		case 'phase-before':
			return moved(state, lastBelow(starts, at), 'There is no phase before.');
		case 'difference-after':
			return moved(state, firstFrom(differences, at + 1), 'There is no further difference.');
		case 'difference-before':
			return moved(state, lastBelow(differences, at), 'There is no difference before.');
		case 'start':
			return moved(state, 0, 'This is the first row.');
		case 'end':
			return moved(state, count - 1, 'This is the last row.');
		case 'page-after':
			return moved(state, Math.min(at + page, count - 1), 'This is the last row.');
		case 'page-before':
			return moved(state, Math.max(at - page, 0), 'This is the first row.');
		default:
			return null;
	}
}

function run(state: DiffState, command: DiffCommand, screen: Screen): DiffState {
	const after = move(state, command, screen);
	if (after !== null) return after;
	switch (command) {
		case 'goto':
			return {...state, typed: ''};
		case 'side':
			return {...state, side: state.side === 'a' ? 'b' : 'a'};
		case 'zoom':
			return {...state, zoom: zooms[state.zoom]};
		case 'help':
			return {...state, help: 0};
		case 'quit':
			return {...state, exit: 0};
		default:
			return {...state, zoom: 'none'};
	}
}

const scrolls: {readonly [command in DiffCommand]?: (page: number) => number} = {
	'row-after': () => 1,
	'row-before': () => -1,
	'page-after': (page) => page,
	'page-before': (page) => -page,
	start: () => Number.NEGATIVE_INFINITY,
	end: () => Number.POSITIVE_INFINITY,
};

function pressInHelp(state: DiffState, top: number, key: string, screen: Screen): DiffState {
	const command = diffCommandOf(key);
	if (command === 'help' || command === 'back' || command === 'quit') return {...state, help: null};
	const by = command === null ? undefined : scrolls[command];
	if (by === undefined) return state;
	const page = diffHeights(screen.rows, 'rows').rows;
	const last = Math.max(0, diffHelp(screen.theme.glyphs).length - page);
	return {...state, help: Math.max(0, Math.min(top + by(page), last))};
}

/** What one key does to two executions side by side. */
export function pressInDiff(state: DiffState, key: string, screen: Screen): DiffState {
	if (state.exit !== null) return state;
	if (key === 'ctrl-c') return {...state, exit: interrupted};
	const quiet = {...state, message: null};
	if (state.typed !== null) return pressInNumber(quiet, state.typed, key);
	if (state.help !== null) return pressInHelp(quiet, state.help, key, screen);
	const command = diffCommandOf(key);
	return command === null ? state : run(quiet, command, screen);
}

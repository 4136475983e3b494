import type {PaneId} from './layout.ts';

/** What a key does to the screen itself. Everything else is a command of the debugger. */
export type ScreenCommand =
	| 'select-up'
	| 'select-down'
	| 'select-page-up'
	| 'select-page-down'
	| 'select-first'
	| 'select-last'
	| 'open'
	| 'why'
	| 'toggle-breakpoint'
	| 'watch'
	| 'frame-up'
	| 'frame-down'
	| 'action-before'
	| 'action-after'
	| 'finding-before'
	| 'finding-after'
	| 'find'
	| 'find-after'
	| 'find-before'
	| 'goto-prompt'
	| 'command-prompt'
	| 'focus-after'
	| 'focus-before'
	| 'show-stack'
	| 'show-registers'
	| 'show-log'
	| 'show-breakpoints'
	| 'show-source'
	| 'show-findings'
	| 'zoom'
	| 'devices'
	| 'exercise'
	| 'answer'
	| 'help'
	| 'back'
	| 'quit';

/** Headings of the help, in its order. */
export type KeyGroup = 'move' | 'look' | 'find' | 'screen';

/** What some keys do: a screen command or a line of the command language. */
export type Binding = {
	/** Names of keys as `keysOf` gives them; the first is the one to show. */
	readonly keys: readonly string[];

	/** Does something to the screen … */
	readonly screen?: ScreenCommand;

	/** … or is a line of the debugger's command language. */
	readonly command?: string;

	/** One line, lower case, without a full stop. */
	readonly help: string;
	readonly group: KeyGroup;

	/** Word for the line of keys at the bottom of the screen. */
	readonly hint?: string;
};

/** Every key, once. The help, the line of keys, the README and the handling of keys come from here. */
export const keymap: readonly Binding[] = [
	{
		keys: ['s'],
		command: 'step',
		group: 'move',
		help: 'one event forwards, into calls',
		hint: 'step',
	},
	{keys: ['n'], command: 'next', group: 'move', help: 'forwards over a call', hint: 'next'},
	{keys: ['f'], command: 'finish', group: 'move', help: 'forwards out of the call', hint: 'finish'},
	{
		keys: ['c'],
		command: 'continue',
		group: 'move',
		help: 'forwards to a breakpoint',
		hint: 'continue',
	},
	{keys: ['S'], command: 'reverse-step', group: 'move', help: 'one event backwards'},
	{keys: ['N'], command: 'reverse-next', group: 'move', help: 'backwards over a call'},
	{keys: ['F'], command: 'reverse-finish', group: 'move', help: 'backwards to before the call'},
	{keys: ['C'], command: 'reverse-continue', group: 'move', help: 'backwards to a breakpoint'},
	{keys: ['['], screen: 'action-before', group: 'move', help: 'to the action before'},
	{keys: [']'], screen: 'action-after', group: 'move', help: 'to the next action'},
	{
		keys: ['x'],
		screen: 'finding-after',
		group: 'move',
		help: 'to the next finding',
		hint: 'finding',
	},
	{keys: ['X'], screen: 'finding-before', group: 'move', help: 'to the finding before'},
	{keys: ['<'], command: 'start', group: 'move', help: 'to the start'},
	{keys: ['>'], command: 'end', group: 'move', help: 'to the end'},
	{
		keys: ['g'],
		screen: 'goto-prompt',
		group: 'move',
		help: 'to an event by its number',
		hint: 'goto',
	},
	{keys: ['down', 'j'], screen: 'select-down', group: 'look', help: 'select the next row'},
	{keys: ['up', 'k'], screen: 'select-up', group: 'look', help: 'select the row before'},
	{keys: ['pagedown'], screen: 'select-page-down', group: 'look', help: 'select a page further'},
	{keys: ['pageup'], screen: 'select-page-up', group: 'look', help: 'select a page back'},
	{keys: ['home'], screen: 'select-first', group: 'look', help: 'select the first row'},
	{keys: ['end'], screen: 'select-last', group: 'look', help: 'select the last row'},
	{
		keys: ['return'],
		screen: 'open',
		group: 'look',
		help: 'on a node: its story; on a finding: its proof; else jump there',
		hint: 'story',
	},
	{
		keys: ['y'],
		screen: 'why',
		group: 'look',
		help: 'why it is so: the selected node, INTX_DISABLE in the registers, else the last event',
		hint: 'why',
	},
	{
		keys: ['b'],
		screen: 'toggle-breakpoint',
		group: 'look',
		help: 'set or clear a breakpoint at the selected row',
		hint: 'break',
	},
	{
		keys: ['w'],
		screen: 'watch',
		group: 'look',
		help: 'stop where the value of the selected row changes, or no longer',
	},
	{keys: ['u'], screen: 'frame-up', group: 'look', help: 'look at the calling frame'},
	{keys: ['d'], screen: 'frame-down', group: 'look', help: 'look at the called frame'},
	{
		keys: ['D'],
		screen: 'devices',
		group: 'look',
		help: 'choose the device that is shown',
		hint: 'device',
	},
	{keys: ['/'], screen: 'find', group: 'find', help: 'find a text in the execution', hint: 'find'},
	{keys: ['.'], screen: 'find-after', group: 'find', help: 'find it again further down'},
	{keys: [','], screen: 'find-before', group: 'find', help: 'find it again further up'},
	{keys: [':'], screen: 'command-prompt', group: 'find', help: 'type a command', hint: 'command'},
	{
		keys: ['tab'],
		screen: 'focus-after',
		group: 'screen',
		help: 'go to the next pane',
		hint: 'pane',
	},
	{keys: ['shift-tab'], screen: 'focus-before', group: 'screen', help: 'go to the pane before'},
	{keys: ['1'], screen: 'show-stack', group: 'screen', help: 'show the call stack'},
	{keys: ['2'], screen: 'show-registers', group: 'screen', help: 'show INTx and registers'},
	{keys: ['3'], screen: 'show-log', group: 'screen', help: 'show the kernel log'},
	{keys: ['4'], screen: 'show-breakpoints', group: 'screen', help: 'show the breakpoints'},
	{keys: ['5'], screen: 'show-source', group: 'screen', help: 'show the script or the raw log'},
	{keys: ['6'], screen: 'show-findings', group: 'screen', help: 'show the findings'},
	{
		keys: ['z'],
		screen: 'zoom',
		group: 'screen',
		help: 'give the pane the whole screen, or not',
		hint: 'zoom',
	},
	{keys: ['e'], screen: 'exercise', group: 'screen', help: 'show the exercise of the workshop'},
	{keys: ['a'], screen: 'answer', group: 'screen', help: 'answer it with the selected row'},
	{keys: ['?'], screen: 'help', group: 'screen', help: 'show the keys', hint: 'help'},
	{
		keys: ['escape'],
		screen: 'back',
		group: 'screen',
		help: 'stop a search, close what is open, drop the selection',
	},
	{keys: ['q'], screen: 'quit', group: 'screen', help: 'quit', hint: 'quit'},
];

/** Panes by the command that brings them to the front. */
export const paneOfCommand: {readonly [command in ScreenCommand]?: PaneId} = {
	'show-stack': 'stack',
	'show-registers': 'registers',
	'show-log': 'log',
	'show-breakpoints': 'breakpoints',
	'show-source': 'source',
	'show-findings': 'findings',
};

/** The number key of each pane that has one. */
export const paneNumbers: ReadonlyMap<PaneId, string> = new Map(
	keymap.flatMap(({keys, screen}) => {
		const pane = screen === undefined ? undefined : paneOfCommand[screen];
		return pane === undefined ? [] : [[pane, keys[0] ?? '']];
	}),
);

const bindings: ReadonlyMap<string, Binding> = new Map(
	keymap.flatMap((binding) => binding.keys.map((key) => [key, binding] as const)),
);

/** What a key does; null for a key that does nothing. */
export function bindingOf(key: string): Binding | null {
	return bindings.get(key) ?? null;
}

const shownNames: {readonly [key: string]: string} = {
	return: 'Enter',
	escape: 'Esc',
	tab: 'Tab',
	'shift-tab': 'Shift+Tab',
	up: 'Up',
	down: 'Down',
	pageup: 'PageUp',
	pagedown: 'PageDown',
	home: 'Home',
	end: 'End',
};

/** How a key is written for a reader: `Enter`, `Shift+Tab`, `s`. */
export function shownKey(key: string): string {
	return shownNames[key] ?? key;
}

/** What a key does to two executions side by side. */
export type DiffCommand =
	| 'row-after'
	| 'row-before'
	| 'phase-after'
	| 'phase-before'
	| 'difference-after'
	| 'difference-before'
	| 'start'
	| 'end'
	| 'page-after'
	| 'page-before'
	| 'goto'
	| 'side'
	| 'zoom'
	| 'help'
	| 'back'
	| 'quit';

/** What some keys do. */
export type DiffBinding = {
	/** Names of keys as `keysOf` gives them; the first is the one to show. */
	readonly keys: readonly string[];

	/** What it does to the screen. */
	readonly command: DiffCommand;

	/** One line, lower case, without a full stop. */
	readonly help: string;

	/** Word for the line of keys at the bottom of the screen. */
	readonly hint?: string;
};

/** Every key, once. The help, the line of keys, the README and the handling of keys come from here. */
export const diffKeymap: readonly DiffBinding[] = [
	{keys: ['s', 'down', 'j'], command: 'row-after', help: 'to the next row', hint: 'row'},
	{keys: ['n', ']'], command: 'phase-after', help: 'to the next phase', hint: 'phase'},
	{
		keys: ['x', 'c'],
		command: 'difference-after',
		help: 'to the next difference',
		hint: 'difference',
	},
	{keys: ['S', 'up', 'k'], command: 'row-before', help: 'to the row before'},
	{keys: ['N', '['], command: 'phase-before', help: 'to the phase before'},
	{keys: ['X', 'C'], command: 'difference-before', help: 'to the difference before'},
	{keys: ['<', 'home'], command: 'start', help: 'to the first row'},
	{keys: ['>', 'end'], command: 'end', help: 'to the last row'},
	{keys: ['pagedown'], command: 'page-after', help: 'a page further'},
	{keys: ['pageup'], command: 'page-before', help: 'a page back'},
	{
		keys: ['g'],
		command: 'goto',
		help: 'to an event of the side that is looked at, by its number',
		hint: 'goto',
	},
	{keys: ['tab', 'shift-tab'], command: 'side', help: 'look at the other side', hint: 'side'},
	{
		keys: ['z'],
		command: 'zoom',
		help: 'the rows alone, the lists of the side alone, then both',
		hint: 'zoom',
	},
	{keys: ['?'], command: 'help', help: 'show the keys', hint: 'help'},
	{keys: ['escape'], command: 'back', help: 'close what is open'},
	{keys: ['q'], command: 'quit', help: 'quit', hint: 'quit'},
];

const commands: ReadonlyMap<string, DiffCommand> = new Map(
	diffKeymap.flatMap(({keys, command}) => keys.map((key) => [key, command] as const)),
);

/** What a key does; null for a key that does nothing. */
export function diffCommandOf(key: string): DiffCommand | null {
	return commands.get(key) ?? null;
}

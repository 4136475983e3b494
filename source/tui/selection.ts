import type {PaneList} from './pane-list.ts';

/** Ways to move a selection. */
export type SelectCommand =
	| 'select-up'
	| 'select-down'
	| 'select-page-up'
	| 'select-page-down'
	| 'select-first'
	| 'select-last';

const steps: {readonly [command in SelectCommand]: (page: number) => number} = {
	'select-up': () => -1,
	'select-down': () => 1,
	'select-page-up': (page) => -page,
	'select-page-down': (page) => page,
	'select-first': () => -Infinity,
	'select-last': () => Infinity,
};

/** Whether a command of the keymap moves a selection. */
export function isSelectCommand(command: string): command is SelectCommand {
	return Object.hasOwn(steps, command);
}

/** The row that is selected after a move; null in an empty list. Without a selection it starts at the list's own place. */
export function selectedAfter(
	list: Pick<PaneList, 'length' | 'here'>,
	selected: number | null,
	command: SelectCommand,
	page: number,
): number | null {
	if (list.length === 0) return null;
	const from = selected ?? list.here;
	const wanted = from + steps[command](Math.max(1, page));
	return Math.max(0, Math.min(wanted, list.length - 1));
}

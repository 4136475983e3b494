import {manualPage} from '../command-line/manual-page.ts';
import {commands} from '../debugger/command.ts';
import {keymap, shownKey} from '../tui/keymap.ts';

/** The manual page of a version of the program. */
export function manual(version: string, description: string): string {
	return manualPage({
		version,
		description,
		keys: keymap.map(({keys, help}) => [keys.map(shownKey).join(', '), help]),
		commands: commands.map(({name, aliases, arguments: given, help}) => {
			const also = aliases.length === 0 ? '' : ` (${aliases.join(', ')})`;
			return [`${name} ${given}`.trim(), `${help}${also}`];
		}),
	});
}

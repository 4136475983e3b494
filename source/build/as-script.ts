import {Script} from 'node:vm';
import type {Plugin} from 'rolldown';

/** In strings and patterns, which alone hold such letters: the file is read faster without a decoder. */
function asciiOf(code: string): string {
	return code.replaceAll(/[^\0-\x7F]/g, (letter) => {
		return `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`;
	});
}

/**
A module of one file as a script: a function that gives what the module exports, in ASCII. Unlike a module, a script can
be kept compiled after it ran.
*/
export const asScript: Plugin = {
	name: 'as-script',
	generateBundle(_, bundle) {
		for (const chunk of Object.values(bundle)) {
			if (chunk.type !== 'chunk') continue;
			const {code} = chunk;
			const [exported, names] = /export\s*\{([^}]*)\};?\s*$/.exec(code) ?? [];
			if (exported === undefined || names === undefined) throw new Error('No exports are found.');
			const body = code.slice(0, -exported.length).replaceAll('import.meta', 'meta');
			const given = names.replaceAll(/(\w+) as (\w+)/g, '$2:$1');
			// A function in parentheses is compiled with the script; an arrow function would be parsed twice.
			chunk.code = asciiOf(`(async function(meta){"use strict";${body}return{${given}}})`);
			// An import that is left is no syntax of a function.
			new Script(chunk.code);
		}
	},
};

import {type Offer, type Option, options} from './options.ts';
import {type Subcommand, subcommands} from './subcommands.ts';

/** Names that are known only to the program as a whole: scenarios, revisions, formats. */
export type OfferedNames = {
	/** Scenarios that come with the program. */
	readonly recordings: readonly string[];
	readonly kernels: readonly string[];

	/** Formats that `--input` knows. */
	readonly inputs: readonly string[];

	/** Formats that `--to` knows. */
	readonly exports: readonly string[];

	/** Demos that come with the program. */
	readonly demos: readonly string[];
};

/** What a shell may offer for a word: names, and the files there are. */
export type Words = {readonly names: readonly string[]; readonly hasFiles: boolean};

/** Subcommands that a word can name. */
export const namedSubcommands = subcommands.filter(({name}) => name !== '');

/** What may stand for a word of a subcommand. */
export function wordsFor(
	offer: Offer | undefined,
	{formats = [], comparesKernels}: Subcommand,
	offered: OfferedNames,
): Words {
	switch (offer) {
		case undefined:
			return {names: [], hasFiles: false};
		case 'files':
			return {names: [], hasFiles: true};
		case 'recordings':
		case 'demos':
			return {names: offered[offer], hasFiles: true};
		case 'formats':
			return {names: formats, hasFiles: false};
		case 'kernels':
			return {
				names: comparesKernels ? [...offered.kernels, 'all'] : offered.kernels,
				hasFiles: false,
			};
		case 'inputs':
		case 'exports':
			return {names: offered[offer], hasFiles: false};
		default:
			return {names: offer, hasFiles: false};
	}
}

/** Options that a subcommand takes. */
export function optionsOf({options: taken}: Subcommand): readonly Option[] {
	return options.filter(
		({name, isCommon}) => isCommon === true || taken.some((each) => each === name),
	);
}

/** An option as it is typed, its long name last: `-x`, `--command`. */
export function spellings({name, short, isOn}: Option): readonly string[] {
	const long = isOn ? `--no-${name}` : `--${name}`;
	return short === undefined ? [long] : [`-${short}`, long];
}

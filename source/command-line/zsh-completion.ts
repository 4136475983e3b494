import {
	namedSubcommands,
	type OfferedNames,
	optionsOf,
	spellings,
	wordsFor,
} from './completion-words.ts';
import type {Offer, Option} from './options.ts';
import {opening, type Subcommand} from './subcommands.ts';

/** In single quotes, with what `_arguments` and `_describe` take for their own signs behind a backslash. */
function quoted(text: string): string {
	return `'${text.replaceAll("'", "'\\''")}'`;
}

function plain(text: string): string {
	return text.replaceAll(/[[\]:\\]/g, '\\$&');
}

/** What names files or is named, and has a function of its own. */
const alternatives = ['recordings', 'demos'] as const;

/** What `_arguments` does for a value: names, files, or both. */
function action(offer: Offer | undefined, row: Subcommand, offered: OfferedNames): string {
	const {names, hasFiles} = wordsFor(offer, row, offered);
	if (names.length === 0) return hasFiles ? '_files' : ' ';
	return hasFiles ? `_devresdbg_${offer}` : `(${names.join(' ')})`;
}

function alternative(offer: (typeof alternatives)[number], offered: OfferedNames): string {
	return `_devresdbg_${offer}() {
	local -a names=(${offered[offer].join(' ')})
	_alternative 'names:name:compadd -a names' 'files:file:_files'
}
`;
}

function optionSpec(option: Option, row: Subcommand, offered: OfferedNames): readonly string[] {
	const {value, help, isRepeated} = option;
	const spelt = spellings(option);
	return spelt.map((word) => {
		const others = isRepeated ? '*' : `(${spelt.join(' ')})`;
		const sign = value === undefined ? '' : word.startsWith('--') ? '=' : '+';
		const needs = value === undefined ? '' : `:${value}:${action(option.offers, row, offered)}`;
		return quoted(`${others}${word}${sign}[${plain(help)}]${needs}`);
	});
}

function operandSpecs(row: Subcommand, offered: OfferedNames): readonly string[] {
	if (row.offers === undefined) return [];
	const offer = action(row.offers, row, offered);
	if (row.most > 2) return [quoted(`*:${row.operands}:${offer}`)];
	return row.operands
		.split(' ')
		.map((operand, index) => quoted(`${index + 1}:${operand}:${offer}`));
}

function argumentsOf(row: Subcommand, offered: OfferedNames): readonly string[] {
	return [
		...optionsOf(row).flatMap((option) => optionSpec(option, row, offered)),
		...(row.name === '' ? ["'1: :_devresdbg_first' '*:: :->rest'"] : operandSpecs(row, offered)),
	];
}

function call(row: Subcommand, offered: OfferedNames, indent: string): string {
	return argumentsOf(row, offered).join(` \\\n${indent}\t`);
}

/** What zsh runs to complete the words of this program; as a file it is named `_devresdbg`. */
export function zshCompletion(offered: OfferedNames): string {
	const described = namedSubcommands.map(
		({name, help}) => `\t\t${quoted(`${name}:${plain(help)}`)}`,
	);
	return `#compdef devresdbg
# Completes the words of devresdbg in zsh: source <(devresdbg completion zsh), behind compinit

${alternatives.map((offer) => alternative(offer, offered)).join('\n')}
_devresdbg_first() {
	local -a subcommands=(
${described.join('\n')}
	)
	_describe -t commands command subcommands
	_devresdbg_recordings
}

_devresdbg() {
	local context state state_descr line
	local -A opt_args
	_arguments -C -s -A '-*' \\
		${call(opening, offered, '\t')} && return
	[[ $state == rest ]] || return
	case $line[1] in
${namedSubcommands
	.map((row) => `\t${row.name}) _arguments -s \\\n\t\t\t${call(row, offered, '\t\t')} ;;`)
	.join('\n')}
	*) _arguments -s \\
			${optionsOf(opening)
				.flatMap((option) => optionSpec(option, opening, offered))
				.join(` \\\n\t\t\t`)} ;;
	esac
}

if [[ $funcstack[1] == _devresdbg ]]; then
	_devresdbg "$@"
else
	compdef _devresdbg devresdbg
fi
`;
}

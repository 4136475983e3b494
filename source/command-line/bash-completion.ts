import {
	namedSubcommands,
	type OfferedNames,
	optionsOf,
	spellings,
	type Words,
	wordsFor,
} from './completion-words.ts';
import {options} from './options.ts';
import {type Subcommand, subcommands} from './subcommands.ts';

/** Words in single quotes for `compgen -W`: no name of ours has a quote or a blank in it. */
function quoted(words: readonly string[]): string {
	return `'${words.join(' ')}'`;
}

function offerLine({names, hasFiles}: Words): string {
	const files = hasFiles ? '_devresdbg_files; ' : '';
	return `${names.length === 0 ? '' : `_devresdbg_words ${quoted(names)}; `}${files}`.trim();
}

/** The branches for the values of a subcommand's options, its own options and its operands. */
function branchesOf(row: Subcommand, offered: OfferedNames): readonly string[] {
	const taken = optionsOf(row);
	const values = taken
		.filter(({value}) => value !== undefined)
		.map((option) => {
			const patterns = spellings(option).map((word) => `'${row.name} ${word}'`);
			const offer = offerLine(wordsFor(option.offers, row, offered));
			return `${patterns.join('|')}) ${offer === '' ? ':;' : offer};`;
		});
	const all = taken.flatMap(spellings).filter((word) => word.startsWith('--'));
	const commands = row.name === '' ? namedSubcommands.map(({name}) => name) : [];
	const {names, hasFiles} = wordsFor(row.offers, row, offered);
	const operands = offerLine({names: [...commands, ...names], hasFiles});
	return [
		...values,
		`'${row.name} '-*) _devresdbg_words ${quoted(all)};;`,
		...(operands === '' ? [] : [`'${row.name} '*) ${operands};`]),
	];
}

/** What bash runs to complete the words of this program, in bash 3.2 and later. */
export function bashCompletion(offered: OfferedNames): string {
	const withValue = options.filter(({value}) => value !== undefined).flatMap(spellings);
	const names = namedSubcommands.map(({name}) => name);
	return `# Completes the words of devresdbg in bash: eval "$(devresdbg completion bash)"

_devresdbg_words() {
	local word
	while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen -W "$1" -- "$current")
}

_devresdbg_files() {
	local word
	compopt -o filenames 2> /dev/null
	while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen -f -- "$current")
}

_devresdbg() {
	local current=\${COMP_WORDS[COMP_CWORD]} option= command= word index
	COMPREPLY=()
	for ((index = 1; index < COMP_CWORD; index += 1)); do
		word=\${COMP_WORDS[index]}
		case $word in
		${withValue.join('|')})
			# bash takes "--kernel=v6.14" for three words.
			[[ \${COMP_WORDS[index + 1]} == = ]] && ((index += 1))
			((index += 1))
			((index >= COMP_CWORD)) && option=$word
			;;
		-*) ;;
		*) [[ -z $command ]] && command=$word ;;
		esac
	done
	[[ $current == = && -n $option ]] && current=
	case $command in
	${names.join('|')}) ;;
	*)
		# A FILE to open was given: there is no other.
		[[ -n $command && -z $option && $current != -* ]] && return
		command=
		;;
	esac
	# So for a kernel behind a scenario: "ccp-reload@v6.14".
	if [[ $command == diff && ( $current == @ || \${COMP_WORDS[COMP_CWORD - 1]} == @ ) ]]; then
		current=\${current#@}
		_devresdbg_words ${quoted(offered.kernels)}
		return
	fi
	case "$command \${option:-$current}" in
${subcommands
	.flatMap((row) => branchesOf(row, offered))
	.map((line) => `\t${line}`)
	.join('\n')}
	esac
}

complete -F _devresdbg devresdbg
`;
}

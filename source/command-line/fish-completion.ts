import {
	namedSubcommands,
	type OfferedNames,
	optionsOf,
	type Words,
	wordsFor,
} from './completion-words.ts';
import {type Option, options} from './options.ts';
import {type Subcommand, subcommands} from './subcommands.ts';

function quoted(text: string): string {
	return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

/** A condition under which the words of a subcommand are offered. */
function whileIn({name}: Subcommand): string {
	if (name !== '') return quoted(`__fish_seen_subcommand_from ${name}`);
	const names = namedSubcommands.map((row) => row.name).join(' ');
	return quoted(`not __fish_seen_subcommand_from ${names}`);
}

function offers({names, hasFiles}: Words): string {
	const list = names.length === 0 ? '' : ` -a ${quoted(names.join(' '))}`;
	return `${hasFiles ? ' -F' : ' -f'}${list}`;
}

function optionLine(option: Option, row: Subcommand, offered: OfferedNames): string {
	const {name, short, value, isOn, help} = option;
	const spelt = `${short === undefined ? '' : ` -s ${short}`} -l ${isOn ? `no-${name}` : name}`;
	const words = wordsFor(option.offers, row, offered);
	const needs = value === undefined ? '' : ` -r${offers(words)}`;
	return `complete -c devresdbg -n ${whileIn(row)}${spelt}${needs} -d ${quoted(help)}`;
}

/** What fish reads to complete the words of this program. */
export function fishCompletion(offered: OfferedNames): string {
	const common = options.filter(({isCommon}) => isCommon === true);
	const isOwn = (option: Option): boolean => !common.some(({name}) => name === option.name);
	return `${[
		'# Completes the words of devresdbg in fish: devresdbg completion fish | source',
		'complete -c devresdbg -e',
		...common.map(({name, short, isOn, help}) => {
			const spelt = `${short === undefined ? '' : ` -s ${short}`} -l ${isOn ? `no-${name}` : name}`;
			return `complete -c devresdbg${spelt} -d ${quoted(help)}`;
		}),
		...namedSubcommands.map(
			({name, help}) =>
				`complete -c devresdbg -n __fish_use_subcommand -a ${name} -d ${quoted(help)}`,
		),
		...subcommands.flatMap((row) => [
			`complete -c devresdbg -n ${whileIn(row)}${offers(wordsFor(row.offers, row, offered))}`,
			...optionsOf(row)
				.filter(isOwn)
				.map((option) => optionLine(option, row, offered)),
		]),
	].join('\n')}\n`;
}

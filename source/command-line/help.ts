import {examples, exitCodes} from './manual-facts.ts';
import {type Option, options} from './options.ts';
import {subcommands} from './subcommands.ts';

/** Widest example that stands beside its text. */
const exampleWidth = 44;

/** `--kernel NAME`, `-x FILE`, `-h, --help`: an option as the help shows it, those to be given often by their letter. */
function shownOption({name, short, value, isOn}: Option): string {
	if (value !== undefined) return `${short === undefined ? `--${name}` : `-${short}`} ${value}`;
	if (isOn) return `--no-${name}`;
	return short === undefined ? `--${name}` : `-${short}, --${name}`;
}

/** Two columns, the first as wide as need be; a first one that is too wide stands alone, and its text below. */
function columns(rows: readonly (readonly [string, string])[], widest = 80): readonly string[] {
	const fitting = rows.map(([{length}]) => length).filter((length) => length <= widest);
	const width = Math.max(0, ...fitting);
	return rows.flatMap(([name, text]) =>
		name.length > width
			? [`  ${name}`, `  ${''.padEnd(width)}  ${text}`]
			: [`  ${name.padEnd(width)}  ${text}`],
	);
}

/** What `--help` prints, without a line end behind it. */
export function helpText(): string {
	return [
		'Examples',
		...columns(
			examples.map(([line, text]) => [`$ ${line}`, text]),
			exampleWidth,
		),
		'',
		'Usage',
		...columns(
			subcommands.map(({name, operands, help}) => [
				['$ devresdbg', name, operands].filter((word) => word !== '').join(' '),
				help,
			]),
		),
		'',
		'Options',
		...columns(options.map((option) => [shownOption(option), option.help])),
		'',
		'Exit codes',
		...columns(exitCodes.map(([code, meaning]) => [String(code), meaning])),
	].join('\n');
}

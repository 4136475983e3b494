import {wrapText} from '../recording/wrap-text.ts';
import {environmentVariables, examples, exitCodes} from './manual-facts.ts';
import {type Option, options} from './options.ts';
import {type Subcommand, subcommands} from './subcommands.ts';

/** A name and what it stands for. */
export type Entry = readonly [name: string, text: string];

/** What the page tells beside the command line: it is made elsewhere. */
export type ManualParts = {
	/** Of the program: `0.1.0`. */
	readonly version: string;

	/** What the program is, in one line. */
	readonly description: string;

	/** Keys of the screen. */
	readonly keys: readonly Entry[];

	/** Commands of the debugger. */
	readonly commands: readonly Entry[];
};

/** Text for roff: its own signs are escaped, and what is not ASCII is written by number. */
function roff(text: string): string {
	return text
		.replaceAll('\\', '\\e')
		.replaceAll('-', '\\-')
		.replaceAll('`', '\\(ga')
		.replaceAll("'", '\\(aq')
		.replaceAll('^', '\\(ha')
		.replaceAll('~', '\\(ti')
		.replaceAll(/[^ -~]/gu, (sign) => {
			const code = sign.codePointAt(0) ?? 0;
			return `\\[u${code.toString(16).toUpperCase().padStart(4, '0')}]`;
		})
		.replace(/^\./, '\\&.');
}

function bold(text: string): string {
	return `\\fB${roff(text)}\\fR`;
}

/** Names are bold; values in capitals, which the reader replaces, are not. */
function markedUp(usage: string): string {
	return usage.replaceAll(/[A-Z][A-Z=]*|[^A-Z]+/g, (part) =>
		/^[A-Z]/.test(part) ? `\\fI${roff(part)}\\fR` : bold(part),
	);
}

/** Filled by the reader, so the lines here are as wide as is good for whoever looks at the source. */
function paragraph(text: string): readonly string[] {
	return wrapText(text, 70).map(roff);
}

function entry(name: string, text: string): readonly string[] {
	return ['.TP', name, ...paragraph(text)];
}

function section(title: string, lines: readonly string[]): readonly string[] {
	return [`.SH ${title}`, ...lines];
}

function usageOf({name, operands}: Subcommand): string {
	return ['devresdbg', name, operands].filter((word) => word !== '').join(' ');
}

function optionName({name, short, value, isOn}: Option): string {
	const long = markedUp(`--${isOn ? 'no-' : ''}${name}${value === undefined ? '' : ` ${value}`}`);
	return short === undefined ? long : `${bold(`-${short}`)}, ${long}`;
}

/** The page as `man` and `mandoc` read it, for section 1. */
export function manualPage({version, description, keys, commands}: ManualParts): string {
	const usages = subcommands.map((row) => [usageOf(row), row.help] as const);
	return `${[
		`.TH DEVRESDBG 1 "" "devresdbg ${version}" "User Commands"`,
		...section('NAME', [`devresdbg \\- ${paragraph(description).join('\n')}`]),
		...section(
			'SYNOPSIS',
			usages.flatMap(([usage], index) => [
				...(index === 0 ? [] : ['.br']),
				`${markedUp(usage)} [\\fIoptions\\fR]`,
			]),
		),
		...section('DESCRIPTION', [
			...paragraph(
				'What it steps through is a recording: made by a simulation of the driver core that runs a scenario, ' +
					'or imported from the log or trace of a real kernel. FILE is one of these, the name of a scenario ' +
					'that comes with the program, or - for standard input. It runs no kernel code and attaches to no kernel.',
			),
		]),
		...section(
			'EXAMPLES',
			examples.flatMap(([line, text]) => entry(bold(line), text)),
		),
		...section(
			'SUBCOMMANDS',
			usages.flatMap(([usage, help]) => entry(markedUp(usage), help)),
		),
		...section(
			'OPTIONS',
			options.flatMap((option) => entry(optionName(option), option.help)),
		),
		...section(
			'KEYS',
			keys.flatMap(([name, text]) => entry(bold(name), text)),
		),
		...section(
			'DEBUGGER COMMANDS',
			commands.flatMap(([name, text]) => entry(markedUp(name), text)),
		),
		...section(
			'EXIT STATUS',
			exitCodes.flatMap(([code, meaning]) => entry(bold(String(code)), meaning)),
		),
		...section(
			'ENVIRONMENT',
			environmentVariables.flatMap(([name, text]) => entry(bold(name), text)),
		),
	].join('\n')}\n`;
}

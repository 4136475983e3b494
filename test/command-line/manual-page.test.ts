import {readFileSync} from 'node:fs';
import {describe, expect, it} from 'vitest';
import {manualPage} from '../../source/command-line/manual-page.ts';
import {options} from '../../source/command-line/options.ts';
import {subcommands} from '../../source/command-line/subcommands.ts';
import {manual} from '../../source/commands/manual.ts';
import {commands} from '../../source/debugger/command.ts';
import {keymap} from '../../source/tui/keymap.ts';

const page = manual('1.2.3', 'a debugger');
const lines = page.trimEnd().split('\n');

/** The page as a reader sees its words: no fonts, no signs by number. */
const words = page
	.replaceAll(/\\f[BIR]/g, '')
	.replaceAll('\\-', '-')
	.replaceAll('\\&', '')
	.replaceAll(/\\\[u([\dA-F]{4,6})\]/g, (_, code) =>
		String.fromCodePoint(Number.parseInt(code, 16)),
	);

describe('the manual page', () => {
	it('has a title, a name, and all sections that a reader looks for', () => {
		expect(lines[0]).toBe('.TH DEVRESDBG 1 "" "devresdbg 1.2.3" "User Commands"');
		expect(lines.filter((line) => line.startsWith('.SH')).map((line) => line.slice(4))).toEqual([
			'NAME',
			'SYNOPSIS',
			'DESCRIPTION',
			'EXAMPLES',
			'SUBCOMMANDS',
			'OPTIONS',
			'KEYS',
			'DEBUGGER COMMANDS',
			'EXIT STATUS',
			'ENVIRONMENT',
		]);
		expect(words).toContain('devresdbg - a debugger');
	});

	it('tells of every subcommand, option, command and key', () => {
		const entries = lines.filter((_, index) => lines[index - 1] === '.TP');
		expect(entries.length).toBeGreaterThan(
			subcommands.length + options.length + commands.length + keymap.length,
		);
		for (const {name} of subcommands) expect(words).toContain(`devresdbg ${name}`.trim());
		for (const {name, isOn} of options) expect(words).toContain(`--${isOn ? 'no-' : ''}${name}`);
		for (const {name, arguments: given} of commands) {
			expect(words).toContain(`\n${`${name} ${given}`.trim()}\n`);
		}
	});

	it('is ASCII, and a line that begins with a dot or a quote is a macro that it means', () => {
		expect(page).toMatch(/^[\n -~]*$/);
		const macros = new Set(
			lines.filter((line) => /^[.']/.test(line)).map((line) => line.slice(0, 3)),
		);
		expect([...macros].sort()).toEqual(['.SH', '.TH', '.TP', '.br']);
	});

	it("takes texts for texts, whatever roff's signs are in them", () => {
		const odd = ".so /etc/passwd 'x' \\fBy ^ ~ ` - é";
		const text = manualPage({
			version: '1',
			description: 'd',
			keys: [['.k', odd]],
			commands: [],
		});
		expect(text).toContain(
			'\\fB\\&.k\\fR\n\\&.so /etc/passwd \\(aqx\\(aq \\efBy \\(ha \\(ti \\(ga \\- \\[u00E9]\n',
		);
	});

	it('is what the build writes', () => {
		const {version, description} = JSON.parse(readFileSync('package.json', 'utf8'));
		expect(readFileSync('distribution/devresdbg.1', 'utf8')).toBe(manual(version, description));
	});
});

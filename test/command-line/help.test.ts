import {describe, expect, it, test} from 'vitest';
import {checkArguments} from '../../source/command-line/check-arguments.ts';
import {helpText} from '../../source/command-line/help.ts';
import {options} from '../../source/command-line/options.ts';
import {subcommands} from '../../source/command-line/subcommands.ts';
import {runCli} from '../helpers/run-cli.ts';

describe('the help', () => {
	const lines = helpText().split('\n');

	it('has four parts, examples first', () => {
		expect(lines.filter((line) => /^\S/.test(line))).toEqual([
			'Examples',
			'Usage',
			'Options',
			'Exit codes',
		]);
	});

	it.each(subcommands)('says how "$name" is used', ({name, operands, help}) => {
		const usage = ['  $ devresdbg', name, operands].filter((word) => word !== '').join(' ');
		expect(lines.some((line) => line.startsWith(usage) && line.endsWith(help))).toBe(true);
	});

	it.each(options)('says what --$name does', ({help}) => {
		expect(lines.filter((line) => line.endsWith(`  ${help}`))).toHaveLength(1);
	});

	it('fits a terminal that is not too narrow', () => {
		expect(Math.max(...lines.map(({length}) => length))).toBeLessThanOrEqual(112);
	});

	it('shows an option by what is typed, those to be given often by their letter', () => {
		const shown = lines.slice(lines.indexOf('Options') + 1, lines.indexOf('Exit codes') - 1);
		const spelt = shown.map((line) => line.trim().split('  ', 1)[0]);
		expect(spelt).toEqual(
			expect.arrayContaining([
				'--kernel NAME',
				'-x FILE',
				'-e COMMAND',
				'--no-color',
				'-h, --help',
			]),
		);
		expect(spelt).toHaveLength(options.length);
	});

	it('gives each exit code a line', () => {
		expect(lines.slice(lines.indexOf('Exit codes') + 1)).toEqual([
			'  0    fine',
			'  1    an expectation or assertion failed, an error was found or recordings differ',
			'  2    wrong usage or no such file',
			'  3    invalid scenario',
			'  4    input of no known format',
			'  130  interrupted',
		]);
	});
});

describe('arguments', () => {
	const check = (line: string) => {
		const argv = line === '' ? [] : line.split(' ');
		return checkArguments(
			argv.filter((word) => word === '-' || !word.startsWith('-')),
			argv,
		);
	};

	it.each([
		['', '', []],
		['ccp-reload', '', ['ccp-reload']],
		['-', '', ['-']],
		['run a --plain', 'run', ['a']],
		['check a b c', 'check', ['a', 'b', 'c']],
		['diff a b', 'diff', ['a', 'b']],
		['run a -xb', 'run', ['a']],
		['run a --no-color -h -v --no-plain --color', 'run', ['a']],
		['list --format=json', 'list', []],
	])('%j are those of "%s"', (line, name, operands) => {
		const checked = check(line);
		expect(checked.ok ? [checked.name, checked.operands] : [undefined, undefined]).toEqual([
			name,
			operands,
		]);
	});

	it.each([
		['run', 'run needs a FILE'],
		['diff a', 'diff needs two recordings'],
		['completion', 'completion needs a SHELL'],
		['a b', 'what is "b" for?'],
		['list a', 'what is "a" for?'],
		['diff a b c', 'what is "c" for?'],
		['run a --kernel', '--kernel needs a value'],
		['run a --kernel --plain', '--kernel needs a value'],
		['run a -x', '-x needs a value'],
		['run a -xb -e', '-e needs a value'],
		['run a --command=', '--command needs a value'],
		['run a --save=x --save=y', '--save is given twice'],
		['run a --no-help', 'unknown option --no-help'],
		['run a -ex', 'unknown option -ex'],
		['run a -q', 'unknown option -q'],
		['run a --device=x', 'run takes no --device'],
		['a --device=x', 'opening takes no --device'],
		['list --kernel=x', 'list takes no --kernel'],
		['check a -efoo', 'check takes no -e'],
		['schema --format=json', 'schema takes no --format'],
	])('%j is refused: %s', (line, message) => {
		expect(check(line)).toMatchObject({ok: false, message});
	});

	it('behind -- there are no options', () => {
		expect(checkArguments(['run', '--odd'], ['run', '--', '--odd'])).toMatchObject({ok: true});
	});
});

const withFormats = subcommands.filter(({name, formats}) => name !== '' && formats !== undefined);

test.each(withFormats)('$name prints the formats of the table', ({name, fewest, formats = []}) => {
	const operands = ['ccp-reload', 'ccp-reload@v6.14'].slice(0, fewest);
	const {stderr} = runCli([name, ...operands, '--format', 'nonsense']);
	expect(stderr).toBe(`unknown format "nonsense"\n  known: ${formats.join(', ')}\n`);
});

import {spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, it, test} from 'vitest';
import {options} from '../../source/command-line/options.ts';
import {subcommands} from '../../source/command-line/subcommands.ts';
import {completionFiles} from '../../source/commands/completion.ts';
import {runCli} from '../helpers/run-cli.ts';
import {shippedNames} from '../helpers/shipped.ts';
import {startTerminal} from '../helpers/terminal.ts';

const folder = mkdtempSync(join(tmpdir(), 'devresdbg-'));
afterAll(() => rmSync(folder, {recursive: true}));
const scripts = completionFiles();
for (const [name, text] of scripts) writeFileSync(join(folder, name), text);
writeFileSync(join(folder, 'my log.txt'), '');

const names = subcommands.map(({name}) => name).filter((name) => name !== '');
const kernels = [
	'v6.10',
	'v6.11-rc1',
	'v6.11-rc2',
	'v6.11',
	'v6.14-rc1',
	'v6.14',
	'v6.12-stable',
	'v6.16',
];

/** What a shell's own syntax check says; null where the shell is not installed. */
function complaintOf(shell: string, file: string): string | null {
	const {error, stderr} = spawnSync(shell, ['-n', join(folder, file)], {encoding: 'utf8'});
	return error === undefined ? stderr : null;
}

describe('in bash', () => {
	/** Words as bash parts them, all completed in one shell: what it offers for the last one of each line. */
	const rows: readonly (readonly [readonly string[], readonly string[]])[] = [
		[['con'], ['convert']],
		[['ccp'], ['ccp-reload']],
		[['my'], ['my log.txt']],
		[['run', 'ccp'], ['ccp-reload']],
		[['run', 'my'], ['my log.txt']],
		[['run', 'ccp-reload', '--k'], ['--kernel']],
		[
			['run', 'ccp-reload', '--kernel', 'v6.14'],
			['v6.14-rc1', 'v6.14'],
		],
		[['run', 'ccp-reload', '--kernel', '=', 'v6.12'], ['v6.12-stable']],
		[['run', 'ccp-reload', '--kernel', 'a'], ['all']],
		[['diff', 'ccp-reload', '--kernel', 'a'], []],
		[['run', '--kernel', 'v6.14', 'ccp'], ['ccp-reload']],
		[['run', '--kernel', '=', 'v6.14', 'ccp'], ['ccp-reload']],
		[['run', 'ccp-reload', '-x', 'my'], ['my log.txt']],
		[['run', 'ccp-reload', '-e', 'my'], []],
		[
			['run', 'ccp-reload', '--input', 'jour'],
			['journal-json', 'journal-fields', 'journal'],
		],
		[
			['run', 'ccp-reload', '--format', ''],
			['text', 'json', 'dmesg'],
		],
		[
			['check', 'ccp-reload', '--format', ''],
			['text', 'json', 'ktap', 'markdown'],
		],
		[
			['convert', 'ccp-reload', '--to', 'f'],
			['ftrace', 'function_graph'],
		],
		[['diff', 'ccp-reload', '@', 'v6.1'], kernels],
		[['diff', 'ccp-reload', '--dev'], ['--device']],
		[['run', 'ccp-reload', '--dev'], []],
		[
			['completion', ''],
			['bash', 'zsh', 'fish'],
		],
		[['demo', 'back'], ['backwards']],
		[
			['demo', 'backwards', '--c'],
			['--check', '--cast', '--cast-version'],
		],
		[['run', '--ca'], []],
		[['list', ''], []],
		[['my.yaml', 'r'], []],
		[['my.yaml', '--for'], ['--format']],
	];

	const offered: string[][] = [];

	beforeAll(() => {
		const ask = rows.map(([words]) => {
			const quoted = ['devresdbg', ...words].map((word) => `'${word}'`).join(' ');
			return `COMP_WORDS=(${quoted}); COMP_CWORD=${words.length}; _devresdbg; printf '%s|' "\${COMPREPLY[@]}"; echo`;
		});
		const script = ['source ./devresdbg.bash', ...ask].join('\n');
		const {stdout, stderr} = spawnSync('bash', ['--norc', '-c', script], {
			cwd: folder,
			encoding: 'utf8',
		});
		expect(stderr).toBe('');
		const lines = stdout.trimEnd().split('\n');
		offered.push(...lines.map((line) => line.split('|').filter((word) => word !== '')));
	});

	it.each(rows.map((row, index) => [row[0].join(' '), row[1], index] as const))(
		'%j gives %j',
		(_, expected, index) => {
			expect(offered[index]).toEqual(expected);
		},
	);

	it('Tab completes a word that is typed', async () => {
		const terminal = startTerminal(['--norc', '--noprofile'], {
			command: 'bash',
			env: {PS1: 'ready ', BASH_SILENCE_DEPRECATION_WARNING: '1'},
		});
		await terminal.waitFor('a prompt', (text) => text.includes('ready'));
		terminal.press(`source ${folder}/devresdbg.bash; clear\r`);
		await terminal.waitFor('a clear screen', (text) => text.trim() === 'ready');
		terminal.press('devresdbg conv\tccp\t--to perf\t--kernel=v6.12\t');
		const text = 'devresdbg convert ccp-reload --to perfetto --kernel=v6.12-stable';
		await terminal.waitFor('the words', (screen) => screen.includes(text));
		terminal.press('\u0015exit\r');
		expect(await terminal.exit).toMatchObject({code: 0});
	});
});

test.each(Object.entries({bash: 'devresdbg.bash', zsh: '_devresdbg', fish: 'devresdbg.fish'}))(
	'%s finds nothing wrong with its script, and each subcommand and option is in it',
	(shell, file) => {
		expect(complaintOf(shell, file) ?? '').toBe('');
		const text = scripts.get(file) ?? '';
		expect(names.filter((name) => !text.includes(name))).toEqual([]);
		expect(shippedNames().filter((name) => !text.includes(name))).toEqual([]);
		const missing = options.filter(
			({name}) => !new RegExp(`(?:--(?:no-)?|-l (?:no-)?)${name}\\b`).test(text),
		);
		expect(missing).toEqual([]);
	},
);

test('quotes are closed and brackets are in pairs in each line of the zsh and fish scripts', () => {
	for (const file of ['_devresdbg', 'devresdbg.fish']) {
		for (const line of (scripts.get(file) ?? '').split('\n')) {
			const isComment = line.startsWith('#');
			const quotes = line.match(/'/g)?.length ?? 0;
			expect([line, isComment || quotes % 2 === 0]).toEqual([line, true]);
		}
	}
});

describe('devresdbg completion', () => {
	it.each([...scripts.keys()].map((file, index) => [['bash', 'zsh', 'fish'][index] ?? '', file]))(
		'%s prints the script that is installed as %s',
		(shell, file) => {
			expect(runCli(['completion', shell])).toEqual({
				code: 0,
				stdout: scripts.get(file),
				stderr: '',
			});
		},
	);

	it('names the shells where another one is asked for', () => {
		expect(runCli(['completion', 'tcsh'])).toEqual({
			code: 2,
			stdout: '',
			stderr: 'no completion for "tcsh"\n  known: bash, zsh, fish\n',
		});
	});
});

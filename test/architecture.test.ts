import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {dirname, join, relative} from 'node:path';
import {describe, expect, test} from 'vitest';

const source = join(import.meta.dirname, '..', 'source');

/** What each folder of `source/` may import from the others. Its own files are always allowed. */
const mayImport: Record<string, readonly string[]> = {
	recording: [],
	kernel: ['recording'],
	scenario: ['kernel', 'recording'],
	importers: ['recording', 'inference'],
	inference: ['recording'],
	exporters: ['recording'],
	debugger: ['recording'],
	findings: ['recording'],
	diff: ['recording'],
	reports: ['recording', 'debugger', 'diff', 'findings', 'exporters'],
	tui: ['recording', 'debugger', 'diff', 'findings'],
	workshop: ['recording', 'debugger', 'findings', 'scenario'],
	demo: ['recording', 'debugger', 'findings', 'tui'],
	'command-line': ['recording'],
	commands: [
		'command-line',
		'recording',
		'kernel',
		'scenario',
		'importers',
		'exporters',
		'debugger',
		'diff',
		'findings',
		'reports',
		'tui',
		'workshop',
		'demo',
	],
	'library.ts': ['recording', 'kernel', 'scenario', 'importers', 'debugger', 'findings'],
	'cli.ts': ['command-line', 'commands'],
	build: ['commands'],
};

type Import = {readonly specifier: string; readonly dynamic: boolean};

type SourceFile = {
	/** Path below `source/`, with slashes. */
	readonly path: string;
	/** The first folder of the path, or the file's own name where there is none. */
	readonly folder: string;
	readonly text: string;
	/** The text without comments. */
	readonly code: string;
	/** The code without the text of its strings, so that words in messages are not taken for names. */
	readonly names: string;
	readonly imports: readonly Import[];
};

const stringOrComment =
	/(?<comment>\/\*[\s\S]*?\*\/|(?<![:\\])\/\/[^\n]*)|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`/g;

function readSourceFile(file: string): SourceFile {
	const path = relative(source, file).replaceAll('\\', '/');
	const text = readFileSync(file, 'utf8');
	const code = text.replaceAll(stringOrComment, (found, comment) => (comment ? '' : found));
	return {
		path,
		folder: path.split('/')[0] ?? path,
		text,
		code,
		names: code.replaceAll(stringOrComment, withoutText),
		imports: importsOf(code),
	};
}

/** Leaves of a string only what a template computes. */
function withoutText(literal: string): string {
	const computed = Array.from(literal.matchAll(/\$\{([^}]*)\}/g), ([, expression]) => expression);
	return literal.startsWith('`') ? `(${computed.join(', ')})` : "''";
}

function importsOf(code: string): Import[] {
	const declared = code.matchAll(
		/(?:^|;)\s*(?:import|export)\b(?:[^'"`;()]*?\bfrom)?\s*['"](?<specifier>[^'"]+)['"]/gm,
	);
	const dynamic = code.matchAll(/\b(?:import|require)\(\s*['"`](?<specifier>[^'"`]+)['"`]/g);
	return [
		...Array.from(declared, ({groups}) => ({
			specifier: groups?.['specifier'] ?? '',
			dynamic: false,
		})),
		...Array.from(dynamic, ({groups}) => ({specifier: groups?.['specifier'] ?? '', dynamic: true})),
	];
}

function readSource(): SourceFile[] {
	if (!existsSync(source)) {
		return [];
	}

	return readdirSync(source, {recursive: true, withFileTypes: true})
		.filter((entry) => entry.isFile() && /\.[cm]?[jt]sx?$/.test(entry.name))
		.map((entry) => readSourceFile(join(entry.parentPath, entry.name)));
}

const files = readSource();

/** The path below `source/` that an import names, or undefined for a package; the manifest is this package's own. */
function targetOf(file: SourceFile, {specifier}: Import): string | undefined {
	if (!specifier.startsWith('.') || specifier === '../package.json') return undefined;
	return join(dirname(file.path), specifier).replaceAll('\\', '/');
}

function folderOf(path: string): string {
	return path.split('/')[0] ?? path;
}

function isBelow(file: SourceFile, ...folders: readonly string[]): boolean {
	return folders.includes(file.folder);
}

/** One line for each place where a file that `applies` uses what `pattern` finds. */
function uses(applies: (file: SourceFile) => boolean, pattern: RegExp): string[] {
	return files
		.filter(applies)
		.flatMap((file) =>
			Array.from(file.names.matchAll(pattern), ([found]) => `${file.path} uses ${found.trim()}`),
		);
}

function importsMatching(applies: (file: SourceFile) => boolean, pattern: RegExp): string[] {
	return files
		.filter(applies)
		.flatMap((file) =>
			file.imports
				.filter(({specifier}) => pattern.test(specifier))
				.map(({specifier}) => `${file.path} imports ${specifier}`),
		);
}

/** Files that import each other in a ring, as `a -> b -> a`. */
function rings(): string[] {
	const edges = new Map(
		files.map((file) => [
			file.path,
			file.imports.map((each) => targetOf(file, each)).filter((path) => path !== undefined),
		]),
	);
	const done = new Set<string>();
	const found: string[] = [];
	const visit = (path: string, trail: readonly string[]): void => {
		const start = trail.indexOf(path);
		if (start !== -1) {
			found.push([...trail.slice(start), path].join(' -> '));
			return;
		}

		if (!done.has(path)) {
			for (const next of edges.get(path) ?? []) {
				visit(next, [...trail, path]);
			}

			done.add(path);
		}
	};

	for (const path of edges.keys()) {
		visit(path, []);
	}

	return found;
}

describe('who imports whom', () => {
	test.each(Object.entries(mayImport))(
		'%s imports only [%s] of the other folders',
		(folder, allowed) => {
			const wrong = files
				.filter((file) => file.folder === folder)
				.flatMap((file) =>
					file.imports
						.map((each) => targetOf(file, each))
						.filter((path) => path !== undefined && ![folder, ...allowed].includes(folderOf(path)))
						.map((path) => `${file.path} imports ${path}`),
				);
			expect(wrong).toEqual([]);
		},
	);

	test('every file is in a folder whose imports are listed here', () => {
		const strangers = files.filter(({folder}) => !(folder in mayImport)).map(({path}) => path);
		expect(strangers).toEqual([]);
	});

	test('every relative import names an existing file with its extension', () => {
		const paths = new Set(files.map(({path}) => path));
		const missing = files.flatMap((file) =>
			file.imports
				.map((each) => targetOf(file, each))
				.filter((path) => path !== undefined && !path.endsWith('.json') && !paths.has(path))
				.map((path) => `${file.path} imports ${path}`),
		);
		expect(missing).toEqual([]);
	});

	test('cli.ts brings what tells the command line and loads the program, and nothing of the program', () => {
		const brought = new Set<string>();
		const visit = (path: string): void => {
			if (brought.has(path)) return;
			brought.add(path);
			const file = files.find((each) => each.path === path);
			const imports = importsOf((file?.code ?? '').replaceAll(/^import type .*$/gm, ''));
			for (const each of imports) {
				const target = file === undefined || each.dynamic ? undefined : targetOf(file, each);
				if (target !== undefined) visit(target);
			}
		};
		visit('cli.ts');
		expect([...brought].sort()).toEqual([
			'cli.ts',
			'command-line/help.ts',
			'command-line/manual-facts.ts',
			'command-line/options.ts',
			'command-line/subcommands.ts',
			'commands/compiled-program.ts',
		]);
	});

	test('no file imports itself through others', () => {
		expect(rings()).toEqual([]);
	});
});

describe('what may be used where', () => {
	// What builds the program is no part of it.
	const isPure = (file: SourceFile) => !isBelow(file, 'commands', 'cli.ts', 'build');

	test('React and Ink appear only in tui', () => {
		const isNotTui = (file: SourceFile) => !isBelow(file, 'tui');
		expect(importsMatching(isNotTui, /^(?:react|ink)(?:$|[-/])|^@inkjs\//)).toEqual([]);
		expect(
			files
				.filter(isNotTui)
				.filter(({path}) => path.endsWith('x'))
				.map(({path}) => path),
		).toEqual([]);
	});

	test('files, processes, the network and the system are reached only from commands and cli.ts', () => {
		expect(
			importsMatching(
				isPure,
				/^(?:node:)?(?:fs|process|child_process|os|net|http|https|tty|readline|crypto|timers|perf_hooks|worker_threads|module|url)(?:$|\/)/,
			),
		).toEqual([]);
	});

	test('process, clock and randomness are used only in commands and cli.ts', () => {
		const impure =
			/(?<![.\w'])(?:process\.\w+|Date\.\w+|new Date\b|Math\.random|performance\.\w+|crypto\.\w+|globalThis\.\w+|console\.\w+|fetch\()/g;
		expect(uses(isPure, impure)).toEqual([]);
	});

	test('timers are used only in tui, commands and cli.ts', () => {
		const isStill = (file: SourceFile) => isPure(file) && !isBelow(file, 'tui');
		expect(uses(isStill, /\b(?:setTimeout|setInterval|setImmediate)\b/g)).toEqual([]);
	});

	test('only cli.ts exits', () => {
		expect(uses(({path}) => path !== 'cli.ts', /\bprocess\.(?:exit|exitCode)\b/g)).toEqual([]);
	});
});

describe('sizes, names and comments', () => {
	test('a file has at most 250 lines', () => {
		const long = files
			.map(({path, text}) => ({path, lines: text.trimEnd().split('\n').length}))
			.filter(({lines}) => lines > 250);
		expect(long).toEqual([]);
	});

	test('file and folder names are kebab-case', () => {
		const odd = files.filter(
			({path}) => !/^(?:[a-z\d]+(?:-[a-z\d]+)*\/)*[a-z\d]+(?:-[a-z\d]+)*(?:\.d)?\.tsx?$/.test(path),
		);
		expect(odd.map(({path}) => path)).toEqual([]);
	});

	test('nothing is exported as default', () => {
		expect(uses(() => true, /\bexport\s+default\b|\bas\s+default\b/g)).toEqual([]);
	});

	test('every exported function says what it does', () => {
		const exported =
			/(?<!\*\/\n)^export (?:async )?(?:function\*?|const|class|type|interface) (?<name>\w+)/gm;
		const silent = files.flatMap(({path, text}) =>
			Array.from(text.matchAll(exported), ({groups}) => `${path}: ${groups?.['name']}`),
		);
		expect(silent).toEqual([]);
	});

	test('no TODO or FIXME is left behind', () => {
		const left = files.flatMap(({path, text}) =>
			Array.from(text.matchAll(/\b(?:TODO|FIXME|XXX)\b/g), ([word]) => `${path}: ${word}`),
		);
		expect(left).toEqual([]);
	});

	test('functions in snake_case exist only in kernel', () => {
		const isOurs = (file: SourceFile) => !isBelow(file, 'kernel');
		expect(
			uses(
				isOurs,
				/\bfunction\s*\*?\s*[a-z\d]+_\w+|\b(?:const|let)\s+[a-z\d]+_\w+\s*(?::[^=\n]+)?=\s*(?:async\s*)?(?:function|\([^()]*\)\s*(?::[^=\n]+)?=>|\w+\s*=>)/g,
			),
		).toEqual([]);
	});
});

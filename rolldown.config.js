import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {defineConfig} from 'rolldown';
import {dts} from 'rolldown-plugin-dts';
import {completionFiles} from './source/commands/completion.ts';
import {manual} from './source/commands/manual.ts';

/** Changes the code of a dependency, and fails the build when the code is no longer as expected. */
function patch(id, from, to, times) {
	return {
		name: 'patch',
		transform: {
			filter: {id},
			handler(code) {
				const parts = code.split(from);
				if (parts.length - 1 !== times) {
					throw new Error(`Expected ${from} ${times} times, found it ${parts.length - 1} times.`);
				}

				return {code: parts.join(to), map: null};
			},
		},
	};
}

/** Builtin modules of which only functions are used, and seldom: each is loaded when one is called. */
const seldom = new Set(['node:child_process', 'node:crypto', 'node:readline', 'node:v8']);

/** `import a, {b as c} from 'node:x'` without the module's facade. */
function withoutFacade(names, module) {
	const load = `process.getBuiltinModule('${module}')`;
	const [, whole = '', named = ''] = /^([^{]*?),?\s*(?:\{([^}]*)\})?$/s.exec(names.trim()) ?? [];
	const objects = whole.split(',').map((name) => name.replace(/^\s*\*\s*as\s/, '').trim());
	const pairs = named.split(',').map((pair) => pair.trim().split(/\s+as\s+/));
	const functions = pairs.filter(([name]) => name !== '');
	return [
		...objects.filter(Boolean).map((name) => `const ${name} = ${load};`),
		...functions.map(([name, local = name]) =>
			seldom.has(module)
				? `const ${local} = (...args) => ${load}.${name}(...args);`
				: `const {${name}: ${local}} = ${load};`,
		),
	].join(' ');
}

/** Importing a builtin module touches all its exports, and with them parts of Node that nobody asked for. */
const builtins = {
	name: 'builtins',
	renderChunk(code) {
		const declaration = /^import\s+([^;"']+?)\s+from\s+["'](node:[\w/]+)["'];$/gm;
		return {code: code.replace(declaration, (_, names, module) => withoutFacade(names, module))};
	},
};

/** An older Node than the manifest asks for lacks what the first lines use: that is said before they run. */
const oldestNode = {
	name: 'oldest-node',
	renderChunk(code, {name, isEntry}) {
		if (!isEntry || name !== 'cli') return null;
		const {engines} = JSON.parse(readFileSync('package.json', 'utf8'));
		const [, major, minor] = /^>=(\d+)\.(\d+)$/.exec(engines.node);
		const [shebang, ...lines] = code.split('\n');
		const check = `{
			const [major, minor] = process.versions.node.split('.').map(Number);
			if (major < ${major} || (major === ${major} && minor < ${minor})) {
				console.error('devresdbg needs Node ${major}.${minor} or newer; this is ' + process.version);
				process.exit(2);
			}
		}`;
		return {code: [shebang, check, ...lines].join('\n')};
	},
};

/** Folder of the package that a bundled file comes from; null for files of ours. */
function packageFolder(file) {
	const [inside] = /^.*node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(file) ?? [];
	return inside ?? null;
}

function licenseOf(folder) {
	const {name, version, license} = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
	const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
	const text = file === undefined ? '' : readFileSync(join(folder, file), 'utf8').trim();
	return `${name} ${version} (${license})\n\n${text}\n`;
}

/** What is bundled comes under licences that must come along. */
const licenses = {
	name: 'licenses',
	generateBundle(_, bundle) {
		const files = Object.values(bundle).flatMap(({moduleIds = []}) => moduleIds);
		const folders = new Set(files.map(packageFolder).filter((folder) => folder !== null));
		const source = [...folders]
			.sort()
			.map(licenseOf)
			.join(`\n${'-'.repeat(80)}\n\n`);
		this.emitFile({type: 'asset', fileName: 'THIRD-PARTY-LICENSES.txt', source});
	},
};

const simpleText = fileURLToPath(import.meta.resolve('./source/tui/simple-text.ts'));

/** A screen is mostly letters, borders and marks: what is known of all of Unicode is loaded for other texts alone. */
const simpleFirst = [
	...[
		/[\\/]string-width[\\/]index\.js$/,
		/[\\/]ansi-tokenize[\\/]build[\\/]tokenize\.js$/,
		/[\\/]ink[\\/]build[\\/]line-update\.js$/,
	].map((id) =>
		patch(
			id,
			'const segmenter = new Intl.Segmenter',
			`import {isSimple, segmenter} from '${simpleText}'; void (() => {})`,
			1,
		),
	),
	patch(
		/[\\/]string-width[\\/]index\.js$/,
		'const emojiPrefixRegex = ',
		'let emojiPrefix; const emojiPrefixRegex = () => emojiPrefix ??= ',
		1,
	),
	patch(/[\\/]string-width[\\/]index\.js$/, 'emojiPrefixRegex.', 'emojiPrefixRegex().', 2),
	patch(
		/[\\/]string-width[\\/]index\.js$/,
		'function unicodeWidth(string, ambiguousIsNarrow) {',
		'function unicodeWidth(string, ambiguousIsNarrow) { if (ambiguousIsNarrow && isSimple(string)) return string.length;',
		1,
	),
];

/** Papers that go with the program, made from the tables that it works by. */
const papers = {
	name: 'papers',
	generateBundle() {
		for (const [name, source] of completionFiles()) {
			this.emitFile({type: 'asset', fileName: `completions/${name}`, source});
		}
		const {version, description} = JSON.parse(readFileSync('package.json', 'utf8'));
		const source = manual(version, description);
		this.emitFile({type: 'asset', fileName: 'devresdbg.1', source});
	},
};

const program = {
	input: {cli: 'source/cli.ts', library: 'source/library.ts'},
	platform: 'node',
	plugins: [
		builtins,
		oldestNode,
		licenses,
		papers,
		// Yoga would fetch its own `data:` URL, which makes Node load undici: a quarter of the time to the
		// first screen. Without fetch it decodes the URL itself.
		patch(/yoga-wasm-base64-esm\.js$/, '"function"!=typeof fetch', 'true', 2),
		// With `DEV=true` Ink would look for React's developer tools, which no user has.
		patch(/[\\/]ink[\\/]build[\\/]reconciler\.js$/, "process.env['DEV'] === 'true'", 'false', 2),
		...simpleFirst,
	],
	// Ink brings an older string-width of its own, which compiles every emoji sequence there is for the first border.
	resolve: {alias: {'string-width': fileURLToPath(import.meta.resolve('string-width'))}},
	transform: {define: {'process.env.NODE_ENV': '"production"'}},
	// Each dynamic import becomes a chunk of its own, so that `--help` never reads Ink, YAML or zod.
	output: {
		dir: 'distribution',
		format: 'esm',
		minify: true,
		cleanDir: true,
		entryFileNames: '[name].js',
		chunkFileNames: '[name]-[hash].js',
	},
};

const types = {
	input: {library: 'source/library.ts'},
	platform: 'node',
	plugins: [dts({dtsOnly: true, generator: 'oxc'})],
	output: {dir: 'distribution', format: 'esm'},
};

export default defineConfig([program, types]);

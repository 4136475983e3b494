import {fileURLToPath} from 'node:url';
import {defineConfig} from 'rolldown';
import {dts} from 'rolldown-plugin-dts';
import {asScript} from './source/build/as-script.ts';
import {builtins} from './source/build/builtins.ts';
import {licenses, oldestNode, papers} from './source/build/packaging.ts';
import {patches} from './source/build/patches.ts';

const common = {
	platform: 'node',
	// Ink brings an older string-width of its own, which compiles every emoji sequence there is for the first border.
	resolve: {alias: {'string-width': fileURLToPath(import.meta.resolve('string-width'))}},
	transform: {define: {'process.env.NODE_ENV': '"production"'}},
};

const output = {
	dir: 'distribution',
	format: 'esm',
	minify: true,
	entryFileNames: '[name].js',
	chunkFileNames: '[name]-[hash].js',
};

/** What starts the program, and what others import. */
const entries = {
	...common,
	input: {cli: 'source/cli.ts', library: 'source/library.ts'},
	plugins: [builtins, oldestNode, papers],
	output: {...output, cleanDir: true},
};

/** The program itself: what it holds more than the library is licensed as well. */
const program = {
	...common,
	input: {program: 'source/commands/dispatch.ts'},
	plugins: [builtins, ...patches, licenses, asScript],
	output: {...output, codeSplitting: false},
};

const types = {
	input: {library: 'source/library.ts'},
	platform: 'node',
	plugins: [dts({dtsOnly: true, generator: 'oxc'})],
	output: {dir: 'distribution', format: 'esm'},
};

export default defineConfig([entries, program, types]);

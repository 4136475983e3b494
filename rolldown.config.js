import {defineConfig} from 'rolldown';

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

export default defineConfig({
	input: {cli: 'source/cli.ts'},
	platform: 'node',
	plugins: [
		// Yoga would fetch its own `data:` URL, which makes Node load undici: a quarter of the time to the
		// first screen. Without fetch it decodes the URL itself.
		patch(/yoga-wasm-base64-esm\.js$/, '"function"!=typeof fetch', 'true', 2),
		// With `DEV=true` Ink would look for React's developer tools, which no user has.
		patch(/[\\/]ink[\\/]build[\\/]reconciler\.js$/, "process.env['DEV'] === 'true'", 'false', 2),
	],
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
});

import {defineConfig} from 'rolldown';

export default defineConfig({
	input: {cli: 'source/cli.ts'},
	platform: 'node',
	output: {dir: 'distribution', format: 'esm', minify: true, cleanDir: true},
});

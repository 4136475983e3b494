import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import type {Plugin} from 'rolldown';
import {completionFiles} from '../commands/completion.ts';
import {manual} from '../commands/manual.ts';

function manifestIn(folder: string) {
	return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
}

/** An older Node than the manifest asks for lacks what the first lines use: that is said before they run. */
export const oldestNode: Plugin = {
	name: 'oldest-node',
	renderChunk(code, {name, isEntry}) {
		if (!isEntry || name !== 'cli') return null;
		const [, major, minor] = /^>=(\d+)\.(\d+)$/.exec(manifestIn('.').engines.node) ?? [];
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
function packageFolder(file: string): string | null {
	const [inside] = /^.*node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(file) ?? [];
	return inside ?? null;
}

function licenseOf(folder: string): string {
	const {name, version, license} = manifestIn(folder);
	const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
	const text = file === undefined ? '' : readFileSync(join(folder, file), 'utf8').trim();
	return `${name} ${version} (${license})\n\n${text}\n`;
}

/** What is bundled comes under licences that must come along. */
export const licenses: Plugin = {
	name: 'licenses',
	generateBundle(_, bundle) {
		const files = Object.values(bundle).flatMap((part) =>
			part.type === 'chunk' ? part.moduleIds : [],
		);
		const folders = new Set(files.map(packageFolder).filter((folder) => folder !== null));
		const source = [...folders]
			.sort()
			.map(licenseOf)
			.join(`\n${'-'.repeat(80)}\n\n`);
		this.emitFile({type: 'asset', fileName: 'THIRD-PARTY-LICENSES.txt', source});
	},
};

/** Papers that go with the program, made from the tables that it works by. */
export const papers: Plugin = {
	name: 'papers',
	generateBundle() {
		for (const [name, source] of completionFiles()) {
			this.emitFile({type: 'asset', fileName: `completions/${name}`, source});
		}
		const {version, description} = manifestIn('.');
		const source = manual(version, description);
		this.emitFile({type: 'asset', fileName: 'devresdbg.1', source});
	},
};

import type {Plugin} from 'rolldown';

/** Builtin modules that most runs have no use for: each is loaded when something of it is used. */
const seldom: ReadonlySet<string> = new Set([
	'node:child_process',
	'node:crypto',
	'node:os',
	'node:readline',
	'node:tty',
	'node:v8',
	'node:zlib',
]);

/** A function or a class of such a module. */
function later(load: string, name: string): string {
	return `new Proxy(function () {}, {
		apply: (_, self, args) => ${load}.${name}(...args),
		construct: (_, args) => new ${load}.${name}(...args),
	})`;
}

/** `import a, {b as c} from 'node:x'` without the module's facade. */
function withoutFacade(names: string, module: string): string {
	const load = `process.getBuiltinModule('${module}')`;
	const [, whole = '', named = ''] = /^([^{]*?),?\s*(?:\{([^}]*)\})?$/s.exec(names.trim()) ?? [];
	const objects = whole.split(',').map((name) => name.replace(/^\s*\*\s*as\s/, '').trim());
	const pairs = named.split(',').map((pair) => pair.trim().split(/\s+as\s+/));
	const isSeldom = seldom.has(module);
	const object = isSeldom ? `new Proxy({}, {get: (_, name) => ${load}[name]})` : load;
	return [
		...objects.filter(Boolean).map((name) => `const ${name} = ${object};`),
		...pairs.flatMap(([name = '', local = name]) => {
			if (name === '') return [];
			return isSeldom
				? `const ${local} = ${later(load, name)};`
				: `const {${name}: ${local}} = ${load};`;
		}),
	].join(' ');
}

/** What a bundle has for the `require` of older packages, of which only builtin modules are left. */
const required = 'createRequire(import.meta.url)';

/** Importing a builtin module touches all its exports, and with them parts of Node that nobody asked for. */
export const builtins: Plugin = {
	name: 'builtins',
	renderChunk(code) {
		const declaration = /^import\s+([^;"']+?)\s+from\s+["'](node:[\w/]+)["'];$/gm;
		const light = code.replaceAll(required, 'process.getBuiltinModule');
		return {code: light.replace(declaration, (_, names, module) => withoutFacade(names, module))};
	},
};

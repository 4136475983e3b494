import {existsSync, readdirSync} from 'node:fs';
import {dirname, join} from 'node:path';

const extension = '.yaml';

/** The folder beside `package.json`: built files lie one folder below it, sources two. */
function folder(): string | null {
	const above = dirname(import.meta.dirname);
	const candidates = [join(above, 'scenarios'), join(dirname(above), 'scenarios')];
	return candidates.find((path) => existsSync(path)) ?? null;
}

/** Names of the scenarios that come with the program, without extension, sorted. */
export function shippedNames(): readonly string[] {
	const path = folder();
	if (path === null) return [];
	return readdirSync(path)
		.filter((file) => file.endsWith(extension))
		.map((file) => file.slice(0, -extension.length))
		.sort();
}

/** Path of the scenario of that name, or null where none comes with the program. */
export function shippedPath(name: string): string | null {
	const path = folder();
	return path !== null && shippedNames().includes(name) ? join(path, `${name}${extension}`) : null;
}

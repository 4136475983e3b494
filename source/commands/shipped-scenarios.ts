import {existsSync, readdirSync} from 'node:fs';
import {dirname, join} from 'node:path';

const extension = '.yaml';

const demoExtension = '.demo';

/** The folder beside `package.json`: built files lie one folder below it, sources two. */
export function scenarioFolder(): string | null {
	const above = dirname(import.meta.dirname);
	const candidates = [join(above, 'scenarios'), join(dirname(above), 'scenarios')];
	return candidates.find((path) => existsSync(path)) ?? null;
}

/** Names of the scenarios that come with the program, without extension, sorted. */
export function shippedNames(): readonly string[] {
	const path = scenarioFolder();
	return path === null ? [] : namesIn(path, extension);
}

function namesIn(path: string, ending: string): readonly string[] {
	return readdirSync(path)
		.filter((file) => file.endsWith(ending))
		.map((file) => file.slice(0, -ending.length))
		.sort();
}

function demoFolder(): string | null {
	const path = scenarioFolder();
	return path !== null && existsSync(join(path, 'demos')) ? join(path, 'demos') : null;
}

/** Names of the demos that come with the program, without extension, sorted. */
export function demoNames(): readonly string[] {
	const path = demoFolder();
	return path === null ? [] : namesIn(path, demoExtension);
}

/** Path of the demo of that name, or null where none comes with the program. */
export function demoPath(name: string): string | null {
	const path = demoFolder();
	const isKnown = path !== null && demoNames().includes(name);
	return isKnown ? join(path, `${name}${demoExtension}`) : null;
}

/** Path of the scenario of that name, or null where none comes with the program. */
export function shippedPath(name: string): string | null {
	const path = scenarioFolder();
	return path !== null && shippedNames().includes(name) ? join(path, `${name}${extension}`) : null;
}

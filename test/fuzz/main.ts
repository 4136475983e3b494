// Damages files until it is stopped, or for so many minutes: `npm run fuzz -- [MINUTES] [SEED] [TARGET]`. Each file that
// breaks the program is kept, and its seed printed.
import {copyFileSync, mkdtempSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {Worker} from 'node:worker_threads';
import type {Report, Task} from './run-target.ts';
import {targets} from './targets.ts';

/** A file that takes longer hangs, in milliseconds. */
const patience = 30_000;

const [minutes = 'Infinity', firstSeed = '1', only] = process.argv.slice(2);
const until = Date.now() + Number(minutes) * 60_000;
const folder = mkdtempSync(join(tmpdir(), 'devresdbg-fuzz-'));
let failures = 0;

/** Tries a target until it fails, hangs or has had its turn. Gives the seed to go on with. */
function turn(name: string, seed: number, length: number): Promise<{seed: number; runs: number}> {
	return new Promise((resolve) => {
		const current = join(folder, `${name.replaceAll(' ', '-')}.current`);
		const data: Task = {name, seed, current};
		const worker = new Worker(new URL('./run-target.ts', import.meta.url), {
			workerData: data,
			resourceLimits: {maxOldGenerationSizeMb: 2000},
		});
		const end = Math.min(until, Date.now() + length);
		let at = seed;
		let runs = 0;
		let isOver = false;
		let guard: NodeJS.Timeout | undefined;
		const stop = (next: number, why: string | null) => {
			if (isOver) return;
			isOver = true;
			clearTimeout(guard);
			if (why !== null) {
				failures += 1;
				const kept = join(folder, `${name.replaceAll(' ', '-')}-${at}`);
				copyFileSync(current, kept);
				console.log(`\n${name}: seed ${at} fails; its file is ${kept}\n${why}\n`);
			}
			worker.terminate().then(() => resolve({seed: next, runs}));
		};
		worker.on('error', (error) => stop(at + 1, `the thread ended: ${error}`));
		worker.on('message', (report: Report) => {
			clearTimeout(guard);
			guard = setTimeout(() => stop(at + 1, 'it hangs'), patience);
			at = report.seed;
			runs += report.runs;
			if (report.failure !== null) stop(at + 1, report.failure);
			else if (report.runs > 0 && Date.now() > end) stop(at + 1, null);
		});
	});
}

console.log(`Files are kept in ${folder}. Ctrl+C ends it.`);
const tried = targets.filter(({name}) => only === undefined || name === only);
const seeds = new Map(tried.map(({name}) => [name, Number(firstSeed)]));
const counts = new Map(tried.map(({name}) => [name, 0]));
while (Date.now() < until) {
	for (const {name} of tried) {
		const done = await turn(name, seeds.get(name) ?? 1, 20_000);
		seeds.set(name, done.seed);
		counts.set(name, (counts.get(name) ?? 0) + done.runs);
	}
	const state = tried.map(({name}) => `${name} ${counts.get(name)} to seed ${seeds.get(name)}`);
	console.log(`${new Date().toISOString()} ${failures} failures; ${state.join(', ')}`);
}
process.exitCode = failures === 0 ? 0 : 1;

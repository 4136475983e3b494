import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {loadInput} from '../../source/commands/load-input.ts';
import {cpuTime, median, report} from './measure.ts';
import {writeLog} from './write-log.ts';

const lines = 460_000;
const rounds = 9;

/** One pattern with a group for every column, as a script would have it. */
const bare = {
	ftrace:
		/^ *(.+)-(\d+) +\[(\d+)\] (\S+) +(\d+\.\d+): devres_log: (\S+) +(\S+) (\S+) (\S+) \((\d+) bytes\)$/,
	dmesg: /^\[ *(\d+\.\d+)\] (\S+) (\S+): DEVRES (\S+) (\S+) (\S+) \((\d+) bytes\)$/,
} as const;

/** The least that reading a log takes: how many lines match. */
function bareLoop(path: string, pattern: RegExp): number {
	let count = 0;
	for (const line of readFileSync(path, 'utf8').split('\n')) {
		if (pattern.exec(line) !== null) count += 1;
	}
	return count;
}

async function importing(path: string): Promise<number> {
	const loaded = await loadInput(path, {});
	if (!loaded.ok) throw new Error(loaded.message);
	return loaded.recording.header.lines.used;
}

async function benchFormat(folder: string, format: 'ftrace' | 'dmesg', least: number) {
	const path = join(folder, `${format}.txt`);
	const count = writeLog(path, format, lines);
	const ours: number[] = [];
	const others: number[] = [];
	// Both are warm after the first rounds: compilers are not what is measured.
	for (let round = -2; round < rounds; round += 1) {
		const loop = await cpuTime(() => {
			if (bareLoop(path, bare[format]) !== count) throw new Error('the loop misses lines');
		});
		const run = await cpuTime(async () => {
			if ((await importing(path)) !== count) throw new Error('the import misses lines');
		});
		if (round < 0) continue;
		others.push(loop);
		ours.push(run);
	}
	const rate = count / (median(ours) / 1000);
	const ratio = median(others) / median(ours);
	report(
		`import of ${format}, ${Math.round(count / 1000)}k lines`,
		`${Math.round(rate / 1000)}k lines/s`,
		`>= ${least / 1000}k lines/s`,
		rate >= least,
	);
	report(
		`import of ${format}, a bare loop over it`,
		`${ratio.toFixed(2)} x`,
		'>= 0.6 x',
		ratio >= 0.6,
	);
}

/** How fast logs of real kernels are read, in lines a second at least and beside the least that any reader needs. */
export async function benchImport(format: 'ftrace' | 'dmesg', least: number): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), 'devresdbg-bench-'));
	try {
		await benchFormat(folder, format, least);
	} finally {
		rmSync(folder, {recursive: true});
	}
}

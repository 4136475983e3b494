import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {loadInput} from '../../source/commands/load-input.ts';
import {prepare} from '../../source/commands/prepare.ts';
import {silent} from '../../source/commands/progress-line.ts';
import {createSession} from '../../source/debugger/session.ts';
import {drawScreen} from '../../source/tui/draw.ts';
import {pressed, screenOf, stateOf} from '../helpers/screen.ts';
import {program, startTerminal} from '../helpers/terminal.ts';
import {cpuOfProcess, median, report} from './measure.ts';
import {benchFrames} from './screen.ts';
import {writeLog} from './write-log.ts';

const lines = 1_000_000;

/** Megabytes of memory that a running process ever had. */
function peakOf(pid: number): number {
	const [, kilobytes = ''] =
		/^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
	return Number(kilobytes) / 1000;
}

const screen = screenOf(120, 36);

/** What is done one after the other, and what the machine works for it at most, in milliseconds. */
const moves = [
	{what: 'first jump to the end', keys: ['>']},
	{what: 'jump to the start', keys: ['<']},
	{what: 'jump to the middle', keys: (length: number) => [...`g${length >> 1}`, 'return']},
	{what: 'step back', keys: ['S']},
	{what: 'setting a breakpoint', keys: [...':break devm_irq_release', 'return'], most: null},
	{what: 'reverse-continue', keys: ['C']},
] as const;

/** CPU time of keys and the screens that they lead to. */
async function benchJumps(path: string, format: string): Promise<void> {
	const loaded = await loadInput(path, {});
	if (!loaded.ok) throw new Error(loaded.message);
	const {recording} = loaded;
	await prepare(recording, silent);
	let state = stateOf(createSession(recording));
	drawScreen(state, screen);
	for (const move of moves) {
		const {what, keys} = move;
		const before = process.cpuUsage();
		state = pressed(state, typeof keys === 'function' ? keys(recording.length) : keys, screen);
		drawScreen(state, screen);
		const {user, system} = process.cpuUsage(before);
		const time = (user + system) / 1000;
		const isFree = 'most' in move;
		const goal = isFree ? '' : '<= 50 ms';
		report(
			`${format}, 1M lines: ${what}, CPU`,
			`${time.toFixed(0)} ms`,
			goal,
			isFree || time <= 50,
		);
	}
}

async function benchFile(path: string, format: string): Promise<void> {
	const opening: number[] = [];
	const waiting: number[] = [];
	const peaks: number[] = [];
	for (let round = 0; round < 3; round += 1) {
		const begun = performance.now();
		const terminal = startTerminal([program, path]);
		await terminal.waitFor('the first screen', (text) => text.includes('At the start'));
		waiting.push(performance.now() - begun);
		opening.push(cpuOfProcess(terminal.pid));
		if (!terminal.written().includes('importing [')) throw new Error('no progress was shown');
		peaks.push(peakOf(terminal.pid));
		terminal.press('q');
		await terminal.exit;
	}
	const seconds = median(waiting) / 1000;
	const cpu = median(opening) / 1000;
	const peak = median(peaks);
	// On a machine that does nothing else, the wait is no longer than the work.
	report(`${format}, 1M lines: CPU to the first screen`, `${cpu.toFixed(2)} s`, '< 4 s', cpu < 4);
	report(`${format}, 1M lines: wait for it here`, `${seconds.toFixed(2)} s`, '', true);
	report(`${format}, 1M lines: memory`, `${peak.toFixed(0)} MB`, '< 600 MB', peak < 600);
}

/** How a log of a million lines opens, and how quick it is then. */
export async function benchScale(): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), 'devresdbg-bench-'));
	try {
		for (const format of ['ftrace', 'dmesg'] as const) {
			const path = join(folder, `${format}.txt`);
			writeLog(path, format, lines);
			await benchFile(path, format);
			await benchJumps(path, format);
			await benchFrames(path, `${format}, 1M lines`);
		}
	} finally {
		rmSync(folder, {recursive: true});
	}
}

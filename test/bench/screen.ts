import {setTimeout} from 'node:timers/promises';
import {eventOn, program, startTerminal, type TestTerminal} from '../helpers/terminal.ts';
import {benchHold} from './hold.ts';
import {cpuOf, cpuOfProcess, median, percentile, report, warmUp} from './measure.ts';

const scenario = 'scenarios/ccp-reload.yaml';

async function open(columns: number, rows: number, path = scenario): Promise<TestTerminal> {
	const terminal = startTerminal([program, path], {columns, rows});
	await terminal.waitFor('the first screen', (text) => text.includes('At the start'));
	return terminal;
}

async function quit(terminal: TestTerminal): Promise<void> {
	terminal.press('q');
	await terminal.exit;
}

async function benchFirstScreen(rounds: number): Promise<void> {
	const empty: number[] = [];
	const opening: number[] = [];
	for (let round = -warmUp; round < rounds; round += 1) {
		const least = cpuOf([process.execPath, '-e', '0']);
		const terminal = await open(120, 36);
		const taken = cpuOfProcess(terminal.pid);
		await quit(terminal);
		if (round < 0) continue;
		empty.push(least);
		opening.push(taken);
	}
	const ratio = median(opening) / median(empty);
	const what = 'opening to the first screen, CPU over an empty node';
	report(what, `${ratio.toFixed(2)} x`, '<= 5 x', ratio <= 5);
}

/** From a key press to the finished screen. */
async function benchKeys(presses: number): Promise<void> {
	const terminal = await open(120, 36);
	const times: number[] = [];
	for (let press = 1; press <= presses; press += 1) {
		const begun = performance.now();
		terminal.press('s');
		await terminal.waitFor('the step', (text) => eventOn(text) === press);
		times.push(performance.now() - begun);
	}
	await quit(terminal);
	const middle = median(times);
	const slow = percentile(times, 0.95);
	report('key to screen, median', `${middle.toFixed(1)} ms`, '<= 35 ms', middle <= 35);
	report('key to screen, 95th percentile', `${slow.toFixed(1)} ms`, '<= 60 ms', slow <= 60);
}

/** What is looked for behind the first screen of a long recording is no part of a step. */
async function searched(pid: number): Promise<void> {
	for (let before = -1, now = 0; before !== now; ) {
		before = now;
		await setTimeout(500);
		now = cpuOfProcess(pid);
	}
}

/** CPU time of a step and its screen. */
async function benchSteps(terminal: TestTerminal, what: string, most: number): Promise<void> {
	const steps = 200;
	// The first hundred warm the compiler.
	for (let step = 1; step <= 100; step += 1) {
		terminal.press('s');
		await terminal.waitFor('the step', (text) => eventOn(text) === step);
	}
	const before = cpuOfProcess(terminal.pid);
	for (let step = 101; step <= 100 + steps; step += 1) {
		terminal.press('s');
		await terminal.waitFor('the step', (text) => eventOn(text) === step);
	}
	const cost = (cpuOfProcess(terminal.pid) - before) / steps;
	report(`${what}: step and screen, CPU`, `${cost.toFixed(1)} ms`, `<= ${most} ms`, cost <= most);
}

/** Steps one by one, and as fast as a keyboard repeats, on two sizes of screens. */
export async function benchFrames(path: string, name: string): Promise<void> {
	for (const {columns, rows, most} of [
		{columns: 120, rows: 36, most: 12},
		{columns: 200, rows: 50, most: 20},
	]) {
		const what = `${name}, ${columns}x${rows}`;
		const held = await open(columns, rows, path);
		await benchHold(held, what);
		await quit(held);
		const terminal = await open(columns, rows, path);
		await searched(terminal.pid);
		await benchSteps(terminal, what, most);
		await quit(terminal);
	}
}

/** What a person at the terminal feels. */
export async function benchScreen(): Promise<void> {
	await benchFirstScreen(11);
	await benchKeys(300);
	await benchFrames(scenario, 'the report');
}

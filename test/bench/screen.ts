import {eventOn, program, startTerminal, type TestTerminal} from '../helpers/terminal.ts';
import {cpuOf, cpuOfProcess, median, percentile, report} from './measure.ts';

const scenario = 'scenarios/ccp-reload.yaml';

async function open(columns: number, rows: number): Promise<TestTerminal> {
	const terminal = startTerminal([program, scenario], {columns, rows});
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
	for (let round = 0; round < rounds; round += 1) {
		empty.push(cpuOf([process.execPath, '-e', '0']));
		const terminal = await open(120, 36);
		opening.push(cpuOfProcess(terminal.pid));
		await quit(terminal);
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

/** CPU time of a step and its screen. */
async function benchFrames(columns: number, rows: number, most: number): Promise<void> {
	const terminal = await open(columns, rows);
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
	await quit(terminal);
	report(
		`step and screen at ${columns}x${rows}, CPU`,
		`${cost.toFixed(1)} ms`,
		`<= ${most} ms`,
		cost <= most,
	);
}

/** What a person at the terminal feels. */
export async function benchScreen(): Promise<void> {
	await benchFirstScreen(11);
	await benchKeys(300);
	await benchFrames(120, 36, 12);
	await benchFrames(200, 50, 20);
}

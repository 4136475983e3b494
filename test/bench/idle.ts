import {execFileSync} from 'node:child_process';
import {mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {open} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout} from 'node:timers/promises';
import {fixtures, textOf} from '../helpers/real-recordings.ts';
import {program, startTerminal, type TestTerminal} from '../helpers/terminal.ts';
import {report} from './measure.ts';

/** How long nobody does anything, in milliseconds, and what the program may work meanwhile. */
const idle = 5000;
const mostWork = 2;

/** The engine tidies up its memory for some seconds after work. */
const settling = 4000;

/** What all threads of a process did so far: milliseconds of work, and how often one began to wait. */
function workOf(pid: number): {readonly time: number; readonly waits: number} {
	let time = 0;
	let waits = 0;
	for (const task of readdirSync(`/proc/${pid}/task`)) {
		const folder = `/proc/${pid}/task/${task}`;
		time += Number(readFileSync(`${folder}/schedstat`, 'utf8').split(' ')[0]) / 1e6;
		const status = readFileSync(`${folder}/status`, 'utf8');
		waits += Number(/^voluntary_ctxt_switches:\s+(\d+)/m.exec(status)?.[1]);
	}
	return {time, waits};
}

async function benchCase(what: string, terminal: TestTerminal): Promise<void> {
	await setTimeout(settling);
	const before = workOf(terminal.pid);
	const written = terminal.written().length;
	await setTimeout(idle);
	const after = workOf(terminal.pid);
	const time = after.time - before.time;
	const bytes = terminal.written().length - written;
	report(
		`idle for ${idle / 1000} s, ${what}: CPU`,
		`${time.toFixed(2)} ms`,
		`<= ${mostWork} ms, woken ${after.waits - before.waits} x${bytes === 0 ? '' : ', and it WRITES'}`,
		time <= mostWork && bytes === 0,
	);
	terminal.press('\u0003');
	await terminal.exit;
}

/** Keys pressed one after the other, and what is on the screen after each. */
type Way = {
	readonly what: string;
	readonly args: readonly string[];
	readonly cwd?: string;
	readonly first: string;
	readonly presses?: readonly (readonly [keys: string, shown: string])[];
};

/** Waits for the screen that a way leads to. */
async function go({args, cwd, first, presses = []}: Way): Promise<TestTerminal> {
	const terminal = startTerminal([program, ...args], cwd === undefined ? {} : {cwd});
	await terminal.waitFor(first, (text) => text.includes(first));
	for (const [keys, shown] of presses) {
		terminal.press(keys);
		await terminal.waitFor(shown, (text) => text.includes(shown));
	}
	return terminal;
}

/** A log that is followed and says nothing more. */
async function benchSilentLog(folder: string): Promise<void> {
	const pipe = join(folder, 'pipe');
	execFileSync('mkfifo', [pipe]);
	const command = `exec ${process.execPath} ${program} - < ${pipe}`;
	const terminal = startTerminal(['-c', command], {command: 'bash'});
	const writer = await open(pipe, 'w');
	await writer.write(textOf(fixtures, 'v9-patch/ahci.dmesg.txt'));
	await terminal.waitFor('what has come', (text) => text.includes('(live)'));
	await benchCase('following a silent log', terminal);
	await writer.close();
}

/** What the program does while nobody does anything. */
export async function benchIdle(): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), 'devresdbg-bench-'));
	const demo = join(folder, 'short.demo');
	writeFileSync(demo, 'title Short\nopen ccp-reload\n# One.\nkey s s\n# Two.\npause 1s\n');
	const mine = join(folder, 'mine');
	execFileSync(process.execPath, [program, 'workshop', 'init', mine]);
	const report = 'scenarios/ccp-reload.yaml';
	const start = 'At the start';
	const ways: readonly Way[] = [
		{what: 'at the start', args: [report], first: start},
		{
			what: 'at a breakpoint',
			args: [report],
			first: start,
			presses: [['c', ' Breakpoint ']],
		},
		{what: 'help', args: [report], first: start, presses: [['?', 'Esc']]},
		{what: 'a prompt', args: [report], first: start, presses: [[':goto', ' :goto']]},
		{what: 'the chooser', args: [], first: 'open a recording'},
		{
			what: 'a lesson',
			args: ['workshop'],
			cwd: mine,
			first: 'passed',
			presses: [['\r', '[exercise']],
		},
		{what: 'a demo that is over', args: ['demo', demo], first: 'the end'},
		{
			what: 'a demo that is held',
			args: ['demo', 'report'],
			first: 'playing',
			presses: [[' ', 'paused']],
		},
		{
			what: 'two kernels side by side',
			args: ['diff', 'ccp-reload@v9-series', 'ccp-reload@v6.14'],
			first: 'differ',
		},
	];
	try {
		for (const way of ways) await benchCase(way.what, await go(way));
		await benchSilentLog(folder);
	} finally {
		rmSync(folder, {recursive: true});
	}
}

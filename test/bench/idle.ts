import {execFileSync} from 'node:child_process';
import {mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {open} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout} from 'node:timers/promises';
import {fixtures, textOf} from '../helpers/real-recordings.ts';
import {program, startTerminal, type TestTerminal} from '../helpers/terminal.ts';
import {cpuOfProcess, report} from './measure.ts';

/** How long nobody does anything, in milliseconds, and what the program may work meanwhile. */
const idle = 5000;
const mostWork = 2;

/** Node tidies up its memory 8 and 16 seconds after it had work, and then no more. */
const settling = 20_000;

/** How often threads of a process began to wait so far. */
function waitsOf(pid: number): number {
	return readdirSync(`/proc/${pid}/task`)
		.map((task) => readFileSync(`/proc/${pid}/task/${task}/status`, 'utf8'))
		.reduce((sum, status) => {
			return sum + Number(/^voluntary_ctxt_switches:\s+(\d+)/m.exec(status)?.[1]);
		}, 0);
}

/** A program that nobody does anything with. */
type Left = {readonly what: string; readonly terminal: TestTerminal};

/** All are left alone together: they do not disturb each other, or they are not idle. */
async function benchLeft(left: readonly Left[]): Promise<void> {
	await setTimeout(settling);
	const look = (terminal: TestTerminal) => ({
		time: cpuOfProcess(terminal.pid),
		waits: waitsOf(terminal.pid),
		written: terminal.written().length,
	});
	const before = left.map(({terminal}) => look(terminal));
	await setTimeout(idle);
	for (const [place, {what, terminal}] of left.entries()) {
		const after = look(terminal);
		const begun = before[place] ?? after;
		const work = after.time - begun.time;
		const isWriting = after.written !== begun.written;
		report(
			`idle for ${idle / 1000} s, ${what}: CPU`,
			`${work.toFixed(2)} ms`,
			`<= ${mostWork} ms, woken ${after.waits - begun.waits} x${isWriting ? ', and it WRITES' : ''}`,
			work <= mostWork && !isWriting,
		);
	}
	for (const {terminal} of left) {
		terminal.press('\u0003');
		await terminal.exit;
	}
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

/** A log that is followed, and whoever writes it says nothing more. */
async function followSilentLog(folder: string) {
	const pipe = join(folder, 'pipe');
	execFileSync('mkfifo', [pipe]);
	const command = `exec ${process.execPath} ${program} - < ${pipe}`;
	const terminal = startTerminal(['-c', command], {command: 'bash'});
	const writer = await open(pipe, 'w');
	await writer.write(textOf(fixtures, 'v9-patch/ahci.dmesg.txt'));
	await terminal.waitFor('what has come', (text) => text.includes('(live)'));
	return {terminal, writer};
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
		const left: Left[] = [];
		for (const way of ways) left.push({what: way.what, terminal: await go(way)});
		const {terminal, writer} = await followSilentLog(folder);
		await benchLeft([...left, {what: 'following a silent log', terminal}]);
		await writer.close();
	} finally {
		rmSync(folder, {recursive: true});
	}
}

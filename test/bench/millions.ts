import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {loadInput} from '../../source/commands/load-input.ts';
import {prepare} from '../../source/commands/prepare.ts';
import {silent} from '../../source/commands/progress-line.ts';
import {conditionError} from '../../source/debugger/breakpoint-hits.ts';
import {runCommand} from '../../source/debugger/command.ts';
import {createSession, type Session} from '../../source/debugger/session.ts';
import {compareRecordings} from '../../source/diff/compare-recordings.ts';
import {findingsOf} from '../../source/findings/findings.ts';
import type {Recording} from '../../source/recording/recording.ts';
import {attempt} from '../../source/recording/search.ts';
import {drawScreen} from '../../source/tui/draw.ts';
import {pressed, screenOf, stateOf} from '../helpers/screen.ts';
import {cpuTime, memory, percentile, report} from './measure.ts';
import {writeLog} from './write-log.ts';

const screen = screenOf(120, 36);

/** Events that a line of a long log becomes: moves, ends of release passes and unbinds are concluded. */
const eventsOfLine = 1.88;

/** Jumps, and steps, that are measured. */
const moves = 200;

/** Conditions of a breakpoint on every node that is released, which never hold: of the event alone, and of the state around it. */
const conditions = [
	{what: 'of the event', condition: 'node.size == 12345'},
	{what: 'of the state', condition: 'size(device("0000:00:04.0").devres_head) == 12345'},
	{what: 'of any device', condition: 'size(device(device).devres_head) == 12345'},
] as const;

/** What a size is measured against: the time of an event in the size before. */
type Before = {readonly events: number; readonly importing: number} | null;

async function load(path: string): Promise<Recording> {
	const loaded = await loadInput(path, {});
	if (!loaded.ok) throw new Error(loaded.message);
	await prepare(loaded.recording, silent);
	return loaded.recording;
}

/** Jumps to places all over the recording, and a step back from each, with their screens. */
async function benchMoves(recording: Recording, size: string): Promise<void> {
	let state = stateOf(createSession(recording));
	drawScreen(state, screen);
	const jumps: number[] = [];
	const steps: number[] = [];
	for (let move = 0; move < moves; move += 1) {
		const place = `${(move * 7919 * 104_729) % recording.length}`;
		for (const {times, keys} of [
			{times: jumps, keys: [...`g${place}`, 'return']},
			{times: steps, keys: ['S']},
		]) {
			const time = await cpuTime(() => {
				state = pressed(state, keys, screen);
				drawScreen(state, screen);
			});
			times.push(time);
		}
	}
	for (const [what, times] of Object.entries({jump: jumps, step: steps})) {
		const slow = percentile(times, 0.95);
		report(
			`${size}: ${what} and screen, p95, CPU`,
			`${slow.toFixed(1)} ms`,
			'<= 50 ms',
			slow <= 50,
		);
	}
}

function told(session: Session, line: string): Session {
	const result = runCommand(session, line);
	if (!result.ok) throw new Error(`${line} is refused`);
	return result.session;
}

/** Does some work as the screen does, in turns. Gives the CPU time of all and of the longest turn, in milliseconds. */
async function inTurns(work: () => void): Promise<{all: number; longest: number}> {
	let all = 0;
	let longest = 0;
	// What was done before has left its garbage, which is no part of this.
	memory();
	const turn = async (part: () => void) => {
		const time = await cpuTime(part);
		all += time;
		longest = Math.max(longest, time);
	};
	for (;;) {
		let tried = attempt(() => {});
		await turn(() => {
			tried = attempt(work);
		});
		if (tried.ok) return {all, longest};
		const {search} = tried;
		for (let goesOn = true; goesOn; ) {
			await turn(() => {
				goesOn = search.advance();
			});
		}
	}
}

function reportTurns(what: string, times: {all: number; longest: number}, most: number): void {
	const seconds = times.all / 1000;
	report(`${what}, CPU`, `${seconds.toFixed(2)} s`, `<= ${most.toFixed(1)} s`, seconds <= most);
	report(
		'    its longest turn: progress and cancel, CPU',
		`${times.longest.toFixed(0)} ms`,
		'<= 50 ms',
		times.longest <= 50,
	);
}

/** Back over the whole recording, with a condition that never holds. */
async function benchReverse(recording: Recording, size: string): Promise<void> {
	const end = told(createSession(recording), `goto ${recording.length}`);
	const most = Math.max(0.3, (3 * recording.length) / 1e7);
	for (const {what, condition} of conditions) {
		const times = await inTurns(() => {
			const session = told(end, `break devres-release if ${condition}`);
			const [breakpoint] = session.breakpoints;
			if (breakpoint === undefined || conditionError(recording, breakpoint) !== null) {
				throw new Error(`${condition} can't be searched for`);
			}
			if (told(session, 'reverse-continue').position !== 0) throw new Error('it stopped');
		});
		reportTurns(`${size}: reverse-continue, if ${what}`, times, most);
	}
}

/** Through the texts of a whole recording, for one that is nowhere. */
async function benchFind(recording: Recording, size: string): Promise<void> {
	const state = stateOf(createSession(recording));
	const times = await inTurns(() => {
		const {message} = pressed(state, [...'/nowhere', 'return'], screen).view;
		if (message?.includes('is nowhere') !== true) throw new Error('it was found');
	});
	reportTurns(`${size}: find of a text that is nowhere`, times, (10 * recording.length) / 1e7);
}

async function benchReports(recording: Recording, other: Recording, size: string): Promise<void> {
	const most = (3 * recording.length) / 1e6;
	const works = {
		findings: () => findingsOf(recording),
		diff: () => compareRecordings(recording, other),
	};
	for (const [what, work] of Object.entries(works)) {
		const seconds = (await cpuTime(work)) / 1000;
		report(
			`${size}: ${what}, CPU`,
			`${seconds.toFixed(2)} s`,
			`<= ${most.toFixed(1)} s`,
			seconds <= most,
		);
	}
}

async function benchSize(folder: string, millions: number, before: Before): Promise<Before> {
	const path = join(folder, `${millions}.txt`);
	writeLog(path, 'ftrace', (millions * 1e6) / eventsOfLine);
	const empty = memory();
	let loaded: Recording | null = null;
	const importing = await cpuTime(async () => {
		loaded = await load(path);
	});
	const recording = loaded as unknown as Recording;
	const events = recording.length;
	const size = `${(events / 1e6).toFixed(1)}M events`;
	const each = importing / events;
	const growth = before === null ? 1 : each / (before.importing / before.events);
	report(
		`${size}: import and preparation, CPU`,
		`${(importing / 1000).toFixed(2)} s`,
		before === null ? '' : `<= 1.3 x an event of the size before (${growth.toFixed(2)})`,
		growth <= 1.3,
	);
	const bytes = (memory() - empty) / events;
	report(`${size}: memory of an event`, `${bytes.toFixed(0)} bytes`, '<= 120 bytes', bytes <= 120);
	await benchMoves(recording, size);
	await benchReverse(recording, size);
	await benchFind(recording, size);
	if (millions <= 3) await benchReports(recording, await load(path), size);
	rmSync(path);
	return {events, importing};
}

/** Logs of so many million events: what they take, and how quick they are anywhere. */
export async function benchMillions(sizes: readonly number[]): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), 'devresdbg-bench-'));
	try {
		let before: Before = null;
		for (const millions of sizes) before = await benchSize(folder, millions, before);
	} finally {
		rmSync(folder, {recursive: true});
	}
}

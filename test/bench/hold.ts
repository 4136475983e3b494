import {setTimeout} from 'node:timers/promises';
import {eventOn, type TestTerminal} from '../helpers/terminal.ts';
import {percentile, report} from './measure.ts';

/** What a keyboard sends while a key is held. */
const keysPerSecond = 30;
const presses = 150;

/** In the first moments the compiler warms up. */
const warmUp = 30;

/** A hand on the key, as long as it takes: how many keys are not shown yet at each press, and how long one takes. */
async function held(terminal: TestTerminal, key: string, by: 1 | -1) {
	const from = eventOn(terminal.lines().join('\n'));
	const behind: number[] = [];
	const times: number[] = [];
	const shown: Promise<void>[] = [];
	let waiting = 0;
	const begun = performance.now();
	for (let press = 1; press <= presses; press += 1) {
		const due = begun + (press * 1000) / keysPerSecond;
		await setTimeout(Math.max(0, due - performance.now()));
		behind.push(waiting);
		waiting += 1;
		const pressed = performance.now();
		terminal.press(key);
		const isShown = (text: string) => (eventOn(text) - from) * by >= press;
		shown.push(
			terminal.waitFor(`key ${press}`, isShown).then(() => {
				waiting -= 1;
				times.push(performance.now() - pressed);
			}),
		);
	}
	await Promise.all(shown);
	return {behind: behind.slice(warmUp), times: times.slice(warmUp)};
}

/** All at once, as after a stall. */
async function stalled(terminal: TestTerminal): Promise<number> {
	const keys = 60;
	const from = eventOn(terminal.lines().join('\n'));
	const begun = performance.now();
	terminal.press('s'.repeat(keys));
	await terminal.waitFor('all keys', (text) => eventOn(text) === from + keys);
	const time = performance.now() - begun;
	// One key too many would be seen here.
	terminal.press('S');
	await terminal.waitFor('a step back', (text) => eventOn(text) === from + keys - 1);
	return time;
}

/** A step key that is held, forwards and backwards, from where the terminal stands; then sixty keys at once. */
export async function benchHold(terminal: TestTerminal, what: string): Promise<void> {
	for (const [key, by] of [
		['s', 1],
		['S', -1],
	] as const) {
		const {behind, times} = await held(terminal, key, by);
		const most = percentile(behind, 0.95);
		const last = times.at(-1) ?? Number.NaN;
		report(
			`${what}: ${key} held, keys behind, p95`,
			`${most} keys`,
			`<= 2 (most ${Math.max(...behind)}), the last in ${last.toFixed(0)} <= 100 ms`,
			most <= 2 && last <= 100,
		);
	}
	const time = await stalled(terminal);
	report(`${what}: 60 keys at once`, `${time.toFixed(0)} ms`, '<= 200 ms, none lost', time <= 200);
}

import {readFileSync} from 'node:fs';
import {runCommand} from '../../source/debugger/command.ts';
import {createSession} from '../../source/debugger/session.ts';
import {exporters} from '../../source/exporters/exporters.ts';
import {findingsOf} from '../../source/findings/findings.ts';
import {apply, place} from '../../source/recording/fold.ts';
import {createRecording, type Recording} from '../../source/recording/recording.ts';
import {initialState} from '../../source/recording/state.ts';
import {driverSteps} from '../../source/scenario/driver-steps.ts';
import {loadScenario} from '../../source/scenario/load-scenario.ts';
import {runScenario} from '../../source/scenario/run-scenario.ts';
import type {Scenario} from '../../source/scenario/scenario.ts';
import {scriptActions} from '../../source/scenario/script-actions.ts';
import {median, memory, percentile, report} from './measure.ts';

/** The report's driver, loaded and unloaded again and again under a kernel that lets it. */
function longScenario(cycles: number): Scenario {
	const text = readFileSync('scenarios/ccp-reload.yaml', 'utf8')
		.replace('kernel: v9-series', 'kernel: v6.16')
		.replace(
			/^script:[\s\S]*/m,
			`script:\n${'  - modprobe: ccp\n  - rmmod: ccp\n'.repeat(cycles)}`,
		);
	const loaded = loadScenario(text, {steps: driverSteps, actions: scriptActions});
	if (!loaded.ok) throw new Error(loaded.errors[0]?.message);
	return loaded.scenario;
}

function simulate(scenario: Scenario): Recording {
	const run = runScenario(scenario);
	if (!run.ok) throw new Error(run.error.message);
	return run.recording;
}

function benchSimulation(scenario: Scenario): Recording {
	const rates: number[] = [];
	let recording = simulate(scenario);
	for (let round = 0; round < 7; round += 1) {
		const start = performance.now();
		recording = simulate(scenario);
		rates.push(recording.length / ((performance.now() - start) / 1000));
	}
	const rate = median(rates);
	report('simulation', `${Math.round(rate / 1000)}k events/s`, '>= 500k events/s', rate >= 500_000);
	return recording;
}

/** Jumps on a recording that was never walked before, to places all over it. */
function benchJumps(recording: Recording): void {
	const events = Array.from({length: recording.length}, (_, seq) => recording.at(seq));
	const fresh = createRecording(recording.header, events);
	const first = performance.now();
	fresh.stateAt(fresh.length);
	const whole = performance.now() - first;
	const times: number[] = [];
	for (let jump = 0; jump < 2000; jump += 1) {
		const position = (jump * 7919 * 37) % fresh.length;
		const start = performance.now();
		fresh.stateAt(position);
		times.push(performance.now() - start);
	}
	const size = `${Math.round(fresh.length / 1000)}k events`;
	report(`first fold of ${size}`, `${whole.toFixed(0)} ms`, '', true);
	const worst = percentile(times, 1);
	const p95 = percentile(times, 0.95);
	report(`jump in ${size}, p95`, `${p95.toFixed(2)} ms`, '<= 20 ms', p95 <= 20);
	report(`jump in ${size}, worst of 2000`, `${worst.toFixed(2)} ms`, '<= 20 ms', worst <= 20);
}

function benchFindings(recording: Recording): void {
	const start = performance.now();
	const findings = findingsOf(recording);
	const perMillion = ((performance.now() - start) / recording.length) * 1e6;
	const what = `search of 1000k events (${findings.length} findings here)`;
	report(what, `${perMillion.toFixed(0)} ms`, '<= 3000 ms', perMillion <= 3000);
}

/** Bytes that the text of an event takes as Latin-1: what no representation can save. */
function ownText(recording: Recording): number {
	let bytes = 0;
	for (let seq = 0; seq < recording.length; seq += 1) {
		for (const value of Object.values(recording.at(seq))) {
			if (typeof value === 'string') bytes += value.length;
			else if (typeof value === 'object' && value !== null) bytes += JSON.stringify(value).length;
		}
	}
	return bytes;
}

function benchMemory(scenario: Scenario): void {
	const before = memory();
	const recording = simulate(scenario);
	recording.stateAt(recording.length);
	recording.ofType('call');
	const used = memory() - before;
	const each = used / recording.length;
	const beyond = (used - ownText(recording)) / recording.length;
	report('memory of an event, all told', `${each.toFixed(0)} bytes`, '', true);
	report(
		'memory of an event beyond its text',
		`${beyond.toFixed(0)} bytes`,
		'<= 300',
		beyond <= 300,
	);
}

/** The search for all hits of a condition that looks at a device, and of a watched field. */
function benchSearches(recording: Recording): void {
	const session = createSession(recording);
	const [device] = recording.devices;
	const size = `${Math.round(recording.length / 1000)}k events`;
	for (const line of [
		`break call if device("${device}").intx_disable`,
		`watch size(device("${device}").devres_head)`,
	]) {
		const start = performance.now();
		if (!runCommand(session, line).ok) throw new Error(`${line} is refused`);
		const took = performance.now() - start;
		const [word] = line.split(' ');
		report(`${word} on a device, ${size}`, `${took.toFixed(0)} ms`, '<= 1000 ms', took <= 1000);
	}
}

function benchExports(recording: Recording): void {
	for (const {format, lines} of exporters) {
		const start = performance.now();
		let length = 0;
		for (const line of lines(recording)) length += line.length + 1;
		const rate = recording.length / ((performance.now() - start) / 1000);
		const size = `${Math.round(length / 1e6)} MB`;
		report(`export as ${format}, ${size}`, `${Math.round(rate / 1000)}k events/s`, '', true);
	}
}

/** A device that adds so many nodes and releases all of them in one pass: time of an event, in nanoseconds. */
function timeWithNodes(count: number): number {
	const ids = Array.from({length: count}, (_, index) => ({node: `${index}`, generation: 0}));
	const about = {time: null, context: 'init-1', device: 'd'};
	const called = {...about, name: 'devm_kzalloc_release', size: 8};
	const events = [
		...ids.map((id) => ({...called, ...id, type: 'devres-add'}) as const),
		...ids.map((id) => ({...about, ...id, type: 'devres-move'}) as const),
		...ids.toReversed().map((id) => ({...called, ...id, type: 'devres-release'}) as const),
		{...about, type: 'release-end', count} as const,
	].map(place);
	const times: number[] = [];
	const rounds = Math.max(5, 40_000 / count);
	for (let round = 0; round < rounds; round += 1) {
		const state = initialState();
		const start = performance.now();
		for (const event of events) apply(state, event);
		times.push(((performance.now() - start) / events.length) * 1e6);
	}
	return median(times);
}

function benchManyNodes(): void {
	timeWithNodes(1000);
	const few = timeWithNodes(1000);
	const many = timeWithNodes(80_000);
	const times = `${few.toFixed(0)} and ${many.toFixed(0)} ns`;
	report('fold of an event of a device of 1k and 80k nodes', times, '', true);
	// Beyond caches each event takes longer; a walk over the list would be 80 times as long.
	const ratio = many / few;
	report('the same, one over the other', `${ratio.toFixed(1)} x`, '<= 8 x', ratio <= 8);
}

export function benchEngine(): void {
	const scenario = longScenario(80);
	const recording = benchSimulation(longScenario(150));
	benchJumps(recording);
	benchManyNodes();
	benchSearches(recording);
	benchExports(recording);
	benchFindings(recording);
	benchMemory(scenario);
}

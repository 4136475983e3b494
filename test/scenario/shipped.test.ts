import {readdirSync, readFileSync} from 'node:fs';
import {describe, expect, it} from 'vitest';
import {checkExpectations} from '../../source/commands/expectations.ts';
import {hitsOf} from '../../source/debugger/breakpoint-hits.ts';
import {createSession} from '../../source/debugger/session.ts';
import {revisions} from '../../source/kernel/revisions.ts';
import {checkIntegrity} from '../../source/recording/integrity.ts';
import {loadRecording} from '../../source/recording/load.ts';
import type {Recording} from '../../source/recording/recording.ts';
import {serializeRecording} from '../../source/recording/save.ts';
import {textReport} from '../../source/reports/text-report.ts';
import {driverSteps} from '../../source/scenario/driver-steps.ts';
import {loadScenario} from '../../source/scenario/load-scenario.ts';
import {runScenario} from '../../source/scenario/run-scenario.ts';
import {scriptActions} from '../../source/scenario/script-actions.ts';
import {dmesgText} from '../helpers/export-text.ts';

const files = readdirSync('scenarios').filter((file) => file.endsWith('.yaml'));

function scenarioOf(file: string) {
	const loaded = loadScenario(readFileSync(`scenarios/${file}`, 'utf8'), {
		steps: driverSteps,
		actions: scriptActions,
	});
	if (!loaded.ok) throw new Error(loaded.errors.map(({message}) => message).join('\n'));
	return loaded.scenario;
}

function recordingOf(file: string, kernel?: string): Recording {
	const run = runScenario(scenarioOf(file), {path: file, kernel});
	if (!run.ok) throw new Error(run.error.message);
	return run.recording;
}

const saved = (recording: Recording): string => [...serializeRecording(recording)].join('\n');

describe.each(files)('%s', (file) => {
	const scenario = scenarioOf(file);
	const recording = recordingOf(file);

	it('teaches: it has a title, and a text that says what to notice', () => {
		expect(scenario.title).not.toBe('');
		expect(scenario.about.length).toBeGreaterThan(100);
	});

	it('holds what it expects', () => {
		const results = checkExpectations(recording, scenario);
		expect(results.length).toBeGreaterThan(0);
		expect(results.filter(({ok}) => !ok)).toEqual([]);
	});

	it('stops at each of its breakpoints', () => {
		const session = createSession(recording);
		expect(session.breakpoints.length).toBeGreaterThan(0);
		for (const breakpoint of session.breakpoints) {
			const hits = hitsOf(recording, breakpoint);
			expect([breakpoint.target.name, hits.length > 0]).toEqual([breakpoint.target.name, true]);
		}
	});

	it('tells one story under every kernel', () => {
		for (const {name} of revisions) {
			expect([name, checkIntegrity(recordingOf(file, name))]).toEqual([name, []]);
		}
	});

	it('gives the same bytes each time, and the same recording after saving and loading', () => {
		expect(saved(recordingOf(file))).toBe(saved(recording));
		const loaded = loadRecording(saved(recording));
		if (!loaded.ok) throw new Error(JSON.stringify(loaded.errors));
		expect(saved(loaded.recording)).toBe(saved(recording));
	});

	it('reports what the golden text says', async () => {
		const report = textReport(recording, checkExpectations(recording, scenario));
		const text = `${report}\n${dmesgText(recording)}`;
		await expect(text).toMatchFileSnapshot(`../golden/scenarios/${file.replace('.yaml', '.txt')}`);
	});
});

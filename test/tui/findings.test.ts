import {readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {createSession} from '../../source/debugger/session.ts';
import {goTo} from '../../source/debugger/step.ts';
import {findingsOf, knownFindings} from '../../source/findings/findings.ts';
import {areFindingsPending, drawnFindings} from '../../source/tui/finding-marks.ts';
import {nothingHidden} from '../../source/tui/lesson-view.ts';
import {manyNodes} from '../helpers/many.ts';
import {runScenarioText} from '../helpers/run-scenario-text.ts';
import {linesOn, openedState, pressed, screenOf, stateOf} from '../helpers/screen.ts';

const recording = runScenarioText(readFileSync('scenarios/shape-s2.yaml', 'utf8'));
const start = openedState(recording);
const small = screenOf(80, 24);
const findings = findingsOf(recording);
const positions = [...new Set(findings.map(({event}) => event + 1))];
const positionAfter = (keys: string) => pressed(start, keys).session?.position;

describe('going from finding to finding', () => {
	test('x goes to the next, X to the one before', () => {
		expect(['x', 'xx', 'xxx'].map(positionAfter)).toEqual(positions.slice(0, 3));
		expect(positionAfter('xxxX')).toBe(positions[1]);
	});

	test('says when there is none, and moves nothing', () => {
		const last = pressed(start, '>x');
		expect(last.view.message).toBe('There is no further finding.');
		expect(last.session?.position).toBe(recording.length);
		expect(pressed(start, 'X').view.message).toBe('There is no finding before.');
		const well = openedState(runScenarioText(readFileSync('scenarios/release-order.yaml', 'utf8')));
		expect(pressed(well, 'x').view.message).toBe('Nothing is wrong as far as the rules see.');
	});

	test('the line under the panes says what is wrong there', () => {
		const lines = linesOn(pressed(start, 'x'), screenOf(160, 40));
		expect(lines.at(-2)).toContain(
			'Jumped.   ⚠ #6 pcim_intx_restore (4 bytes) was added inside the release callback of #4 pcim_msi_release',
		);
		const narrow = linesOn(pressed(start, 'x', small), small);
		expect(narrow.at(-2)).toContain(' ⚠ #6 pcim_intx_restore (4 bytes) was added inside');
	});
});

describe('the pane', () => {
	test('is the sixth tab of a small screen, and lists all findings', () => {
		const lines = linesOn(pressed(start, '6', small), small);
		const shown = lines.filter((line) => /│.?[EWN] +\d+ /.test(line));
		expect(shown).toHaveLength(findings.length);
		expect(shown[0]).toContain('E 165 add-during-release');
	});

	test('has its own place on a large one, and a tab beside the log on a medium one', () => {
		expect(linesOn(start, screenOf(200, 50)).some((line) => line.includes('findings'))).toBe(true);
		const medium = linesOn(pressed(start, '6'));
		expect(medium.some((line) => line.includes('[findings]'))).toBe(true);
	});

	test('says that nothing is wrong where nothing is', () => {
		const well = openedState(runScenarioText(readFileSync('scenarios/release-order.yaml', 'utf8')));
		expect(linesOn(pressed(well, '6')).join('\n')).toContain('nothing is wrong as far as');
	});

	test('Enter shows the proof, the explanation and the fix; Enter there jumps', () => {
		const open = pressed(start, ['6', 'home', 'return']);
		const text = linesOn(open).join('\n');
		expect(text).toContain('[error: add-during-release]');
		expect(text).toContain('← too late for this release');
		expect(text).toContain('Why it matters');
		expect(text).toContain('00f89ae4e759 (v6.11-rc2)');
		const first = findings[0]?.evidence[0]?.seq ?? 0;
		expect(pressed(open, ['return']).session?.position).toBe(first + 1);
		const second = findings[0]?.evidence[1]?.seq ?? 0;
		expect(pressed(open, ['down', 'return']).session?.position).toBe(second + 1);
		expect(pressed(open, ['escape']).view.overlay).toBeNull();
		const reading = pressed(open, ['end', 'return']);
		expect(reading.view.overlay?.kind).toBe('finding');
		expect(reading.view.message).toBe('There is nothing to jump to in this row.');
	});
});

describe('a long recording', () => {
	test('is drawn before it is searched, and x searches it', () => {
		const long = manyNodes(1, 20_000);
		const state = openedState(long);
		expect(linesOn(pressed(state, '6')).join('\n')).toContain('looking for findings');
		expect([areFindingsPending(long), knownFindings(long)]).toEqual([true, null]);
		pressed(state, 'x');
		expect(areFindingsPending(long)).toBe(false);
		expect(drawnFindings(long, nothingHidden)).toBe(findingsOf(long));
	});
});

test('the header counts errors and warnings, not notes', () => {
	const open = runScenarioText(readFileSync('scenarios/groups-open.yaml', 'utf8'));
	expect(linesOn(openedState(open))[0]).not.toContain('finding');
	expect(linesOn(stateOf(goTo(createSession(recording), 5)))[0]).toContain('⚠ 4 findings');
});

import {describe, expect, test} from 'vitest';
import {errorsIn} from '../helpers/found.ts';
import {runScenarioText} from '../helpers/run-scenario-text.ts';
import {revisionNames, type ShapeDevice, shapeCalls, shapeScenario} from '../helpers/shape.ts';

const letters = ['A', 'B', 'C', 'D', 'D2', 'E0', 'F', 'E', 'G', 'S'];
const shapes = ['S1', 'S2', 'S3', 'S4', 'S5', 'S6', 'S7', 'S8', 'S9'];
const leaks = ['add-during-release', 'leak', 'leftover-at-probe'];

/** `1` for a bit that is left wrong, `✗` for a node that is left and refuses the next probe, `-` for no error. */
function cell(shape: string, letter: string, device: ShapeDevice): string {
	const text = shapeScenario(shapeCalls(shape, device.vector), device);
	const rules = errorsIn(runScenarioText(text, revisionNames[letter])).map(({rule}) => rule);
	const isLeak = leaks.every((rule) => rules.includes(rule));
	const isWrong = rules.includes('intx-not-restored');
	const others = rules.filter((rule) => ![...leaks, 'intx-not-restored'].includes(rule));
	const marks = [isWrong ? '1' : '', isLeak ? '✗' : '', ...others];
	return marks.join('') || '-';
}

function table(device: ShapeDevice): string[] {
	return shapes.map((shape) =>
		[shape, ...letters.map((letter) => cell(shape, letter, device).padEnd(2))].join(' ').trimEnd(),
	);
}

// The table of the kernel's behaviour, one row a shape: A v6.10, B the v9 series, C v6.11-rc1, D v6.11-rc2,
// D2 v6.11, E0 the patch of October 2024, F v6.14-rc1, E v6.14, G v6.16, S the stable kernels.
const expected = [
	'S1 -  1✗ 1  1  1  -  -  -  -  -',
	'S2 -  ✗  ✗  -  -  -  -  -  -  -',
	'S3 -  1✗ 1  -  -  -  1  -  -  -',
	'S4 -  1✗ 1  1  1  -  1  -  -  -',
	'S5 -  1✗ 1  -  -  -  1  -  -  -',
	'S6 -  ✗  ✗  ✗  ✗  -  -  -  -  -',
	'S7 -  1✗ 1  1  1  -  -  1  1  -',
	'S8 -  ✗  ✗  -  -  -  -  -  -  -',
	'S9 -  1✗ 1  1  1  -  -  -  -  -',
];

describe('errors of nine driver shapes under ten revisions', () => {
	test.each(['msi', 'msix'] as const)('with %s', (vector) => {
		expect(table({vector, pin: true, initialBit: 0})).toEqual(expected);
	});

	test('are the same where bit 10 was set before: enabling clears it, and that counts', () => {
		expect(table({vector: 'msi', pin: true, initialBit: 1})).toEqual(expected);
	});

	test('without a pin, where enabling leaves the bit set, a set bit is no error and other shapes leak', () => {
		expect(table({vector: 'msi', pin: false, initialBit: 1})).toEqual([
			'S1 -  ✗  -  -  -  -  -  -  -  -',
			'S2 -  ✗  ✗  ✗  ✗  ✗  -  -  -  -',
			'S3 -  ✗  -  -  -  -  -  -  -  -',
			'S4 -  ✗  -  -  -  -  -  -  -  -',
			'S5 -  ✗  -  -  -  -  -  -  -  -',
			'S6 -  ✗  ✗  ✗  ✗  ✗  -  -  -  -',
			'S7 -  ✗  -  -  -  -  -  -  -  -',
			'S8 -  ✗  ✗  -  -  ✗  -  -  -  -',
			'S9 -  ✗  -  -  -  -  -  -  -  -',
		]);
	});
});

describe('the fix that a finding names', () => {
	const device: ShapeDevice = {vector: 'msi', pin: true, initialBit: 0};
	const fixOf = (shape: string, letter: string, rule: string) => {
		const text = shapeScenario(shapeCalls(shape, 'msi'), device);
		const errors = errorsIn(runScenarioText(text, revisionNames[letter]));
		return errors.find((finding) => finding.rule === rule)?.fixed ?? null;
	};

	test('depends on the callback in which the node was added', () => {
		expect(fixOf('S1', 'B', 'add-during-release')).toContain('25216afc9db5 (v6.11-rc1)');
		expect(fixOf('S2', 'C', 'add-during-release')).toContain('00f89ae4e759 (v6.11-rc2)');
		expect(fixOf('S2', 'C', 'leftover-at-probe')).toContain('00f89ae4e759 (v6.11-rc2)');
	});

	test('of a wrong bit is the commit that saves the original', () => {
		expect(fixOf('S1', 'D2', 'intx-not-restored')).toContain('d555ed45a5a1 (v6.14-rc2)');
	});
});

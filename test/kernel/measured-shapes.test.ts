import {readFileSync} from 'node:fs';
import {describe, expect, it} from 'vitest';
import {checkIntegrity} from '../../source/recording/integrity.ts';
import {runScenarioText} from '../helpers/run-scenario-text.ts';
import {
	bitAt,
	leftover,
	positionAfterUnbind,
	positionBound,
	probeResult,
	revisionNames,
	shapeCalls,
	shapeScenario,
	shapeString,
} from '../helpers/shape.ts';

const [, ...rows] = readFileSync('test/fixtures/measured/shapes.tsv', 'utf8')
	.trimEnd()
	.split('\n')
	.map((line) => line.split('\t'));

describe('every measured run of a real kernel is reproduced', () => {
	it('has all measured rows', () => {
		expect(rows).toHaveLength(162);
	});

	it.each(rows)('%s %s on %s, pin %s, bit %s', (revision, shape, device, pin, bit, ...measured) => {
		const vector = device === 'vmxnet3' && ['S1', 'S9'].includes(`${shape}`) ? 'msix' : 'msi';
		const text = shapeScenario(shapeCalls(`${shape}`, vector), {
			vector,
			pin: pin !== '0',
			initialBit: Number(bit),
		});
		const recording = runScenarioText(text, revisionNames[`${revision}`]);
		const after = positionAfterUnbind(recording);
		const second = probeResult(recording, 1);
		expect(checkIntegrity(recording)).toEqual([]);
		expect([
			shapeString(recording),
			`${bitAt(recording, positionBound(recording))}`,
			`${bitAt(recording, after)}`,
			leftover(recording, after).join(' ') || '-',
			second === -16 ? 'EBUSY' : `${second}`,
		]).toEqual(measured);
	});
});

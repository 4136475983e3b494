import {readFileSync} from 'node:fs';
import {describe, expect, it} from 'vitest';
import {runScenarioText} from '../helpers/run-scenario-text.ts';
import {
	bitAt,
	positionAfterUnbind,
	revisionNames,
	shapeCalls,
	shapeScenario,
	shapeString,
} from '../helpers/shape.ts';

type Case = {
	readonly shape: string;
	readonly letter: string;
	readonly initialBit: number;
	readonly expected: string;
	readonly endBit: string | null;
};

/** The annex merges revisions: D stands for D and D2 too, E/G for mainline. */
function letters(merged: string): string[] {
	return merged
		.split(',')
		.flatMap((letter) => (letter === 'D' ? ['D', 'D2'] : letter === 'E/G' ? ['E', 'G'] : [letter]));
}

function readAnnex(): Case[] {
	const cases: Case[] = [];
	let shape = '';
	let initialBit = 0;
	for (const line of readFileSync('test/fixtures/measured/annex-a.txt', 'utf8').split('\n')) {
		if (line.startsWith('# The same')) initialBit = 1;
		shape = /^S\d/.exec(line)?.[0] ?? shape;
		const row = /^ {2}(\S+)\s+(P:.*?)(?:\s+\(end bit (\d)\))?$/.exec(line);
		if (row === null) continue;
		const expected = `${row[2]}`.replaceAll(/\s+/g, ' ').trim();
		for (const letter of letters(`${row[1]}`)) {
			cases.push({shape, letter, initialBit, expected, endBit: row[3] ?? null});
		}
	}
	return cases;
}

const cases = readAnnex();

describe('the event strings of the kernel model', () => {
	it('cover nine shapes on ten revisions, and three with bit 10 set and no pin', () => {
		expect(cases.filter((one) => one.initialBit === 0)).toHaveLength(90);
		expect(cases.filter((one) => one.initialBit === 1)).toHaveLength(30);
	});

	it.each(cases)('$shape on $letter, initial bit $initialBit', (one) => {
		const vector = ['S1', 'S9'].includes(one.shape) ? 'msix' : 'msi';
		const device = {vector, pin: one.initialBit === 0, initialBit: one.initialBit} as const;
		const text = shapeScenario(shapeCalls(one.shape, vector), device);
		const recording = runScenarioText(text, revisionNames[one.letter]);
		expect(shapeString(recording)).toBe(one.expected);
		if (one.endBit === null) return;
		expect(`${bitAt(recording, positionAfterUnbind(recording))}`).toBe(one.endBit);
	});
});

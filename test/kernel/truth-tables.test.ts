import {describe, expect, it} from 'vitest';
import type {Recording} from '../../source/recording/recording.ts';
import {runScenarioText} from '../helpers/run-scenario-text.ts';
import {
	bitAt,
	leftover,
	positionAfterUnbind,
	positionBound,
	probeResult,
	revisionNames,
	type ShapeDevice,
	shapeCalls,
	shapeDevice,
	shapeScenario,
} from '../helpers/shape.ts';

const plain: ShapeDevice = {vector: 'msi', pin: true, initialBit: 0};
const noPin: ShapeDevice = {vector: 'msi', pin: false, initialBit: 1};

function run(shape: string, letter: string, device: ShapeDevice = plain): Recording {
	return runScenarioText(
		shapeScenario(shapeCalls(shape, device.vector), device),
		revisionNames[letter],
	);
}

/** `1→0` or `1→1 ✗`: bit while bound, bit after unbind, and whether the reload fails. */
function cell(recording: Recording): string {
	const after = positionAfterUnbind(recording);
	const bits = `${bitAt(recording, positionBound(recording))}→${bitAt(recording, after)}`;
	return probeResult(recording, 1) === 0 ? bits : `${bits} ✗`;
}

const columns = ['A', 'B', 'C', 'D', 'D2', 'E0', 'F', 'E', 'G', 'S'];
const summary: readonly (readonly string[])[] = [
	['S1', '1→0', '1→1 ✗', '1→1', '1→1', '1→1', '1→0', '1→0', '1→0', '1→0', '1→0'],
	['S2', '1→0', '1→0 ✗', '1→0 ✗', '1→0', '1→0', '1→0', '1→0', '1→0', '1→0', '1→0'],
	['S3', '0→0', '0→1 ✗', '0→1', '0→0', '0→0', '0→0', '0→1', '0→0', '0→0', '0→0'],
	['S4', '1→0', '1→1 ✗', '1→1', '1→1', '1→1', '1→0', '1→1', '1→0', '1→0', '1→0'],
	['S5', '0→0', '0→1 ✗', '0→1', '0→0', '0→0', '0→0', '0→1', '0→0', '0→0', '0→0'],
	['S6', '0→0', '0→0 ✗', '0→0 ✗', '0→0 ✗', '0→0 ✗', '0→0', '0→0', '0→0', '0→0', '0→0'],
	['S7', '1→0', '1→1 ✗', '1→1', '1→1', '1→1', '1→0', '1→0', '1→1', '1→1', '1→0'],
	['S8', '1→0', '1→0 ✗', '1→0 ✗', '1→0', '1→0', '1→0', '1→0', '1→0', '1→0', '1→0'],
	['S9', '1→0', '1→1 ✗', '1→1', '1→1', '1→1', '1→0', '1→0', '1→0', '1→0', '1→0'],
];

describe('bit 10 while bound and after unbind, and whether the driver can be loaded again', () => {
	it.each(summary)('%s', (shape, ...expected) => {
		expect(columns.map((letter) => cell(run(shape, letter)))).toEqual(expected);
	});

	it('is the same when bit 10 was set before, for enabling a device with a pin clears it', () => {
		for (const [shape, ...expected] of summary) {
			const cells = columns.map((letter) =>
				cell(run(`${shape}`, letter, {...plain, initialBit: 1})),
			);
			expect([shape, ...cells]).toEqual([shape, ...expected]);
		}
	});

	it('differs without a pin where bit 10 was set: shape 2 leaks up to the patch of October 2024', () => {
		const leaks = columns.filter((letter) => cell(run('S2', letter, noPin)).endsWith('✗'));
		expect(leaks).toEqual(['B', 'C', 'D', 'D2', 'E0']);
	});

	it('lets the patch of October 2024 leak in shapes 2, 6 and 8 without a pin', () => {
		const shapes = summary.map(([shape]) => `${shape}`);
		const leaks = shapes.filter((shape) => cell(run(shape, 'E0', noPin)).endsWith('✗'));
		expect(leaks).toEqual(['S2', 'S6', 'S8']);
	});

	it('leaves bit 10 set without a pin in shape 1 up to the patch of October 2024', () => {
		const bits = columns.map((letter) => {
			const recording = run('S1', letter, noPin);
			return bitAt(recording, positionAfterUnbind(recording));
		});
		expect(bits).toEqual([1, 1, 1, 1, 1, 1, 0, 0, 0, 0]);
	});

	it('keeps bit 10 wrong on a pinned device at the next bind of v6.11', () => {
		const recording = run('S9', 'D2');
		expect(bitAt(recording, positionAfterUnbind(recording))).toBe(1);
		const probe = recording.ofType('probe-begin')[1] ?? 0;
		const writes = recording.ofType('config-write').filter((seq) => seq > probe);
		expect(
			writes.some((seq) => {
				const event = recording.at(seq);
				return event.type === 'config-write' && event.offset === 4;
			}),
		).toBe(false);
	});
});

/** Saved values of restore nodes in the order in which they were written. */
function savedValues(recording: Recording): (number | string)[] {
	return recording.ofType('devres-data').flatMap((seq) => {
		const event = recording.at(seq);
		if (event.type !== 'devres-data' || event.field !== 'orig_intx') return [];
		return [Number(event.value)];
	});
}

describe('the reported sequence, value by value', () => {
	const rows: readonly (readonly [string, string, readonly number[], string, string])[] = [
		['A', 'pcim_release', [1], '1→0', ''],
		['B', 'pcim_release', [1, 0, 1], '1→1 ✗', 'pcim_intx_restore'],
		['C', 'pcim_disable_device', [1, 0], '1→1', ''],
		['D', 'pcim_disable_device', [1, 0], '1→1', ''],
		['D2', 'pcim_disable_device', [1, 0], '1→1', ''],
		['E0', 'pcim_disable_device', [1], '1→0', ''],
		['F', 'pcim_disable_device', [], '1→0', ''],
		['E', 'pcim_disable_device', [], '1→0', ''],
		['S', 'pcim_disable_device', [], '1→0', ''],
		['G', 'pcim_disable_device', [], '1→0', ''],
	];

	it.each(rows)(
		'%s: enable node, saved values, bits, leftover',
		(letter, node, saved, bits, left) => {
			const text = shapeScenario(shapeCalls('S1', 'msix'), {...plain, vector: 'msix'}, [
				'modprobe: shape',
				`unbind: "${shapeDevice}"`,
			]);
			const recording = runScenarioText(text, revisionNames[letter]);
			const first = recording.at(recording.ofType('devres-add')[0] ?? 0);
			expect(first.type === 'devres-add' ? first.name : null).toBe(node);
			expect(savedValues(recording)).toEqual(saved);
			expect(leftover(recording, recording.length).join(' ')).toBe(left);
			expect(cell(run('S1', letter, {...plain, vector: 'msix'}))).toBe(bits);
		},
	);

	it('clears bit 10 again at the second probe of v6.11', () => {
		const recording = run('S1', 'D2', {...plain, vector: 'msix'});
		const probe = recording.ofType('probe-begin')[1] ?? 0;
		const writes = recording.ofType('config-write').filter((seq) => seq > probe);
		const commands = writes.flatMap((seq) => {
			const event = recording.at(seq);
			return event.type === 'config-write' && event.offset === 4 ? [event.value & 0x400] : [];
		});
		expect(commands).toEqual([0, 0x400]);
	});
});

/** ADD and REL inside devres_release_all, with changes of bit 10 behind the line they follow. */
function insideRelease(recording: Recording): string[] {
	const start = recording.callsOf('devres_release_all')[0] ?? 0;
	const lines: string[] = [];
	for (let seq = start; seq < positionAfterUnbind(recording); seq += 1) {
		const event = recording.at(seq);
		if (event.type === 'devres-add') lines.push(`ADD ${event.name}`);
		if (event.type === 'devres-release') lines.push(`REL ${event.name}`);
		if (event.type === 'config-write' && event.offset === 4) {
			lines.push(`bit ${event.value & 0x400 ? 1 : 0}`);
		}
	}
	return lines.filter((line, index) => line !== lines[index - 1]);
}

describe('what a checker sees while shape 2 is released', () => {
	const tail = ['REL msi_device_data_release', 'REL devm_attr_group_remove'];
	it('v6.10 frees the vectors, then restores in the shared node', () => {
		expect(insideRelease(run('S2', 'A'))).toEqual([
			'REL devm_action_release',
			'bit 0',
			...tail,
			'REL pcim_release',
		]);
	});

	it('the v9 series adds a node right after the release of the first', () => {
		expect(insideRelease(run('S2', 'B'))).toEqual([
			'REL pcim_intx_restore',
			'ADD pcim_intx_restore',
			'bit 0',
			'REL pcim_msi_release',
			...tail,
			'REL pcim_release',
		]);
	});

	it('v6.11-rc1 adds a node when the vectors are freed', () => {
		expect(insideRelease(run('S2', 'C'))).toEqual([
			'REL pcim_intx_restore',
			'bit 0',
			'REL pcim_msi_release',
			'ADD pcim_intx_restore',
			...tail,
			'REL pcim_disable_device',
		]);
	});

	it.each(['D', 'D2', 'E0'])('%s adds nothing', (letter) => {
		expect(insideRelease(run('S2', letter))).toEqual([
			'REL pcim_intx_restore',
			'bit 0',
			'REL pcim_msi_release',
			...tail,
			'REL pcim_disable_device',
		]);
	});

	it.each(['F', 'E', 'S', 'G'])('%s knows no restore node', (letter) => {
		expect(insideRelease(run('S2', letter))).toEqual([
			'REL pcim_msi_release',
			'bit 0',
			...tail,
			'REL pcim_disable_device',
		]);
	});
});

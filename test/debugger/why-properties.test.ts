import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {why} from '../../source/debugger/why.ts';
import {describeWhyStep, type WhyAnswer} from '../../source/debugger/why-answer.ts';
import {parseWhy} from '../../source/debugger/why-question.ts';
import {createRecording, type Recording} from '../../source/recording/recording.ts';
import {changedRecording} from '../helpers/changed-recording.ts';
import {fuzz} from '../helpers/fuzz.ts';
import {legalRecordings} from '../helpers/legal-events.ts';
import {manyNodes} from '../helpers/many.ts';
import {
	filesBelow,
	fixtures,
	imported,
	moreRecordings,
	textOf,
} from '../helpers/real-recordings.ts';
import {sessionAt, shipped, shippedScenarios} from '../helpers/why-questions.ts';

const asked = ['probe', 'devres_find', 'INTX_DISABLE', 'command', 'driver', 'enable_count'];

/** Ordinals that an answer names, in its steps and in its words. */
function named({question, steps}: WhyAnswer): readonly number[] {
	const texts = [question, ...steps.map(({text}) => text)];
	const inWords = texts.flatMap((text) =>
		Array.from(text.matchAll(/\bevent (\d+)/g), ([, number]) => Number(number) - 1),
	);
	return [...steps.flatMap(({seq}) => (seq === null ? [] : [seq])), ...inWords];
}

function check(recording: Recording, position: number, text: string): void {
	const parsed = parseWhy(sessionAt(recording, position), text === '' ? [] : text.split(' '));
	if (!parsed.ok) {
		expect(parsed.error).not.toBe('');
		return;
	}
	const answer = why(recording, position, parsed.question, 3);
	expect(answer.steps.length).toBeGreaterThan(0);
	for (const step of answer.steps) {
		const line = describeWhyStep(recording, step);
		if (/undefined|NaN|\[object/.test(line) || !/[.)]$/.test(line)) expect(line).toBe('a sentence');
	}
	for (const seq of named(answer)) {
		if (seq < 0 || seq >= position) expect({position, text, answer}).toBe('before the position');
	}
}

/** Asks about what has just happened everywhere, and about the rest here and there. */
function sweep(recording: Recording): void {
	for (let position = 0; position <= recording.length; position += 1) {
		check(recording, position, '');
		const other = asked[position % asked.length] ?? '';
		check(recording, position, other);
		if (position % 5 !== 0) continue;
		for (const {devres_head} of recording.stateAt(position).devices.values()) {
			const node = devres_head.at(-1);
			if (node !== undefined) check(recording, position, `#${recording.nodeNumber(node)}`);
		}
	}
}

describe('at every position, an answer names only events before it', () => {
	test.each(shippedScenarios)('%s', (name) => {
		sweep(shipped(name));
	});

	test.each(filesBelow(fixtures, '.graph.txt'))('%s', (path) => {
		sweep(imported(textOf(fixtures, path)));
	});

	const more = filesBelow(moreRecordings, '.graph.txt');
	test.skipIf(more.length === 0)(`${more.length} more traces beside the repository`, () => {
		for (const path of more) sweep(imported(textOf(moreRecordings, path)));
	});

	test('in any legal recording', () => {
		fc.assert(
			fc.property(legalRecordings(120), (recording) => {
				sweep(recording);
			}),
			fuzz(40),
		);
	});
});

/** The recording as it would be, had it ended at a position. */
function cutAt(recording: Recording, position: number): Recording {
	const events = Array.from({length: position}, (_, seq) => recording.at(seq));
	return createRecording(recording.header, events);
}

test.each(['release-order', 'double-free', 'shape-s1'])(
	'at every position of %s, an answer is the same whatever comes',
	(name) => {
		const recording = shipped(name);
		for (let position = 0; position <= recording.length; position += 1) {
			const cut = cutAt(recording, position);
			for (const question of ['', asked[position % asked.length] ?? '']) {
				const words = question === '' ? [] : question.split(' ');
				const parsed = parseWhy(sessionAt(cut, position), words);
				if (!parsed.ok) continue;
				const [told, known] = [recording, cut].map((each) =>
					why(each, position, parsed.question, 3).steps.map(({text}) => text),
				);
				expect(told).toEqual(known);
			}
		}
	},
);

test('walking a value back names ever earlier events', () => {
	for (const name of ['ccp-reload', 'ahci-reload', 'shape-s6', 'e1000e']) {
		const recording = shipped(name);
		for (const device of recording.devices) {
			let position = recording.length;
			for (;;) {
				const valued = {kind: 'register', device, offset: 4, mask: 0x0400, name: 'bit 10'} as const;
				const {steps, more} = why(recording, position, {kind: 'value', valued}, 1);
				const seq = steps[0]?.seq ?? null;
				if (seq !== null) expect(seq).toBeLessThan(position);
				if (!more || seq === null) break;
				position = seq;
			}
		}
	}
});

/** The same recording, counting the events that are looked at. */
function counted(recording: Recording): {readonly recording: Recording; looks(): number} {
	let looks = 0;
	const counting = changedRecording(recording, {
		at: (seq) => {
			looks += 1;
			return recording.at(seq);
		},
	});
	return {recording: counting, looks: () => looks};
}

test.each(['', 'probe', 'driver', 'command', 'devres_find', '#40000'])(
	'once its indexes are made, asking "%s" looks at few of many events',
	(text) => {
		const {recording, looks} = counted(manyNodes(20, 5000));
		// A node is added by three events: both positions stand behind the ADD of one.
		check(recording, recording.length - 1, text);
		const before = looks();
		check(recording, recording.length - 4, text);
		expect(looks() - before).toBeLessThan(2500);
	},
);

import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {loadScenario} from '../../source/scenario/load-scenario.ts';
import {runScenarioText} from '../helpers/run-scenario-text.ts';

function firstError(text: string): string {
	const loaded = loadScenario(text);
	return loaded.ok ? '' : (loaded.errors[0]?.message ?? '');
}

function laughs(levels: number): string {
	const lines = Array.from({length: levels}, (_, level) => {
		const items = level === 0 ? 'ha' : `*a${level - 1}, *a${level - 1}, *a${level - 1}`;
		return `a${level}: &a${level} [${items}]`;
	});
	return `${lines.join('\n')}\n`;
}

describe('what would cost time or memory is refused', () => {
	test.each([
		['deep lists', '['.repeat(500_000), /nested deeper than 64 levels/],
		['deep maps', '{a: '.repeat(200_000), /nested deeper than 64 levels/],
		['deep block lists', '- '.repeat(400_000), /nested deeper than 64 levels/],
		['aliases of aliases', laughs(9), /aliases expand to too much/],
		['many aliases', `a: &a x\nb: [${'*a, '.repeat(40)}]\n`, /more than 32 aliases/],
		['an alias inside its own anchor', 'a: &a [*a]\n', /inside its own anchor/],
		[
			'many faults',
			`title: x\nkernel: v6.14\ndevices: [{address: a, id: b, bus: spi}]\nscript:\n${'- fail: {fn: x}\n'.repeat(1001)}`,
			/more than 1000 faults/,
		],
		['a large file', `title: ${'x'.repeat(1_000_001)}`, /larger than 1000000 bytes/],
	])('%s', (_, text, message) => {
		expect(firstError(text)).toMatch(message);
	});
});

test('the place of what is nested too deeply is told', () => {
	const loaded = loadScenario(`title: x\nscript: ${'['.repeat(100)}`);
	expect(loaded).toMatchObject({ok: false, errors: [{line: 2}]});
});

test('names of object internals are harmless', () => {
	expect(firstError('title: x\n__proto__: {polluted: true}\n')).toBe('"__proto__" is no name');
	const loaded = loadScenario(
		'title: x\nkernel: v6.14\ndevices: [{address: a, id: b, bus: platform}]\ndrivers:\n  constructor: {matches: [b]}\n  toString: {}\n',
	);
	expect(loaded).toMatchObject({
		ok: true,
		scenario: {drivers: [{name: 'constructor'}, {name: 'toString'}]},
	});
	expect('polluted' in {}).toBe(false);
});

test('a node named like an object internal has the size that the scenario gives', () => {
	const recording = runScenarioText(
		'title: x\nkernel: v6.14\ndevices: [{address: a, id: b, bus: platform}]\ndrivers: {d: {matches: [b], probe: [{devres: {add: constructor, size: 8}}]}}\nscript: [{modprobe: d}]\n',
	);
	const [added = 0] = recording.ofType('devres-add');
	expect(recording.at(added)).toMatchObject({name: 'constructor', size: 8});
});

test('a step named like an object internal is unknown', () => {
	const text =
		'title: x\nkernel: v6.14\ndevices: [{address: a, id: b, bus: platform}]\nscript: [constructor, {toString: 1}, {hasOwnProperty: 1}]\n';
	const loaded = loadScenario(text);
	expect(loaded.ok ? [] : loaded.errors.map(({message}) => message)).toEqual([
		'unknown action "constructor"',
		'unknown action "toString"',
		'unknown action "hasOwnProperty"',
	]);
});

test('control characters reach neither the scenario nor its errors', () => {
	const scenario = (title: string) =>
		`title: ${title}\nkernel: v6.14\ndevices: [{address: a, id: b, bus: platform}]\n`;
	const loaded = loadScenario(scenario('"red \\e[31m\\u202etext"'));
	expect(loaded).toMatchObject({ok: true, scenario: {title: 'red text'}});
	const broken = loadScenario(`"k\\e]0;x\\a\\e[2J": 1\nb\u001B[2J: 1\n`);
	expect(broken.ok).toBe(false);
	// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
	expect(JSON.stringify(broken).replaceAll('\\n', '')).not.toMatch(/\\u00[01]|[\u0000-\u001F]/);
});

test('what is shown in one line has no other: a text cannot forge lines of a report', () => {
	const loaded = loadScenario(
		'title: "a\\nb"\nabout: "c\\nd"\nkernel: v6.14\ndevices: [{address: "e\\nf", id: b, bus: platform}]\nscript:\n  - log: "g\\nexpected\\n"\nexpect:\n  - that: |\n      1 == 1\n      && 2 == 2\n',
	);
	expect(loaded).toMatchObject({
		ok: true,
		scenario: {
			title: 'a b',
			about: 'c\nd',
			devices: [{address: 'e f'}],
			script: [{arguments: 'g expected'}],
			expect: [{that: '1 == 1 && 2 == 2'}],
		},
	});
});

test('no text makes the loader throw, and every error has a place in the text', () => {
	const words = [
		'title',
		': ',
		'- ',
		'\n',
		'  ',
		'{',
		'}',
		'[',
		']',
		'&a',
		'*a',
		'"',
		"'",
		'!!x',
		'#',
		'? ',
		'|',
		'5',
		'__proto__',
		'script',
		'modprobe',
	];
	fc.assert(
		fc.property(
			fc.array(fc.oneof(fc.constantFrom(...words), fc.string({maxLength: 3})), {maxLength: 40}),
			(parts) => {
				const text = parts.join('');
				const loaded = loadScenario(text);
				if (loaded.ok) return;
				const lines = text.split('\n').length;
				expect(loaded.errors.length).toBeGreaterThan(0);
				for (const {line, column, message} of loaded.errors) {
					expect(line).toBeGreaterThanOrEqual(1);
					expect(line).toBeLessThanOrEqual(lines);
					expect(column).toBeGreaterThanOrEqual(1);
					expect(message).not.toBe('');
				}
			},
		),
		{numRuns: 500},
	);
});

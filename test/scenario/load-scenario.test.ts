import {describe, expect, test} from 'vitest';
import {codeFrames} from '../../source/reports/code-frame.ts';
import {loadScenario, vocabulary} from '../../source/scenario/load-scenario.ts';

const valid = `title: two nodes
kernel: v6.14
devices:
  - address: "0000:00:03.0"
    id: "1af4:1000"
    bars: {2: mem 1M}
drivers:
  demo:
    matches: ["1af4:1000"]
    probe:
      - devm_kzalloc: 16
      - pcim_enable_device
script:
  - modprobe: demo
`;

function errorsOf(text: string): string[] {
	const loaded = loadScenario(text);
	if (loaded.ok) return [];
	return loaded.errors.map(({line, column, message, hint}) =>
		[`${line}:${column} ${message}`, ...(hint === undefined ? [] : [hint])].join(' | '),
	);
}

/** The valid scenario with one text replaced by another. */
function change(from: string, to: string): string {
	expect(valid).toContain(from);
	return valid.replace(from, to);
}

test('a scenario without errors is loaded with its steps, their lines and the defaults', () => {
	const loaded = loadScenario(valid);
	if (!loaded.ok) throw new Error(JSON.stringify(loaded.errors));
	const [driver] = loaded.scenario.drivers;
	expect(driver).toMatchObject({name: 'demo', module: 'demo', probe_function: null, remove: []});
	expect(driver?.probe).toEqual([
		{
			name: 'devm_kzalloc',
			arguments: 16,
			line: 11,
			on: null,
			only: null,
			when: null,
			as: null,
			on_error: 'fail',
		},
		expect.objectContaining({name: 'pcim_enable_device', line: 12}),
	]);
	expect(loaded.scenario.script).toEqual([{name: 'modprobe', arguments: 'demo', line: 14}]);
	expect(loaded.scenario.devices[0]).toMatchObject({
		bus: 'pci',
		interrupt_pin: 'A',
		bars: {2: {kind: 'mem', size: 1 << 20}},
	});
});

test('a step keeps its target, its name and what to do on errors', () => {
	const loaded = loadScenario(
		change(
			'- pcim_enable_device',
			'- devm_kzalloc: 8\n        as: buffer\n        on: "0000:00:03.0"\n        on_error:\n          - pcim_enable_device',
		),
	);
	if (!loaded.ok) throw new Error(JSON.stringify(loaded.errors));
	expect(loaded.scenario.drivers[0]?.probe[1]).toMatchObject({
		as: 'buffer',
		on: '0000:00:03.0',
		on_error: [{name: 'pcim_enable_device', line: 16, on_error: 'fail'}],
	});
});

describe('an error has the place of what is wrong', () => {
	const rows: readonly [string, string, string[]][] = [
		[
			'an unknown key',
			change('title:', 'titel:'),
			['1:1 unknown key "titel" | did you mean "title"?'],
		],
		['a missing key', change('title: two nodes\n', ''), ['1:1 "title" is missing']],
		[
			'a key of a device',
			change('    id:', '    pin: A\n    id:'),
			[expect.stringMatching(/^5:5 unknown key "pin" \| /) as unknown as string],
		],
		[
			'a wrong kind',
			change('devices:', 'breakpoints: 5\ndevices:'),
			['3:14 expected a list, found the number 5'],
		],
		[
			'nothing in place of steps',
			change('script:', '    remove:\nscript:'),
			['13:12 expected a list, found nothing | write [] for none'],
		],
		[
			'nothing in place of a list that must not be empty',
			'title: none\nkernel: v6.14\ndevices:\n',
			['3:9 expected a list, found nothing'],
		],
		[
			'a number that should be text',
			change('"0000:00:03.0"', '5'),
			['4:14 expected text, found the number 5 | put it in quotes'],
		],
		[
			'an unknown kernel',
			change('v6.14', 'v6.14-rc'),
			[
				expect.stringMatching(
					/^2:9 "v6.14-rc" is not one of .*did you mean "v6.14-rc1"\?$/,
				) as unknown as string,
			],
		],
		[
			'a map or nothing in place of a word',
			change('"0000:00:03.0"', '"0000:00:03.0"\n    interrupt_pin: {a: 1}\n    bus:'),
			[
				'5:20 a map is not one of none, A, B, C, D',
				'6:9 nothing is not one of pci, platform, spi, pnp, virtio, hdaudio',
			],
		],
		[
			'a number that is none of the allowed ones',
			change('devm_kzalloc: 16', 'pci_intx: 2'),
			['11:19 2 is not one of 0, 1'],
		],
		[
			'an unknown step',
			change('devm_kzalloc:', 'devm_kzaloc:'),
			['11:9 unknown step "devm_kzaloc" | did you mean "devm_kzalloc"?'],
		],
		[
			'an unknown step without arguments',
			change('pcim_enable_device', 'pcim_enable_devise'),
			['12:9 unknown step "pcim_enable_devise" | did you mean "pcim_enable_device"?'],
		],
		[
			'an unknown action',
			change('modprobe', 'modprob'),
			['14:5 unknown action "modprob" | did you mean "modprobe"?'],
		],
		[
			'wrong arguments',
			change('devm_kzalloc: 16', 'devm_kzalloc: lots'),
			['11:23 expected a number or a map, found text'],
		],
		[
			'two steps in one item',
			change('- devm_kzalloc: 16', '- devm_kzalloc: 16\n        on_eror: continue'),
			['12:9 "on_eror" can\'t stand beside "devm_kzalloc" | did you mean "on_error"?'],
		],
		[
			'a module that no driver is in',
			change('modprobe: demo', 'modprobe: demmo'),
			['14:15 the scenario has no module "demmo" | did you mean "demo"?'],
		],
		[
			'a device that does not exist',
			`${valid}  - unbind: "0000:00:04.0"\n`,
			['15:13 the scenario has no device "0000:00:04.0" | did you mean "0000:00:03.0"?'],
		],
		[
			'an address that is used twice',
			change('drivers:', '  - {address: "0000:00:03.0", id: "1:2"}\ndrivers:'),
			['7:15 another device has the address "0000:00:03.0"'],
		],
		[
			'an address of another form than the bus has',
			change('"0000:00:03.0"', '"3.0"'),
			['4:14 "3.0" is no PCI address | write it as "0000:23:00.1", or name another bus'],
		],
		[
			'a BAR that no device has',
			change('2: mem', '6: mem'),
			['6:12 a BAR has a number from 0 to 5'],
		],
		['an empty condition', `${valid}expect:\n  - that: ""\n`, ['16:11 must not be empty']],
		[
			'a number that is too large to be exact',
			change('devm_kzalloc: 16', 'devm_kzalloc: 18446744073709551615'),
			[
				'11:23 the number is too large to be kept exactly | put it in quotes if it is an address or an id',
			],
		],
		[
			'a key that is given twice',
			change('kernel:', 'title: x\nkernel:'),
			['2:1 Map keys must be unique'],
		],
		[
			'a key that is a list',
			change('kernel:', '[a]: x\nkernel:'),
			['2:1 a key must be plain text'],
		],
		[
			'a tag',
			change('two nodes', '!!python/name:os.system x'),
			[expect.stringMatching(/^1:8 Unresolved tag/) as unknown as string],
		],
		[
			'a second document',
			`${valid}---\ntitle: x\n`,
			[expect.stringMatching(/^15:1 /) as unknown as string],
		],
		[
			'text that is no YAML',
			'title: [a, b\nkernel: x\n',
			[expect.stringMatching(/^2:/) as unknown as string],
		],
		[
			'an alias without anchor',
			change('two nodes', '*nodes'),
			['1:8 the alias *nodes has no anchor before it'],
		],
		[
			'nothing at all',
			'\n \n',
			[expect.stringMatching(/^1:1 the file is empty/) as unknown as string],
		],
		['a list where a scenario should be', '- a\n- b\n', ['1:1 expected a map, found a list']],
	];
	test.each(rows)('%s', (_, text, expected) => {
		expect(errorsOf(text)).toEqual(expected);
	});
});

test('errors of different kinds come at once and in the order of the file', () => {
	const text = change('two nodes', '""')
		.replace('v6.14', 'v7')
		.replace('devm_kzalloc', 'devm_kzaloc')
		.replace('modprobe', 'modprob');
	expect(errorsOf(text).map((error) => error.split(' ')[0])).toEqual([
		'1:8',
		'2:9',
		'11:9',
		'14:5',
	]);
});

test('an error shows its line with a caret, and the next move', () => {
	const loaded = loadScenario(change('devm_kzalloc:', 'devm_kzaloc:'));
	if (loaded.ok) throw new Error('expected errors');
	expect(codeFrames('my.yaml', loaded.errors)).toBe(
		[
			'my.yaml:11:9: unknown step "devm_kzaloc"',
			'  11 |       - devm_kzaloc: 16',
			'               ^',
			'  did you mean "devm_kzalloc"?',
			'',
		].join('\n'),
	);
});

test('ten errors are shown, the others are counted', () => {
	const actions = Array.from({length: 13}, () => '  - nothing: 1\n').join('');
	const loaded = loadScenario(valid + actions);
	if (loaded.ok) throw new Error('expected errors');
	const lines = codeFrames('my.yaml', loaded.errors).trimEnd().split('\n');
	expect(lines.filter((line) => line.startsWith('my.yaml:'))).toHaveLength(10);
	expect(lines.at(-1)).toBe('and 3 more');
});

test('a wrong expression is an error of the scenario where its language is known', () => {
	const text = `${valid}breakpoints:\n  - break: devres_add\n    if: depth >\nexpect:\n  - log: x\n  - that: size(\n`;
	const checkExpression = (expression: string) =>
		/[>(]$/.test(expression) ? {column: 7, message: 'ends too early'} : null;
	expect(loadScenario(text)).toMatchObject({ok: true});
	expect(loadScenario(text, {...vocabulary, checkExpression})).toMatchObject({
		ok: false,
		errors: [
			{line: 17, column: 9, message: 'ends too early', hint: 'at letter 7 of the expression'},
			{line: 20, column: 11, message: 'ends too early'},
		],
	});
});

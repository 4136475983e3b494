import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {checkExpectation} from '../../source/debugger/expectation.ts';
import {
	compile,
	compileCondition,
	printValue,
	underline,
	valueText,
} from '../../source/debugger/expression.ts';
import {expressionNames} from '../../source/debugger/expression-names.ts';
import {sweep} from '../../source/debugger/sweep.ts';
import {recordingOf} from '../helpers/recording-of.ts';
import {reload} from '../helpers/reload-picture.ts';

const addInRelease = reload.ofType('devres-add')[2] ?? -1;
const write = reload.ofType('config-write')[0] ?? -1;

function valueAt(text: string, position: number): string {
	const compiled = compile(text);
	if (!compiled.ok) return `error in column ${compiled.error.column}: ${compiled.error.message}`;
	const evaluated = compiled.expression.evaluate(reload, position);
	return evaluated.ok ? printValue(evaluated.value) : `no value: ${evaluated.error.message}`;
}

/** Values just after the node was added in the middle of the release. */
const values: readonly (readonly [string, string])[] = [
	['event', '"devres-add"'],
	['fn', '"devres_add"'],
	['caller', '"pcim_intx"'],
	['op', '"ADD"'],
	['op == "ADD" && caller == "pcim_intx"', 'true'],
	['node.name', '"pcim_intx_restore"'],
	['node.number', '3'],
	['fields.name', '"pcim_intx_restore"'],
	['fields.value', 'no value: No such key: value'],
	['node.size * 2', '8'],
	['device', '"0000:23:00.1"'],
	['device(device).driver', '"ccp"'],
	['{"a": [1], "b": {}}', '{a: [1], b: {}}'],
	['b"abc"', '[97, 98, 99]'],
	['"\\u009b31m\\u202ea\\tb"', '"31ma b"'],
	['{"\\u009b31m": 1}', '{31m: 1}'],
	['log[99]', 'no value: the list has no item 99'],
	['int(device)', 'no value: int() cannot read this'],
	['time > device', 'no value: cannot compare double > string: the types differ'],
	['args["\\u009b31m\\u202e"]', 'no value: No such key: 31m'],
	['size(device(device).devres_head)', '1'],
	['device("0000:23:00.1").todo.map(n, n.stage)', '["releasing", "released"]'],
	['device(device).todo.exists(n, n.data.orig_intx == 0)', 'true'],
	['device(device).todo[1].data.orig_intx == 0', 'no value: No such key: orig_intx'],
	['device(device).todo[0].data.orig_intx', '0'],
	['device(device).command == 0x0006', 'true'],
	['device(device).intx_disable', 'false'],
	['device(device).enable_count', '1'],
	['device(device).msix', 'null'],
	['device("0000:00:00.0")', 'null'],
	['inside("devres_release_all")', 'true'],
	['inside("really_probe")', 'false'],
	['stack[1]', '"pcim_intx"'],
	['depth', '5'],
	['context.startsWith("rmmod")', 'true'],
	['size(log)', '1'],
	['position', `${addInRelease + 1}`],
	['time > 1.0', 'true'],
];

describe('names', () => {
	test.each(values)('%s is %s after the node was added', (text, value) => {
		expect(valueAt(text, addInRelease + 1)).toBe(value);
	});

	test('before the first event nothing has happened', () => {
		expect(valueAt('[event, fn, caller, op, device, context]', 0)).toBe('["", "", "", "", "", ""]');
		expect(valueAt('node == null && time == null && size(stack) == 0', 0)).toBe('true');
	});

	test('a call names its own arguments and the function around it', () => {
		const call = reload.callsOf('pcim_intx')[2] ?? -1;
		expect(valueAt('[fn, args.enable, caller, stack[0]]', call + 1)).toBe(
			'["pcim_intx", "0", "pcim_intx_restore", "pcim_intx"]',
		);
	});

	test('a return names the function that it leaves, and its caller', () => {
		const closing = reload.ofType('return')[1] ?? -1;
		expect(valueAt('[event, fn, caller]', closing + 1)).toBe(
			'["return", "devres_add", "pcim_intx"]',
		);
	});

	test('an event in a function names that function', () => {
		expect(valueAt('[fn, args.enable]', write + 1)).toBe('["pcim_intx", "1"]');
	});

	test('a move has the name of its node, though the event has not', () => {
		const moved = reload.ofType('devres-move')[0] ?? -1;
		expect(valueAt('[node.name, op]', moved + 1)).toBe('["pcim_intx_restore", ""]');
	});

	test('every name has a value at every position', () => {
		for (let position = 0; position <= reload.length; position += 1) {
			for (const {name} of expressionNames) {
				expect(valueAt(name, position)).not.toMatch(/^(no value|error)/);
			}
		}
	});
});

/** What is refused when it is entered, where, and why. */
const mistakes: readonly (readonly [string, number, RegExp])[] = [
	['fn == 3', 1, /^cannot compare string == int: the types differ$/],
	['true && caler == "x"', 9, /Unknown variable: caler, did you mean "caller"\?/],
	['fn ==', 6, /^something is missing at the end$/],
	['(true', 6, /^expected "\)" here$/],
	['log[0', 6, /^expected "\]" here$/],
	['fn + 1 == ""', 1, /^\+ does not take string and int$/],
	['!fn', 1, /^! does not take string$/],
	['fn.startsWith(1)', 1, /^startsWith\(\) of string does not take \(int\)$/],
	['inside()', 1, /^inside\(\) does not take \(\)$/],
	['log["a"] == ""', 1, /^items of a list have numbers, this is string$/],
	['fn && true', 1, /^&& and \|\| take true or false, this is string$/],
	['depth ? true : false', 1, /^what stands before \? is true or false, this is int$/],
	['log.exists(n, n)', 15, /^the condition in exists\(\) is true or false, this is string$/],
	['log.exists(1, true)', 12, /^exists\(\) needs a name for the item first$/],
	['device(1) == null', 1, /^device\(\) does not take \(int\)$/],
	['process.exit(1)', 1, /there is no exit\(\) here/],
	['process.env', 1, /Unknown variable: process/],
	['fn.constructor', 4, /^string has no parts to name$/],
	['fn.matches("^(a+)+$")', 1, /there is no matches\(\) here/],
	['cel.bind(a, "x" + "x", a)', 1, /there is no bind\(\) here/],
	['log.join()', 1, /there is no join\(\) here/],
	['fn.startWith("x")', 1, /there is no startWith\(\) here, did you mean "startsWith"\?/],
	['log.all(a, log.all(b, log.all(c, true)))', 23, /loops may be 2 deep/],
	['depth', 1, /of type int, a condition is true or false/],
	[`fn == "${'x'.repeat(3000)}"`, 1, /at most 2000 letters/],
	['('.repeat(400), 1, /./],
];

describe('errors', () => {
	test.each(mistakes)('%s is refused in column %i', (text, column, message) => {
		const compiled = compileCondition(text);
		if (compiled.ok) throw new Error('it was accepted');
		expect(compiled.error.message).toMatch(message);
		if (text.length < 100) expect(compiled.error.column).toBe(column);
	});

	test('a caret shows the place', () => {
		const compiled = compile('true && caler == "x"');
		if (compiled.ok) throw new Error('it was accepted');
		expect(underline('true && caler == "x"', compiled.error)).toEqual([
			'true && caler == "x"',
			'        ^ Unknown variable: caler, did you mean "caller"?',
		]);
	});

	test.each(['args', 'node', 'device(device)', 'device(device).data'])(
		'%s has no names from the prototype',
		(map) => {
			for (const key of ['constructor', '__proto__', 'toString', 'get']) {
				expect(valueAt(`${map}.${key}`, addInRelease + 1)).toMatch(/^no value: No such key/);
			}
		},
	);

	test('an evaluation that reads too much ends with an error', () => {
		const recording = recordingOf(Array.from({length: 1500}, () => 'log x').join('\n'));
		for (const text of [
			'log.all(a, log.all(b, a == b))',
			'log.exists(a, (log + log).exists(b, a + b == ""))',
			'size(log.map(a, log.filter(b, b == a))) > 0',
			'log.map(a, log).all(l, l.all(b, b == "x"))',
		]) {
			const compiled = compileCondition(text);
			if (!compiled.ok) throw new Error(compiled.error.message);
			expect(compiled.expression.evaluate(recording, recording.length)).toEqual({
				ok: false,
				error: {column: 1, message: 'this takes too long'},
			});
		}
	});

	test('no text makes it throw', () => {
		const words = [
			'fn',
			'==',
			'"a"',
			'(',
			')',
			'[',
			']',
			'.',
			'node',
			'log',
			'exists',
			',',
			'&&',
			'1',
		];
		const texts = fc
			.array(fc.constantFrom(...words), {maxLength: 12})
			.map((each) => each.join(' '));
		fc.assert(
			fc.property(fc.oneof(texts, fc.string()), (text) => {
				const compiled = compile(text);
				if (compiled.ok) compiled.expression.evaluate(reload, reload.length);
				else expect(compiled.error.column).toBeGreaterThan(0);
			}),
		);
	});
});

test('a sweep over all positions gives what each position gives alone', () => {
	for (const text of [
		'device("0000:23:00.1").devres_head.map(n, n.name)',
		'device(device).todo.map(n, n.stage)',
		'[size(log), device("0000:23:00.1").command, device("0000:23:00.1").intx_disable]',
		'device("0000:23:00.1")',
		'log',
	]) {
		const compiled = compile(text);
		if (!compiled.ok) throw new Error(compiled.error.message);
		const reading = sweep(reload);
		for (let position = 0; position <= reload.length; position += 1) {
			const swept = valueText(compiled.expression, reload, position, reading);
			expect(swept ?? 'none').toBe(valueAt(text, position).replace(/^no value.*/, 'none'));
		}
	}
});

describe('expectations', () => {
	test('a text of the log is found in a line or is not', () => {
		expect(checkExpectation(reload, {kind: 'log', text: 'Resources present'}).ok).toBe(true);
		expect(checkExpectation(reload, {kind: 'log', text: 'no such line'})).toEqual({
			text: 'log: no such line',
			ok: false,
			detail: 'no line of the kernel log has this text',
		});
	});

	test('an expression holds at the end, or at a position', () => {
		const expression = 'size(device("0000:23:00.1").devres_head) == 1';
		expect(checkExpectation(reload, {kind: 'that', expression, at: 'end'})).toEqual({
			text: expression,
			ok: true,
			detail: null,
		});
		expect(checkExpectation(reload, {kind: 'that', expression, at: 0}).ok).toBe(false);
	});

	test.each([
		['size(log) == 7', 'end', 'this is false'],
		['nod == null', 'end', /nod == null\n\^ Unknown variable: nod, did you mean "node"\?/],
		['node.name == "x"', 0, /node.name == "x"\n {5}\^ No such key: name/],
		['device("0000:23:00.1").driver', 'end', 'neither true nor false'],
		['true', 1000, /the recording has positions 0 to \d+/],
	] as const)('%s at %s fails and says why', (expression, at, detail) => {
		const result = checkExpectation(reload, {kind: 'that', expression, at});
		expect(result.ok).toBe(false);
		expect(result.detail).toMatch(detail);
	});

	test('a call without a prefix is found in the log as printed', () => {
		const recording = recordingOf('log plain line');
		expect(checkExpectation(recording, {kind: 'log', text: 'plain line'}).ok).toBe(true);
	});
});

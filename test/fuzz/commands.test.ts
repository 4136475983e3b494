import fc from 'fast-check';
import {expect, test} from 'vitest';
import {commands, completions, runCommand} from '../../source/debugger/command.ts';
import {compile, printValue} from '../../source/debugger/expression.ts';
import {expressionNames} from '../../source/debugger/expression-names.ts';
import {createSession} from '../../source/debugger/session.ts';
import {fuzz} from '../helpers/fuzz.ts';
import {expectClean} from '../helpers/look-at-all.ts';
import {reloadRecording} from '../helpers/reload-recording.ts';

const recording = reloadRecording();

const word = fc.oneof(
	fc.constantFrom(...commands.flatMap(({name, aliases}) => [name, ...aliases])),
	fc.constantFrom('reverse', 'rev', 'function', 'event', 'node', 'if', 'any', 'end', 'start'),
	fc.constantFrom(
		'hits',
		'>3',
		'%2',
		'log',
		'"{fn}"',
		'--to',
		'1.1',
		'kernel',
		'mark',
		'fn',
		'depth',
	),
	fc.constantFrom('breakpoints', 'devres', 'log', 'registers', 'todo', 'devices', '#3', '#99999'),
	fc.constantFrom('probe', 'devres_find', 'INTX_DISABLE', 'command', '#3.orig_intx', 'driver'),
	fc.constantFrom('0000:23:00.1', 'pcim_intx', 'devres-add', 'true', '""', '"', '__proto__', '-'),
	fc.integer().map(String),
	fc.bigInt().map(String),
	fc.double().map(String),
	fc.string({maxLength: 8}),
);

test('no line makes a command throw, and the position stays in the recording', () => {
	fc.assert(
		fc.property(fc.array(fc.array(word, {maxLength: 5}), {maxLength: 20}), (lines) => {
			let session = createSession(recording);
			for (const line of lines) completions(session, line.join(' '));
			for (const line of lines) {
				const result = runCommand(session, line.join(' '));
				if (!result.ok) {
					expect(result.errors.length).toBeGreaterThan(0);
					continue;
				}
				session = result.session;
				expect(Number.isSafeInteger(session.position)).toBe(true);
				expect(session.position).toBeGreaterThanOrEqual(0);
				expect(session.position).toBeLessThanOrEqual(recording.length);
			}
		}),
		fuzz(300),
	);
});

const token = fc.oneof(
	fc.constantFrom(...expressionNames.map(({name}) => name), 'x', 'n', 'null', 'true', 'r"', 'b"a"'),
	fc.constantFrom(
		'device("0000:23:00.1")',
		'device(',
		'inside("x")',
		'size(',
		'has(',
		'int(',
		'type(',
	),
	fc.constantFrom(
		'.map(n, ',
		'.filter(n, ',
		'.all(n, ',
		'.exists(n, ',
		'.devres_head',
		'.name',
		'["a"]',
	),
	fc.constantFrom(
		'[0]',
		'[-1]',
		'[9999999999999999999]',
		'(',
		')',
		'[',
		']',
		'{',
		'}',
		',',
		'?',
		':',
	),
	fc.constantFrom(
		'+',
		'-',
		'*',
		'/',
		'%',
		'==',
		'!=',
		'<',
		'>',
		'<=',
		'&&',
		'||',
		'!',
		' in ',
		'.',
	),
	fc.constantFrom(
		'"a"',
		"'b'",
		'1',
		'0',
		'1.5',
		'9223372036854775807',
		'0xffffffffffffffff',
		'1u',
		'1e400',
	),
	fc.constantFrom(
		'__proto__',
		'constructor',
		'.constructor',
		'.__proto__',
		'.toString()',
		'.size()',
	),
	fc.string({maxLength: 4}),
);

test('no expression throws, and what is wrong has a column in its text', () => {
	fc.assert(
		fc.property(fc.array(token, {maxLength: 14}), fc.nat(recording.length), (tokens, position) => {
			const text = tokens.join('');
			const compiled = compile(text);
			const result = compiled.ok ? compiled.expression.evaluate(recording, position) : compiled;
			if (result.ok) {
				expectClean(printValue(result.value));
				return;
			}
			expectClean(result.error.message);
			expect(result.error.message).not.toBe('');
			expect(result.error.column).toBeGreaterThanOrEqual(1);
			expect(result.error.column).toBeLessThanOrEqual(text.length + 1);
		}),
		fuzz(2000),
	);
});

import {describe, expect, test} from 'vitest';
import {exported} from '../helpers/export-text.ts';
import {fixtures, imported, textOf} from '../helpers/real-recordings.ts';
import {recordingOf} from '../helpers/recording-of.ts';
import {shippedRecording} from '../helpers/shipped.ts';

/** What stands right of the time, without the header. */
function linesOf(picture: string): string[] {
	const text = exported(recordingOf(picture), 'function_graph');
	const lines = text
		.trimEnd()
		.split('\n')
		.filter((line) => !line.startsWith('#'));
	return lines.map((line) => line.replace(/^ *[\d.]+ \| {3}/, ''));
}

test('the trace of a scenario reads as that of a kernel', async () => {
	const text = exported(shippedRecording('shape-s3'), 'function_graph');
	await expect(text).toMatchFileSnapshot('../golden/exports/shape-s3.function_graph.txt');
});

/** Recordings don't say the CPU, the address that a probe returns to, or more than microseconds of a call with others inside. */
function comparable(line: string): string {
	return line
		.replace(/\| {3}\d\)/, '|   …)')
		.replace(/ \| [ $@*#!+] [\d. us]*\|( *\})/, ' | … |$1')
		.replace(/\(\S+ <- /, '(… <- ')
		.replace(' bus=0x0', '');
}

test('a real trace comes out as the kernel printed it', () => {
	const real = textOf(fixtures, 'v9-patch/graph-full/ahci.graph.txt');
	// Task columns say what the banners do, and a read has its value at the function's end.
	const isLeftOut = /^(?: -+$| \d\) .* => |$|# device)|\/\* cfg_read_word: /;
	const lines = (text: string) =>
		text
			.split('\n')
			.filter((line) => !isLeftOut.test(line))
			.map(comparable);
	expect(lines(exported(imported(real), 'function_graph'))).toEqual(lines(real));
});

describe('the call tree', () => {
	test('has names and values at its ends, and a line of its own for a call in which nothing happens', () => {
		const lines = linesOf(`
			context: sh-291
			outer(dev=a) = -16
			  leaf(a=1, b=2) = 0
			  action x
			  unnamed }
			  void
			    note not carried
		`);
		expect(lines).toMatchInlineSnapshot(`
			[
			  "0)     sh-291     |               |  outer(dev=a) {",
			  "0)     sh-291     | ! 1000.000 us |    leaf(a=1, b=2); /* = 0 */",
			  "0)     sh-291     |               |    /* x */",
			  "0)     sh-291     | ! 1000.000 us |    unnamed();",
			  "0)     sh-291     | # 2000.000 us |    void();",
			  "0)     sh-291     | # 9000.000 us |  } /* outer = -16 */",
			]
		`);
	});

	test('leaves out calls that a compiler merges into their caller', () => {
		const lines = linesOf(`
			outer
			  {"type": "call", "fn": "release_nodes", "inlined": true}
			  inner
			  {"type": "return", "fn": "release_nodes"}
		`);
		expect(lines.join('\n')).not.toContain('release_nodes');
		expect(lines.map((line) => line.slice(line.indexOf('|  ') + 1))).toMatchInlineSnapshot(`
			[
			  "               |  outer() {",
			  "    inner();",
			  "  } /* outer */",
			]
		`);
	});

	test('begins as deep as calls return that it did not see', () => {
		const lines = linesOf(`
			f
			{"type": "return", "fn": "g", "value": "0"}
			action x
			{"type": "return"}
			h
		`);
		expect(lines.map((line) => line.slice(line.lastIndexOf('|') + 1))).toEqual([
			'      f();',
			'    } /* g = 0 */',
			'    /* x */',
			'  }',
			'  h();',
		]);
	});

	test('puts interrupts between their marks, and a call that never ends stays open', () => {
		const lines = linesOf(`
			context: sh-1
			f …
			  context: irq-cpu-0
			  g
			context: sh-1
			action x
		`);
		expect(lines).toMatchInlineSnapshot(`
			[
			  "0)      sh-1      |               |  f() {",
			  " 0)   ==========> |",
			  "0)               |  g() {",
			  " 0)   <========== |",
			  "0)      sh-1      |               |    /* x */",
			  " 0)   ==========> |",
			  "0) # 2000.000 us |  } /* g */",
			]
		`);
	});

	test('names a marker where its text would be taken for something else', () => {
		const comments = ['LAB begin', 'devres_log: x', '<stack trace>', 'note: x'].map(
			(text) => /\/\*.*/.exec(linesOf(`action ${text}`)[0] ?? '')?.[0],
		);
		expect(comments).toEqual([
			'/* LAB begin */',
			'/* tracing_mark_write: devres_log: x */',
			'/* tracing_mark_write: <stack trace> */',
			'/* tracing_mark_write: note: x */',
		]);
	});

	test('marks long durations, and has fewer digits for them', () => {
		const durations = [0.000001, 0.0000105, 0.000123, 0.0012345, 0.047705855, 0.1, 3.594274].map(
			(seconds) => {
				const lines = linesOf(
					`{"type": "call", "fn": "f", "time": 10}\naction x\n{"type": "return", "fn": "f", "time": ${10 + seconds}}`,
				);
				return /\|([^|]*)\|[^|]*$/.exec(lines[2] ?? '')?.[1];
			},
		);
		expect(durations).toMatchInlineSnapshot(`
			[
			  "   1.000 us    ",
			  " + 10.500 us   ",
			  " ! 123.000 us  ",
			  " # 1234.500 us ",
			  " * 47705.85 us ",
			  " * 100000.0 us ",
			  " $ 3594274 us  ",
			]
		`);
	});

	test('a name that would break the line is changed, an argument that would is left out with its list', () => {
		const call = (fn: string, args: object) =>
			linesOf(JSON.stringify({type: 'call', fn, args}))[0]?.replace(/.*\| +/, '');
		expect(call('f(g) h', {a: '1'})).toBe('f_g__h(a=1) {');
		expect(call('f', {a: '1', b: 'x, y'})).toBe('f() {');
		expect(call('\u001B[31mf', {})).toBe('f() {');
	});

	test('frames that the unwinder did not confirm are left out of a stack', () => {
		const lines = linesOf(
			'{"type": "stack", "frames": [{"fn": "a", "offset": "0x1/0x2"}, {"fn": "b", "unreliable": true}, {"fn": "c", "module": "m"}]}',
		);
		expect(lines.map((line) => line.replace(/.*\| +/, ''))).toEqual([
			'/* <stack trace>',
			' => a+0x1/0x2',
			' => c [m] */',
		]);
	});
});

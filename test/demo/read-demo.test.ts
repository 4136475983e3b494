import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {readDemo} from '../../source/demo/read-demo.ts';
import {codeFrames} from '../../source/reports/code-frame.ts';
import {demoOf} from '../helpers/demo.ts';

const head = 'title A demo\nopen ccp-reload\n';

function errorsOf(text: string): string {
	const read = readDemo('my.demo', text);
	return read.ok ? '' : codeFrames('my.demo', read.errors);
}

describe('a demo', () => {
	it('opens a file, under a kernel where it says so', () => {
		const read = (open: string) => readDemo('my.demo', `title A demo\n${open}\n# Look.`);
		expect(read('open ccp-reload')).toMatchObject({
			demo: {title: 'A demo', input: {file: 'ccp-reload', kernel: null}},
		});
		expect(read('open trace.txt --kernel v6.14')).toMatchObject({
			demo: {input: {file: 'trace.txt', kernel: 'v6.14'}},
		});
	});

	it('has captions, pauses, keys, typed commands and quiet ones', () => {
		const {steps} = demoOf(
			'# Look',
			'# here.',
			'',
			'pause 1.5s',
			'key n Enter',
			'type bt',
			'next 2',
		);
		expect(steps.map(({action}) => action)).toEqual([
			{kind: 'caption', text: 'Look here.'},
			{kind: 'pause', duration: 1500},
			{kind: 'key', keys: ['n', 'return']},
			{kind: 'type', text: 'bt'},
			{kind: 'command', text: 'next 2'},
		]);
	});

	it('knows the line and column of what a step does', () => {
		const [first, second] = demoOf('  next', 'type bt').steps;
		expect(first).toMatchObject({line: 3, column: 3});
		expect(second).toMatchObject({line: 4, column: 6});
	});

	it('parts captions by an empty line', () => {
		expect(demoOf('# One.', '', '# Two.').steps).toHaveLength(2);
	});
});

describe('a demo with mistakes', () => {
	it('is told where each is and what may have been meant', () => {
		const wrong = [
			'paus 2s',
			'pause soon',
			'pause 99s',
			'key',
			'key n Entre',
			'type',
			'type contniue',
			'assert size(devices',
			'title Another',
		];
		expect(errorsOf(head + wrong.join('\n'))).toMatchInlineSnapshot(`
			"my.demo:3:1: no command is named "paus"
			  3 | paus 2s
			      ^
			  did you mean "pause"?
			my.demo:4:7: "pause" needs seconds
			  4 | pause soon
			            ^
			  as in "pause 2s"
			my.demo:5:7: a pause has 60 s at most
			  5 | pause 99s
			            ^
			my.demo:6:1: "key" needs the name of a key
			  6 | key
			      ^
			  as in "key n" or "key Enter"
			my.demo:7:7: no key is named "Entre"
			  7 | key n Entre
			            ^
			  did you mean "Enter"?
			my.demo:8:1: "type" needs a command
			  8 | type
			      ^
			my.demo:9:6: no command is named "contniue"
			  9 | type contniue
			           ^
			  did you mean "continue"?
			my.demo:10:20: expected ")" here
			  10 | assert size(devices
			                          ^
			my.demo:11:1: "title" is given twice
			  11 | title Another
			       ^
			"
		`);
	});

	it('can neither quit nor reach for files', () => {
		expect(errorsOf(`${head}save x\ntype quit\nsource y`)).toMatchInlineSnapshot(`
			"my.demo:3:1: a demo writes no files
			  3 | save x
			      ^
			my.demo:4:6: a demo ends by itself
			  4 | type quit
			           ^
			my.demo:5:1: a demo reads no other files
			  5 | source y
			      ^
			"
		`);
	});

	it('has a caption that would not fit', () => {
		expect(errorsOf(`${head}# ${'word '.repeat(40)}`)).toMatchInlineSnapshot(`
			"my.demo:3:1: this caption takes 3 lines of 80 columns
			  3 | # word word word word word word word word word word word word word word word word word word word
			      ^
			  2 fit: say less, or part it by an empty line
			"
		`);
	});

	it('lacks a title, what to open, or steps', () => {
		expect(errorsOf('')).toContain('has no title');
		expect(errorsOf('title A')).toContain('opens nothing');
		expect(errorsOf(head)).toContain('does nothing');
	});

	it('opens one thing, with no option but the kernel', () => {
		expect(errorsOf('open a\nopen b')).toContain('my.demo:2:1: "open" is given twice');
		expect(errorsOf('open -')).toContain('takes a FILE');
		expect(errorsOf('open a --input dmesg')).toContain('takes a FILE and no more than --kernel');
	});

	it('never breaks the reader, and every error has a place in the text', () => {
		const word = fc.constantFrom(
			'title',
			'open',
			'#',
			'pause',
			'2s',
			'type',
			'key',
			'n',
			'assert',
			'(',
		);
		const line = fc.array(fc.oneof(word, fc.string({maxLength: 6})), {maxLength: 5});
		fc.assert(
			fc.property(fc.array(line, {maxLength: 8}), (lines) => {
				const text = lines.map((words) => words.join(' ')).join('\n');
				const read = readDemo('my.demo', text);
				if (read.ok) return;
				for (const error of read.errors) {
					if (error.line === null) continue;
					const found = text.split('\n')[error.line - 1] ?? '';
					expect(error.column ?? 1).toBeGreaterThan(0);
					expect(error.column ?? 1).toBeLessThanOrEqual(found.length + 1);
				}
			}),
			{numRuns: 300},
		);
	});
});

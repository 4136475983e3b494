import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {commands, runCommand} from '../../source/debugger/command.ts';
import {type Environment, noEnvironment} from '../../source/debugger/environment.ts';
import {runScript} from '../../source/debugger/script.ts';
import {createSession} from '../../source/debugger/session.ts';
import type {Recording} from '../../source/recording/recording.ts';
import {fuzz} from '../helpers/fuzz.ts';
import {recordingOf} from '../helpers/recording-of.ts';
import {reload} from '../helpers/reload-picture.ts';

const files: {readonly [path: string]: string} = {
	'inner.dbg': 'step\nassert fn == "x"\n',
	'wrong.dbg': '# a comment\n\n  stepp 3\n',
	'caret.dbg': 'print fn ==\n',
	'itself.dbg': 'source itself.dbg\n',
};

const saved = new Map<string, readonly string[]>();

const environment: Environment = {
	...noEnvironment,
	readFile: (path) => {
		const text = files[path];
		return text === undefined ? {ok: false, error: `${path}: no such file`} : {ok: true, text};
	},
	saveFile: (path, lines) => {
		saved.set(path, [...lines]);
		return null;
	},
	kernels: ['v6.11', 'v6.14'],
	rerun: (kernel) =>
		kernel === 'v6.14'
			? {ok: true, recording: recordingOf('probe\n  pcim_intx\n  ADD irq')}
			: {ok: false, errors: ['it does not run']},
};

function run(lines: readonly string[], recording: Recording = reload) {
	return runScript(createSession(recording, environment), {name: 'test.dbg', lines}, runCommand);
}

describe('a script', () => {
	test('shows each command with its answer; comments and blank lines leave no trace', () => {
		const {transcript, error} = run(['# why', '', '  step', 'echo  two  words ']);
		expect(error).toBeNull();
		expect(transcript.map(({text}) => text)).toEqual([
			'(devresdbg) step',
			'Stepped.',
			'Event 1 of 41 at 1.000000 in modprobe-12, device 0000:23:00.1: device 0000:23:00.1 appears on pci.',
			'(devresdbg) echo  two  words',
			'two  words',
		]);
	});

	test('ends at the first line that is refused, and says where', () => {
		const result = run(['step', '  contiune', 'step']);
		expect(result.error?.at).toBe('test.dbg:2:3');
		expect(result.error?.errors[0]).toContain('Did you mean "continue"?');
		expect(result.session.position).toBe(1);
	});

	test.each([
		['break foo', 7],
		['  break pcim_intx if fn == nod', 28],
		['watch device("x").b + "', 23],
		['condition 1 fn == 1', 13],
		['hits 1 fn, fm', 12],
		['break pcim_intx log "a {fm}"', 25],
		['reverse step x', 14],
		['start now', 7],
		['goto', 1],
	])('%s is refused in column %i', (line, column) => {
		expect(run([line]).error?.at).toBe(`test.dbg:1:${column}`);
	});

	test('an assertion that fails is told with its line, and the script goes on', () => {
		const result = run(['assert fn == ""', 'assert position == 7', 'step', 'assert node.x == 1']);
		expect(result.error).toBeNull();
		expect(result.failed).toEqual([
			{at: 'test.dbg:2', text: 'assertion failed: position == 7 (position is 0)'},
			{at: 'test.dbg:4', text: expect.stringMatching(/^assertion failed: node\.x == 1 \(.+\)$/)},
		]);
		expect(result.session.position).toBe(1);
	});

	test('a block of commands that is never ended is an error', () => {
		expect(run(['commands 1', 'bt']).error).toEqual({
			at: 'test.dbg:2:1',
			errors: ['"commands" is never ended: a line "end" is missing.'],
		});
	});

	test('a line of a block that is no command is refused at once', () => {
		expect(run(['commands 1', '  bakctrace', 'end']).error?.at).toBe('test.dbg:2:3');
	});

	test('nothing runs behind quit', () => {
		const result = run(['step', 'quit', 'step']);
		expect([result.quit, result.session.position]).toEqual([true, 1]);
	});
});

describe('commands of breakpoints', () => {
	const block = (lines: readonly string[]) => ['commands 1', ...lines, 'end'];

	test('run where it stops, and a move among them ends them', () => {
		const result = run([...block(['print fn', 'step', 'print "never"']), 'continue']);
		const answers = result.transcript.map(({text}) => text);
		expect(answers).toContain('"pcim_intx"');
		expect(answers).not.toContain('"never"');
	});

	test('two breakpoints that send each other to and fro end after many times', () => {
		const to = ['break line 3', 'break line 4', 'commands 2', 'reverse-continue', 'end'];
		const picture = recordingOf(
			[
				'{"type": "note", "text": "a"}',
				'{"type": "note", "text": "b", "origin": 3}',
				'{"type": "note", "text": "c", "origin": 4}',
			].join('\n'),
		);
		const result = run([...to, 'commands 1', 'continue', 'end', 'continue', 'continue'], picture);
		expect(result.error).toBeNull();
		expect(result.transcript.at(-1)?.text).toMatch(/went on \d+ times/);
	});

	test('one that is refused there fails, as an assertion does', () => {
		const result = run([...block(['goto nowhere']), 'continue']);
		expect(result.failed).toEqual([
			{at: 'test.dbg:4', text: expect.stringContaining('No mark is named "nowhere".')},
		]);
	});

	test('a temporary breakpoint runs its own once', () => {
		const lines = ['delete', 'tbreak devres-add', 'commands', 'echo here', 'end', 'c', 'c'];
		const answers = run(lines).transcript.filter(({text}) => text === 'here');
		expect(answers).toHaveLength(1);
		expect(run(lines).session.breakpoints).toEqual([]);
	});
});

describe('source', () => {
	test('runs a file, whose assertions are told with its own lines', () => {
		const result = run(['source inner.dbg', 'step']);
		expect(result.session.position).toBe(2);
		expect(result.failed.map(({at}) => at)).toEqual(['inner.dbg:2']);
	});

	test.each([
		['source wrong.dbg', 'wrong.dbg:3:3', 'No command is named "stepp". Did you mean "step"?'],
		['source caret.dbg', 'caret.dbg:1:12', 'fn =='],
		['source none.dbg', 'test.dbg:1:8', 'none.dbg: no such file'],
		['source itself.dbg', 'itself.dbg:1:8', 'Files of commands may be 10 deep, not more.'],
		['source', 'test.dbg:1:1', 'Which file?'],
	])('%s is refused at %s', (line, at, error) => {
		const result = run([line]);
		expect([result.error?.at, result.error?.errors[0]]).toEqual([at, error]);
		expect(result.session.position).toBe(0);
	});
});

describe('what reaches beyond the recording', () => {
	test('run makes the recording again, keeps breakpoints and displays, and drops marks', () => {
		const lines = ['delete', 'break pcim_intx', 'display fn', 'mark m', 'set kernel v6.14', 'run'];
		const {session, transcript, error} = run(lines);
		expect(error).toBeNull();
		expect([session.recording.length, session.position, session.marks]).toEqual([5, 2, []]);
		expect(transcript.slice(-4).map(({text}) => text)).toEqual([
			'The marks are gone: they were places in the other recording.',
			'Breakpoint 2, pcim_intx, hit 1 of 1.',
			expect.stringContaining('call pcim_intx()'),
			'1: fn = "pcim_intx"',
		]);
	});

	test('run without a kernel goes to the start and on to a breakpoint', () => {
		expect(run(['end', 'run']).session.stop.kind).toBe('breakpoint');
	});

	test.each([
		['set kernel v6.41', 'No kernel is named "v6.41". Did you mean "v6.11"?'],
		['set kernal v6.14', 'No setting is named "kernal". Did you mean "kernel"?'],
		['set kernel', 'Which of v6.11, v6.14?'],
	])('%s is refused', (line, error) => {
		expect(run([line]).error?.errors[0]).toBe(error);
	});

	test('a kernel that the scenario does not run under leaves everything as it is', () => {
		const result = run(['step', 'set kernel v6.11', 'run']);
		expect(result.error?.errors[0]).toBe('it does not run');
		expect(result.session.position).toBe(1);
	});

	test('a recording that was read from a file says why it has one kernel', () => {
		const session = createSession(reload);
		const result = runCommand(session, 'set kernel v6.14');
		expect(result.ok ? '' : result.errors[0]).toMatch(/^This recording was read from a file/);
	});

	test('saved breakpoints make the same breakpoints when they are read', () => {
		const lines = [
			'delete',
			'break event devres-add hits >2 log "a {node.name}" if depth > 1',
			'tbreak node pcim_intx_restore',
			'watch size(log) hits %2',
			'commands',
			'bt',
			'end',
		];
		const made = run([...lines, 'save breakpoints all.dbg']).session;
		const again = run(['delete', ...(saved.get('all.dbg') ?? [])]).session;
		expect(again.breakpoints).toEqual(made.breakpoints);
	});

	test('a saved recording has a line for each event and one more', () => {
		run(['save it.jsonl']);
		expect(saved.get('it.jsonl')).toHaveLength(reload.length + 1);
	});

	test('findings are told by whoever looks for them', () => {
		const looked = {...environment, findings: () => ['error: something']};
		const told = runCommand(createSession(reload, looked), 'info findings');
		expect(told.ok ? told.output : []).toEqual(['error: something']);
		expect(runCommand(createSession(reload), 'info findings').ok).toBe(false);
	});
});

test('no script throws, and a refused line moves nothing', () => {
	const word = fc.oneof(
		fc.constantFrom(...commands.flatMap(({name, aliases}) => [name, ...aliases])),
		fc.constantFrom('1', '2.1', '%2', '>3', 'hits', 'log', '"a {fn}"', 'if', 'end', '--to', 'fn'),
		fc.constantFrom('kernel', 'v6.14', 'itself.dbg', 'inner.dbg', 'pcim_intx', 'm', '{', '#'),
		fc.string({maxLength: 4}),
	);
	const line = fc.array(word, {maxLength: 6}).map((words) => words.join(' '));
	fc.assert(
		fc.property(fc.array(line, {maxLength: 12}), (lines) => {
			const result = run(lines);
			const {session, error} = result;
			expect(session.position).toBeGreaterThanOrEqual(0);
			expect(session.position).toBeLessThanOrEqual(session.recording.length);
			if (error === null) return;
			expect(error.at).toMatch(/^[\w.]+:\d+:\d+$/);
			expect(error.errors.join('')).not.toBe('');
			const before = run(lines.slice(0, Number(/^test\.dbg:(\d+)/.exec(error.at)?.[1] ?? 0) - 1));
			if (error.at.startsWith('test.dbg') && before.error === null) {
				expect(session.position).toBe(before.session.position);
			}
		}),
		fuzz(200),
	);
});

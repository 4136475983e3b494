import {describe, expect, test} from 'vitest';
import {commands, runCommand} from '../../source/debugger/command.ts';
import {infoTopics} from '../../source/debugger/info-topics.ts';
import {createSession, type Session} from '../../source/debugger/session.ts';
import {goTo} from '../../source/debugger/step.ts';
import {recordingOf} from '../helpers/recording-of.ts';
import {reload} from '../helpers/reload-picture.ts';

const start = createSession(reload);
const addInRelease = (reload.ofType('devres-add')[2] ?? 0) + 1;

/** Runs lines one after another; the last must be understood. */
function run(lines: readonly string[], from: Session = start) {
	let session = from;
	let output: readonly string[] = [];
	for (const line of lines) {
		const result = runCommand(session, line);
		if (!result.ok) throw new Error(result.errors.join('\n'));
		({session, output} = result);
	}
	return {session, output};
}

function errorsOf(line: string): readonly string[] {
	const result = runCommand(start, line);
	if (result.ok) throw new Error(`${line} was understood`);
	return result.errors;
}

/** Lines that lead from a position to another. */
const moves: readonly (readonly [number, string, number])[] = [
	[0, 'step', 1],
	[0, 's 3', 3],
	[3, 'rs', 2],
	[3, 'reverse-step 2', 1],
	[3, 'reverse step', 2],
	[3, 'rev s 2', 1],
	[8, 'n', 9],
	[9, 'rn', 8],
	[9, 'fin', 10],
	[9, 'rf', 7],
	[0, 'c', reload.callsOf('pcim_intx')[2] ?? -1],
	[reload.length, 'rc', reload.callsOf('pcim_intx')[2] ?? -1],
	[0, 'cont', reload.callsOf('pcim_intx')[2] ?? -1],
	[0, 'goto 7', 7],
	[7, 'goto +3', 10],
	[7, 'goto -3', 4],
	[7, 'g end', reload.length],
	[7, 'start', 0],
	[7, 'end', reload.length],
	[7, 'until 12', 12],
	[7, 'u 2', 2],
];

describe('moving', () => {
	test.each(moves)('from %i, "%s" leads to %i', (from, line, to) => {
		const {session} = run([line], goTo(start, from));
		const atBreakpoint = session.stop.kind === 'breakpoint';
		expect(session.position).toBe(atBreakpoint ? to + 1 : to);
	});

	test('a stop tells its reason and its event', () => {
		expect(run(['continue']).output).toEqual([
			'Breakpoint 1, pcim_intx, hit 1 of 1.',
			'Event 29 of 41 at 1.028000 in rmmod-13, device 0000:23:00.1: call pcim_intx(pdev, enable=0).',
		]);
		expect(run(['goto 0', 'rs']).output).toEqual([
			'At the start of the recording.',
			'Before the first of 41 events.',
		]);
	});
});

/** What each command that looks prints in the middle of the release. */
const looks: readonly (readonly [string, readonly (string | RegExp)[]])[] = [
	[
		'bt',
		[
			'#0 devres_add()',
			'#1 pcim_intx(pdev, enable=0)',
			'#2 pcim_intx_restore(dev)',
			'#3 devres_release_all(dev)',
			'#4 device_release_driver(dev)',
		],
	],
	['info devices', ['0000:23:00.1: pci, driver ccp, 1 node']],
	['info devres', ['0000:23:00.1:', /^ {2}#3 pcim_intx_restore, 4 bytes/]],
	[
		'info todo 0000:23:00.1',
		[
			'0000:23:00.1:',
			'  #1 pcim_intx_restore, 4 bytes, orig_intx 0, being released',
			'  #2 devm_kzalloc_release, 184 bytes, released',
		],
	],
	[
		'i reg',
		[
			'0000:23:00.1:',
			/PCI_COMMAND 0x0006/,
			/enabled/,
			/pin A/,
			/MSI-X/,
			/enable_cnt 1/,
			/#1 is 0, was 1 before/,
		],
	],
	['info breakpoints', [/^1 function pcim_intx if inside\("pcim_intx_restore"\), hit 1 of 1$/]],
	['info log 1', [/^1\.030000 ccp 0000:23:00\.1: DEVRES ADD \w+ pcim_intx_restore \(4 bytes\)$/]],
	[
		'info node 3',
		[
			'#3 pcim_intx_restore, 4 bytes, 0000:23:00.1:',
			/^ {2}event 31 at 1\.030000: added, by pcim_intx ← pcim_intx_restore ← devres_release_all ← …$/,
		],
	],
	[
		'info node #1',
		[/^#1/, /added/, /orig_intx 1/, /was 1/, /moved/, /released/, /freed/, /inside its callback/],
	],
	['print [fn, caller]', ['["devres_add", "pcim_intx"]']],
	['p device(device).todo[0].data', ['{orig_intx: 0}']],
	['device', ['Device none chosen: the events decide.', '0000:23:00.1']],
	['help bt', ['backtrace, bt, where: the call stack, innermost first']],
	['', []],
];

describe('looking', () => {
	const inRelease = goTo(start, addInRelease);

	test.each(looks)('%s', (line, expected) => {
		const {session, output} = run([line], inRelease);
		expect(session).toBe(inRelease);
		expect(output).toHaveLength(expected.length);
		for (const [place, text] of expected.entries()) {
			if (typeof text === 'string') expect(output[place]).toBe(text);
			else expect(output[place]).toMatch(text);
		}
	});

	test('list shows ten events around here, or around another', () => {
		const here = run(['list'], inRelease).output;
		expect(here).toHaveLength(10);
		expect(here[4]).toBe('31 here rmmod-13: ADD #3 pcim_intx_restore (4 bytes)');
		expect(run(['list 1'], inRelease).output[0]).toMatch(
			/^1 modprobe-12: device 0000:23:00.1 appears/,
		);
	});

	test('a chosen device narrows what info tells', () => {
		const two = createSession(recordingOf('device: a\nADD x\ndevice: b\nADD y'));
		expect(run(['end', 'info devres'], two).output).toHaveLength(4);
		expect(run(['end', 'device b', 'info devres'], two).output).toEqual([
			'b:',
			expect.stringMatching(/^ {2}#2 y/),
		]);
		expect(run(['device b', 'device any'], two).session.device).toBeNull();
	});

	test('where nothing is known, that is said', () => {
		expect(run(['bt']).output).toEqual(['No function is open here.']);
		expect(run(['info log']).output).toEqual(['The log is empty here.']);
		expect(run(['info devices']).output).toEqual(['No device is known here.']);
		expect(errorsOf('info devres')[0]).toBe('Nothing is known here of any device.');
		expect(run(['info todo'], goTo(start, 5)).output).toEqual([
			'0000:23:00.1:',
			'  nothing is being released',
		]);
	});

	test('help names every command, and info every topic', () => {
		const lines = run(['help']).output;
		for (const {name, help} of commands) {
			expect(
				lines.filter((line) => line.startsWith(`  ${name}`) && line.endsWith(help)),
			).toHaveLength(1);
		}
		expect(run(['info']).output).toHaveLength(infoTopics.length);
	});
});

describe('breakpoints', () => {
	test('break, disable, enable and delete change the list and tell so', () => {
		const added = run(['break devres-add if caller == "pcim_intx"']);
		expect(added.output).toEqual([
			'Breakpoint 2 event devres-add if caller == "pcim_intx", hit 0 of 2.',
		]);
		expect(run(['disable 2', 'info b'], added.session).output[1]).toMatch(/, disabled$/);
		expect(
			run(['disable', 'enable 2'], added.session).session.breakpoints.map((b) => b.enabled),
		).toEqual([false, true]);
		expect(run(['delete 1'], added.session).session.breakpoints.map(({id}) => id)).toEqual([2]);
		expect(run(['d', 'info b'], added.session).output).toEqual(['There are no breakpoints.']);
	});

	test('a condition keeps the blanks inside its strings', () => {
		const {session} = run(['break printk  if  log.exists(l, l == "two  blanks")']);
		expect(session.breakpoints[1]?.condition).toBe('log.exists(l, l == "two  blanks")');
	});

	test('a suggested condition with a mistake is told in the list', () => {
		const session = createSession(recordingOf('probe', [{break: 'probe', if: 'nonsense'}]));
		expect(run(['info breakpoints'], session).output).toEqual([
			'1 function probe if nonsense, no hits, Unknown variable: nonsense',
		]);
	});
});

const refusals: readonly (readonly [string, readonly string[]])[] = [
	['stepp', ['No command is named "stepp". Did you mean "step"?']],
	['xyzzy', ['No command is named "xyzzy".']],
	[
		're',
		['"re" may be reverse-step, reverse-next, reverse-finish, reverse-continue, reverse-find.'],
	],
	[
		'reverse',
		[
			'"reverse" may be reverse-step, reverse-next, reverse-finish, reverse-continue, reverse-find.',
		],
	],
	['step 0', ['"0" is no count.', 'Usage: step [COUNT]']],
	['step 1 2', ['"1" is no count.', 'Usage: step [COUNT]']],
	['next x', ['"x" is no count.', 'Usage: next [COUNT]']],
	[
		'goto',
		[
			'Where to? A number of events, +N, -N, start, end, a mark, or a hit.',
			'Usage: goto EVENT|+N|-N|start|end|MARK|N.HIT',
		],
	],
	['goto 99', ['There are positions 0 to 41.', 'Usage: goto EVENT|+N|-N|start|end|MARK|N.HIT']],
	['goto -1', ['There are positions 0 to 41.', 'Usage: goto EVENT|+N|-N|start|end|MARK|N.HIT']],
	['until', ['Until which event?', 'Usage: until PLACE']],
	['until 42', ['There are positions 0 to 41.', 'Usage: until PLACE']],
	['start now', ['"start" takes no arguments.']],
	['delete 9', ['There is no breakpoint 9.', 'Usage: delete [NUMBER…]']],
	['delete x', ['"x" is no number of a breakpoint.', 'Usage: delete [NUMBER…]']],
	['print', ['Which expression?', 'Usage: print EXPRESSION']],
	[
		'print nod',
		['nod', '^ Unknown variable: nod, did you mean "node"?', 'Usage: print EXPRESSION'],
	],
	['help foo', ['No command is named "foo".', 'Usage: help [COMMAND]']],
	['device 0000:99', ['No device is named "0000:99".', 'Usage: device [ADDRESS|any]']],
];

describe('what is not understood', () => {
	test.each(refusals)('%s is refused', (line, errors) => {
		expect(errorsOf(line)).toEqual(errors);
	});

	test('topics of info are guessed too, and their arguments checked', () => {
		expect(errorsOf('info brakpoints')[0]).toMatch(/Did you mean "breakpoints"\?$/);
		expect(errorsOf('info de')[0]).toBe('"de" may be devices, devres.');
		expect(errorsOf('info devices x')[0]).toBe('"info devices" takes no arguments.');
		expect(errorsOf('info node 99')[0]).toBe('Which node? Give its number, as in "info node 3".');
		expect(errorsOf('info log x')[0]).toBe('"x" is no number of lines.');
	});
});

test('no two commands share a name or alias', () => {
	const names = commands.flatMap(({name, aliases}) => [name, ...aliases]);
	expect(new Set(names).size).toBe(names.length);
});

test('every command runs in an empty recording', () => {
	const empty = createSession(recordingOf(''));
	for (const {name} of commands) expect(runCommand(empty, name)).toHaveProperty('ok');
});

test('quit says that the person wants to leave', () => {
	expect(runCommand(start, 'q')).toEqual({ok: true, session: start, output: [], quit: true});
});

import {describe, expect, test} from 'vitest';
import {describe as describeEvent} from '../../source/recording/describe.ts';
import {checkIntegrity} from '../../source/recording/integrity.ts';
import type {Recording} from '../../source/recording/recording.ts';
import {imported} from '../helpers/real-recordings.ts';

/** Imports a drawn trace and checks that it contradicts nothing. */
function read(picture: string): Recording {
	const lines = picture.split('\n').map((line) => line.replace(/^\t+/, ''));
	const recording = imported(`# tracer: function_graph\n${lines.join('\n')}\n`);
	expect(checkIntegrity(recording, {lateStart: true})).toEqual([]);
	return recording;
}

/** One line an event: its context, or nothing where it's that of the event before, and what it says. */
function listing(recording: Recording): string[] {
	return Array.from({length: recording.length}, (_, seq) => {
		const event = recording.at(seq);
		return `${event.context} ${describeEvent(event, ({node}) => node.replace(/^0+/, ''))}`;
	});
}

function log(op: string, node: string, name: string): string {
	return ` 0)               |  /* devres_log: 0000:00:01.0 ${op} ${node.padStart(16, '0')} ${name} (8 bytes) */`;
}

function contextsIn(recording: Recording): string[] {
	return [...new Set(listing(recording).map((line) => line.split(' ')[0] ?? ''))];
}

test('a leaf returns as much later as its duration says', () => {
	const times = (line: string) => {
		const recording = read(line);
		return [recording.at(0).time, recording.at(1).time];
	};
	expect(times('   44.500000 |   0)   0.842 us    |  f();')).toEqual([44.5, 44.500000842]);
	expect(times('   44.500000 |   0) * 47705.85 us |  f();')).toEqual([44.5, 44.54770585]);
	expect(times('   44.500000 |   0)               |  f();')).toEqual([44.5, 44.5]);
	expect(times(' 0)   0.842 us    |  f();')).toEqual([null, null]);
});

describe('contexts', () => {
	test('a CPU whose task nothing tells is a context of its own', () => {
		expect(contextsIn(read(' 0)   1.0 us |  f();\n 1)   1.0 us |  g();'))).toEqual([
			'cpu-0',
			'cpu-1',
		]);
	});

	test('the first banner of a CPU says who ran there before it', () => {
		const recording = read(' 0)   1.0 us |  f();\n 0)  sh-1  =>  cat-2 \n 0)   1.0 us |  g();');
		expect(contextsIn(recording)).toEqual(['sh-1', 'cat-2']);
	});

	test('the task column decides where there is one', () => {
		const recording = read(
			'  1.5 |  0)  my sh-1  |   1.0 us |  f();\n  1.6 |  0)  cat-2  |   1.0 us |  g();',
		);
		expect(contextsIn(recording)).toEqual(['my', 'cat-2']);
		expect(recording.at(0)).toMatchObject({context: 'my sh-1', time: 1.5});
	});

	test('a task that is printed without its name gets the one it has elsewhere', () => {
		const recording = read(
			' 0)  <...>-7  =>  cat-2 \n 0)  cat-2  =>  sh-7 \n 0)  sh-7  =>  <...>-7 \n 0)   1.0 us |  f();',
		);
		expect(contextsIn(recording)).toEqual(['sh-7']);
	});

	test('the idle tasks of two CPUs are two contexts', () => {
		const recording = read(
			' 0)  sh-1  =>  <idle>-0 \n 1)  sh-2  =>  <idle>-0 \n 0)   1.0 us |  f();\n 1)   1.0 us |  f();',
		);
		expect(contextsIn(recording)).toEqual(['swapper/0-0', 'swapper/1-0']);
	});

	test('what an interrupt calls is no part of the interrupted task', () => {
		const recording = read(`
			 0)               |  f() {
			 0)   ==========> |
			 0)               |    handler() {
			 0)   1.0 us      |    }
			 0)   <========== |
			 0)   9.0 us      |  }
		`);
		expect(listing(recording)).toEqual([
			'cpu-0 f()',
			'irq-cpu-0 handler()',
			'irq-cpu-0 handler',
			'cpu-0 f',
		]);
	});

	test('a task that goes on on another CPU keeps its calls', () => {
		const recording = read(`
			 0)  init-1  =>  sh-9 
			 0)               |  f() {
			 0)               |    g() {
			 0)  sh-9  =>  init-1 
			 1)  init-2  =>  sh-9 
			 1)   1.0 us      |    }
			 1)   1.0 us      |  } /* f = 0x0 */
		`);
		expect(listing(recording)).toEqual(['sh-9 f()', 'sh-9 g()', 'sh-9 g', 'sh-9 f = 0x0']);
	});
});

describe('comments', () => {
	const entry = ' 0)  sh-1  =>  cat-2 \n 0)               |  f() {';

	test('may go on over several lines, of which the first is told', () => {
		const recording = read(
			`${entry}\n 0)               |    /* one\ntwo\nthree */\n 0)   1.0 us      |  }`,
		);
		expect(listing(recording)).toEqual(['cat-2 f()', 'cat-2 one', 'cat-2 f']);
		expect(recording.header.lines).toMatchObject({unparsed: 0});
	});

	test('a comment that is cut off swallows no call', () => {
		const recording = read(`${entry}\n 0)               |    /* one\n 0)   1.0 us      |  }`);
		expect(listing(recording)).toEqual(['cat-2 f()', 'cat-2 one', 'cat-2 f']);
	});

	test('a stack of an event that is of no concern is of none either', () => {
		const recording = read(
			`${entry}\n${log('ADD', 'a', 'x')}\n 0)               |    /* sched_wakeup: comm=sh */\n 0)               |    /* <stack trace>\n => try_to_wake_up\n */`,
		);
		expect(recording.ofType('stack')).toHaveLength(0);
		expect(recording.header.lines).toMatchObject({unparsed: 0});
	});

	test('a line of the kernel log is one of the kernel log', () => {
		const recording = read(
			`${entry}\n 0)               |    /* console: pci 0000:00:01.0: enabling device */`,
		);
		expect(recording.at(1)).toMatchObject({
			type: 'printk',
			device: '0000:00:01.0',
			text: 'enabling device',
		});
	});

	test('a task without a name gets the one that its column has later', () => {
		const recording = read(
			'  1.5 |  0)  <...>-7  |   1.0 us |  f();\n  1.6 |  0)  rmmod-7  |   1.0 us |  g();',
		);
		expect(contextsIn(recording)).toEqual(['rmmod-7']);
	});
});

describe('what is missing', () => {
	test('may be the end of an interrupt: it is over when another task runs', () => {
		const recording = read(
			' 0)   ==========> |\n 0)   1.0 us |  f();\nCPU:0 [LOST 85 EVENTS]\n 0)  sh-1  =>  cat-2 \n 0)   1.0 us |  g();',
		);
		expect(contextsIn(recording)).toEqual(['irq-cpu-0', 'cpu-0', 'cat-2']);
	});

	test('is told in the remarks where a trace begins in the middle of calls', () => {
		const recording = read(' 0)   1.0 us |    }\n 0)   2.0 us |  } /* f = -16 */');
		expect(recording.header.remarks).toEqual([
			'the trace begins in the middle of calls: 2 of them end without a beginning',
		]);
		expect(read(' 0)   1.0 us |  f();').header.remarks).toBeUndefined();
	});

	test('makes a node that ends twice two nodes', () => {
		const rel = log('REL', 'a', 'x');
		const recording = read(`${rel}\nCPU:0 [LOST 85 EVENTS]\n${rel}`);
		const ends = recording.ofType('devres-release').map((seq) => recording.at(seq));
		expect(ends).toMatchObject([{generation: 0}, {generation: 1}]);
	});
});

describe('calls', () => {
	test('returns whose calls came before the trace are kept with what the line tells', () => {
		const recording = read(' 0)   1.0 us |    }\n 0)   2.0 us |  } /* f = -16 */');
		expect(listing(recording)).toEqual(['cpu-0 end of call', 'cpu-0 f = -16 (EBUSY)']);
	});

	test('a call whose end was lost ends, marked inferred, when the next one at its depth begins', () => {
		const recording = read(
			' 0)               |  f() {\n 0)               |    g() {\n 0)   1.0 us |  h();',
		);
		expect(listing(recording)).toEqual([
			'cpu-0 f()',
			'cpu-0 g()',
			'cpu-0 g (inferred)',
			'cpu-0 f (inferred)',
			'cpu-0 h()',
			'cpu-0 h',
		]);
	});

	test('a call whose end was lost ends when the one around it does', () => {
		const recording = read(
			' 0)               |  f() {\n 0)               |    g() {\n 0)   1.0 us |  } /* f */',
		);
		expect(listing(recording)).toEqual(['cpu-0 f()', 'cpu-0 g()', 'cpu-0 g (inferred)', 'cpu-0 f']);
	});

	test('the end of a lost call closes no other', () => {
		const recording = read(
			' 0)               |  f() {\n 0)   1.0 us |    } /* lost */\n 0)   1.0 us |  } /* f */',
		);
		expect(listing(recording)).toEqual(['cpu-0 f()', 'cpu-0 f']);
	});

	test('arguments and modules are kept where the kernel prints them', () => {
		const recording = read(' 0)   1.0 us |  pci_intx [core](pdev=0xff, enable=1);');
		expect(recording.at(0)).toMatchObject({args: {pdev: '0xff', enable: '1'}, module: 'core'});
	});

	test('lost events are events', () => {
		const recording = read('CPU:0 [LOST 85 EVENTS]\n 0)   1.0 us |  f();');
		expect(listing(recording)[0]).toBe('cpu-0 85 events lost');
		expect(recording.header.lines.lost).toBe(85);
	});

	test('a stack trace in a comment explains the event before it', () => {
		const recording = read(`${log('ADD', 'a1b2c3', 'irq')}
			 0)               |  /* <stack trace>
			 => devres_add+0x1/0x20
			 => ahci_init_one+0x125/0x1050 [ahci] */
			 0)   1.0 us      |  f();`);
		expect(recording.at(1)).toMatchObject({
			type: 'stack',
			of: 0,
			frames: [
				{fn: 'devres_add', offset: '0x1/0x20'},
				{fn: 'ahci_init_one', offset: '0x125/0x1050', module: 'ahci'},
			],
		});
		expect(recording.header.lines.unparsed).toBe(0);
	});
});

describe('what leaves devres_head', () => {
	test('everything listed moves before the first release, and a node added in a callback stays', () => {
		const recording = read(`${log('ADD', 'a1b1', 'first')}
			${log('ADD', 'a1b2', 'second')}
			 0)               |  devres_release_all() {
			${log('REL', 'a1b2', 'second')}
			${log('ADD', 'a1b3', 'nested')}
			${log('REL', 'a1b1', 'first')}
			 0)   1.0 us      |  } /* devres_release_all = 0x2 */`);
		expect(listing(recording)).toEqual([
			'cpu-0 ADD a1b1 first (8 bytes)',
			'cpu-0 ADD a1b2 second (8 bytes)',
			'cpu-0 devres_release_all()',
			'cpu-0 move a1b1 from devres_head to todo (inferred)',
			'cpu-0 move a1b2 from devres_head to todo (inferred)',
			'cpu-0 REL a1b2 second (8 bytes)',
			'cpu-0 ADD a1b3 nested (8 bytes)',
			'cpu-0 REL a1b1 first (8 bytes)',
			'cpu-0 end of release, 2 nodes (inferred)',
			'cpu-0 devres_release_all = 0x2',
		]);
	});

	test('a trace that begins inside a release moves nothing that it did not see added before', () => {
		const recording = read(`${log('REL', 'a1b2', 'stranger')}
			${log('ADD', 'a1b3', 'nested')}
			${log('REL', 'a1b1', 'stranger')}
			 0)   1.0 us      |  } /* devres_release_all = 0x9 */`);
		expect(listing(recording)).toEqual([
			'cpu-0 REL a1b2 stranger (8 bytes)',
			'cpu-0 ADD a1b3 nested (8 bytes)',
			'cpu-0 REL a1b1 stranger (8 bytes)',
			'cpu-0 end of release, 9 nodes (inferred)',
			'cpu-0 devres_release_all = 0x9',
		]);
	});

	test('a release pass inside a callback of another device ends first', () => {
		const other = (op: string) => log(op, 'c1c1', 'child').replace('01.0', '02.0');
		const recording = read(`${log('ADD', 'a1b1', 'parent')}
			${other('ADD')}
			 0)               |  devres_release_all() {
			${log('REL', 'a1b1', 'parent')}
			 0)               |    devres_release_all() {
			${other('REL')}
			 0)   1.0 us      |    } /* devres_release_all = 0x1 */
			 0)   1.0 us      |  } /* devres_release_all = 0x1 */`);
		const ends = recording.ofType('release-end').map((seq) => recording.at(seq).device);
		expect(ends).toEqual(['0000:00:02.0', '0000:00:01.0']);
	});

	test('the only group of a list moves without what is outside it', () => {
		const recording = read(`${log('ADD', 'a1b1', 'outside')}
			${log('ADD', 'a1b2', 'grp<')}
			${log('ADD', 'a1b3', 'member')}
			${log('ADD', 'a1b4', 'grp>')}
			 0)               |  devres_release_group() {
			${log('REL', 'a1b2', 'grp<')}
			${log('REL', 'a1b3', 'member')}
			 0)   1.0 us      |  } /* devres_release_group = 0x1 */`);
		expect(listing(recording).filter((line) => /move|unlink|end/.test(line))).toEqual([
			'cpu-0 move a1b3 from devres_head to todo (inferred)',
			'cpu-0 move a1b2 from devres_head to todo (inferred)',
			'cpu-0 unlink a1b4 (inferred)',
			'cpu-0 end of release, 1 nodes (inferred)',
		]);
		const end = recording.stateAt(recording.length).devices.get('0000:00:01.0');
		expect(end?.devres_head.map(({name}) => name)).toEqual(['outside']);
	});

	test('removing a closed group takes its close marker along', () => {
		const recording = read(
			[log('ADD', 'a1b2', 'grp<'), log('ADD', 'a1b4', 'grp>'), log('REM', 'a1b2', 'grp<')].join(
				'\n',
			),
		);
		const end = recording.stateAt(recording.length).devices.get('0000:00:01.0');
		expect(end?.devres_head).toEqual([]);
	});

	test('an address that is used again is another node', () => {
		const recording = read(
			[
				log('ADD', 'a1b2', 'irq'),
				log('REM', 'a1b2', 'irq'),
				log('ADD', 'a1b2', 'irq'),
				log('REM', 'a1b2', 'irq'),
			].join('\n'),
		);
		const generations = Array.from({length: recording.length}, (_, seq) =>
			recording.at(seq),
		).flatMap((event) => ('generation' in event ? [event.generation] : []));
		expect(generations).toEqual([0, 0, 1, 1]);
	});
});

describe('config space', () => {
	const write =
		' 0)               |  /* w_write: (pci_bus_write_config_word+0x4/0x30) devfn=0xfa where=0x4 value=0x107 */';

	test('a device is the one known by that slot and function', () => {
		const recording = read(`${write}\n 0)               |  /* step on 0000:02:1f.2 */`);
		expect(recording.at(0)).toMatchObject({
			type: 'config-write',
			device: '0000:02:1f.2',
			previous: null,
		});
	});

	test('a device that could be one of several is none of them', () => {
		const recording = read(`${write}\n 0)               |  /* 0000:02:1f.2 and 0000:00:1f.2 */`);
		expect(recording.at(0).device).toBe('devfn:1f.2');
	});

	test('a device that is not named is called by its slot and function', () => {
		expect(read(write).at(0).device).toBe('devfn:1f.2');
	});

	test('a read without a value tells nothing, one whose place stands at the call is joined', () => {
		const recording = read(`
			 0)               |  /* r_read: (pci_bus_read_config_word+0x0/0x60) devfn=0xfa where=0x4 */
			 0)               |  /* r_read_ret: (f+0x1/0x2 <- pci_bus_read_config_word) ret=0 */
			 0)               |  /* r_read: (pci_bus_read_config_word+0x0/0x60) devfn=0xfa where=0x4 */
			 0)               |  /* r_read_ret: (f+0x1/0x2 <- pci_bus_read_config_word) value=0x507 ret=0 */
			 0)               |  /* r_read: (pci_bus_read_config_word+0x0/0x60) devfn=0xfa where=0x6 */
			 0)               |  /* r_read_ret: (f+0x1/0x2 <- pci_bus_read_config_word) value=0x1 ret=-19 */
		`);
		expect(listing(recording)).toEqual(['cpu-0 read PCI_COMMAND = 0x0507']);
	});
});

describe('driver core', () => {
	const bind = (result: string, exitCode: number) => `
		 1)               |  /* LAB begin bind1 ahci 0000:00:1f.2 */
		 0)               |  bind_store() {
		 0)               |    device_driver_attach() {
		 0)   1.0 us      |      really_probe();${result}
		 0)   1.0 us      |    }
		 0)   1.0 us      |  }
		 1)               |  /* LAB end bind1 ahci 0000:00:1f.2 rc=${exitCode} */
	`;
	const facts = (recording: Recording) =>
		listing(recording).filter((line) => /prob(e begins|e ends)|bound|driver =/.test(line));

	test('a probe that succeeds binds', () => {
		expect(facts(read(bind(' /* = 0x0 */', 0)))).toEqual([
			'cpu-0 probe begins: ahci (inferred)',
			'cpu-0 bound to ahci (inferred)',
			'cpu-0 probe ends = 0 (inferred)',
		]);
	});

	test('a probe that fails tells its error, whichever sign it was returned with', () => {
		expect(facts(read(bind(' /* = -16 */', 1)))[1]).toBe(
			'cpu-0 probe ends = -16 (EBUSY) (inferred)',
		);
		expect(facts(read(bind(' /* = 0x13 */', 1)))[1]).toBe(
			'cpu-0 probe ends = -19 (ENODEV) (inferred)',
		);
	});

	test('without return values the exit code of the write decides', () => {
		expect(facts(read(bind('', 0))).at(-1)).toBe('cpu-1 bound to ahci (inferred)');
		expect(facts(read(bind('', 1))).at(-1)).toBe('cpu-0 probe ends (inferred)');
	});

	test('probes of other devices, below or beside, are not taken for the announced one', () => {
		const recording = read(`
			 1)               |  /* LAB begin bind1 ahci 0000:00:1f.2 */
			 0)               |  bind_store() {
			 0)               |    really_probe() {
			 0)               |      device_attach() {
			 0)   1.0 us      |        really_probe(); /* = 0x0 */
			 0)   1.0 us      |      }
			 0)   1.0 us      |    } /* really_probe = -12 */
			 0)   1.0 us      |  }
			 1)               |  driver_probe_device() {
			 1)   1.0 us      |    really_probe(); /* = 0x0 */
			 1)   1.0 us      |  }
		`);
		expect(facts(recording)).toEqual([
			'cpu-0 probe begins: ahci (inferred)',
			'cpu-0 probe ends = -12 (ENOMEM) (inferred)',
		]);
	});

	const markerless = (device: string) => `
		 0)               |  really_probe() {
		 0)               |    /* devres_log: ${device} ADD 00000000339b6417 devm_kzalloc_release (16 bytes) */
		 0)               |    /* devres_log: 0000:00:02.0 ADD 00000000339b6418 devm_kzalloc_release (16 bytes) */
		 0)   1.0 us      |  } /* really_probe = -12 */
	`;

	test('without a marker a probe is that of the device of its first operation', () => {
		expect(facts(read(markerless('0000:00:1f.2')))).toEqual([
			'cpu-0 probe begins (inferred)',
			'cpu-0 probe ends = -12 (ENOMEM) (inferred)',
		]);
		expect(read(markerless('0000:00:1f.2')).at(1)).toMatchObject({
			type: 'probe-begin',
			device: '0000:00:1f.2',
			driver: null,
		});
	});

	test('without a marker a probe inside another has a device of its own', () => {
		const recording = read(`
			 0)               |  really_probe() {
			 0)               |    really_probe() {
			 0)               |      /* devres_log: serio0 ADD 00000000339b6417 devm_kzalloc_release (16 bytes) */
			 0)   1.0 us      |    }
			 0)               |    /* devres_log: 0000:00:02.0 ADD 00000000339b6418 devm_kzalloc_release (16 bytes) */
			 0)   1.0 us      |  }
		`);
		const probes = [...recording.ofType('probe-begin'), ...recording.ofType('probe-end')];
		expect(probes.map((seq) => recording.at(seq).device)).toEqual([
			...['serio0', '0000:00:02.0'],
			...['serio0', '0000:00:02.0'],
		]);
	});

	test('without a marker and an operation nothing is concluded', () => {
		expect(facts(read(bind(' /* = 0x0 */', 0).replace(/.*LAB.*/g, '')))).toEqual([]);
	});
});

import {describe, expect, test} from 'vitest';
import type {Recording} from '../../source/recording/recording.ts';
import {listing, logComment, readGraph} from '../helpers/drawn-graph.ts';

function contextsIn(recording: Recording): string[] {
	return [...new Set(listing(recording).map((line) => line.split(' ')[0] ?? ''))];
}

test('a leaf returns as much later as its duration says', () => {
	const times = (line: string) => {
		const recording = readGraph(line);
		return [recording.at(0).time, recording.at(1).time];
	};
	expect(times('   44.500000 |   0)   0.842 us    |  f();')).toEqual([44.5, 44.500000842]);
	expect(times('   44.500000 |   0) * 47705.85 us |  f();')).toEqual([44.5, 44.54770585]);
	expect(times('   44.500000 |   0)               |  f();')).toEqual([44.5, 44.5]);
	expect(times(' 0)   0.842 us    |  f();')).toEqual([null, null]);
});

describe('contexts', () => {
	test('a CPU whose task nothing tells is a context of its own', () => {
		expect(contextsIn(readGraph(' 0)   1.0 us |  f();\n 1)   1.0 us |  g();'))).toEqual([
			'cpu-0',
			'cpu-1',
		]);
	});

	test('the first banner of a CPU says who ran there before it', () => {
		const recording = readGraph(
			' 0)   1.0 us |  f();\n 0)  sh-1  =>  cat-2 \n 0)   1.0 us |  g();',
		);
		expect(contextsIn(recording)).toEqual(['sh-1', 'cat-2']);
	});

	test('the task column decides where there is one', () => {
		const recording = readGraph(
			'  1.5 |  0)  my sh-1  |   1.0 us |  f();\n  1.6 |  0)  cat-2  |   1.0 us |  g();',
		);
		expect(contextsIn(recording)).toEqual(['my', 'cat-2']);
		expect(recording.at(0)).toMatchObject({context: 'my sh-1', time: 1.5});
	});

	test('a task that is printed without its name gets the one it has elsewhere', () => {
		const recording = readGraph(
			' 0)  <...>-7  =>  cat-2 \n 0)  cat-2  =>  sh-7 \n 0)  sh-7  =>  <...>-7 \n 0)   1.0 us |  f();',
		);
		expect(contextsIn(recording)).toEqual(['sh-7']);
	});

	test('the idle tasks of two CPUs are two contexts', () => {
		const recording = readGraph(
			' 0)  sh-1  =>  <idle>-0 \n 1)  sh-2  =>  <idle>-0 \n 0)   1.0 us |  f();\n 1)   1.0 us |  f();',
		);
		expect(contextsIn(recording)).toEqual(['swapper/0-0', 'swapper/1-0']);
	});

	test('what an interrupt calls is no part of the interrupted task', () => {
		const recording = readGraph(`
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
		const recording = readGraph(`
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
		const recording = readGraph(
			`${entry}\n 0)               |    /* one\ntwo\nthree */\n 0)   1.0 us      |  }`,
		);
		expect(listing(recording)).toEqual(['cat-2 f()', 'cat-2 one', 'cat-2 f']);
		expect(recording.header.lines).toMatchObject({unparsed: 0});
	});

	test('a comment that is cut off swallows no call', () => {
		const recording = readGraph(`${entry}\n 0)               |    /* one\n 0)   1.0 us      |  }`);
		expect(listing(recording)).toEqual(['cat-2 f()', 'cat-2 one', 'cat-2 f']);
	});

	test('a stack of an event that is of no concern is of none either', () => {
		const recording = readGraph(
			`${entry}\n${logComment('ADD', 'a', 'x')}\n 0)               |    /* sched_wakeup: comm=sh */\n 0)               |    /* <stack trace>\n => try_to_wake_up\n */`,
		);
		expect(recording.ofType('stack')).toHaveLength(0);
		expect(recording.header.lines).toMatchObject({unparsed: 0});
	});

	test('a line of the kernel log is one of the kernel log', () => {
		const recording = readGraph(
			`${entry}\n 0)               |    /* console: pci 0000:00:01.0: enabling device */`,
		);
		expect(recording.at(1)).toMatchObject({
			type: 'printk',
			device: '0000:00:01.0',
			text: 'enabling device',
		});
	});

	test('a task without a name gets the one that its column has later', () => {
		const recording = readGraph(
			'  1.5 |  0)  <...>-7  |   1.0 us |  f();\n  1.6 |  0)  rmmod-7  |   1.0 us |  g();',
		);
		expect(contextsIn(recording)).toEqual(['rmmod-7']);
	});
});

describe('what is missing', () => {
	test('may be the end of an interrupt: it is over when another task runs', () => {
		const recording = readGraph(
			' 0)   ==========> |\n 0)   1.0 us |  f();\nCPU:0 [LOST 85 EVENTS]\n 0)  sh-1  =>  cat-2 \n 0)   1.0 us |  g();',
		);
		expect(contextsIn(recording)).toEqual(['irq-cpu-0', 'cpu-0', 'cat-2']);
	});

	test('is told in the remarks where a trace begins in the middle of calls', () => {
		const recording = readGraph(' 0)   1.0 us |    }\n 0)   2.0 us |  } /* f = -16 */');
		expect(recording.header.remarks).toEqual([
			'the trace begins in the middle of calls: 2 of them end without a beginning',
		]);
		expect(readGraph(' 0)   1.0 us |  f();').header.remarks).toBeUndefined();
	});

	test('makes a node that ends twice two nodes', () => {
		const rel = logComment('REL', 'a', 'x');
		const recording = readGraph(`${rel}\nCPU:0 [LOST 85 EVENTS]\n${rel}`);
		const ends = recording.ofType('devres-release').map((seq) => recording.at(seq));
		expect(ends).toMatchObject([{generation: 0}, {generation: 1}]);
	});
});

describe('calls', () => {
	test('returns whose calls came before the trace are kept with what the line tells', () => {
		const recording = readGraph(' 0)   1.0 us |    }\n 0)   2.0 us |  } /* f = -16 */');
		expect(listing(recording)).toEqual(['cpu-0 end of call', 'cpu-0 f = -16 (EBUSY)']);
	});

	test('a call whose end was lost ends, marked inferred, when the next one at its depth begins', () => {
		const recording = readGraph(
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
		const recording = readGraph(
			' 0)               |  f() {\n 0)               |    g() {\n 0)   1.0 us |  } /* f */',
		);
		expect(listing(recording)).toEqual(['cpu-0 f()', 'cpu-0 g()', 'cpu-0 g (inferred)', 'cpu-0 f']);
	});

	test('the end of a lost call closes no other', () => {
		const recording = readGraph(
			' 0)               |  f() {\n 0)   1.0 us |    } /* lost */\n 0)   1.0 us |  } /* f */',
		);
		expect(listing(recording)).toEqual(['cpu-0 f()', 'cpu-0 f']);
	});

	test('arguments and modules are kept where the kernel prints them', () => {
		const recording = readGraph(' 0)   1.0 us |  pci_intx [core](pdev=0xff, enable=1);');
		expect(recording.at(0)).toMatchObject({args: {pdev: '0xff', enable: '1'}, module: 'core'});
	});

	test('lost events are events', () => {
		const recording = readGraph('CPU:0 [LOST 85 EVENTS]\n 0)   1.0 us |  f();');
		expect(listing(recording)[0]).toBe('cpu-0 85 events lost');
		expect(recording.header.lines.lost).toBe(85);
	});

	test('a stack trace in a comment explains the event before it', () => {
		const recording = readGraph(`${logComment('ADD', 'a1b2c3', 'irq')}
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

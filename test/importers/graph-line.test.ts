import {describe, expect, test} from 'vitest';
import {parseGraphLine} from '../../source/importers/graph-line.ts';

const noColumns = {time: null, cpu: null, task: null};

describe('a call line', () => {
	test.each([
		[
			' 1)               |  devres_release_all() {',
			{kind: 'entry', depth: 1, fn: 'devres_release_all', cpu: 1},
		],
		[' 0)               |    device_del() {', {kind: 'entry', depth: 2, fn: 'device_del'}],
		[
			' 1) + 24.626 us   |      devres_find(); /* = 0x0 */',
			{kind: 'leaf', depth: 3, fn: 'devres_find', value: '0x0'},
		],
		[' 12) $ 3594274 us |  schedule();', {kind: 'leaf', cpu: 12, fn: 'schedule', value: null}],
		[
			' 0) @ 157560.8 us |  } /* ata_devres_release = 0x0 */',
			{kind: 'exit', fn: 'ata_devres_release', value: '0x0'},
		],
		[' 0) ! 129.512 us  |        really_probe(); /* = -16 */', {kind: 'leaf', value: '-16'}],
		[' 0)   1.965 us    |  }', {kind: 'exit', depth: 1, fn: null, value: null}],
		[' 0) # 1331.206 us |  } /* device_del */', {kind: 'exit', fn: 'device_del', value: null}],
		[
			' 0)               |  msi_domain_free_locked.part.0() {',
			{kind: 'entry', fn: 'msi_domain_free_locked.part.0'},
		],
		[' 0)               |  0xffffffffc08ed014() {', {kind: 'entry', fn: '0xffffffffc08ed014'}],
		[' 0)   0.8 us      |  ahci_init [ahci]();', {kind: 'leaf', fn: 'ahci_init', module: 'ahci'}],
		[
			' 0)               |  pci_intx(pdev=0xffff9a45, enable=0) {',
			{kind: 'entry', args: 'pdev=0xffff9a45, enable=0'},
		],
		[' 0)   1.2 us      |  } /* pci_intx ret=0x0 */', {kind: 'exit', fn: 'pci_intx', value: '0x0'}],
		[
			'   44.361392 |   1)     sh-291     |               |  unbind_store() {',
			{kind: 'entry', depth: 1, time: 44.361392, cpu: 1, task: {comm: 'sh', pid: 291}},
		],
		[
			'   42.6 |   0)   kworker-49   | # 1830.292 us |    f(); /* = 0x0 */',
			{kind: 'leaf', depth: 2, task: {comm: 'kworker', pid: 49}},
		],
		[
			'   42.6 |   0)  my task-49   | .... |   1.0 us   |  f();',
			{kind: 'leaf', depth: 1, task: {comm: 'my task', pid: 49}},
		],
		['   42.6 |   0)               |  } /* f */', {kind: 'exit', time: 42.6, fn: 'f'}],
		[' 3)  down_read() {', {kind: 'entry', fn: 'down_read', cpu: 3}],
		['   1.2 us    |  down_read();', {kind: 'leaf', depth: 1, fn: 'down_read', cpu: null}],
	])('%s', (line, expected) => {
		expect(parseGraphLine(line)).toMatchObject(expected);
	});
});

describe('other lines', () => {
	test.each([
		['# tracer: function_graph', {kind: 'blank'}],
		['', {kind: 'blank'}],
		[' ------------------------------------------', {kind: 'blank'}],
		[
			' 1)    cat-290     =>     init-1    ',
			{kind: 'switch', cpu: 1, from: {comm: 'cat', pid: 290}, to: {comm: 'init', pid: 1}},
		],
		[' 0)  <...>-12   =>   rmmod-4711  ', {kind: 'switch', from: {comm: '<...>', pid: 12}}],
		[
			' 10 |  web-server-7  =>   <idle>-0  ',
			{kind: 'switch', cpu: 10, from: {comm: 'web-server', pid: 7}},
		],
		[' 0)   ==========> |', {kind: 'interrupt', enters: true, cpu: 0}],
		[
			'   1.5 |   0)     sh-1   |   <========== |',
			{kind: 'interrupt', enters: false, task: {comm: 'sh', pid: 1}},
		],
		[' 1)   1.0 us    |    }  (Overruns: 3)', {kind: 'exit', fn: null, value: null, depth: 2}],
		[
			' 1)   1.0 us    |    } /* pci_intx = -16 */ (Overruns: 0)',
			{kind: 'exit', fn: 'pci_intx', value: '-16'},
		],
		[
			' 1)   0.8 us    |    pci_intx(pdev=0xffff8a76, enable=0x0); /* <-pcim_intx_restore+0x1a/0x30 ret=0x0 */',
			{kind: 'leaf', fn: 'pci_intx', args: 'pdev=0xffff8a76, enable=0x0', value: '0x0'},
		],
		[
			' 1)               |  ccp_init [ccp]() { /* <-do_one_initcall+0x5b/0x340 */',
			{kind: 'entry', fn: 'ccp_init', module: 'ccp'},
		],
		[' 1)  pci_intx() {', {kind: 'entry', fn: 'pci_intx', cpu: 1}],
		[
			'               |  0xffffffffc08ed014() {',
			{kind: 'entry', fn: '0xffffffffc08ed014', cpu: null},
		],
		[
			' 0)    sh-291    | d..1. |   1.0 us    |  f();',
			{kind: 'leaf', fn: 'f', cpu: 0, task: {comm: 'sh', pid: 291}},
		],
		['# entries-in-buffer/entries-written: 74/864   #P:2', {kind: 'lost', cpu: null, count: 790}],
		['# entries-in-buffer/entries-written: 74/74   #P:2', {kind: 'blank'}],
		['CPU:0 [LOST 85 EVENTS]', {kind: 'lost', cpu: 0, count: 85}],
		['CPU:3 [580 EVENTS DROPPED]', {kind: 'lost', cpu: 3, count: 580}],
		['CPU:3 [LOST EVENTS]', {kind: 'lost', cpu: 3, count: null}],
		[
			' 1)               |  /* LAB begin unbind1 */',
			{kind: 'comment', text: 'LAB begin unbind1', closed: true},
		],
		[
			' 1)               |  /* <stack trace>',
			{kind: 'comment', text: '<stack trace>', closed: false},
		],
	])('%s', (line, expected) => {
		expect(parseGraphLine(line)).toMatchObject(expected);
	});

	test.each([
		'[   40.4] ahci 0000:00:1f.2: DEVRES ADD 0000000012345678 irq (16 bytes)',
		'            bash-17414   [001] d..2.  2389.669170: sched_switch: prev_comm=bash',
		'devres_release_all() {',
		' 1) ',
		` 1)   1.0 us |  ${'x'.repeat(10_000)}();`,
	])('%.60s is not understood', (line) => {
		expect(parseGraphLine(line)).toEqual({kind: 'unknown'});
	});

	test('a line without columns but with a duration has no place', () => {
		expect(parseGraphLine('   1.2 us    |  f();')).toMatchObject(noColumns);
	});
});

/** Milliseconds of reading a line often, of several tries the shortest: others may be busy. */
function timeOf(line: string): number {
	let best = Number.POSITIVE_INFINITY;
	for (let tries = 0; tries < 5; tries += 1) {
		const start = performance.now();
		for (let n = 0; n < 200; n += 1) parseGraphLine(line);
		best = Math.min(best, performance.now() - start);
	}
	return best;
}

test.each([
	['', ' '],
	['1)', ' '],
	['', '('],
	['', ') /* '],
	['', '-1'],
])(
	'a line of "%s" and many "%s" takes no longer than in proportion to its length',
	(start, unit) => {
		const [short, long] = [500, 4000].map((length) => start + unit.repeat(length / unit.length));
		// Eight times as long, and some more for a machine that is busy; where each letter begins anew it is 64 times.
		expect(timeOf(long ?? '')).toBeLessThan(Math.max(1, 30 * timeOf(short ?? '')));
	},
);

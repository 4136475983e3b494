import {describe, expect, test} from 'vitest';
import type {RecordedEvent} from '../../source/recording/event.ts';
import {eventsOf, story} from '../helpers/log-story.ts';
import {imported} from '../helpers/real-recordings.ts';

/** Stamps lines a microsecond apart; `T9| text` is printed by another task. */
function stamped(text: string, withCallers = false): string {
	return text
		.replace(/^\n|\n\t*$/g, '')
		.split('\n')
		.map((line, index) => {
			const [, other, rest = ''] = /^\t*(?:(T\d+)\| ?)?(.*)$/.exec(line) ?? [];
			const caller = withCallers ? `[${(other ?? 'T4711').padStart(6)}]` : '';
			return `[  100.${`${index}`.padStart(6, '0')}]${caller} ${rest}`;
		})
		.join('\n');
}

function warnings(text: string, withCallers = false): RecordedEvent[] {
	return eventsOf(imported(stamped(text, withCallers))).filter(({type}) => type === 'warning');
}

const tail = `
	Modules linked in: ice(-) ahci libahci
	CPU: 52 UID: 0 PID: 33890 Comm: rmmod Kdump: loaded Tainted: G        W          6.11.0-rc6 #59
	Hardware name: QEMU Standard PC
	RIP: 0010:pci_disable_device+0xf4/0x100
	Code: 4d 85 e4 <0f> 0b
	RSP: 0018:ffffa2e8 EFLAGS: 00010246
	Call Trace:
	 <TASK>
	 ? pci_disable_device+0xf4/0x100
	T9| usb 1-1: new high-speed USB device
	 release_nodes+0x4a/0x70
	 devres_release_all.cold+0x8b/0xc0
	 ice_module_exit.constprop.0+0x11/0x3a [ice 5d8e0c2b9a7f]
	 ? __pfx_worker_thread+0x10/0x10
	 </TASK>
	---[ end trace 0000000000000000 ]---
	ice 0000:af:00.7: DEVRES REL 00000000fbd19618 pcim_disable_device (16 bytes)`;

const warn = `
	------------[ cut here ]------------
	ice 0000:af:00.7: disabling already-disabled device
	WARNING: CPU: 52 PID: 33890 at drivers/pci/pci.c:2250 pci_disable_device+0xf4/0x100${tail}`;

describe.each([
	['with callers', true],
	['without callers', false],
])('a WARN %s', (_, withCallers) => {
	test('is one event: its message, its device, where it is, and the stack', () => {
		expect(warnings(warn, withCallers)).toMatchObject([
			{
				device: '0000:af:00.7',
				text: 'ice 0000:af:00.7: disabling already-disabled device',
				at: 'drivers/pci/pci.c:2250 pci_disable_device+0xf4/0x100',
				frames: [
					{fn: 'pci_disable_device', unreliable: true},
					{fn: 'release_nodes', offset: '0x4a/0x70'},
					{fn: 'devres_release_all.cold'},
					{fn: 'ice_module_exit.constprop.0', module: 'ice'},
					{fn: '__pfx_worker_thread', unreliable: true},
				],
			},
		]);
	});

	test('leaves what others print in between alone, and what comes behind it', () => {
		expect(story(imported(stamped(warn, withCallers)))).toEqual([
			'usb 1-1: new high-speed USB device',
			expect.stringMatching(/^WARNING ice/),
			'REL fbd19618 pcim_disable_device (16 bytes)',
		]);
	});
});

describe('a banner', () => {
	test('from 6.19 on names the place first', () => {
		const text = `
			WARNING: drivers/pci/pci.c:2250 at pci_disable_device+0xf4/0x100, CPU#52: rmmod/33890${tail}`;
		expect(warnings(text)).toMatchObject([
			{
				text: 'CPU#52: rmmod/33890',
				at: 'drivers/pci/pci.c:2250 pci_disable_device+0xf4/0x100',
			},
		]);
	});

	test.each([
		['BUG: kernel NULL pointer dereference, address: 0000000000000000'],
		['BUG: KASAN: slab-use-after-free in devm_kfree+0x12/0x40'],
		[
			'general protection fault, probably for non-canonical address 0xdead000000000100: 0000 [#1] SMP',
		],
		['watchdog: BUG: soft lockup - CPU#1 stuck for 26s! [rmmod:123]'],
		['INFO: task rmmod:1234 blocked for more than 122 seconds.'],
		['irq 16: nobody cared (try booting with the "irqpoll" option)'],
		['Kernel panic - not syncing: Fatal exception'],
	])('can be %s', (banner) => {
		expect(warnings(`\n\t${banner}${tail}`)).toMatchObject([{text: banner, frames: {length: 5}}]);
	});

	test('of BUG() tells its place', () => {
		expect(warnings(`\n\tkernel BUG at drivers/base/devres.c:123!${tail}`)).toMatchObject([
			{text: 'kernel BUG at drivers/base/devres.c:123!', at: 'drivers/base/devres.c:123'},
		]);
	});

	test('that no stack follows is a message like any other', () => {
		const text = '\n\tWARNING: this driver is old\n\tone\n\ttwo\n\tthree\n\tfour\n\tfive';
		expect(warnings(text)).toEqual([]);
		expect(story(imported(stamped(text)))).toHaveLength(6);
	});
});

test('no line is lost or told twice where a dump turns out to be none, or has no end', () => {
	const others = Array.from({length: 30}, (_, n) => `usb 1-${n}: reset`);
	for (const start of [
		['------------[ cut here ]------------'],
		['===================================='],
		['WARNING: odd'],
		['CPU: 1 PID: 99 Comm: sh Not tainted 6.1.0 #1'],
		['Call Trace:', ' f+0x1/0x2'],
		['Call Trace:', ' <TASK>', ' f+0x1/0x2'],
		['BUG: bad', 'CPU: 1 PID: 99 Comm: sh Not tainted 6.1.0 #1'],
		[
			'------------[ cut here ]------------',
			'one',
			'two',
			'WARNING: CPU: 1 PID: 2 at a.c:1 f+0x1/0x2',
		],
	]) {
		const told = story(imported(stamped([...start, ...others].join('\n'))));
		expect(told.filter((line) => line.startsWith('usb'))).toEqual(others);
	}
});

test('the registers that an oops prints twice belong to it', () => {
	const text = `
		BUG: kernel NULL pointer dereference, address: 0000000000000000
		#PF: supervisor read access in kernel mode
		PGD 0 P4D 0
		Oops: 0000 [#1] PREEMPT SMP NOPTI
		CPU: 1 PID: 99 Comm: sh Not tainted 6.1.0 #1
		RIP: 0010:foo_remove+0x12/0x30 [foo]
		Call Trace:
		 <TASK>
		 pci_device_remove+0x3e/0xa0
		 </TASK>
		Modules linked in: foo
		CR2: 0000000000000000
		---[ end trace 0000000000000000 ]---
		RIP: 0010:foo_remove+0x12/0x30 [foo]
		RAX: 0000000000000000 RBX: ffff8d09dc1972c0 RCX: 0000000000000000
		note: sh[99] exited with irqs disabled
		usb 1-1: reset`;
	expect(warnings(text)).toMatchObject([{at: 'foo_remove+0x12/0x30', frames: {length: 1}}]);
	expect(story(imported(stamped(text)))).toHaveLength(2);
});

test('what lockdep explains before its stack belongs to it, and is no stack', () => {
	const text = `
		========================================================
		WARNING: possible irq lock inversion dependency detected
		6.10.0 #1 Not tainted
		--------------------------------------------------------
		qemu-system-x86/1234 just changed the state of lock:
		ffff8881 (&vdev->irqlock){....}-{3:3}, at: vfio_intx_handler+0x21/0xd0 [vfio_pci_core]
		but this lock took another, HARDIRQ-unsafe lock in the past:
		 -> (fs_reclaim){+.+.}-{0:0} {
		    HARDIRQ-ON-W at:
		                      lock_acquire+0xd5/0x2d0
		vfio-pci 0000:23:00.1: DEVRES ADD 00000000abd19618 pcim_intx_restore (4 bytes)`.replace(
		/\n\t\tvfio-pci.*/,
		`
		stack backtrace:
		CPU: 3 PID: 1234 Comm: qemu Not tainted 6.10.0 #1
		Call Trace:
		 <IRQ>
		 dump_stack_lvl+0x76/0xa0
		 </IRQ>
		 <TASK>
		 mark_lock_irq+0xaa8/0xc80
		 </TASK>
		vfio-pci 0000:23:00.1: DEVRES ADD 00000000abd19618 pcim_intx_restore (4 bytes)`,
	);
	expect(warnings(text)).toMatchObject([
		{
			text: 'possible irq lock inversion dependency detected',
			frames: [{fn: 'dump_stack_lvl'}, {fn: 'mark_lock_irq'}],
		},
	]);
	expect(story(imported(stamped(text)))).toHaveLength(2);
});

describe('a stack alone', () => {
	const frames = `
		CPU: 1 UID: 0 PID: 60 Comm: modprobe Not tainted 6.12.0 #1
		Hardware name: QEMU
		Call Trace:
		 <TASK>
		 dump_stack_lvl+0x5d/0x80
		 pcim_intx+0x3a/0x120
		 </TASK>`;
	const add = 'ccp 0000:23:00.1: DEVRES ADD 00000000abd19618 pcim_intx_restore (4 bytes)';

	test('explains the event that the same task tells next', () => {
		const recording = imported(stamped(`${frames}\nT9| usb 1-1: reset\n${add}`, true));
		const stack = recording.at(recording.ofType('stack')[0] ?? 0);
		const [node] = recording.ofType('devres-add');
		expect(stack).toMatchObject({of: node, frames: {length: 2}});
	});

	test('may be repeated for each event', () => {
		const other = add.replace('abd19618', 'abd19619');
		const recording = imported(stamped(`${frames}\n${add}${frames}\n${other}`));
		const of = recording.ofType('stack').map((seq) => {
			const event = recording.at(seq);
			return event.type === 'stack' ? event.of : null;
		});
		expect(of).toEqual(recording.ofType('devres-add'));
	});

	test('without marks goes on behind a line of somebody else', () => {
		const recording = imported(
			stamped(`f+0x1/0x2\nusb 1-1: reset\n? g+0x1/0x2\nh+0x1/0x2 [ccp]\n${add}`),
		);
		const stack = recording.at(recording.ofType('stack')[0] ?? 0);
		expect(stack).toMatchObject({frames: [{fn: 'f'}, {fn: 'g', unreliable: true}, {fn: 'h'}]});
		expect(story(recording)[0]).toBe('usb 1-1: reset');
	});

	test('of an old kernel has addresses before its functions', () => {
		const recording = imported(
			stamped(`Call Trace:\n [<ffffffff81234567>] dump_stack+0x19/0x1b\n${add}`),
		);
		expect(story(recording).join()).toContain('stack dump_stack+0x19/0x1b');
	});

	test('may have places in the source instead of offsets, with inlined callers', () => {
		const recording = imported(
			stamped(`
				Call Trace:
				 <TASK>
				 release_nodes (drivers/base/devres.c:506)
				 ? devres_release_all (drivers/base/devres.c:530 (discriminator 3) drivers/base/dd.c:2)
				 ice_module_exit (drivers/net/ethernet/intel/ice/ice_main.c:5800) ice
				 </TASK>`),
		);
		expect(recording.at(0)).toMatchObject({
			type: 'stack',
			frames: [
				{fn: 'release_nodes'},
				{fn: 'devres_release_all', unreliable: true},
				{fn: 'ice_module_exit', module: 'ice'},
			],
		});
	});
});

test('text that only looks a bit like a stack or splat is none', () => {
	const text = `
		mtrr: base+0x10 is odd
		release notes (see README.md)
		task T is fine
		CPU: Physical Processor ID: 0
		pci 0000:00:1f.0: [8086:2918] type 00 class 0x060100
		x86/fpu: xstate_offset[2]:  576, xstate_sizes[2]:  256`;
	const recording = imported(stamped(text));
	expect(recording.ofType('printk')).toHaveLength(6);
	expect(recording.length).toBe(6);
});

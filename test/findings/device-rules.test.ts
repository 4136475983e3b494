import {describe, expect, test} from 'vitest';
import {found, foundIn} from '../helpers/found.ts';
import {recordingFrom} from '../helpers/legal-events.ts';
import {nodeOf} from '../helpers/recording-of.ts';

const gone = '{"type": "device-data", "field": "driver", "value": null}';
const unbind = '{"type": "unbind", "driver": "ahci"}';
const begin = '{"type": "probe-begin", "driver": "ahci"}';
const end = '{"type": "probe-end", "driver": "ahci", "result": 0}';

describe('intx-not-restored', () => {
	const rule = 'intx-not-restored';

	/** Enabled with one value of PCI_COMMAND, written in a function, and let go. */
	function life(enabled: number, written: string, node = 'pcim_disable_device'): string {
		return `
			{"type": "device-add", "bus": "pci", "config": {"4": ${enabled}}}
			pcim_enable_device = 0
			  ADD ${node} 16
			${written}
			${unbind}
			${gone}
		`;
	}
	const write = (fn: string, value: number, previous: number) => `
			${fn}
			  {"type": "config-write", "offset": 4, "width": 2, "value": ${value}, "previous": ${previous}}`;

	test('is an error where the bit was clear when the device was enabled, and is set in the end', () => {
		expect(found(life(6, write('pcim_intx_restore', 0x406, 6)))).toEqual([
			"error intx-not-restored: INTX_DISABLE of 0000:00:01.0 is 1 after ahci let it go, and was 0 when the device was enabled: the device can't assert INTx",
		]);
	});

	test('compares with the value after enabling, whatever it was before', () => {
		const picture = `
			{"type": "device-add", "bus": "pci", "config": {"4": 1030}}
			pcim_enable_device = 0
			  ADD pcim_disable_device 16
			  {"type": "config-write", "offset": 4, "width": 2, "value": 6, "previous": 1030}
			${unbind}
			${gone}
		`;
		expect(found(picture)).toEqual([]);
	});

	test('is a note where INTx is enabled in the end and was not', () => {
		expect(found(life(0x406, write('pci_intx', 6, 0x406)))).toEqual([
			'note intx-not-restored: INTX_DISABLE of 0000:00:01.0 is 0 after ahci let it go, and was 1 when the device was enabled',
		]);
	});

	test('does not blame drivers that manage nothing, users, or those that switch the bit at run time', () => {
		expect(found(life(6, write('pci_intx', 0x406, 6), 'devm_kzalloc_release'), rule)).toEqual([]);
		expect(found(life(6, write('pci_user_write_config_word', 0x406, 6)))).toEqual([]);
		expect(found(life(6, write('pci_check_and_mask_intx', 0x406, 6)))).toEqual([]);
	});

	test('forgets a reset, which writes 0x0400 and restores', () => {
		const reset = write('pci_dev_restore', 0x400, 6) + write('pci_dev_restore', 6, 0x400);
		expect(found(life(6, reset))).toEqual([]);
	});

	test('takes the value after the first enabling, not after a resume', () => {
		const resume = `${write('pci_intx', 0x406, 6)}
			pci_enable_device = 0
			${write('pcim_intx_restore', 6, 0x406)}`;
		expect(found(life(6, resume))).toEqual([]);
	});

	test('takes no enabling of another device for one of this', () => {
		const another = `${write('pci_intx', 0x406, 6)}
			{"type": "call", "fn": "pci_enable_device", "device": "0000:00:02.0"}
			{"type": "return", "fn": "pci_enable_device", "value": "0"}
			${write('pcim_intx_restore', 6, 0x406)}`;
		expect(found(life(6, another))).toEqual([]);
	});

	test('is a warning where the bit is set by the going of a driver that was there before the recording', () => {
		const late = (first: number, then: number) => `
			${unbind}
			pcim_intx_restore
			  {"type": "config-write", "offset": 4, "width": 2, "value": ${then}, "previous": ${first}}
			${gone}
		`;
		expect(found(late(6, 0x406))).toEqual([
			'warning intx-not-restored: INTX_DISABLE of 0000:00:01.0 was 0 while ahci had it and is 1 now; how it was before is not in this recording',
		]);
		expect(found(late(0x406, 6))).toEqual([]);
	});

	test('is not judged where events were lost meanwhile, nor where enabling failed', () => {
		const lost = '			{"type": "lost", "count": 2}';
		expect(found(life(6, `${write('pci_intx', 0x406, 6)}\n${lost}`))).toEqual([]);
		const failed = life(6, write('pci_intx', 0x406, 6)).replace(
			'pcim_enable_device = 0',
			'pcim_enable_device = -5',
		);
		expect(found(failed)).toEqual([]);
	});
});

describe('original-state-lost', () => {
	const record = (disabled: boolean, ...values: number[]) => `
		{"type": "device-add", "bus": "pci", "config": {"4": ${disabled ? 0x406 : 6}}}
		ADD pcim_intx_restore 4
		${values.map((value) => `DATA pcim_intx_restore.orig_intx ${value}`).join('\n		')}
	`;

	test('is a warning where the first value is not how it was, or another takes its place', () => {
		expect(found(record(false, 0))).toEqual([
			'warning original-state-lost: #1 saves INTx as disabled, and it is enabled',
		]);
		expect(found(record(false, 1, 0))).toEqual([
			'warning original-state-lost: orig_intx of #1 was enabled and is overwritten with disabled',
		]);
	});

	test('is none where the value is right, or written again', () => {
		expect(found(record(false, 1))).toEqual([]);
		expect(found(record(true, 0, 0))).toEqual([]);
	});
});

describe('unbalanced-enable', () => {
	const count = (value: number) => `{"type": "enable-count", "value": ${value}}`;
	const life = (...counts: number[]) => `
		{"type": "device-add", "bus": "pci"}
		${begin}
		${count(counts[0] ?? 0)}
		${end}
		${counts.slice(1).map(count).join('\n		')}
		${gone}
	`;

	test('is an error where the kernel says so, once for the splat and its line', () => {
		const text = 'disabling already-disabled device';
		const picture = `
			{"type": "printk", "level": 4, "prefix": "ice 0000:00:01.0", "text": "${text}"}
			{"type": "warning", "text": "ice 0000:00:01.0: ${text}", "frames": []}
		`;
		expect(found(picture)).toEqual([
			'error unbalanced-enable: 0000:00:01.0 is disabled once more than it was enabled',
		]);
	});

	test('is a warning where the count stays up', () => {
		expect(found(life(1))).toEqual([
			'warning unbalanced-enable: enable_cnt of 0000:00:01.0 is 1 after ahci let it go, and was 0 before',
		]);
		expect(found(life(1, 0))).toEqual([]);
	});

	test('is none on a pinned device', () => {
		const pinned = life(1).replace(
			gone,
			`{"type": "device-data", "field": "pinned", "value": true}\n		${gone}`,
		);
		expect(found(pinned)).toEqual([]);
	});
});

describe('msi-left-on', () => {
	const life = (flags: number) => `
		{"type": "device-add", "bus": "pci", "msi": 80, "config": {"80": ${flags}}}
		${begin}
		${end}
		${unbind}
		${gone}
	`;

	test('is an error where the enable bit is set without driver', () => {
		expect(found(life(1))).toEqual([
			'error msi-left-on: MSI of 0000:00:01.0 is on after ahci let it go',
		]);
		expect(found(life(0))).toEqual([]);
	});

	test('does not blame a driver that was there before the recording', () => {
		expect(found(life(1).replace(begin, '').replace(end, ''))).toEqual([]);
	});
});

describe('enable-order', () => {
	test('is a warning for managed INTx and MSI, a note for regions, once a probe', () => {
		expect(
			found(
				`${begin}\nADD pcim_intx_restore 4\nADD pcim_msi_release 16\nADD pcim_disable_device 16`,
			),
		).toEqual([
			'warning enable-order: #1 pcim_intx_restore (4 bytes) was added before 0000:00:01.0 is enabled the managed way',
		]);
		expect(found(`${begin}\nADD pcim_iomap_release 136`)[0]).toMatch(/^note/);
	});

	test('is none behind the enable node, nor where the probe was not seen to begin', () => {
		expect(
			found(`${begin}\nADD devm_kzalloc_release 8\nADD pcim_release 8\nADD pcim_iomap_release 48`),
		).toEqual([]);
		expect(found('ADD pcim_intx_restore 4')).toEqual([]);
	});
});

describe('irq-outlives-memory', () => {
	const life = (...last: string[]) => `
		ADD devm_kzalloc_release#ring 64
		{"type": "device-data", "field": "irqaction", "value": "demo_irq"}
		{"type": "device-data", "field": "irq_reads", "value": "${ring}"}
		${last.join('\n		')}
	`;
	const ring = nodeOf('devm_kzalloc_release#ring').node;
	const removed = '{"type": "device-data", "field": "irqaction", "value": null}';

	test('is an error where the memory goes while the handler is there', () => {
		expect(found(life('REM devm_kzalloc_release#ring 64', removed))).toEqual([
			'error irq-outlives-memory: #1 devm_kzalloc_release (64 bytes) is taken from the list while the handler demo_irq that reads it is installed',
		]);
	});

	test('is none in the right order', () => {
		expect(found(life(removed, 'REM devm_kzalloc_release#ring 64'))).toEqual([]);
	});
});

describe('parent-growth', () => {
	const attempt = (label: string, release = '') => `
		device: child
		{"type": "probe-begin", "driver": "child"}
		device: bridge
		ADD devm_kzalloc_release#${label} 96
		${release}
		device: child
		{"type": "probe-end", "driver": "child", "result": -517}
	`;

	test('is a warning at the second attempt that leaves the same', () => {
		expect(found(attempt('1'))).toEqual([]);
		expect(found(attempt('1') + attempt('2') + attempt('3'))).toEqual([
			'warning parent-growth: Each failed probe of child adds #2 devm_kzalloc_release (96 bytes) to bridge, where it stays',
		]);
	});

	test('is none where each attempt cleans up', () => {
		const clean = (label: string) => attempt(label, `REM devm_kzalloc_release#${label} 96`);
		expect(found(clean('1') + clean('2'))).toEqual([]);
	});
});

describe('splat', () => {
	const splat = (text: string, fn: string) => `
		{"type": "warning", "text": "${text}", "frames": [{"fn": "${fn}"}]}
	`;

	test('is an error for memory errors and deadlocks, a warning for a WARN', () => {
		expect(found(splat('BUG: KASAN: slab-use-after-free in demo_irq', 'demo_irq'))).toEqual([
			'error splat: The kernel says "BUG: KASAN: slab-use-after-free in demo_irq"',
		]);
		expect(found(splat('devm_kfree: no such resource', 'devm_kfree'))[0]).toMatch(/^warning splat/);
	});

	test('is a note where it concerns neither a device nor what this is about', () => {
		const event = {type: 'warning', time: 1, context: 'sync-1', text: 'BUG: soft lockup'} as const;
		const about = (fn: string) => foundIn(recordingFrom([{...event, seq: 0, frames: [{fn}]}]));
		expect(about('ext4_sync_fs')).toEqual(['note splat: The kernel says "BUG: soft lockup"']);
		expect(about('devres_release_all')).toEqual([
			'error splat: The kernel says "BUG: soft lockup"',
		]);
	});
});

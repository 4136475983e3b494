import {expect, test} from 'vitest';
import {parseTraceEvent} from '../../source/importers/trace-event.ts';

test.each([
	[
		'a devres event has device, operation, node, name and size',
		'devres_log: 0000:23:00.1 REL 00000000fbd19618 pcim_intx_restore (4 bytes)',
		{
			kind: 'devres',
			device: '0000:23:00.1',
			op: 'REL',
			node: '00000000fbd19618',
			name: 'pcim_intx_restore',
			size: 4,
		},
	],
	[
		'a node may be printed with 0x and a name with blanks',
		'devres_log: i2c-0 REPLACE 0xffff8a7685ef44c0 some name (16 bytes)',
		{op: 'REPLACE', node: 'ffff8a7685ef44c0', name: 'some name', device: 'i2c-0'},
	],
	[
		'a name in a module of an old kernel loses its wrapping',
		'devres_log: 0000:00:1f.2 ADD 00000000fbd19618 (0xffffffffc0550715:ata_devres_release)[UNSAFE-MEMORY] (0 bytes)',
		{name: 'ata_devres_release', size: 0},
	],
	[
		'a devres event that is cut off is malformed',
		'devres_log: 0000:23:00.1 RE',
		{kind: 'malformed'},
	],
	[
		'a read probe at the return has a value',
		'cfg_read_word_ret: (pcim_intx+0x5e/0xe0 <- pci_bus_read_config_word) devfn=0xfa where=0x4 value=0x507 ret=0',
		{
			kind: 'config',
			access: 'read',
			returned: true,
			devfn: 0xfa,
			offset: 4,
			value: 0x507,
			failed: false,
			width: 2,
		},
	],
	[
		'a probe in a module is a probe',
		'cfg_read_word_ret: (i801_probe+0x27c/0x7c0 [i2c_i801] <- pci_bus_read_config_word) devfn=0xfb where=0x6 value=0x0 ret=0',
		{kind: 'config', devfn: 0xfb, value: 0},
	],
	[
		'a probe of another name with a bus is understood too',
		'my_write_dword: (pci_bus_write_config_dword+0x4/0x30) bus=1 devfn=0x0 where=0x10 value=0x80000000',
		{kind: 'config', access: 'write', bus: 1, width: 4, value: 0x80000000},
	],
	[
		'a marker is its text',
		'LAB begin unbind1 ahci 0000:00:1f.2',
		{kind: 'marker', text: 'LAB begin unbind1 ahci 0000:00:1f.2'},
	],
	[
		'a marker may have its event name',
		'tracing_mark_write: hello',
		{kind: 'marker', text: 'hello'},
	],
	[
		'the name of an event may be padded',
		'devres_log:           0000:23:00.1 REL 00000000fbd19618 pcim_intx_restore (4 bytes)',
		{kind: 'devres', op: 'REL'},
	],
	[
		'the fields of a devres event may be printed one by one, in any order',
		'devres_log: size=0x10 (16) name=pcim_msi_release node=0xffff8a7685ef44c0 op=ADD dev=0x0 devname=Fixed MDIO bus.0',
		{
			kind: 'devres',
			op: 'ADD',
			node: 'ffff8a7685ef44c0',
			name: 'pcim_msi_release',
			size: 16,
			device: 'Fixed MDIO bus.0',
		},
	],
	[
		'a devres event without its node is malformed',
		'devres_log: devname=i2c-0 op=ADD',
		{kind: 'malformed'},
	],
	['a stack begins', '<stack trace>', {kind: 'stack-begin', isUser: false, frames: null}],
	['a stack of a process is no stack', '<user stack trace>', {kind: 'stack-begin', isUser: true}],
	['a stack of trace-cmd begins', 'kernel_stack:         <stack trace >', {kind: 'stack-begin'}],
	['a call is a call', 'kernfs_refresh_inode <-kernfs_iop_permission', {kind: 'call'}],
	['trace-cmd pads it', 'function:             do_splice_to <-- sys_splice', {kind: 'call'}],
	[
		'a kernel message loses its stamp',
		'console: <6>[  218.331000] ccp 0000:23:00.1: enabling device',
		{kind: 'message', text: 'ccp 0000:23:00.1: enabling device'},
	],
	[
		'what trace_printk() prints in a function of PCI or devres is a marker',
		'pcim_intx: enable=0',
		{kind: 'marker', text: 'pcim_intx: enable=0'},
	],
	[
		'a probe on a function of config space may be called anything, its arguments nothing',
		'x: (pci_bus_write_config_byte+0x4/0x30) arg1=0xfa arg2=0x3c arg3=0xb',
		{kind: 'config', access: 'write', devfn: 0xfa, offset: 0x3c, value: 0xb, width: 1},
	],
	[
		'old kernels print values of probes in hex without 0x',
		'cfg_write_dword: (pci_bus_write_config_dword+0x0/0x30) devfn=fa where=10 value=80000000',
		{kind: 'config', devfn: 0xfa, offset: 0x10, value: 0x80000000, width: 4},
	],
	[
		'a bus that is a pointer is no number',
		'w: (pci_bus_write_config_word+0x4/0x60) bus=0xffff8a7685ef44c0 devfn=0xfa pos=0x4 val=0x507',
		{kind: 'config', bus: null, devfn: 0xfa, offset: 4, value: 0x507},
	],
	[
		'a failed read is one',
		'r: (pcim_intx+0x5e/0xe0 <- pci_bus_read_config_word) value=0xffff $retval=0x87',
		{kind: 'config', returned: true, failed: true},
	],
	[
		'a read of something else is none of ours',
		'my_read_ret: (ksys_read+0x5e/0xe0 <- vfs_read) value=0x5',
		{kind: 'other'},
	],
	['a marker may have a colon', 'step: one', {kind: 'marker', text: 'step: one'}],
	['another event is none of ours', 'sched_switch: prev_comm=bash prev_pid=1', {kind: 'other'}],
	['another probe is none of ours', 'myprobe: (do_sys_open+0x0/0xd6) dfd=3', {kind: 'other'}],
])('%s', (_, text, expected) => {
	expect(parseTraceEvent(text)).toMatchObject(expected);
});

test('a device whose name has blanks is found before an operation that is an address', () => {
	const text =
		'devres_log:           Fixed MDIO bus.0 ffffffffb2adfd62 0xffff8a7685ef44c0 devm_mdiobus_free (8 bytes)';
	expect(parseTraceEvent(text, () => 'REL')).toMatchObject({
		op: 'REL',
		device: 'Fixed MDIO bus.0',
		node: 'ffff8a7685ef44c0',
		name: 'devm_mdiobus_free',
	});
});

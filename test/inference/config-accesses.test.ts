import {describe, expect, test} from 'vitest';
import {listing, readGraph} from '../helpers/drawn-graph.ts';

describe('config space', () => {
	const write =
		' 0)               |  /* w_write: (pci_bus_write_config_word+0x4/0x30) devfn=0xfa where=0x4 value=0x107 */';

	test('a device is the one known by that slot and function', () => {
		const recording = readGraph(`${write}\n 0)               |  /* step on 0000:02:1f.2 */`);
		expect(recording.at(0)).toMatchObject({
			type: 'config-write',
			device: '0000:02:1f.2',
			previous: null,
		});
	});

	test('a device that could be one of several is none of them', () => {
		const recording = readGraph(
			`${write}\n 0)               |  /* 0000:02:1f.2 and 0000:00:1f.2 */`,
		);
		expect(recording.at(0).device).toBe('devfn:1f.2');
	});

	test('a device that is not named is called by its slot and function', () => {
		expect(readGraph(write).at(0).device).toBe('devfn:1f.2');
	});

	test('a read without a value tells nothing, one whose place stands at the call is joined', () => {
		const recording = readGraph(`
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

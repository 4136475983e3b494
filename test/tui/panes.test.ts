import {describe, expect, test} from 'vitest';
import {createSession, type Session} from '../../source/debugger/session.ts';
import {goTo, move} from '../../source/debugger/step.ts';
import {changedRecording} from '../helpers/changed-recording.ts';
import {paneText} from '../helpers/pane.ts';
import {fixtures, imported, textOf} from '../helpers/real-recordings.ts';
import {recordingOf} from '../helpers/recording-of.ts';
import {reloadRecording} from '../helpers/reload-recording.ts';

const recording = reloadRecording();
const start = createSession(recording);

/** Just after the n-th event of a type has happened. */
function behind(type: Parameters<typeof recording.ofType>[0], n: number, from = start): Session {
	return goTo(from, (recording.ofType(type).at(n) ?? 0) + 1);
}

const beforeMoves = goTo(start, recording.ofType('devres-move')[0] ?? 0);
const afterMoves = behind('devres-move', -1, beforeMoves);
const releasing = behind('devres-release', 0, afterMoves);
const lateAdd = behind('devres-add', -1, releasing);

describe('devres_head and todo', () => {
	test('a node that is added has a plus until the next stop', () => {
		const added = behind('devres-add', 1, behind('devres-add', 0));
		expect(paneText('devres_head', added)).toMatchInlineSnapshot(`
			"== devres_head 0000:23:00.1 | 2 nodes
			  #1  devm_kzalloc_release               184
			+ #2  devm_kzalloc_release                20"
		`);
		expect(
			paneText('devres_head', move(added, {verb: 'step', direction: 'forward'})),
		).not.toContain('+');
	});

	test('nodes that move are marked on the list they move to, and the other is empty', () => {
		expect(paneText('devres_head', afterMoves)).toMatchInlineSnapshot(`
			"== devres_head 0000:23:00.1 | ccp · 0 nodes
			  the device owns nothing"
		`);
		expect(paneText('todo', afterMoves)).toMatchInlineSnapshot(`
			"== todo | 8 of 8 left
			→ #1  devm_kzalloc_release               184
			→ #2  devm_kzalloc_release                20
			→ #3  pcim_release                         0
			→ #4  pcim_iomap_release                  48
			→ #5  pcim_iomap_release                  48
			→ #6  devm_kmalloc_release               152
			→ #7  pcim_msi_release                    16
			→ #8  pcim_intx_restore                    4  orig_intx 0"
		`);
	});

	test('the node whose callback runs is marked, and what it adds is on devres_head', () => {
		expect(paneText('todo', lateAdd)).toMatchInlineSnapshot(`
			"== todo | 7 of 8 left
			  #1  devm_kzalloc_release               184
			  #2  devm_kzalloc_release                20
			  #3  pcim_release                         0
			  #4  pcim_iomap_release                  48
			  #5  pcim_iomap_release                  48
			  #6  devm_kmalloc_release               152
			  #7  pcim_msi_release                    16
			▶ #8  pcim_intx_restore                    4  orig_intx 0  releasing"
		`);
		expect(paneText('devres_head', lateAdd)).toMatchInlineSnapshot(`
			"== devres_head 0000:23:00.1 | ccp · 1 node
			+ #9  pcim_intx_restore                    4"
		`);
	});

	test('going back marks what went back', () => {
		const back = goTo(afterMoves, beforeMoves.position);
		expect(paneText('devres_head', back)).toMatchInlineSnapshot(`
			"== devres_head 0000:23:00.1 | ccp · 8 nodes
			→ #1  devm_kzalloc_release               184
			→ #2  devm_kzalloc_release                20
			→ #3  pcim_release                         0
			→ #4  pcim_iomap_release                  48
			→ #5  pcim_iomap_release                  48
			→ #6  devm_kmalloc_release               152
			→ #7  pcim_msi_release                    16
			→ #8  pcim_intx_restore                    4  orig_intx 0"
		`);
	});

	test('a node whose data changed is marked', () => {
		const data = behind('devres-data', 1, goTo(start, recording.ofType('devres-data')[1] ?? 0));
		expect(paneText('devres_head', data)).toContain('* #8');
	});

	test('a node that is gone stays in its place until the next stop', () => {
		const removing = recordingOf(`
			ADD a 1
			ADD b 2
			REM a 1
		`);
		const gone = goTo(goTo(createSession(removing), 2), 3);
		expect(paneText('devres_head', gone)).toMatchInlineSnapshot(`
			"== devres_head 0000:00:01.0 | 1 node
			− #1  a                                    1  gone
			  #2  b                                    2"
		`);
	});

	test('in a narrow pane a name is cut in its middle and the size stays', () => {
		const [, row = ''] = paneText('todo', afterMoves, {width: 22}).split('\n');
		expect(row).toBe('→ #1  devm…lease   184');
	});
});

describe('the call stack', () => {
	test('shows the open calls, innermost first, with the frame looked at marked', () => {
		expect(paneText('stack', {...lateAdd, frame: 1})).toMatchInlineSnapshot(`
			"== call stack | rmmod-4711
			  #0 devres_add               dev
			▶ #1 get_or_create_intx_devres dev
			  #2 pcim_intx                pdev, enable=1
			  #3 pci_intx                 pdev, enable=1
			  #4 pcim_intx_restore        dev
			  #5 devres_release_all       dev
			  #6 device_unbind_cleanup    dev
			  #7 device_release_driver_internal dev
			  #8 driver_detach"
		`);
	});

	test('says so when no call is open', () => {
		expect(paneText('stack', start)).toMatchInlineSnapshot(`
			"== call stack | 
			  no call is open"
		`);
	});
});

describe('INTx and registers', () => {
	test('names the bits and who restores what, and marks what changed', () => {
		const before = goTo(start, recording.ofType('config-write')[0] ?? 0);
		expect(paneText('registers', before)).toMatchInlineSnapshot(`
			"== INTx and registers | 
			  PCI_COMMAND 0x0006   MEMORY MASTER
			  INTX_DISABLE 0: INTx may fire
			  to restore: orig_intx of #8 is 1
			  pin A   enable_cnt 0
			  MSI absent   MSI-X unknown"
		`);
		expect(paneText('registers', goTo(before, before.position + 1))).toMatchInlineSnapshot(`
			"== INTx and registers | 
			* PCI_COMMAND 0x0406   MEMORY MASTER INTX_DISABLE
			* INTX_DISABLE 1: INTx is off
			  to restore: orig_intx of #8 is 1
			  pin A   enable_cnt 0
			  MSI absent   MSI-X unknown"
		`);
	});

	test('warns when the original was overwritten', () => {
		expect(paneText('registers', releasing, {width: 31})).toMatchInlineSnapshot(`
			"== INTx and registers | 
			  PCI_COMMAND 0x0006
			    MEMORY MASTER
			  INTX_DISABLE 0: INTx may fire
			  #8 restores 0, was 1 ⚠
			  pin A   enable_cnt 0
			  MSI absent   MSI-X unknown"
		`);
	});

	test('a device without registers says so', () => {
		const plain = recordingOf('ADD a 1');
		expect(paneText('registers', goTo(createSession(plain), 1))).toMatchInlineSnapshot(`
			"== INTx and registers | 
			  the recording tells no registers"
		`);
	});

	test('registers that are told later are not known yet', () => {
		const later = goTo(createSession(recordingOf('ADD a 1\n{"type":"enable-count","value":1}')), 1);
		expect(paneText('registers', later)).toContain('nothing is known yet');
	});
});

describe('the kernel log', () => {
	test('ends at the position, new lines with a plus', () => {
		expect(paneText('log', lateAdd, {height: 4})).toMatchInlineSnapshot(`
			"== kernel log | 10 lines
			  1.025000 pci 0000:23:00.1: DEVRES ADD #7 pcim_msi…6 bytes)
			  1.037000 pci 0000:23:00.1: DEVRES ADD #8 pcim_int…4 bytes)
			  1.080000 ccp 0000:23:00.1: DEVRES REL #8 pcim_int…4 bytes)
			+ 1.091000 ccp 0000:23:00.1: DEVRES ADD #9 pcim_int…4 bytes)"
		`);
	});
});

describe('breakpoints', () => {
	test('are shown with the hits so far of all', () => {
		const hit = move(start, {verb: 'continue', direction: 'forward'});
		expect(paneText('breakpoints', hit)).toMatchInlineSnapshot(`
			"== breakpoints | 2
			● 1 pcim_intx                                        ×1 of 3
			● 2 event printk                                     ×0 of 1"
		`);
	});
});

describe('the script', () => {
	test('has the line of the last event marked', () => {
		expect(paneText('source', lateAdd)).toMatchInlineSnapshot(`
			"== script | line 4 of 5
			 1 title: ccp cannot be reloaded
			 2 script:
			 3   - modprobe: ccp
			▶4   - rmmod: ccp
			 5   - modprobe: ccp"
		`);
	});

	test('a log has the ends of lines that are too long: its lines begin alike', () => {
		const log = createSession(imported(textOf(fixtures, 'v9-patch/ahci.events.txt')));
		const rows = paneText('source', goTo(log, 25), {width: 44, height: 4}).split('\n');
		expect(rows.slice(1)).toMatchInlineSnapshot(`
			[
			  " 35 …0006a60e62c pcim_intx_restore (4 bytes)",
			  "▶36 …000d5d51515 pcim_intx_restore (4 bytes)",
			  " 37 …00037e1ccd4 pcim_msi_release (16 bytes)",
			  " 38 …861d msi_device_data_release (72 bytes)",
			]
		`);
		const long = 'x'.repeat(1_000_000);
		const {header} = log.recording;
		const recording = changedRecording(log.recording, {
			header: {...header, text: [long, '漢'.repeat(9)]},
		});
		const cut = paneText('source', createSession(recording), {width: 12, height: 3});
		expect(cut).toBe(`== raw log | \n 1 …${'x'.repeat(8)}\n 2 …漢漢漢漢`);
	});
});

describe('the story of a node', () => {
	test('is that of the node named last, with the position and what is lost', () => {
		expect(paneText('story', releasing, {width: 100})).toMatchInlineSnapshot(`
			"== #8 pcim_intx_restore, 4 bytes, 0000:23:00.1 | 
			     1.034000  allocated          by get_or_create_intx_devres ← pcim_intx ← pci_intx ← …
			     1.037000  added              by get_or_create_intx_devres ← pcim_intx ← pci_intx ← …
			     1.040000  orig_intx 1        set by pcim_intx(pdev, enable=0) ← pci_intx ← pci_alloc_irq_vecto…
			     1.062000  orig_intx 0        set by pcim_intx(pdev, enable=1) ← pci_intx ← pci_free_i…  ⚠ was 1
			     1.078000  moved              devres_head → todo by remove_nodes
			▶    1.080000  released           callback pcim_intx_restore  ← you are inside it"
		`);
	});

	test('dims what comes, and says so where no node was named', () => {
		expect(paneText('story', start)).toMatchInlineSnapshot(`
			"== story | 
			  no node was named yet"
		`);
	});
});

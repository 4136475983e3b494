import {describe, expect, test} from 'vitest';
import {checkIntegrity} from '../../source/recording/integrity.ts';
import {recordingFrom} from '../helpers/legal-events.ts';
import {recordingOf} from '../helpers/recording-of.ts';

function faultsOf(picture: string, lateStart = false): string[] {
	return checkIntegrity(recordingOf(picture), {lateStart}).map(
		({seq, rule, message}) => `${seq} ${rule}: ${message.replace(/ffff8000\w+/g, 'node')}`,
	);
}

const whole = `
	really_probe = 0
	  {"type":"probe-begin","driver":"ahci"}
	  ALLOC irq
	  ADD irq
	  DATA irq.field 1
	  WRITE 4 0x6
	  {"type":"probe-end","driver":"ahci","result":0}
	devres_release_all = 1
	  MOVE irq
	  REL irq
	  {"type":"config-write","offset":4,"width":2,"value":2,"previous":6}
	  END 1
`;

test('a consistent recording has no faults', () => {
	expect(faultsOf(whole)).toEqual([]);
});

test('events out of order are reported', () => {
	const recording = recordingOf('note a\nnote b');
	const swapped = recordingFrom([recording.at(1), recording.at(0)]);
	expect(checkIntegrity(swapped).map(({rule}) => rule)).toEqual(['seq', 'seq']);
});

describe('each rule', () => {
	test.each([
		[
			'a return names the innermost call',
			'outer …\n  inner …\n  {"type":"return","fn":"outer"}',
			'2 return-of-innermost: outer returns while inner is open',
		],
		[
			'a return has a call',
			'{"type":"return","fn":"outer"}',
			'0 return-of-innermost: task-1 has no open call',
		],
		['a listed node is not added again', 'ADD a\nADD a', '1 add-of-unlisted: node is listed'],
		['a node is allocated once', 'ALLOC a\nALLOC a', '1 new-identity: node exists already'],
		['only listed nodes move', 'ADD a\nREM a\nMOVE a', '2 move-of-listed: node is removed'],
		['only listed nodes are removed', 'REM a', '0 remove-of-listed: node is not known'],
		['only moved nodes are released', 'ADD a\nREL a', '1 release-of-todo: node is listed'],
		[
			'a node is released once',
			'ADD a\nMOVE a\nREL a\nREL a',
			'3 released-once: node was released before',
		],
		['data belongs to a known node', 'DATA a.field 1', '0 data-of-living: node is not known'],
		['a listed node is not freed', 'ADD a\nFREE a', '1 free-of-unlisted: node is listed'],
		[
			'a pass ends after its last release',
			'ADD a\nADD b\nMOVE a\nMOVE b\nREL b\nEND 2',
			'5 end-of-pass: node was not released',
		],
		[
			'a pass that ends has begun',
			'END 0',
			'0 end-of-pass: 0000:00:01.0 has no release pass to end',
		],
		[
			'a pass counts the nodes that moved',
			'ADD a\nMOVE a\nREL a\nEND 2',
			'3 release-count: 1 nodes were moved, not 2',
		],
		[
			'a write knows what it overwrites',
			'WRITE 4 0x6\n{"type":"config-write","offset":4,"width":2,"value":2,"previous":7}',
			'1 previous-value: offset 4 held 6, not 7',
		],
		[
			'a probe ends after it began',
			'{"type":"probe-end","driver":null,"result":0}',
			'0 probe-pairs: 0000:00:01.0 was not being probed',
		],
	])('%s', (_, picture, fault) => {
		expect(faultsOf(picture)).toEqual([fault]);
	});

	test('group markers move but are not counted', () => {
		const marker = '"node":"a","generation":0';
		const add = `{"type":"devres-add",${marker},"name":"grp<","size":0}`;
		const move = `{"type":"devres-move",${marker}}`;
		const release = `{"type":"devres-release",${marker},"name":"grp<","size":0}`;
		expect(faultsOf(`${add}\n${move}\n${release}\nEND 0`)).toEqual([]);
	});
});

describe('a recording that starts late', () => {
	test('may return from calls and release, remove and probe what it never saw begin', () => {
		const picture = `
			{"type":"return","fn":"outer"}
			REL stranger
			REM other
			{"type":"probe-end","driver":null,"result":null}
		`;
		expect(faultsOf(picture)).toHaveLength(4);
		expect(faultsOf(picture, true)).toEqual([]);
	});

	test('still may not release twice or move what is not listed', () => {
		expect(faultsOf('REL a\nREL a', true)).toEqual(['1 released-once: node was released before']);
		expect(faultsOf('MOVE a', true)).toEqual(['0 move-of-listed: node is not known']);
	});
});

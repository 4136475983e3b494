import {describe, expect, test} from 'vitest';
import {findingsOf} from '../../source/findings/findings.ts';
import {found} from '../helpers/found.ts';
import {recordingOf} from '../helpers/recording-of.ts';

const bound = '{"type": "device-add", "bus": "pci"}\n{"type": "bind", "driver": "ccp"}';
const unbind = '{"type": "unbind", "driver": "ccp"}';
const gone = '{"type": "device-data", "field": "driver", "value": null}';
const crit =
	'{"type": "printk", "level": 2, "prefix": "pci 0000:00:01.0", "text": "Resources present before probing"}';

describe('add-during-release', () => {
	const rule = 'add-during-release';
	const nested = `
		${bound}
		ADD first 8
		ADD second 8
		${unbind}
		devres_release_all
		  MOVE first
		  MOVE second
		  REL second 8
		  second
		    ADD late 4
		  REL first 8
		  END 2
		${gone}
	`;

	test('names the callback, and proves it by the release around it', () => {
		const finding = findingsOf(recordingOf(nested)).find((each) => each.rule === rule);
		expect(finding?.message).toBe(
			'#3 late (4 bytes) was added inside the release callback of #2 second',
		);
		expect(finding?.evidence.map(({seq, text}) => `${seq} ${text}`)).toEqual([
			'6 the release begins, with all that is on the list',
			'8 its callback begins',
			'10 too late for this release',
			'13 the release ends without it',
		]);
	});

	test('is no error where the node is taken back before the end', () => {
		const picture = nested.replace('ADD late 4', 'ADD late 4\n		    REM late 4');
		expect(found(picture)).toEqual([
			'note add-during-release: #3 late (4 bytes) was added inside the release callback of #2 second; it was taken back before the end',
		]);
	});

	test('is no error where another task adds', () => {
		const picture = `
			${bound}
			ADD first 8
			context: sh-2
			devres_release_all
			  MOVE first
			  REL first 8
			context: firmware-3
			ADD fw_name_devm_release 16
			context: sh-2
			  END 1
		`;
		expect(found(picture, rule)).toEqual([
			'note add-during-release: #2 fw_name_devm_release (16 bytes) was added while another task releases its device',
		]);
	});

	test('is none on another device, nor after the end', () => {
		const picture = `
			device: a
			ADD first 8
			devres_release_all
			  MOVE first
			  REL first 8
			  device: b
			  ADD other 8
			  device: a
			  END 1
			ADD later 8
		`;
		expect(found(picture, rule)).toEqual([]);
	});

	test('is none where the release may have been over', () => {
		const release = 'context: sh-1\nADD first 8\nMOVE first\nREL first 8';
		for (const context of ['sh-1', 'sh-2']) {
			expect(found(`${release}\ncontext: ${context}\nADD second 8`)).toEqual([]);
			const unnamed =
				'{"type": "devres-release", "node": "9", "generation": 0, "name": "(null)", "size": 0}';
			expect(found(`${release}\ncontext: ${context}\nADD second 8\n${unnamed}`)).toEqual([]);
		}
	});

	test('knows a task whose name the trace lacks by its number', () => {
		const picture = (context: string) => `
			context: rmmod-4711
			ADD first 8
			ADD second 8
			MOVE first
			MOVE second
			REL second 8
			context: ${context}
			ADD late 4
			context: rmmod-4711
			REL first 8
			END 2
		`;
		expect(found(picture('<...>-4711'), rule)[0]).toMatch(/^error/);
		expect(found(picture('<...>-4712'), rule)[0]).toMatch(/^note/);
	});

	test('says nothing of nodes that all have the same text for an address', () => {
		const add = (name: string) =>
			`{"type": "devres-add", "node": "(____ptrval____)", "generation": 0, "name": "${name}", "size": 8}`;
		expect(
			found(`ADD a 8\nADD b 8\nMOVE a\nMOVE b\nREL b 8\n${add('c')}\nREL a 8\nEND 2`, rule),
		).toEqual([]);
	});

	test('is no error while a group is released in the midst of life', () => {
		const picture = `
			${bound}
			ADD first 8
			ADD second 8
			devres_release_group
			  MOVE second
			  REL second 8
			  second
			    ADD late 4
			  END 1
		`;
		expect(found(picture)).toEqual([
			'note add-during-release: #3 late (4 bytes) was added inside the release callback of #2 second',
		]);
	});

	test('is a warning where events were lost in the midst of it', () => {
		const picture = nested.replace(
			'		  second\n',
			'		  {"type": "lost", "count": 3}\n		  second\n',
		);
		expect(found(picture, rule)).toEqual([
			'warning add-during-release: #3 late (4 bytes) was added inside the release callback of #2 second; events were lost, so the release may have been over',
		]);
	});
});

describe('leak', () => {
	test('counts and names what is left, not what is released', () => {
		const picture = `
			${bound}
			ADD first 8
			${unbind}
			devres_release_all
			  MOVE first
			  REL first 8
			  first
			    ADD one 4
			    ADD two 4
			  END 1
		`;
		expect(found(picture, 'leak')).toEqual([
			'error leak: 2 nodes left on devres_head after ccp was unbound: #2 one (4 bytes), #3 two (4 bytes)',
		]);
	});

	test('is none when a group goes and the rest stays', () => {
		const picture = `
			ADD first 8
			ADD second 8
			MOVE second
			REL second 8
			END 1
		`;
		expect(found(picture)).toEqual([]);
	});
});

describe('leftover-at-probe', () => {
	const rule = 'leftover-at-probe';

	test('is a note on a device that never had a driver and owns what core code gives', () => {
		const picture = `
			ADD devm_attr_group_remove 8
			ADD msi_device_data_release 72
			${crit}
		`;
		expect(found(picture)).toEqual([
			'note leftover-at-probe: The probe was refused: #1 devm_attr_group_remove (8 bytes), #2 msi_device_data_release (72 bytes) added while no driver had the device, which core code may own',
		]);
	});

	test('is an error where the same nodes are there after a driver', () => {
		const picture = `
			${bound}
			ADD devm_attr_group_remove 8
			${unbind}
			${crit}
		`;
		expect(found(picture, rule)).toHaveLength(1);
		expect(found(picture, rule)[0]).toMatch(/^error/);
	});

	test('tells the line and the result of one probe once, and counts further attempts', () => {
		const probe = `
			{"type": "probe-begin", "driver": "ccp"}
			${crit}
			{"type": "probe-end", "driver": "ccp", "result": -16}
		`;
		expect(found(`ADD node 8\n${probe}${probe}`.replaceAll('\t', ''), rule)).toEqual([
			'error leftover-at-probe: The probe of ccp was refused (and 1 further attempt): #1 node (8 bytes) added while no driver had the device',
		]);
	});

	test('sees a refusal without its line by -EBUSY, unless the driver itself returned that', () => {
		const refused = `
			ADD node 8
			{"type": "probe-begin", "driver": "ccp"}
			{"type": "probe-end", "driver": "ccp", "result": -16}
		`;
		expect(found(refused, rule)).toHaveLength(1);
		const busy = `
			{"type": "probe-begin", "driver": "ccp"}
			ADD node 8
			REM node 8
			{"type": "probe-end", "driver": "ccp", "result": -16}
		`;
		expect(found(busy)).toEqual([]);
	});
});

describe('failed-probe-leaves', () => {
	const probe = (result: number, release: string) => `
		{"type": "device-add", "bus": "platform"}
		{"type": "probe-begin", "driver": "ccp"}
		ADD node 8
		${release}
		{"type": "probe-end", "driver": "ccp", "result": ${result}}
	`;
	const released = 'MOVE node\n		REL node 8\n		END 1';

	test('is an error for what a failed probe added and nobody released', () => {
		expect(found(probe(-12, ''))).toEqual([
			'error failed-probe-leaves: The probe of ccp failed with -12 (ENOMEM) and left #1 node (8 bytes)',
		]);
	});

	test('is none where all was released, nor where the probe succeeded', () => {
		expect(found(probe(-12, released))).toEqual([]);
		expect(found(probe(0, ''))).toEqual([]);
	});

	test('is not judged where events were lost meanwhile', () => {
		expect(found(probe(-12, '{"type": "lost", "count": null}'))).toEqual([]);
	});
});

describe('release-order', () => {
	const order = (...names: string[]) => `
		ADD a 8
		ADD b 8
		ADD c 8
		devres_release_all
		  MOVE a
		  MOVE b
		  MOVE c
		  ${names.map((name) => `REL ${name} 8`).join('\n		  ')}
		  END 3
	`;

	test('is an error where an older node goes before a newer one', () => {
		expect(found(order('c', 'a', 'b'))).toEqual([
			'error release-order: #2 b (8 bytes) was added after #1 a (8 bytes) and released after it',
		]);
	});

	test('is none in the right order', () => {
		expect(found(order('c', 'b', 'a'))).toEqual([]);
	});

	test('lets a callback remove and release others', () => {
		const picture = `
			ADD a 8
			ADD b 8
			devres_release_all
			  MOVE a
			  MOVE b
			  REL b 8
			  b
			    ADD inner 8
			    MOVE inner
			    REL inner 8
			    END 1
			  REL a 8
			  END 2
		`;
		expect(found(picture, 'release-order')).toEqual([]);
	});

	test('knows nothing of nodes that were never seen to move', () => {
		expect(found('REL a 8\nREL b 8\nREL c 8\nEND')).toEqual([]);
	});
});

describe('double-release and unknown-release', () => {
	const known = '{"type": "device-add", "bus": "pci"}';

	test('are errors on a device whose whole list is known', () => {
		expect(found(`${known}\nADD a 8\nREM a 8\nREM a 8`)).toEqual([
			'error double-release: #1 a (8 bytes) was removed again, without being added in between',
		]);
		expect(found(`${known}\nREL a 8`)).toEqual([
			'error unknown-release: #1 a (8 bytes) was released, and 0000:00:01.0 never got it',
		]);
	});

	test('are not judged where the list is not known, or events were lost', () => {
		expect(found('REM a 8\nREM a 8\nREL b 8')).toEqual([]);
		const lost = '{"type": "lost", "count": 1}';
		expect(found(`${known}\nADD a 8\nREM a 8\n${lost}\nREM a 8\nREL b 8`)).toEqual([]);
	});

	test('know that an address is used again, and that moved memory has no ADD', () => {
		expect(found(`${known}\nADD a 8\nREM a 8\nADD a 8\nREM a 8`)).toEqual([]);
		const moved =
			'{"type": "devres-replace", "node": "1", "generation": 0, "name": "x", "size": 8}';
		const unnamed =
			'{"type": "devres-release", "node": "2", "generation": 0, "name": "(null)", "size": 0}';
		expect(found(`${known}\n${moved}\n${unnamed}`)).toEqual([]);
	});
});

describe('duplicate-singleton', () => {
	test('is an error for a second restore record, none for a second sysfs group or enable node', () => {
		expect(found('ADD pcim_intx_restore#1 4\nADD pcim_intx_restore#2 4')).toEqual([
			'error duplicate-singleton: #2 pcim_intx_restore (4 bytes) was added while #1 pcim_intx_restore (4 bytes) is there',
		]);
		expect(found('ADD devm_attr_group_remove#1 8\nADD devm_attr_group_remove#2 8')).toEqual([]);
		expect(found('ADD pcim_disable_device#1 16\nADD pcim_disable_device#2 16')).toEqual([]);
	});

	test('is none after the first ended, nor where its end may be lost', () => {
		expect(found('ADD pcim_release#1 8\nREM pcim_release#1 8\nADD pcim_release#2 8')).toEqual([]);
		const lost = '{"type": "lost", "count": 1}';
		expect(found(`ADD pcim_release#1 8\n${lost}\nADD pcim_release#2 8`)).toEqual([]);
	});
});

describe('open-group', () => {
	test('is a note when the driver goes, and at the end', () => {
		const picture = `${bound}\nADD grp< 0\nADD a 8\n${unbind}\nMOVE a\nMOVE grp<\nREL grp< 0\nREL a 8\nEND 1`;
		expect(found(picture)).toEqual([
			'note open-group: 1 group of 0000:00:01.0 is still open when the driver goes',
		]);
		expect(found(`${bound}\nADD grp< 0`)).toEqual([
			'note open-group: 1 group of 0000:00:01.0 is still open at the end of the recording',
		]);
	});

	test('is none for a group that was closed or removed, nor in the midst of a probe', () => {
		expect(found(`${bound}\nADD grp< 0\nADD grp> 0`)).toEqual([]);
		expect(found(`${bound}\nADD grp< 0\nREM grp< 0`)).toEqual([]);
		expect(found('{"type": "probe-begin", "driver": "ccp"}\nADD grp< 0')).toEqual([]);
	});
});

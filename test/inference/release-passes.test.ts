import {describe, expect, test} from 'vitest';
import {listing, logComment, readGraph} from '../helpers/drawn-graph.ts';

describe('what leaves devres_head', () => {
	test('everything listed moves before the first release, and a node added in a callback stays', () => {
		const recording = readGraph(`${logComment('ADD', 'a1b1', 'first')}
			${logComment('ADD', 'a1b2', 'second')}
			 0)               |  devres_release_all() {
			${logComment('REL', 'a1b2', 'second')}
			${logComment('ADD', 'a1b3', 'nested')}
			${logComment('REL', 'a1b1', 'first')}
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
		const recording = readGraph(`${logComment('REL', 'a1b2', 'stranger')}
			${logComment('ADD', 'a1b3', 'nested')}
			${logComment('REL', 'a1b1', 'stranger')}
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
		const other = (op: string) => logComment(op, 'c1c1', 'child').replace('01.0', '02.0');
		const recording = readGraph(`${logComment('ADD', 'a1b1', 'parent')}
			${other('ADD')}
			 0)               |  devres_release_all() {
			${logComment('REL', 'a1b1', 'parent')}
			 0)               |    devres_release_all() {
			${other('REL')}
			 0)   1.0 us      |    } /* devres_release_all = 0x1 */
			 0)   1.0 us      |  } /* devres_release_all = 0x1 */`);
		const ends = recording.ofType('release-end').map((seq) => recording.at(seq).device);
		expect(ends).toEqual(['0000:00:02.0', '0000:00:01.0']);
	});

	test('the only group of a list moves without what is outside it', () => {
		const recording = readGraph(`${logComment('ADD', 'a1b1', 'outside')}
			${logComment('ADD', 'a1b2', 'grp<')}
			${logComment('ADD', 'a1b3', 'member')}
			${logComment('ADD', 'a1b4', 'grp>')}
			 0)               |  devres_release_group() {
			${logComment('REL', 'a1b2', 'grp<')}
			${logComment('REL', 'a1b3', 'member')}
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
		const recording = readGraph(
			[
				logComment('ADD', 'a1b2', 'grp<'),
				logComment('ADD', 'a1b4', 'grp>'),
				logComment('REM', 'a1b2', 'grp<'),
			].join('\n'),
		);
		const end = recording.stateAt(recording.length).devices.get('0000:00:01.0');
		expect(end?.devres_head).toEqual([]);
	});

	test('an address that is used again is another node', () => {
		const recording = readGraph(
			[
				logComment('ADD', 'a1b2', 'irq'),
				logComment('REM', 'a1b2', 'irq'),
				logComment('ADD', 'a1b2', 'irq'),
				logComment('REM', 'a1b2', 'irq'),
			].join('\n'),
		);
		const generations = Array.from({length: recording.length}, (_, seq) =>
			recording.at(seq),
		).flatMap((event) => ('generation' in event ? [event.generation] : []));
		expect(generations).toEqual([0, 0, 1, 1]);
	});
});

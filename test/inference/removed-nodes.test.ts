import {describe, expect, test} from 'vitest';
import {closeMarkerOf, removedByAll, removedByGroup} from '../../source/inference/removed-nodes.ts';
import type {NodeState} from '../../source/recording/state.ts';

/** Nodes from a text: letters are ordinary nodes, `<1` and `>1` the markers of group 1. */
function listOf(text: string): NodeState[] {
	return text.split(' ').map((label, index) => ({
		node: label,
		generation: 0,
		name: label.startsWith('<') ? 'grp<' : label.startsWith('>') ? 'grp>' : label,
		size: 0,
		added: index,
		data: {},
	}));
}

function labels(nodes: readonly NodeState[] | undefined): string | undefined {
	return nodes?.map(({node}) => node).join(' ');
}

describe('devres_release_all takes', () => {
	test.each([
		['A B C', 'A B C', ''],
		['A <1 B <2 C >2 D', 'A B C D <1 <2', '>2'],
		['<1 <2 A >2 >1', 'A <2 <1', '>2 >1'],
		['<1 A', 'A <1', ''],
	])('%s', (list, moved, unlinked) => {
		const removal = removedByAll(listOf(list));
		expect(labels(removal.moved)).toBe(moved);
		expect(labels(removal.unlinked)).toBe(unlinked);
	});
});

describe('devres_release_group takes', () => {
	test.each([
		['the only group', 'A <1 B >1 C', '<1', 'B <1'],
		['an open group to the end of the list', 'A <1 B C', '<1', 'B C <1'],
		['one of two groups side by side', '<1 A >1 <2 B >2', '<2', 'B <2'],
		['an outer group with all that is in it', '<1 A <2 B >2 >1', '<1', 'A B <2 <1'],
	])('%s', (_, list, first, moved) => {
		const nodes = listOf(list);
		const released = nodes.find(({node}) => node === first);
		const removal = released === undefined ? null : removedByGroup(nodes, released);
		expect(labels(removal?.moved)).toBe(moved);
	});

	test('nobody knows what when two groups fit', () => {
		const nodes = listOf('<1 A <2 B >2 C');
		expect(removedByGroup(nodes, nodes[2] as NodeState)).toBeNull();
	});

	test('nobody knows what when none fits', () => {
		const nodes = listOf('<1 A >1');
		expect(removedByGroup(nodes, nodes[1] as NodeState)).toBeNull();
	});
});

test('a close marker belongs to the newest group that was open', () => {
	const nodes = listOf('<1 <2 A >2');
	expect(closeMarkerOf(nodes, nodes[1] as NodeState)?.node).toBe('>2');
	expect(closeMarkerOf(nodes, nodes[0] as NodeState)).toBeNull();
});

import fc from 'fast-check';
import {expect, test} from 'vitest';
import type {NodeId} from '../../source/recording/node-id.ts';
import {NodeList} from '../../source/recording/node-list.ts';

type Named = NodeId & {readonly name: string};

function named(number: number, name = ''): Named {
	return {node: `n${number}`, generation: 0, name};
}

const change = fc.oneof(
	{weight: 3, arbitrary: fc.constant('push')},
	fc.constantFrom('first', 'last', 'look', 'copy'),
	fc.nat(30),
);

test('a list of nodes is what an array would be, wherever nodes leave and whenever it is looked at', () => {
	fc.assert(
		fc.property(fc.array(change, {maxLength: 200}), (changes) => {
			let list = new NodeList<Named>();
			let plain: Named[] = [];
			let next = 0;
			const remove = (id: NodeId | undefined) => {
				if (id === undefined) return;
				const index = plain.findIndex(({node}) => node === id.node);
				expect(list.remove(id)).toEqual(plain[index] ?? null);
				if (index !== -1) plain.splice(index, 1);
			};
			for (const each of changes) {
				if (each === 'push') {
					list.push(named(next));
					plain.push(named(next));
					next += 1;
				} else if (each === 'first') remove(plain[0]);
				else if (each === 'last') remove(plain.at(-1));
				else if (each === 'look') expect(list.nodes).toEqual(plain);
				else if (each === 'copy') list = list.copy();
				else if (typeof each === 'number' && each % 2 === 0) remove(named(each));
				else if (typeof each === 'number') {
					const index = plain.findIndex(({node}) => node === `n${each}`);
					const found = list.replace(named(each), () => named(each, 'changed'));
					expect(found).toBe(index !== -1);
					if (index !== -1) plain = plain.with(index, named(each, 'changed'));
				}
				expect(list.length).toBe(plain.length);
			}
			expect([...list]).toEqual(plain);
		}),
		{numRuns: 200},
	);
});

test('a copy keeps what the list had', () => {
	const list = new NodeList([named(0), named(1), named(2)]);
	list.remove(named(0));
	const copy = list.copy();
	list.remove(named(1));
	expect(copy.nodes).toEqual([named(1), named(2)]);
	expect(list.nodes).toEqual([named(2)]);
});

test('a node that is not there is neither removed nor replaced', () => {
	const list = new NodeList([named(0)]);
	expect(list.remove(named(1))).toBeNull();
	expect(list.remove({...named(0), generation: 1})).toBeNull();
	expect(list.replace(named(1), () => named(2))).toBe(false);
	expect(list.nodes).toEqual([named(0)]);
});

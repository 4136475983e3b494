import type {ASTNode} from '@marcbachmann/cel-js';
import {type DeviceList, isDeviceList, isPlainField, type PlainValue} from './device-map.ts';
import {expressionNames, type NamesAt} from './expression-names.ts';

/** Something that an expression reads, at a position; undefined where it is not there. */
export type Input = (names: NamesAt) => PlainValue | undefined;

/** What the value of an expression depends on, as far as its text tells. */
export type Dependencies = {
	/** Names of the variables in it, those of loops too. */
	readonly variables: ReadonlySet<string>;

	/** Names of the functions in it, but for methods. */
	readonly functions: ReadonlySet<string>;

	/** Addresses of the devices whose state it reads; null where they may be any. */
	readonly devices: ReadonlySet<string> | null;

	/** Items of its tree: without loops it takes about as long as it has many. */
	readonly items: number;

	/** Where all of these are the same, so is its value. Null where the text doesn't tell them, or they never are. */
	readonly inputs: readonly Input[] | null;
};

/** Loops of the language: they give names of their own to what they go through. */
export const loops: ReadonlySet<string> = new Set(['all', 'exists', 'exists_one', 'map', 'filter']);

/** Variables that are one value, and the same again and again. */
const plainNames = ['event', 'fn', 'caller', 'op', 'device', 'context', 'depth'] as const;
const variables: ReadonlySet<string> = new Set(expressionNames.map(({name}) => name));

function itemIn(part: unknown): ASTNode | null {
	const isNode = typeof part === 'object' && part !== null && 'op' in part;
	return isNode ? (part as ASTNode) : null;
}

/** Every item of the tree that lies in a part of it, that part included. */
function* itemsIn(part: unknown): Generator<ASTNode> {
	if (Array.isArray(part)) {
		for (const each of part) yield* itemsIn(each);
		return;
	}
	const node = itemIn(part);
	if (node === null) return;
	yield node;
	yield* itemsIn(node.args);
}

/** The text that a node spells out; null for any other node. */
function spelt(node: ASTNode | undefined): string | null {
	return node?.op === 'value' && typeof node.args === 'string' ? node.args : null;
}

type Address = (names: NamesAt) => string;

/** Of `device("…")`, and of `device(device)` where no loop calls something else so. Null for everything else. */
function addressIn(node: ASTNode, hasLoops: boolean): Address | null {
	if (node.op !== 'call' || node.args[0] !== 'device') return null;
	const [given] = node.args[1];
	const address = spelt(given);
	if (address !== null) return () => address;
	const isOfEvent = given?.op === 'id' && given.args === 'device' && !hasLoops;
	return isOfEvent ? (names) => names.device : null;
}

/** `device("…").devres_head` and the like, of which only the length is asked for. */
function lengthIn(node: ASTNode, hasLoops: boolean): Input | null {
	const isCall = node.op === 'call' || node.op === 'rcall';
	if (!isCall || node.args[0] !== 'size') return null;
	const of = node.op === 'call' ? node.args[1][0] : node.args[1];
	if (of?.op !== '.') return null;
	const [owner, field] = of.args;
	const address = addressIn(owner, hasLoops);
	if (address === null || !isDeviceList(field)) return null;
	const list: DeviceList = field;
	return (names) => names.lengthOf(address(names), list);
}

/** `node.size`, `args.enable`, `fields.offset`, `device("…").driver`. */
function fieldIn(node: ASTNode, hasLoops: boolean): Input | null {
	if (node.op !== '.') return null;
	const [owner, field] = node.args;
	const address = addressIn(owner, hasLoops);
	if (address !== null && isPlainField(field)) {
		return (names) => names.fieldOf(address(names), field);
	}
	if (owner.op !== 'id') return null;
	switch (owner.args) {
		case 'node':
			return (names) => names.nodeField(field);
		case 'args':
			return (names) => names.argument(field);
		case 'fields':
			return (names) => names.eventField(field);
		default:
			return null;
	}
}

/** What a whole device, or its lists, depend on: the event that changed it last. */
function deviceIn(node: ASTNode, hasLoops: boolean): readonly Input[] | null {
	const address = addressIn(node, hasLoops);
	return address === null
		? null
		: [(names) => address(names), (names) => names.changeOf(address(names))];
}

function inputsIn(part: unknown, hasLoops: boolean): readonly Input[] | null {
	if (Array.isArray(part)) {
		const all = part.map((each) => inputsIn(each, hasLoops));
		return all.includes(null) ? null : all.flatMap((each) => each ?? []);
	}
	const node = itemIn(part);
	if (node === null) return [];
	const single = lengthIn(node, hasLoops) ?? fieldIn(node, hasLoops);
	if (single !== null) return [single];
	if (node.op === 'call' && node.args[0] === 'inside') {
		const fn = spelt(node.args[1][0]);
		return fn === null ? null : [(names) => names.isInside(fn)];
	}
	if (node.op === 'call' && node.args[0] === 'device') return deviceIn(node, hasLoops);
	if (node.op !== 'id') return inputsIn(node.args, hasLoops);
	const plain = plainNames.find((name) => name === node.args);
	if (plain !== undefined) return [(names) => names[plain]];
	// What is no variable is an item of a loop, and comes out of what the loop goes through.
	return variables.has(node.args) ? null : [];
}

/** What a parsed text depends on. */
export function dependenciesOf(tree: ASTNode): Dependencies {
	const found = new Set<string>();
	const functions = new Set<string>();
	const devices = new Set<string>();
	let isAnyDevice = false;
	let hasLoops = false;
	let items = 0;
	for (const node of itemsIn(tree)) {
		items += 1;
		if (node.op === 'id') found.add(node.args);
		if (node.op === 'rcall' && loops.has(node.args[0])) hasLoops = true;
		if (node.op !== 'call') continue;
		functions.add(node.args[0]);
		if (node.args[0] !== 'device') continue;
		const address = spelt(node.args[1][0]);
		if (address === null) isAnyDevice = true;
		else devices.add(address);
	}
	return {
		variables: found,
		functions,
		devices: isAnyDevice ? null : devices,
		items,
		inputs: inputsIn(tree, hasLoops),
	};
}

import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {changeAt, conditionError, hitsOf} from '../../source/debugger/breakpoint-hits.ts';
import {compile, compileCondition, printValue} from '../../source/debugger/expression.ts';
import {plainBreakpoint} from '../../source/debugger/session.ts';
import {eventTypes} from '../../source/recording/event-types.ts';
import type {Recording} from '../../source/recording/recording.ts';
import {legalRecordings} from '../helpers/legal-events.ts';
import {filesBelow, fixtures, imported, textOf} from '../helpers/real-recordings.ts';
import {shippedNames, shippedRecording} from '../helpers/shipped.ts';

/** How conditions name a device: by its address, as that of the event, or in a way that the text doesn't tell. */
function addressesIn(recording: Recording): readonly string[] {
	const known = recording.devices.slice(0, 3).map((address) => JSON.stringify(address));
	return [...known, '"0000:ff:1f.7"', 'device', `"${recording.devices[0] ?? ''}" + ""`];
}

const ofEvent = [
	...['event', 'fn', 'caller', 'op', 'device', 'context', 'depth', 'position', 'time'],
	...['node', 'node.name', 'node.size', 'node.number', 'node.address', 'node.nothing'],
	...[
		'args.enable',
		'args["enable"]',
		'fields.value',
		'fields.offset',
		'fields.type',
		'fields.data',
	],
	...['size(log)', 'size(stack)', 'inside("devres_release_all")', 'inside(fn)', 'type(node.size)'],
	...['has(args.enable)', 'has(node.size)', 'has(fields.value)', 'stack.exists(node, node == fn)'],
	...['log.exists(line, line.contains("e"))', '["a", "b"].exists(fn, fn == "b")'],
] as const;

const ofDevice = [
	...['driver', 'bound', 'bus', 'present', 'command', 'intx_disable', 'enable_count', 'msix'],
	...['data', 'data.is_managed', 'nothing', 'devres_head', 'devres_head[0]', 'todo'],
	...['devres_head[0].name', 'devres_head.size()', 'todo.size()', 'todo.map(n, n.stage)'],
	...['devres_head.exists(node, node.size > 8)', 'devres_head.all(device, device.number < 9)'],
	...['todo.exists(n, n.stage == "releasing")', 'devres_head.filter(n, n.data.orig_intx == 0)'],
] as const;

function valuesIn(recording: Recording): fc.Arbitrary<string> {
	const address = fc.constantFrom(...addressesIn(recording));
	return fc.oneof(
		fc.constantFrom(...ofEvent),
		fc.tuple(address, fc.constantFrom(...ofDevice)).map(([of, field]) => `device(${of}).${field}`),
		fc
			.tuple(address, fc.constantFrom('devres_head', 'todo', 'data', 'driver'))
			.map(([of, field]) => `size(device(${of}).${field})`),
		address.map((of) => `device(${of})`),
		address.map((of) => `has(device(${of}).driver)`),
		fc.constant(`[${addressesIn(recording)[0]}].exists(device, device(device).bound)`),
	);
}

function conditionsIn(recording: Recording): fc.Arbitrary<string> {
	const literals = ['0', '1', '3', '8', '0x406', 'null', 'true', 'false', '"ADD"', '"ccp"', 'int'];
	const literal = fc.constantFrom(...literals, '"devres-add"', '"pcim_intx"', '"devres_add"');
	const value = valuesIn(recording);
	const comparison = fc
		.tuple(value, fc.constantFrom('==', '!=', '<', '>='), fc.oneof(literal, value))
		.map((parts) => parts.join(' '));
	const {condition} = fc.letrec<{condition: string}>((tie) => ({
		condition: fc.oneof(
			{depthSize: 'small', withCrossShrink: true},
			comparison,
			value,
			fc
				.tuple(tie('condition'), fc.constantFrom('&&', '||'), tie('condition'))
				.map(([left, operator, right]) => `(${left} ${operator} ${right})`),
			tie('condition').map((inner) => `!(${inner})`),
			fc
				.tuple(tie('condition'), tie('condition'), tie('condition'))
				.map(([when, then, otherwise]) => `(${when} ? ${then} : ${otherwise})`),
		),
	}));
	return condition;
}

/** Where a condition holds among some events, asked at each of them alone. */
function plainHits(recording: Recording, seqs: readonly number[], text: string): number[] {
	const compiled = compileCondition(text);
	if (!compiled.ok) throw new Error(compiled.error.message);
	return seqs.filter((seq) => {
		const evaluated = compiled.expression.evaluate(recording, seq + 1);
		return evaluated.ok && evaluated.value === true;
	});
}

function plainText(recording: Recording, position: number, text: string): string | null {
	const compiled = compile(text);
	const evaluated = compiled.ok ? compiled.expression.evaluate(recording, position) : compiled;
	return evaluated.ok ? printValue(evaluated.value) : null;
}

/** Where a value changes, asked everywhere: what it was and is, by the event. */
function plainChanges(recording: Recording, text: string): unknown[] {
	const changes: unknown[] = [];
	let was = plainText(recording, 0, text);
	for (let seq = 0; seq < recording.length; seq += 1) {
		const is = plainText(recording, seq + 1, text);
		if (is === null || is === was) continue;
		const isTold = was === 'null' && recording.at(seq).type === 'config-read';
		if (was !== null && !isTold) changes.push({seq, was, is});
		was = is;
	}
	return changes;
}

function checkCondition(recording: Recording, condition: string, type: string): void {
	fc.pre(compileCondition(condition).ok);
	const target = {kind: 'event', name: type} as const;
	const breakpoint = {...plainBreakpoint, id: 1, target, condition};
	const seqs = hitsOf(recording, {...breakpoint, condition: null});
	expect(conditionError(recording, breakpoint)).toBe(null);
	expect(hitsOf(recording, breakpoint)).toEqual(plainHits(recording, seqs, condition));
}

function checkWatch(recording: Recording, name: string): void {
	fc.pre(compile(name).ok);
	const target = {kind: 'watch', name} as const;
	const breakpoint = {...plainBreakpoint, id: 1, target};
	const changes = hitsOf(recording, breakpoint).map((seq) => changeAt(recording, breakpoint, seq));
	expect(changes).toEqual(plainChanges(recording, name));
}

const typesIn = (recording: Recording) =>
	eventTypes.filter((type) => recording.ofType(type).length > 0);

/** Real logs that are short enough to be asked everywhere. */
const logs = filesBelow(fixtures, '.events.txt')
	.filter((path) => textOf(fixtures, path).length < 60_000)
	.slice(0, 12);

function checkRecording(recording: Recording, numRuns: number): void {
	const types = typesIn(recording);
	if (types.length === 0) return;
	fc.assert(
		fc.property(conditionsIn(recording), fc.constantFrom(...types), (condition, type) =>
			checkCondition(recording, condition, type),
		),
		{numRuns, maxSkipsPerRun: 1000},
	);
	if (recording.length > 1000) return;
	fc.assert(
		fc.property(valuesIn(recording), (text) => checkWatch(recording, text)),
		{numRuns: Math.ceil(numRuns / 5), maxSkipsPerRun: 1000},
	);
}

describe('the quick search finds what asking at every event finds', () => {
	test.each(shippedNames())('in %s', (name) => checkRecording(shippedRecording(name), 40));

	test.each(logs)('in %s', (path) => checkRecording(imported(textOf(fixtures, path)), 40));

	test('in any legal recording', () => {
		const asked = legalRecordings(60).chain((recording) =>
			fc.tuple(fc.constant(recording), conditionsIn(recording), valuesIn(recording)),
		);
		fc.assert(
			fc.property(asked, ([recording, condition, watched]) => {
				const [type] = typesIn(recording);
				if (type === undefined) return;
				if (compileCondition(condition).ok) checkCondition(recording, condition, type);
				if (compile(watched).ok) checkWatch(recording, watched);
			}),
			{numRuns: 300},
		);
	});
});

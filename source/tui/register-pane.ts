import {nodeLabel} from '../debugger/devres-view.ts';
import {displayedValue} from '../debugger/display.ts';
import {
	describeRestore,
	type RegisterView,
	type RestoreView,
	registerView,
} from '../debugger/register-view.ts';
import type {Session} from '../debugger/session.ts';
import {describeField, hex} from '../recording/describe.ts';
import {PCI_COMMAND} from '../recording/pci-registers.ts';
import type {Recording} from '../recording/recording.ts';
import {fixedList, type PaneInput, type PaneList, type Target} from './pane-list.ts';
import {type Row, rowOf, span} from './row.ts';
import {cutMiddle, widthOf} from './text-width.ts';
import type {Glyphs} from './theme.ts';

/** A line of the pane as text, and what it is about. */
type Fact = {
	readonly text: string;
	readonly about: 'command' | 'enable' | 'restore';

	/** Field of a device in expressions; absent where the line is no single value. */
	readonly field?: 'command' | 'intx_disable' | 'enable_count' | 'msix';
};

/** From this width on, two facts share a line. */
const wide = 44;

function bitText({intxDisabled}: RegisterView): string {
	if (intxDisabled === null) return 'INTX_DISABLE unknown';
	return intxDisabled ? 'INTX_DISABLE 1: INTx is off' : 'INTX_DISABLE 0: INTx may fire';
}

function restoreText(restore: RestoreView | null, recording: Recording, width: number): string {
	if (restore === null) return 'to restore: nothing';
	if (width >= wide) return `to restore: ${describeRestore(recording, restore)}`;
	const value = restore.value === undefined ? 'not set' : describeField(restore.value);
	const was =
		restore.overwritten === undefined ? '' : `, was ${describeField(restore.overwritten)}`;
	return `${nodeLabel(recording, restore.node)} restores ${value}${was}`;
}

function factsOf(view: RegisterView, recording: Recording, width: number): readonly Fact[] {
	const command = view.command === null ? 'unknown' : hex(view.command);
	const bits = view.command === null ? '' : view.bits.join(' ') || 'no bits';
	const pin = `pin ${view.pin ?? 'unknown'}`;
	const count = `enable_cnt ${view.enableCount ?? 'unknown'}`;
	const vectors = `MSI ${view.msi}   MSI-X ${view.msix}`;
	const facts: Fact[] = [];
	// What matters most comes first: a low pane shows only that.
	const word = {about: 'command', field: 'command'} as const;
	if (width >= wide) facts.push({text: `PCI_COMMAND ${command}   ${bits}`, ...word});
	else {
		facts.push({text: `PCI_COMMAND ${command}`, ...word});
		facts.push({text: `  ${bits}`, ...word});
	}
	facts.push({text: bitText(view), about: 'command', field: 'intx_disable'});
	facts.push({text: restoreText(view.restore, recording, width), about: 'restore'});
	facts.push(
		{text: `${pin}   ${count}`, about: 'enable', field: 'enable_count'},
		{text: vectors, about: 'command', field: 'msix'},
	);
	return facts;
}

/** Just behind the last event of a kind about the device before a position; null for none. */
function lastTold(
	{session, device}: PaneInput,
	type: 'config-write' | 'enable-count',
): Target | null {
	const {recording, position} = session;
	const found = recording.ofType(type).findLast((seq) => {
		const event = recording.at(seq);
		if (seq >= position || event.device !== device) return false;
		return event.type !== 'config-write' || (event.offset & ~3) === PCI_COMMAND;
	});
	return found === undefined ? null : {kind: 'position', position: found + 1};
}

function targetOf(input: PaneInput, {about}: Fact, view: RegisterView): Target | null {
	if (about === 'command') return lastTold(input, 'config-write');
	if (about === 'enable') return lastTold(input, 'enable-count');
	if (view.restore === null) return null;
	const {node, generation} = view.restore.node;
	return {kind: 'node', id: {node, generation}};
}

function factRow(fact: Fact, before: string | undefined, glyphs: Glyphs): Row {
	const changed = before !== undefined && before !== fact.text;
	const isWarning = fact.about === 'restore' && fact.text.includes(', was ');
	return rowOf(
		span(changed ? `${glyphs.changed} ` : '  ', 'changed'),
		span(fact.text, isWarning ? 'error' : changed ? 'changed' : 'plain'),
		span(isWarning ? ` ${glyphs.warning}` : '', 'error'),
	);
}

/** A row, where Enter leads from it, and what `w` watches. */
type Line = {
	readonly row: Row;
	readonly target: () => Target | null;
	readonly watch: string | null;
};

/** A displayed expression at a stop. */
type Displayed = {readonly text: string; readonly value: string; readonly changed: boolean};

const displayedBySession = new WeakMap<Session, readonly Displayed[]>();

/** What the reader wants to see at every stop. An expression may cost: it is evaluated once a stop. */
function displayedOf(session: Session): readonly Displayed[] {
	let displayed = displayedBySession.get(session);
	if (displayed === undefined) {
		displayed = session.displays.map((each) => {
			const value = displayedValue(session, each, session.position);
			const changed = value !== displayedValue(session, each, session.previous);
			return {text: each.expression, value, changed};
		});
		displayedBySession.set(session, displayed);
	}
	return displayed;
}

/** The value is never cut for the sake of the expression. */
function displayLine({text, value, changed}: Displayed, width: number, glyphs: Glyphs): Line {
	const room = Math.max(8, width - widthOf(value) - 5);
	const row = rowOf(
		span(changed ? `${glyphs.changed} ` : '  ', 'changed'),
		span(`${cutMiddle(text, room, glyphs.ellipsis)} = `),
		span(value, changed ? 'changed' : 'strong'),
	);
	return {row, target: () => null, watch: text};
}

const nothingYet = 'nothing is known yet';

function tellsRegisters(recording: Recording): boolean {
	const types = ['config-read', 'config-write', 'enable-count'] as const;
	return types.some((type) => recording.ofType(type).length > 0);
}

function registersOf(input: PaneInput, width: number): readonly Line[] | string {
	const {session, now, before, device, glyphs} = input;
	const {recording, position, previous} = session;
	const state = device === null ? undefined : now.devices.get(device);
	if (state === undefined) return nothingYet;
	const view = registerView(recording, position, state);
	if (view.command === null && view.enableCount === null && view.pin === null) {
		return tellsRegisters(recording) ? nothingYet : 'the recording tells no registers';
	}
	const earlier = before.devices.get(state.address);
	const was =
		earlier === undefined
			? []
			: factsOf(registerView(recording, previous, earlier), recording, width);
	const address = JSON.stringify(state.address);
	return factsOf(view, recording, width).map((fact, index) => ({
		row: factRow(fact, was[index]?.text, glyphs),
		target: () => targetOf(input, fact, view),
		watch: fact.field === undefined ? null : `device(${address}).${fact.field}`,
	}));
}

/** What is displayed, INTx, and what decides over it, with what changed since the stop before. */
export function registerPane(input: PaneInput, width: number): PaneList {
	const registers = registersOf(input, width);
	const isKnown = typeof registers !== 'string';
	const {session, glyphs} = input;
	const displays = displayedOf(session).map((each) => displayLine(each, width, glyphs));
	const lines = [...displays, ...(isKnown ? registers : [])];
	return {
		...fixedList(
			'INTx and registers',
			'',
			lines.map(({row}) => row),
		),
		...(isKnown ? {} : {empty: registers}),
		targetAt: (index) => lines[index]?.target() ?? null,
		watchAt: (index) => lines[index]?.watch ?? null,
	};
}

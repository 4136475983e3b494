import {wrapText} from '../recording/wrap-text.ts';
import {findingList} from './finding-pane.ts';
import {type Binding, type KeyGroup, keymap, shownKey} from './keymap.ts';
import {lessonList} from './lesson.ts';
import {fixedList, type PaneInput, type PaneList} from './pane-list.ts';
import {emptyRow, line, type Row, rowOf, span} from './row.ts';
import {storyList} from './story-pane.ts';
import {column, widthOf} from './text-width.ts';
import type {Overlay} from './view-state.ts';
import {whyList} from './why-pane.ts';

const groupTitles: {readonly [group in KeyGroup]: string} = {
	move: 'Moving through the recording',
	look: 'Looking closer',
	find: 'Finding and commands',
	screen: 'The screen',
};

function keyRow({keys, help, command}: Binding): Row {
	const typed = command === undefined ? '' : `  :${command}`;
	return rowOf(
		span(`  ${column(keys.map(shownKey).join(' or '), 12, '')}`, 'key'),
		span(help),
		span(typed, 'dim'),
	);
}

const marks: readonly (readonly [string, string])[] = [
	['added', 'was added since the last stop'],
	['moved', 'moved from devres_head to todo, or back, since the last stop'],
	['releasing', 'its release callback is running'],
	['released', 'was released'],
	['removed', 'left the list since the last stop'],
	['changed', 'its data changed since the last stop'],
];

/** The keys by group, and what the marks mean. */
function helpList(glyphs: PaneInput['glyphs']): PaneList {
	const rows: Row[] = [];
	for (const group of ['move', 'look', 'find', 'screen'] as const) {
		if (rows.length > 0) rows.push(emptyRow);
		rows.push(line(groupTitles[group], 'title'));
		rows.push(...keymap.filter((binding) => binding.group === group).map(keyRow));
	}
	rows.push(emptyRow, line('Marks', 'title'));
	const mark = (glyph: string, text: string) =>
		rowOf(span(`  ${column(glyph, 12, '')}`, 'key'), span(text));
	rows.push(mark(glyphs.here, 'the last thing that happened; what comes is dimmed'));
	rows.push(mark(glyphs.breakpoint, 'a breakpoint is here'));
	rows.push(mark(glyphs.bookmark, 'a place that was marked, on the timeline'));
	for (const [name, text] of marks) {
		rows.push(mark(glyphs[name as keyof typeof glyphs] as string, text));
	}
	rows.push(
		mark(glyphs.warning, 'something is wrong: x goes from finding to finding, 6 lists them'),
	);
	return fixedList('keys and marks', 'Esc closes', rows);
}

/** The devices of a recording, in order of appearance, below the choice to follow the events. */
function deviceList({session, now, device}: PaneInput): PaneList {
	const {devices} = session.recording;
	return {
		title: 'devices',
		note: 'Enter shows one',
		length: devices.length + 1,
		here: 0,
		rowAt: (index, width) => {
			if (index === 0) return line('  follow the events', 'note');
			const address = devices[index - 1] ?? '';
			const state = now.devices.get(address);
			const nodes = state?.devres_head.length ?? 0;
			const driver = state?.driver === null ? 'no driver' : (state?.driver ?? 'driver not known');
			const name = column(address, Math.min(40, Math.max(12, width - 30)), '…');
			return rowOf(
				span(address === device ? '> ' : '  ', 'here'),
				span(name),
				span(`  ${String(nodes).padStart(5)} ${nodes === 1 ? 'node ' : 'nodes'}  `),
				span(driver, 'dim'),
			);
		},
		targetAt: () => null,
	};
}

/** What an overlay shows; `width` is that inside its borders. */
export function overlayList(overlay: Overlay, input: PaneInput, width: number): PaneList {
	switch (overlay.kind) {
		case 'help':
			return helpList(input.glyphs);
		case 'devices':
			return deviceList(input);
		case 'story':
			return storyList(input, overlay.id);
		case 'why':
			return whyList(input, overlay.question, width);
		case 'lesson':
			return lessonList(input.lesson, width);
		case 'finding':
			return findingList(input, overlay.index, width);
		case 'output':
			return fixedList(
				overlay.title,
				'Esc closes',
				overlay.lines
					.flatMap((text) => wrapText(text, width - 2, widthOf))
					.map((text) => line(text)),
			);
	}
}

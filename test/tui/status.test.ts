import {describe, expect, test} from 'vitest';
import {createSession} from '../../source/debugger/session.ts';
import {goTo} from '../../source/debugger/step.ts';
import {type Row, textOfRow} from '../../source/tui/row.ts';
import {headerRow, keysRow, reasonRow} from '../../source/tui/status-rows.ts';
import {createTheme} from '../../source/tui/theme.ts';
import {timelineRows} from '../../source/tui/timeline.ts';
import {reloadRecording} from '../helpers/reload-recording.ts';

const {glyphs} = createTheme({color: false, ascii: false});
const recording = reloadRecording();
const start = createSession(recording);
const lateAdd = goTo(start, (recording.ofType('devres-add').at(-1) ?? 0) + 1);
const text = (row: Row) => textOfRow(row).trimEnd();

describe('the timeline', () => {
	test('names the actions, and marks breakpoint hits, adds during release and the position', () => {
		const rows = timelineRows(goTo(start, 60), 80, 2, glyphs).map(text);
		expect(rows.join('\n')).toMatchInlineSnapshot(`
			" │modprobe ccp                    │rmmod ccp                              │mod…
			     ▄ ▄ ▄ ▄ ⚠ ▄ ▄  ●    ▄             ●▲ ⚠           ▄ ●     ⚠ ⚠ ▄▄▅▄▅⚠    ⚠"
		`);
	});

	test('in one row, actions are strokes between the others', () => {
		expect(timelineRows(start, 60, 1, glyphs).map(text).join('\n')).toMatchInlineSnapshot(
			`" ▲  ▄ ▄▄ ▄⚠ ▄▄ ●   ▄      │  ●  ⚠        ▄●   ⚠ ⚠ ▅▅▅⚠  │⚠"`,
		);
	});

	test('the position is last, whatever else is there', () => {
		const [row] = timelineRows(lateAdd, 80, 1, glyphs).map(text);
		const [elsewhere] = timelineRows(start, 80, 1, glyphs).map(text);
		const here = row?.indexOf('▲') ?? -1;
		expect(here).toBeGreaterThan(0);
		expect(elsewhere?.[here]).toBe('⚠');
	});
});

describe('the first and the last lines', () => {
	test('the header keeps the event and cuts the title', () => {
		const header = (columns: number) =>
			text(headerRow('ccp-reload.yaml', lateAdd, columns, glyphs));
		expect([60, 80, 120].map(header).join('\n')).toMatchInlineSnapshot(`
			" ccp-r…ad.yaml   rmmod ccp event 92 of 116   1.091000   ⚠ 6
			 ccp-reload.yaml   rmmod ccp                   event 92 of 116   1.091000   ⚠ 6
			 ccp-reload.yaml   rmmod ccp                                                  event 92 of 116   1.091000   ⚠ 6 findings"
		`);
	});

	test('the reason for the stop tells what just happened, and what is remarkable about it', () => {
		expect(text(reasonRow(goTo(start, 4), null, 120, glyphs))).toMatchInlineSnapshot(
			`" Jumped. Call of really_probe(dev, drv=ccp)"`,
		);
		expect(text(reasonRow(lateAdd, null, 120, glyphs))).toMatchInlineSnapshot(
			`" Jumped.   ⚠ #9 pcim_intx_restore (4 bytes) was added inside the release callback of #8 pcim_intx_restore"`,
		);
		expect(text(reasonRow(lateAdd, null, 80, glyphs))).toMatchInlineSnapshot(
			`" Jumped.   ⚠ #9 pcim_intx_restore (4 bytes) was added inside the release callback of #8 pcim_intx_restore"`,
		);
	});

	test('an answer to a key takes its place', () => {
		expect(text(reasonRow(lateAdd, 'There is no action before.', 80, glyphs))).toBe(
			' There is no action before.',
		);
	});

	test('help and quit are always among the keys, and at every width the row fits', () => {
		for (let columns = 60; columns <= 220; columns += 1) {
			expect(text(keysRow(columns))).toMatch(/^ s step {2}n next.* \? help {2}q quit$/);
			expect(text(keysRow(columns)).length).toBeLessThanOrEqual(columns);
		}
	});
});

import {deviceNear} from '../debugger/device-near.ts';
import type {Session} from '../debugger/session.ts';
import {breakpointPane} from './breakpoint-pane.ts';
import {headPane, todoPane} from './devres-panes.ts';
import {executionPane} from './execution-pane.ts';
import {findingPane} from './finding-pane.ts';
import type {PaneId} from './layout.ts';
import {hiddenBy, type Lesson, toldEnd} from './lesson-view.ts';
import {logPane} from './log-pane.ts';
import type {Pane, PaneInput, PaneList} from './pane-list.ts';
import {registerPane} from './register-pane.ts';
import {statesOf} from './snapshot.ts';
import {sourcePane} from './source-pane.ts';
import {stackPane} from './stack-pane.ts';
import {storyPane} from './story-pane.ts';
import type {Glyphs} from './theme.ts';
import type {ViewState} from './view-state.ts';

const panes: {readonly [id in PaneId]: Pane} = {
	execution: executionPane,
	devres_head: headPane,
	todo: todoPane,
	stack: stackPane,
	registers: registerPane,
	log: logPane,
	breakpoints: breakpointPane,
	source: sourcePane,
	story: storyPane,
	findings: findingPane,
};

/** What the panes look at, and what an exercise hides from them: made once for all of them. */
export function inputOf(
	session: Session,
	view: ViewState,
	glyphs: Glyphs,
	lesson: Lesson | null = null,
): PaneInput {
	const {now, before} = statesOf(session);
	const device = view.device ?? session.device ?? deviceNear(session.recording, session.position);
	const end = toldEnd(session, hiddenBy(lesson));
	return {session, now, before, device, node: view.node, end, lesson, glyphs};
}

/** The list of a pane; only the rows in sight are made of it later. */
export function listOf(pane: PaneId, input: PaneInput, width: number): PaneList {
	return panes[pane](input, width);
}

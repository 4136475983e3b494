import {
	describeStoryTitle,
	insideCallback,
	type NodeStory,
	nodeStory,
	type StoryEntry,
} from '../debugger/node-story.ts';
import {describeField} from '../recording/describe.ts';
import {describeTime} from '../recording/describe-time.ts';
import type {NodeId} from '../recording/node-id.ts';
import type {PaneInput, PaneList} from './pane-list.ts';
import {type Row, rowOf, span} from './row.ts';
import {column, cutEnd, widthOf} from './text-width.ts';

function entryRow(input: PaneInput, story: NodeStory, entry: StoryEntry, width: number): Row {
	const {session, glyphs} = input;
	const {position, recording} = session;
	const isHere = entry.seq === position - 1;
	const time =
		entry.time === null
			? `event ${entry.seq + 1}`
			: describeTime(entry.time, recording.header.source.clock);
	const was =
		entry.overwritten === undefined
			? ''
			: `  ${glyphs.warning} was ${describeField(entry.overwritten)}`;
	const released = recording.at(entry.seq).type === 'devres-release';
	const inside =
		released && insideCallback(story, position) ? `  ${glyphs.calledBy} you are inside it` : '';
	const style = entry.seq >= position ? 'dim' : isHere ? 'strong' : 'plain';
	const whatWidth = Math.min(18, Math.max(12, Math.floor(width / 5)));
	// What was lost matters more than the last of the callers.
	const room = Math.max(0, width - 16 - whatWidth - widthOf(was) - widthOf(inside));
	return rowOf(
		span(isHere ? `${glyphs.here} ` : '  ', 'here'),
		span(`${time.padStart(11)}  `, 'dim'),
		span(`${column(entry.what, whatWidth, glyphs.ellipsis)} `, style),
		span(cutEnd(entry.how, room, glyphs.ellipsis), entry.seq >= position ? 'dim' : 'plain'),
		span(was, 'error'),
		span(inside, 'here'),
	);
}

/** The life of a node: what happened to it, by whom, and where the position is in it. Enter jumps. */
export function storyList(input: PaneInput, id: NodeId): PaneList {
	const {session} = input;
	const story = nodeStory(session.recording, id);
	const all = story?.entries ?? [];
	const past = all.findLastIndex(({seq}) => seq < session.position);
	const entries = all.filter(({seq}) => seq < input.end);
	return {
		title: story === null ? 'story' : describeStoryTitle(story),
		note: '',
		length: entries.length,
		here: Math.max(0, past),
		empty: 'nothing is told of this node',
		rowAt: (index, width) => {
			const entry = entries[index];
			return story === null || entry === undefined ? rowOf() : entryRow(input, story, entry, width);
		},
		targetAt: (index) => {
			const seq = entries[index]?.seq;
			return seq === undefined ? null : {kind: 'position', position: seq + 1};
		},
	};
}

/** How far back to look for a node: far enough for any step, near enough to cost nothing. */
const reach = 2000;

/** The node that was selected last, else the one that an event named last. */
function nodeOfInterest({session, node}: PaneInput): NodeId | null {
	if (node !== null) return node;
	const {recording, position} = session;
	for (let seq = position - 1; seq >= Math.max(0, position - reach); seq -= 1) {
		const event = recording.at(seq);
		if ('node' in event) return {node: event.node, generation: event.generation};
	}
	return null;
}

/** The story of the node at hand, beside the lists. */
export function storyPane(input: PaneInput): PaneList {
	const node = nodeOfInterest(input);
	if (node !== null) return storyList(input, node);
	return {
		title: 'story',
		note: '',
		length: 0,
		here: 0,
		empty: 'no node was named yet',
		rowAt: () => rowOf(),
		targetAt: () => null,
	};
}

/** Everything that can be a pane. */
export type PaneId =
	| 'execution'
	| 'devres_head'
	| 'todo'
	| 'stack'
	| 'registers'
	| 'log'
	| 'breakpoints'
	| 'source'
	| 'story'
	| 'findings';

/** A place for a pane. Where several share it, one is in front and the others are tabs. */
export type Slot = {
	/** At least one; the first is in front until another is asked for. */
	readonly panes: readonly PaneId[];

	/** Rows inside, without borders. */
	readonly height: number;
};

/** Slots above each other. Neighbours share their borders. */
export type Column = {
	/** Columns inside, without borders. */
	readonly width: number;

	/** From the top. */
	readonly slots: readonly Slot[];
};

/** Where the panes stand on a screen of some size. */
export type Layout = {
	/** Which of the three designs, by the room there is; `none` where there is too little for any. */
	readonly size: 'none' | 'small' | 'medium' | 'large';

	/** From the left. */
	readonly columns: readonly Column[];

	/** Rows of the timeline. */
	readonly timeline: number;
};

/** What the panes are given of a screen: whole columns by weight, and slots in them by weight. */
type Design = {
	readonly columns: number;
	readonly rows: number;
	readonly timeline: number;
	readonly plan: readonly {
		readonly weight: number;
		readonly slots: readonly {readonly weight: number; readonly panes: readonly PaneId[]}[];
	}[];
};

const designs: readonly (readonly ['small' | 'medium' | 'large', Design])[] = [
	[
		'large',
		{
			columns: 160,
			rows: 44,
			timeline: 2,
			plan: [
				{
					weight: 44,
					slots: [
						{weight: 30, panes: ['source']},
						{weight: 12, panes: ['findings']},
					],
				},
				{
					weight: 84,
					slots: [
						{weight: 34, panes: ['execution']},
						{weight: 8, panes: ['log']},
					],
				},
				{
					weight: 68,
					slots: [
						{weight: 8, panes: ['devres_head']},
						{weight: 9, panes: ['todo']},
						{weight: 6, panes: ['story']},
						{weight: 7, panes: ['registers']},
						{weight: 7, panes: ['stack']},
						{weight: 3, panes: ['breakpoints']},
					],
				},
			],
		},
	],
	[
		'medium',
		{
			columns: 100,
			rows: 30,
			timeline: 2,
			plan: [
				{
					weight: 66,
					slots: [
						{weight: 22, panes: ['execution']},
						{weight: 6, panes: ['log', 'source', 'findings']},
					],
				},
				{
					weight: 51,
					slots: [
						{weight: 6, panes: ['devres_head']},
						{weight: 7, panes: ['todo']},
						{weight: 5, panes: ['registers']},
						{weight: 5, panes: ['stack']},
						{weight: 2, panes: ['breakpoints']},
					],
				},
			],
		},
	],
	[
		'small',
		{
			columns: 60,
			rows: 16,
			timeline: 1,
			plan: [
				{weight: 44, slots: [{weight: 1, panes: ['execution']}]},
				{
					weight: 33,
					slots: [
						{weight: 5, panes: ['devres_head']},
						{weight: 5, panes: ['todo']},
						{weight: 6, panes: ['stack', 'registers', 'log', 'breakpoints', 'source', 'findings']},
					],
				},
			],
		},
	],
];

/** Rows of the screen that no pane gets but for the timeline: the header, the stop reason and the keys. */
const otherRows = 3;

/** Shares `total` in proportion to the weights, without a rest. */
function share(total: number, weights: readonly number[]): readonly number[] {
	const sum = weights.reduce((a, b) => a + b, 0);
	let before = 0;
	let given = 0;
	return weights.map((weight) => {
		before += weight;
		const upTo = Math.round((total * before) / sum);
		const part = upTo - given;
		given = upTo;
		return part;
	});
}

/** The largest design that fits a screen. With `zoomed`, one pane has all the room. */
export function layoutOf(columns: number, rows: number, zoomed: PaneId | null = null): Layout {
	const found = designs.find(([, design]) => columns >= design.columns && rows >= design.rows);
	if (found === undefined) return {size: 'none', columns: [], timeline: 0};
	const [size, design] = found;
	const height = rows - otherRows - design.timeline;
	if (zoomed !== null) {
		const slot = {panes: [zoomed], height: height - 2};
		return {size, timeline: design.timeline, columns: [{width: columns - 2, slots: [slot]}]};
	}
	const widths = share(
		columns - design.plan.length - 1,
		design.plan.map(({weight}) => weight),
	);
	return {
		size,
		timeline: design.timeline,
		columns: design.plan.map(({slots}, index) => {
			const heights = share(
				height - slots.length - 1,
				slots.map(({weight}) => weight),
			);
			return {
				width: widths[index] ?? 0,
				slots: slots.map(({panes}, place) => ({panes, height: heights[place] ?? 0})),
			};
		}),
	};
}

/** The pane of a slot that is in front: the one that was asked for last. */
export function frontOf(slot: Slot, recent: readonly PaneId[]): PaneId {
	const [first] = slot.panes;
	return recent.find((pane) => slot.panes.includes(pane)) ?? first ?? 'execution';
}

/** All panes that can be seen, in reading order. */
export function visiblePanes(layout: Layout, recent: readonly PaneId[]): readonly PaneId[] {
	return layout.columns.flatMap(({slots}) => slots.map((slot) => frontOf(slot, recent)));
}

/** The pane that has the focus: the wanted one while it can be seen, else the execution. */
export function focusIn(layout: Layout, recent: readonly PaneId[], wanted: PaneId): PaneId {
	return visiblePanes(layout, recent).includes(wanted) ? wanted : 'execution';
}

/** Rows that a pane has; where it is a tab that can't be seen, those of its slot. 0 without a slot. */
export function heightOf(layout: Layout, pane: PaneId): number {
	for (const {slots} of layout.columns) {
		for (const slot of slots) if (slot.panes.includes(pane)) return slot.height;
	}
	return 0;
}

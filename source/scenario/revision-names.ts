/** Kernel revisions that can be simulated, oldest first. */
export const revisionNames = [
	'v6.10',
	'v9-series',
	'v6.11-rc1',
	'v6.11-rc2',
	'v6.11',
	'takashi-rfc',
	'v6.14-rc1',
	'v6.14',
	'v6.12-stable',
	'v6.16',
] as const;

export type RevisionName = (typeof revisionNames)[number];

import type {NodeId} from '../recording/event.ts';

/** A node as an importer knows it. Importers alone change one. */
export type LogNode = NodeId & {
	/** Its number among the nodes of the recording's columns. */
	readonly number: number;

	/** As the log gives it. */
	readonly name: string;

	/** Bytes. */
	readonly size: number;

	/** Device that owns it. */
	readonly device: string;

	/** On `devres_head`, as far as the log tells. */
	listed: boolean;

	/** Its REL, REM or REPLACE was seen. */
	ended: boolean;

	/** The pass that is to release it; null before it is moved, and when it is released. */
	pass: object | null;
};

import type {NodeState} from '../recording/state.ts';
import type {Kernel} from './kernel.ts';

/** What releasing a node of some name does. */
export type ReleaseCallback = {
	/**
	The function in the node's `release` pointer. Two nodes are of the same kind if these are equal.

	It differs from the logged name for actions (`devm_action_release`) and memory (`devm_kmalloc_release`).
	*/
	readonly fn: string;

	/** Body of that function. Absent: it does nothing that a recording shows. */
	readonly run?: (kernel: Kernel, dev: string, node: NodeState) => void;
};

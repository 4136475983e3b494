import type {Kernel} from './kernel.ts';

/** A driver: some way of making calls into the kernel. */
export type Driver = {
	readonly name: string;

	/** Module it lives in. */
	readonly module: string;
	readonly bus: string;

	/** Ids of the devices it takes. */
	readonly matches: readonly string[];

	/** Names of its callbacks in the kernel, for stacks. */
	readonly probeFunction: string;
	readonly removeFunction: string | null;

	/** Prefers to be probed by a worker instead of by modprobe. */
	readonly async: boolean;

	/** Its module's init function before registration. */
	beforeRegister(kernel: Kernel): void;

	/** 0 or a negative errno. */
	probe(kernel: Kernel, dev: string): number;
	remove(kernel: Kernel, dev: string): void;

	/** Rest of its module's init function, after registration. */
	afterRegister(kernel: Kernel): void;
};

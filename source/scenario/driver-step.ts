import type {z} from 'zod';
import type {Pointer} from '../kernel/devm-memory.ts';
import type {Kernel} from '../kernel/kernel.ts';
import type {StepDefinition} from './step-definition.ts';

/** What a step needs to make its call. */
export type StepContext = {
	readonly kernel: Kernel;

	/** The device it is made for. */
	readonly dev: string;

	/** Pointers that earlier steps of this driver kept under a name, for this device: its private data. */
	readonly results: Map<string, Pointer>;
};

/** 0, a positive count or a negative errno; a pointer of managed memory; nothing. */
export type StepResult = number | Pointer | undefined;

/** A step and the call that it makes. */
export type DriverStepDefinition = StepDefinition & {
	/** `given` is what `arguments` made of the file's value. */
	run(context: StepContext, given: unknown): StepResult;
};

export function step<A>(
	schema: z.ZodType<A>,
	help: string,
	run: (context: StepContext, given: A) => StepResult,
): DriverStepDefinition {
	return {arguments: schema, help, run: (context, given) => run(context, given as A)};
}

export type StepTable = readonly (readonly [string, DriverStepDefinition])[];

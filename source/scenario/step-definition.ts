import * as z from 'zod/mini';
import type {Kernel} from '../kernel/kernel.ts';
import type {NodeId} from '../recording/node-id.ts';
import type {Scenario} from './scenario.ts';

/** What a step or action may be given, and what it is for. */
export type StepDefinition = {
	/** Checks what stands behind the name; a bare name is checked as `undefined`. */
	readonly arguments: z.ZodMiniType;

	/** One line for editors and `devresdbg schema`. */
	readonly help: string;
};

/** What a call gave: 0, a count or a negative errno; a pointer, null where there is none. */
export type StepResult = number | NodeId | string | null;

/** What a step works on. */
export type StepRun = {
	readonly kernel: Kernel;

	/** Device that the call is made for. */
	readonly dev: string;

	/** Results of this driver's earlier steps on its device, by their `as`. */
	readonly results: ReadonlyMap<string, StepResult>;
};

/** A call that drivers may make. */
export type DriverStepDefinition = StepDefinition & {
	/** Makes the call; `args` are as `arguments` gives them. */
	run(run: StepRun, args: unknown): StepResult;
};

/** What an action works on: the kernel and what the scenario says of devices and drivers. */
export type ActionRun = {readonly kernel: Kernel; readonly scenario: Scenario};

/** Something that a script may do. */
export type ActionDefinition = StepDefinition & {
	/** What a plain text argument names. In a map the keys `driver` and `device` say it themselves. */
	readonly names?: 'module' | 'device';

	/** Does it; `args` are as `arguments` gives them. */
	run(run: ActionRun, args: unknown): void;
};

/** For a step that takes nothing: `- pcim_enable_device`. */
export const noArguments = z.undefined();

/** A step whose arguments have the type that its schema gives. */
export function defineStep<S extends z.ZodMiniType>(
	help: string,
	schema: S,
	run: (run: StepRun, args: z.output<S>) => StepResult,
): DriverStepDefinition {
	return {help, arguments: schema, run: (given, args) => run(given, args as z.output<S>)};
}

/** An action whose arguments have the type that its schema gives. */
export function defineAction<S extends z.ZodMiniType>(
	help: string,
	schema: S,
	run: (run: ActionRun, args: z.output<S>) => void,
	names?: 'module' | 'device',
): ActionDefinition {
	return {
		help,
		arguments: schema,
		run: (given, args) => run(given, args as z.output<S>),
		...(names === undefined ? {} : {names}),
	};
}

/** Steps by the name that scenarios use. */
export type StepTable = readonly (readonly [string, DriverStepDefinition])[];

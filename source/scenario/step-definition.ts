import {z} from 'zod';
import type {Kernel} from '../kernel/kernel.ts';
import type {Scenario} from './scenario.ts';

/** What a step or action may be given, and what it is for. */
export type StepDefinition = {
	/** Checks what stands behind the name; a bare name is checked as `undefined`. */
	readonly arguments: z.ZodType;

	/** One line for editors and `devresdbg schema`. */
	readonly help: string;
};

/** What an action works on: the kernel and what the scenario says of devices and drivers. */
export type ActionRun = {readonly kernel: Kernel; readonly scenario: Scenario};

export type ActionDefinition = StepDefinition & {
	/** What a plain text argument names. In a map the keys `driver` and `device` say it themselves. */
	readonly names?: 'module' | 'device';
	run(run: ActionRun, args: unknown): void;
};

/** For a step that takes nothing: `- pcim_enable_device`. */
export const noArguments = z.undefined();

/** An action whose arguments have the type that its schema gives. */
export function defineAction<S extends z.ZodType>(
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

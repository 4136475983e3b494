import {z} from 'zod';

/** What a step or action may be given, and what it is for. The run part belongs to the table that holds it. */
export type StepDefinition = {
	/** Checks what stands behind the name; a bare name is checked as `undefined`. */
	readonly arguments: z.ZodType;

	/** One line for editors and `devresdbg schema`. */
	readonly help: string;
};

/** For a step that takes nothing: `- pcim_enable_device`. */
export const noArguments = z.undefined();

/** What an action's arguments name, so that a misspelt name is found before anything runs. */
export type ActionDefinition = StepDefinition & {
	/** What a plain text argument names. In a map the keys `driver` and `device` say it themselves. */
	readonly names?: 'module' | 'device';
};

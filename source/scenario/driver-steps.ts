import {z} from 'zod';
import {noArguments, type StepDefinition} from './step-definition.ts';

const bytes = z.int().min(0);

/** A size in bytes, or one that differs between kernels. */
const size = z.union([
	bytes,
	z.strictObject({size: bytes, sizes: z.record(z.string(), bytes).default({})}),
]);

/** Every call that a driver of a scenario can make. */
export const driverSteps: ReadonlyMap<string, StepDefinition> = new Map<string, StepDefinition>([
	['devm_kzalloc', {arguments: size, help: 'Allocates zeroed memory that the device owns.'}],
	['pcim_enable_device', {arguments: noArguments, help: 'Enables the device until it is unbound.'}],
]);

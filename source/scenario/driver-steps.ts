import type {DriverStepDefinition} from './step-definition.ts';
import {coreSteps} from './steps-core.ts';
import {devresSteps} from './steps-devres.ts';
import {irqSteps} from './steps-irq.ts';
import {memorySteps} from './steps-memory.ts';
import {pciSteps} from './steps-pci.ts';

/** Every call that a driver of a scenario can make. */
export const driverSteps: ReadonlyMap<string, DriverStepDefinition> = new Map([
	...memorySteps,
	...devresSteps,
	...pciSteps,
	...irqSteps,
	...coreSteps,
]);

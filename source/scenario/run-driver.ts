import type {Driver} from '../kernel/driver.ts';
import type {Kernel} from '../kernel/kernel.ts';
import {errno} from '../recording/errno.ts';
import type {StepContext, StepResult} from './driver-step.ts';
import {driverSteps} from './driver-steps.ts';
import type {DriverStep, Scenario, ScenarioDriver} from './scenario.ts';

/** What a driver keeps for each device it is bound to: pointers by name. */
type PrivateData = Map<string, StepContext['results']>;

type Bound = {
	readonly kernel: Kernel;
	readonly dev: string;
	readonly parent: string | null;
	readonly results: StepContext['results'];
};

/** 0 or more for success. A null pointer means that memory was short. */
function asErrno(result: StepResult): number {
	if (result === null) return -errno.ENOMEM;
	return typeof result === 'number' ? result : 0;
}

function deviceFor({on}: DriverStep, {dev, parent}: Bound): string {
	if (on === null) return dev;
	return on === 'parent' ? (parent ?? dev) : on;
}

function runStep(step: DriverStep, bound: Bound): number {
	const definition = driverSteps.get(step.name);
	if (definition === undefined)
		throw new Error(`step ${step.name} of line ${step.line} is unknown`);
	const {kernel, results} = bound;
	kernel.origin = step.line;
	const result = definition.run({kernel, dev: deviceFor(step, bound), results}, step.arguments);
	if (step.as !== null && typeof result !== 'number' && result !== undefined) {
		results.set(step.as, result);
	}
	return asErrno(result);
}

/** Runs steps until one fails; gives 0 or that one's error, after its ladder. */
function runSteps(steps: readonly DriverStep[], bound: Bound): number {
	const before = bound.kernel.origin;
	const result = firstError(steps, bound);
	bound.kernel.origin = before;
	return result;
}

function firstError(steps: readonly DriverStep[], bound: Bound): number {
	for (const step of steps) {
		if (step.only !== null && !step.only.includes(bound.dev)) continue;
		const result = runStep(step, bound);
		if (result >= 0 || step.on_error === 'continue') continue;
		if (step.on_error !== 'fail') runAll(step.on_error, bound);
		return result;
	}
	return 0;
}

/** Runs every step: a remove function has nobody to tell of an error. */
function runAll(steps: readonly DriverStep[], bound: Bound): void {
	const before = bound.kernel.origin;
	for (const step of steps) {
		if (step.only === null || step.only.includes(bound.dev)) runStep(step, bound);
	}
	bound.kernel.origin = before;
}

function functionName(driver: ScenarioDriver, suffix: string): string {
	return `${driver.name.replaceAll('-', '_')}_${suffix}`;
}

/** A driver whose functions make the calls that its scenario lists. */
export function createDriver(scenario: Scenario, driver: ScenarioDriver): Driver {
	const privateData: PrivateData = new Map();
	const devices = new Map(scenario.devices.map((device) => [device.address, device]));
	const bind = (kernel: Kernel, dev: string): Bound => {
		const results = privateData.get(dev) ?? new Map();
		privateData.set(dev, results);
		return {kernel, dev, parent: devices.get(dev)?.parent ?? null, results};
	};
	const bus = scenario.devices.find((device) => driver.matches.includes(device.id))?.bus ?? 'pci';
	return {
		name: driver.name,
		module: driver.module,
		bus,
		matches: driver.matches,
		probeFunction: driver.probe_function ?? functionName(driver, 'probe'),
		removeFunction:
			driver.remove.length === 0 && driver.remove_function === null
				? null
				: (driver.remove_function ?? functionName(driver, 'remove')),
		probe(kernel, dev) {
			privateData.delete(dev);
			return runSteps(driver.probe, bind(kernel, dev));
		},
		remove(kernel, dev) {
			runAll(driver.remove, bind(kernel, dev));
		},
		afterRegister(kernel) {
			for (const dev of kernel.state.drivers.get(driver.name)?.devices ?? []) {
				runSteps(driver.after_bind, bind(kernel, dev));
			}
		},
	};
}

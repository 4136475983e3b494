import {usesMsi} from '../kernel/irq.ts';
import type {Driver, Kernel} from '../kernel/kernel.ts';
import {errno} from '../recording/errno.ts';
import {driverSteps} from './driver-steps.ts';
import type {DriverStep, Scenario, ScenarioDriver} from './scenario.ts';
import type {StepResult} from './step-definition.ts';

/** One call of a driver's function on a device. */
type DriverCall = {
	readonly kernel: Kernel;

	/** The device that the driver was called for. */
	readonly dev: string;
	readonly parent: string | null;
	readonly results: Map<string, StepResult>;
};

/** What a result means to C code that checks it: 0 or a negative errno. */
function errorOf(result: StepResult): number {
	if (result === null) return -errno.ENOMEM;
	return typeof result === 'number' && result < 0 ? result : 0;
}

function targetOf({on}: DriverStep, {dev, parent}: DriverCall): string {
	if (on === null) return dev;
	return on === 'parent' ? (parent ?? dev) : on;
}

/** Makes a step's call; events of it come from the step's line. */
function makeCall(step: DriverStep, call: DriverCall): StepResult {
	const definition = driverSteps.get(step.name);
	if (definition === undefined)
		throw new Error(`no step ${step.name}: scenarios are checked before`);
	const {kernel, results} = call;
	const before = kernel.origin;
	kernel.origin = step.line;
	const dev = targetOf(step, call);
	const result = definition.run({kernel, dev, results}, step.arguments);
	kernel.origin = before;
	if (step.as !== null) results.set(step.as, result);
	return result;
}

function isMeant(step: DriverStep, call: DriverCall): boolean {
	const {only, when} = step;
	if (only !== null && !only.includes(call.dev)) return false;
	return when === null || usesMsi(call.kernel, targetOf(step, call)) === (when === 'msi');
}

/** Makes the calls in order. The first that fails ends it with its error, unless the step says otherwise. */
function runSteps(steps: readonly DriverStep[], call: DriverCall): number {
	for (const step of steps) {
		const error = isMeant(step, call) ? errorOf(makeCall(step, call)) : 0;
		if (error === 0 || step.on_error === 'continue') continue;
		if (step.on_error !== 'fail') runAll(step.on_error, call);
		return error;
	}
	return 0;
}

/** Makes all calls: a remove function and an error ladder have nobody to tell of an error. */
function runAll(steps: readonly DriverStep[], call: DriverCall): void {
	for (const step of steps) {
		if (isMeant(step, call)) makeCall(step, call);
	}
}

/** The bus of the devices that it is for. */
function busOf(driver: ScenarioDriver, scenario: Scenario): string {
	return scenario.devices.find(({id}) => driver.matches.includes(id))?.bus ?? 'pci';
}

/** A driver that makes the calls that the scenario lists. */
export function scenarioDriver(driver: ScenarioDriver, scenario: Scenario): Driver {
	const results = new Map<string, Map<string, StepResult>>();
	const callOn = (kernel: Kernel, dev: string): DriverCall => {
		const own = results.get(dev) ?? new Map<string, StepResult>();
		results.set(dev, own);
		const parent = scenario.devices.find(({address}) => address === dev)?.parent ?? null;
		return {kernel, dev, parent, results: own};
	};
	const prefix = driver.name.replaceAll(/\W/g, '_');
	return {
		name: driver.name,
		module: driver.module,
		bus: busOf(driver, scenario),
		matches: driver.matches,
		probeFunction: driver.probe_function ?? `${prefix}_probe`,
		removeFunction:
			driver.remove_function ?? (driver.remove.length > 0 ? `${prefix}_remove` : null),
		work:
			driver.work.length === 0
				? null
				: {
						fn: driver.work_function ?? `${prefix}_work`,
						run: (kernel, dev) => runSteps(driver.work, callOn(kernel, dev)),
					},
		async: driver.async,
		beforeRegister(kernel) {
			for (const step of driver.init) runAll([step], callOn(kernel, step.on ?? ''));
		},
		probe(kernel, dev) {
			results.delete(dev);
			return runSteps(driver.probe, callOn(kernel, dev));
		},
		remove(kernel, dev) {
			runAll(driver.remove, callOn(kernel, dev));
		},
		afterRegister(kernel) {
			const bound = kernel.state.drivers.get(driver.name)?.devices.slice() ?? [];
			for (const dev of bound) runSteps(driver.after_bind, callOn(kernel, dev));
		},
	};
}

import {readDriverSteps, type StepReader} from './read-steps.ts';
import type {Path} from './read-yaml.ts';
import type {ChangedSteps, OtherwiseDriver, ScenarioDriver} from './scenario.ts';
import type {ScenarioFile} from './schema.ts';

/** Steps of a driver's functions as read and checked. */
export type DriverSteps = Pick<
	ScenarioDriver,
	'init' | 'probe' | 'work' | 'remove' | 'after_bind'
> & {
	/** Lists that are otherwise under some kernel, by its name. */
	readonly changed: ReadonlyMap<string, ChangedSteps>;
};

function entriesOf(value: unknown): [string, unknown][] {
	return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}

/** The value of a map's own key; undefined for what is no map. */
export function fieldOf(value: unknown, key: string): unknown {
	return entriesOf(value).find(([name]) => name === key)?.[1];
}

/** Lists that the file does not give stay away: they are the driver's own. */
function readChanged(driver: unknown, path: Path, reader: StepReader): Map<string, ChangedSteps> {
	const kernels = entriesOf(fieldOf(driver, 'under')).map(([kernel, given]) => {
		const lists = (['probe', 'work', 'remove'] as const).flatMap((key) => {
			const value = fieldOf(given, key);
			if (value === undefined) return [];
			return [[key, readDriverSteps(value, [...path, 'under', kernel, key], reader)] as const];
		});
		return [kernel, Object.fromEntries(lists)] as const;
	});
	return new Map(kernels);
}

/** Reads the steps of all drivers, by driver. Every fault is reported; what is faulty is left out. */
export function readDrivers(value: unknown, reader: StepReader): Map<string, DriverSteps> {
	const drivers = entriesOf(value).map(([name, driver]) => {
		const part = (key: string) =>
			readDriverSteps(fieldOf(driver, key), ['drivers', name, key], reader);
		const steps = {
			init: part('init'),
			probe: part('probe'),
			work: part('work'),
			remove: part('remove'),
			after_bind: part('after_bind'),
			changed: readChanged(driver, ['drivers', name], reader),
		};
		return [name, steps] as const;
	});
	return new Map(drivers);
}

const noSteps: DriverSteps = {
	init: [],
	probe: [],
	work: [],
	remove: [],
	after_bind: [],
	changed: new Map(),
};

type DriverFile = ScenarioFile['drivers'][string];

function otherwiseOf({under}: DriverFile, changed: DriverSteps['changed']) {
	const kernels = Object.entries(under).map(([kernel, given]) => {
		const {async, work_function} = given ?? {};
		const otherwise: OtherwiseDriver = {
			...(async === undefined ? {} : {async}),
			...(work_function === undefined ? {} : {work_function}),
			...changed.get(kernel),
		};
		return [kernel, otherwise] as const;
	});
	return new Map(kernels);
}

/** The drivers of a file that was checked, with the steps that were read. */
export function driversOf(
	file: ScenarioFile,
	read: ReadonlyMap<string, DriverSteps>,
): ScenarioDriver[] {
	return Object.entries(file.drivers).map(([name, driver]) => {
		const {changed, ...steps} = read.get(name) ?? noSteps;
		return {
			...driver,
			name,
			module: driver.module ?? name,
			probe_function: driver.probe_function ?? null,
			work_function: driver.work_function ?? null,
			remove_function: driver.remove_function ?? null,
			...steps,
			under: otherwiseOf(driver, changed),
		};
	});
}

/** The driver as it is under a kernel, by the name of its base. */
export function driverUnder(driver: ScenarioDriver, kernel: string): ScenarioDriver {
	return {...driver, ...driver.under.get(kernel)};
}

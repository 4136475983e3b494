import {didYouMean} from '../recording/closest-name.ts';
import type {Issue} from './issues.ts';
import type {Path} from './read-yaml.ts';
import type {DriverStep, Scenario, Step} from './scenario.ts';
import type {ActionDefinition} from './step-definition.ts';

/** Each call is held against every armed fault. */
const maximumFaults = 1000;

type Names = {
	readonly driver: readonly string[];
	readonly module: readonly string[];
	readonly device: readonly string[];
};

function unknownName(kind: keyof Names, name: string, names: Names, path: Path): Issue[] {
	const known = names[kind];
	if (known.includes(name)) return [];
	const hint = didYouMean(name, known) ?? `known: ${known.join(', ') || 'none'}`;
	return [{path, at: 'value', message: `the scenario has no ${kind} "${name}"`, hint}];
}

function field(value: unknown, key: string): string | null {
	if (typeof value !== 'object' || value === null) return null;
	const found = (value as {readonly [key: string]: unknown})[key];
	return typeof found === 'string' ? found : null;
}

function actionIssues(
	action: Step,
	names: Names,
	definition: ActionDefinition | undefined,
	path: Path,
): Issue[] {
	const named = [...path, action.name];
	if (typeof action.arguments === 'string') {
		const kind = definition?.names;
		return kind === undefined ? [] : unknownName(kind, action.arguments, names, named);
	}
	return (['driver', 'device'] as const).flatMap((kind) => {
		const name = field(action.arguments, kind);
		return name === null ? [] : unknownName(kind, name, names, [...named, kind]);
	});
}

/** Before a driver is registered it has no device: each call must name one. */
function initIssues(steps: readonly DriverStep[], path: Path): Issue[] {
	return steps.flatMap((step, index) => {
		if (step.on !== null && step.on !== 'parent') return [];
		const message = `${step.name} must name its device`;
		const hint = 'write `on:` with an address beside it';
		return [{path: [...path, index], at: 'value' as const, message, hint}];
	});
}

function stepIssues(steps: readonly DriverStep[], names: Names, path: Path): Issue[] {
	return steps.flatMap((step, index) => {
		const place = [...path, index];
		const {on, only, on_error} = step;
		const own =
			on === null || on === 'parent' ? [] : unknownName('device', on, names, [...place, 'on']);
		const others = (only ?? []).flatMap((name) =>
			unknownName('device', name, names, [...place, 'only']),
		);
		const inner = typeof on_error === 'string' ? [] : on_error;
		return [...own, ...others, ...stepIssues(inner, names, [...place, 'on_error'])];
	});
}

function deviceIssues(scenario: Scenario, names: Names): Issue[] {
	return scenario.devices.flatMap((device, index) => {
		const path = ['devices', index];
		const issues: Issue[] = [];
		const {address, bus, parent} = device;
		if (names.device.indexOf(address) < index) {
			const message = `another device has the address "${address}"`;
			issues.push({path: [...path, 'address'], at: 'value', message});
		}
		if (bus === 'pci' && !/^[\da-f]{4}:[\da-f]{2}:[01][\da-f]\.[0-7]$/.test(address)) {
			const message = `"${address}" is no PCI address`;
			const hint = 'write it as "0000:23:00.1", or name another bus';
			issues.push({path: [...path, 'address'], at: 'value', message, hint});
		}
		if (parent === undefined) return issues;
		return [...issues, ...unknownName('device', parent, names, [...path, 'parent'])];
	});
}

function faultIssues({script}: Scenario): Issue[] {
	const faults = script.flatMap(({name}, index) => (name === 'fail' ? [index] : []));
	const next = faults[maximumFaults];
	if (next === undefined) return [];
	return [{path: ['script', next], at: 'value', message: `more than ${maximumFaults} faults`}];
}

/** What only shows when parts of the scenario are held against each other. */
export function crossCheck(
	scenario: Scenario,
	actions: ReadonlyMap<string, ActionDefinition>,
): Issue[] {
	const names = {
		driver: scenario.drivers.map((driver) => driver.name),
		module: scenario.drivers.map((driver) => driver.module),
		device: scenario.devices.map((device) => device.address),
	};
	return [
		...deviceIssues(scenario, names),
		...faultIssues(scenario),
		...scenario.script.flatMap((action, index) =>
			actionIssues(action, names, actions.get(action.name), ['script', index]),
		),
		...scenario.drivers.flatMap((driver) =>
			initIssues(driver.init, ['drivers', driver.name, 'init']),
		),
		...scenario.drivers.flatMap(({name, under}) =>
			[...under].flatMap(([kernel, otherwise]) =>
				(['probe', 'work', 'remove'] as const).flatMap((part) =>
					stepIssues(otherwise[part] ?? [], names, ['drivers', name, 'under', kernel, part]),
				),
			),
		),
		...scenario.drivers.flatMap((driver) =>
			(['init', 'probe', 'work', 'remove', 'after_bind'] as const).flatMap((part) =>
				stepIssues(driver[part], names, ['drivers', driver.name, part]),
			),
		),
	];
}

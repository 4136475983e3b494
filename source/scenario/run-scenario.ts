import {boundDevices, retryDeferred, runQueuedWork} from '../kernel/bus.ts';
import {createKernel, defaultBudget} from '../kernel/create-kernel.ts';
import type {Hardware} from '../kernel/hardware.ts';
import type {Kernel, Revision} from '../kernel/kernel.ts';
import {defaultConfig, type KernelConfig} from '../kernel/kernel-config.ts';
import {presentAtBoot} from '../kernel/pci-probe.ts';
import {findRevision, mixRevision} from '../kernel/revisions.ts';
import {BudgetError, TaskKilled} from '../kernel/run-errors.ts';
import type {LocatedError} from '../recording/located-error.ts';
import {interruptPins, PCI_COMMAND_INTX_DISABLE} from '../recording/pci-registers.ts';
import {createRecording, noLines, type Recording} from '../recording/recording.ts';
import {driverUnder} from './read-drivers.ts';
import type {Scenario, ScenarioDevice, Step} from './scenario.ts';
import {scenarioDriver} from './scenario-driver.ts';
import {scriptActions} from './script-actions.ts';

/** What a caller may choose for a run. */
export type RunOptions = {
	/** For the recording's header. */
	readonly path?: string | null;

	/** What to run under instead of the scenario's own kernel. */
	readonly kernel?: Scenario['kernel'] | undefined;

	/** Events after which the run is given up. */
	readonly budget?: number;
};

/** What happened; or why the run was given up, at the line that ran then. */
export type ScenarioRun =
	| {readonly ok: true; readonly recording: Recording}
	| {readonly ok: false; readonly error: LocatedError};

/** Throws for unknown names: the scenario's schema and the command line know them all. */
function revisionNamed(name: string): Revision {
	const revision = findRevision(name);
	if (revision === undefined) throw new Error(`no revision ${name}`);
	return revision;
}

type Machine = {readonly revision: Revision; readonly config: KernelConfig};

/** A kernel that is written as a mixture. */
function mixtureOf(kernel: Exclude<Scenario['kernel'], string>): Machine {
	const {base, sizes, iomap_table, ...others} = kernel;
	const {config: name, pinctrl, nomsi, debug_test_driver_remove, debug_shirq, ...parts} = others;
	const named = Object.entries({...parts, iomapTable: iomap_table}).flatMap(([part, from]) =>
		from === undefined ? [] : [[part, revisionNamed(from)] as const],
	);
	return {
		revision: mixRevision(revisionNamed(base), Object.fromEntries(named), sizes),
		config: {
			name: name ?? null,
			pinctrl,
			nomsi,
			debugTestDriverRemove: debug_test_driver_remove,
			debugShirq: debug_shirq,
		},
	};
}

/** A revision by name takes the place of the whole kernel but its options; a mixture of all of it. */
function machineOf({kernel}: Scenario, instead: Scenario['kernel'] | undefined): Machine {
	if (typeof instead === 'object') return mixtureOf(instead);
	if (typeof kernel === 'string') {
		return {revision: revisionNamed(instead ?? kernel), config: defaultConfig};
	}
	const own = mixtureOf(kernel);
	if (instead === undefined) return own;
	// Sizes that are known for a configuration are those of its own kernel.
	return {revision: revisionNamed(instead), config: {...own.config, name: null}};
}

function hardwareOf(device: ScenarioDevice): Hardware {
	const command = device.command ?? 0;
	const isDisabled = device.intx_disable ?? (command & PCI_COMMAND_INTX_DISABLE) !== 0;
	return {
		address: device.address,
		bus: device.bus,
		id: device.id,
		interruptPin: interruptPins.indexOf(device.interrupt_pin),
		msi: device.msi ?? 0,
		msix: device.msix ?? 0,
		bars: new Map(Object.entries(device.bars).map(([bar, size]) => [Number(bar), size])),
		numaNode: device.numa_node ?? null,
		command: (command & ~PCI_COMMAND_INTX_DISABLE) | (isDisabled ? PCI_COMMAND_INTX_DISABLE : 0),
		addedByDriver: device.added_by_driver,
		msiIntxDisableBug: device.msi_intx_disable_bug,
	};
}

/** The action as the script has it, in one line. */
export function actionText(action: Step): string {
	const {arguments: given} = action;
	if (given === undefined) return action.name;
	if (typeof given !== 'object' || given === null) return `${action.name} ${given}`;
	const pairs = Object.entries(given).map(([key, value]) => `${key}=${value}`);
	return [action.name, ...pairs].join(' ');
}

/** Each action begins on a second of its own, so that times tell them apart. */
function nextSecond(kernel: Kernel): number {
	return Math.floor(kernel.state.time ?? 0) + 1;
}

function perform(kernel: Kernel, scenario: Scenario, action: Step): LocatedError | null {
	kernel.origin = action.line;
	const bound = boundDevices(kernel);
	const from = kernel.events.length;
	try {
		kernel.emit({type: 'action', text: actionText(action)}, nextSecond(kernel));
		scriptActions.get(action.name)?.run({kernel, scenario}, action.arguments);
		retryDeferred(kernel, bound);
		runQueuedWork(kernel, from);
	} catch (error) {
		if (error instanceof TaskKilled) return null;
		if (!(error instanceof BudgetError)) throw error;
		return {
			line: action.line,
			column: null,
			message: `the script comes to more than ${error.budget} events in "${actionText(action)}"`,
			text: scenario.text[action.line - 1] ?? '',
			hint: 'make the scenario smaller: one recording holds no more',
		};
	}
	return null;
}

/** Runs a scenario from its first action to its last. Deterministic: the same scenario gives the same events. */
export function runScenario(scenario: Scenario, options: RunOptions = {}): ScenarioRun {
	const {revision, config} = machineOf(scenario, options.kernel);
	const kernel = createKernel(revision, config, options.budget ?? defaultBudget);
	for (const device of scenario.devices) presentAtBoot(kernel, hardwareOf(device));
	for (const driver of scenario.drivers) {
		kernel.drivers.set(driver.name, scenarioDriver(driverUnder(driver, revision.base), scenario));
	}
	for (const action of scenario.script) {
		const error = perform(kernel, scenario, action);
		if (error !== null) return {ok: false, error};
	}
	const header = {
		source: {kind: 'scenario' as const, path: options.path ?? null, kernel: revision.name},
		title: scenario.title,
		lines: noLines,
		breakpoints: scenario.breakpoints.map(({break: target, if: condition}) =>
			condition === undefined ? {break: target} : {break: target, if: condition},
		),
		text: scenario.text,
	};
	return {ok: true, recording: createRecording(header, kernel.events)};
}

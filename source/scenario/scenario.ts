import type {ScenarioFile} from './schema.ts';

/** One call that a driver makes, or one action of the script. */
export type Step = {
	/** Key of its definition. */
	readonly name: string;

	/** As its definition's schema gives them. */
	readonly arguments: unknown;

	/** 1-based line in the scenario. */
	readonly line: number;
};

/** One call that a driver makes. */
export type DriverStep = Step & {
	/** Device it is made for: an address, `parent`, or null for the driver's own. */
	readonly on: string | null;

	/** Addresses of the devices that it is made for; null for all that the driver binds. */
	readonly only: readonly string[] | null;

	/** Made only while the device uses MSI or MSI-X, or only while it uses neither; null for always. */
	readonly when: 'msi' | 'no_msi' | null;

	/** Name that later steps use for its result. */
	readonly as: string | null;

	/** What happens when it fails: the function ends with its error, goes on, or first runs these. */
	readonly on_error: 'fail' | 'continue' | readonly DriverStep[];
};

type DriverFile = ScenarioFile['drivers'][string];

/** Lists of steps that a kernel of another time may have otherwise. */
export type ChangedSteps = Partial<Pick<ScenarioDriver, 'probe' | 'work' | 'remove'>>;

/** What takes the place of the driver's own under some kernel. */
export type OtherwiseDriver = ChangedSteps &
	Partial<Pick<ScenarioDriver, 'async' | 'work_function'>>;

/** A driver that was read and checked, with its steps. */
export type ScenarioDriver = Omit<
	DriverFile,
	| 'init'
	| 'probe'
	| 'work'
	| 'remove'
	| 'after_bind'
	| 'module'
	| 'probe_function'
	| 'work_function'
	| 'remove_function'
	| 'under'
> & {
	readonly name: string;

	/** The driver's own name where the file gives none. */
	readonly module: string;

	/** Null where the scenario names none: the caller makes one of the driver's name. */
	readonly probe_function: string | null;

	/** As `probe_function`. */
	readonly work_function: string | null;

	/** As `probe_function`. */
	readonly remove_function: string | null;

	/** What is otherwise under another kernel, by the name of its base. */
	readonly under: ReadonlyMap<string, OtherwiseDriver>;

	/** Steps of its functions, each list in order; empty where the file gives none. */
	readonly init: readonly DriverStep[];
	readonly probe: readonly DriverStep[];
	readonly work: readonly DriverStep[];
	readonly remove: readonly DriverStep[];
	readonly after_bind: readonly DriverStep[];
};

/** A device with the defaults filled in. */
export type ScenarioDevice = ScenarioFile['devices'][number];

/** A line of `expect`, with the defaults filled in. */
export type Expectation = ScenarioFile['expect'][number];

/** A scenario that was read and checked. Keys are those of the file. */
export type Scenario = Omit<ScenarioFile, 'drivers' | 'script'> & {
	/** In the order of the file. */
	readonly drivers: readonly ScenarioDriver[];

	/** In the order of the file. */
	readonly script: readonly Step[];

	/** The file's clean lines, for views. */
	readonly text: readonly string[];
};

import type {Recording} from '../recording/recording.ts';
import {serializeRecording} from '../recording/save.ts';
import {dmesgLines} from './dmesg.ts';
import {ftraceLines} from './ftrace.ts';
import {functionGraphLines} from './function-graph.ts';
import {perfettoLines} from './perfetto.ts';

/** Writes one format. */
export type Exporter = {
	/** As used on the command line. */
	readonly format: string;

	/** Ends of file names that mean this format and no other. */
	readonly extensions: readonly string[];

	/** The lines of the file, without their ends. The same recording gives the same lines. */
	readonly lines: (recording: Recording) => Iterable<string>;
};

/** Every exporter. */
export const exporters: readonly Exporter[] = [
	{format: 'jsonl', extensions: ['.jsonl'], lines: serializeRecording},
	{format: 'dmesg', extensions: ['.dmesg'], lines: dmesgLines},
	{format: 'ftrace', extensions: ['.ftrace'], lines: ftraceLines},
	{format: 'function_graph', extensions: ['.graph'], lines: functionGraphLines},
	{format: 'perfetto', extensions: ['.json', '.perfetto'], lines: perfettoLines},
];

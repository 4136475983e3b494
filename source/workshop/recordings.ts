import type {Recording} from '../recording/recording.ts';
import type {Exercise} from './exercise.ts';
import type {RecordingSource} from './exercise-schema.ts';

/** The recordings that an exercise looks at, by the key of their source. Whoever can read files makes them. */
export type Recordings = ReadonlyMap<string, Recording>;

/** Tells sources apart. */
export function keyOfSource(source: RecordingSource): string {
	return 'log' in source ? source.log : `${source.scenario} ${source.kernel ?? ''}`.trim();
}

/** What an exercise looks at, each source once, its own first; nothing where the learner's file is what is run. */
export function sourcesOf(exercise: Exercise): readonly RecordingSource[] {
	if (exercise.kind === 'fix' || exercise.kind === 'build') return [];
	const others =
		exercise.kind === 'predict' ? exercise.questions.map((each) => each.recording) : [];
	const all = [exercise.recording, ...others].filter((each) => each !== undefined);
	return [...new Map(all.map((source) => [keyOfSource(source), source])).values()];
}

/** The recording of a source. A missing one is a fault of ours: they are made before anything is graded. */
export function recordingOf(recordings: Recordings, source: RecordingSource): Recording {
	const recording = recordings.get(keyOfSource(source));
	if (recording === undefined) throw new Error(`no recording of ${keyOfSource(source)} was made`);
	return recording;
}

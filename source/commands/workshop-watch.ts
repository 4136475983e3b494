import {unwatchFile, watchFile} from 'node:fs';
import type {Exercise} from '../workshop/exercise.ts';
import type {Verdict} from '../workshop/verdict.ts';
import {changesBetween, verdictText} from '../workshop/verify-report.ts';
import {materialOf} from './exercise-set.ts';
import {type ExitCode, exitCode, tell} from './failure.ts';
import {showNext, showTask, type Told, takeHint} from './workshop-acts.ts';
import {gradeWork, shownPath, workPath} from './workshop-folder.ts';
import {exerciseRows} from './workshop-list.ts';
import {chosenExercise, keep, type WorkshopPlace, withProgress} from './workshop-place.ts';
import {withPassed} from './workshop-verify.ts';

/** Milliseconds between looks. Looking at files also works on network disks, where nobody tells of changes. */
const interval = 250;

const keysLine = 'h hint   t task   n next   l list   q quit';

function print(...lines: readonly string[]): void {
	process.stdout.write(`${lines.join('\n')}\n`);
}

/** Tells what a save changed, then what still fails. */
async function check(
	place: WorkshopPlace,
	exercise: Exercise,
	verdicts: Map<string, Verdict>,
): Promise<WorkshopPlace> {
	const loaded = await materialOf(place.set, exercise);
	if (!loaded.ok) {
		tell(loaded);
		return place;
	}
	const {path, progress} = place.folder;
	const verdict = gradeWork(path, loaded.material);
	const before = verdicts.get(exercise.name);
	verdicts.set(exercise.name, verdict);
	const graded = {exercise, file: shownPath(workPath(path, exercise)), verdict};
	if (before !== undefined) {
		const changes = changesBetween(before, verdict);
		print('', ...(changes.length > 0 ? changes : ['nothing has changed']));
	}
	process.stdout.write(`\n${verdictText(graded)}`);
	const after = {...withPassed(progress, [graded]), current: exercise.name};
	keep(place, after);
	print('', verdict.passed ? `${keysLine}   (n goes to the next exercise)` : keysLine);
	return withProgress(place, after);
}

async function actOn(place: WorkshopPlace, key: string): Promise<Told | null> {
	if (key === 'n') return showNext(place);
	const exercise = chosenExercise(place, undefined);
	if ('ok' in exercise) return exercise;
	if (key === 'h') return takeHint(place, exercise);
	return key === 't' ? showTask(place, exercise) : null;
}

/** What a key does while files are watched. */
async function press(place: WorkshopPlace, key: string): Promise<WorkshopPlace> {
	if (key === 'l') print('', ...exerciseRows(place.set.exercises, place.folder.progress));
	const told = await actOn(place, key);
	if (told === null) return place;
	if (!told.ok) {
		tell(told);
		return place;
	}
	print('', ...told.lines, '', keysLine);
	keep(place, told.progress);
	return withProgress(place, told.progress);
}

/** `workshop watch`: grades a file whenever it is saved, until the learner leaves. */
export async function watch(given: WorkshopPlace, name: string | undefined): Promise<ExitCode> {
	const first = chosenExercise(given, name);
	if ('ok' in first) return tell(first);
	let place = given;
	const verdicts = new Map<string, Verdict>();
	// One thing at a time: a save may come while another file is being graded.
	let busy = Promise.resolve();
	const enqueue = (work: (now: WorkshopPlace) => Promise<WorkshopPlace>) => {
		busy = busy.then(async () => {
			place = await work(place);
		});
	};
	enqueue((now) => check(now, first, verdicts));
	const paths = given.set.exercises.map(
		(each) => [workPath(given.folder.path, each), each] as const,
	);
	for (const [path, exercise] of paths) {
		watchFile(path, {interval}, () => enqueue((now) => check(now, exercise, verdicts)));
	}
	const {stdin} = process;
	const code = await new Promise<ExitCode>((resolve) => {
		process.once('SIGINT', () => resolve(exitCode.interrupted));
		process.once('SIGTERM', () => resolve(exitCode.interrupted));
		if (!stdin.isTTY) return;
		stdin.setRawMode(true);
		stdin.on('data', (data: Buffer) => {
			for (const key of data.toString()) {
				if (key === 'q') resolve(exitCode.fine);
				else if (key === '\u0003') resolve(exitCode.interrupted);
				else enqueue((now) => press(now, key));
			}
		});
	});
	for (const [path] of paths) unwatchFile(path);
	if (stdin.isTTY) stdin.setRawMode(false);
	stdin.destroy();
	await busy;
	return code;
}

import {workshopActs} from '../command-line/subcommands.ts';
import {didYouMean} from '../recording/closest-name.ts';
import {progressOf} from '../workshop/progress.ts';
import {type ExerciseSet, loadExercises} from './exercise-set.ts';
import {type ExitCode, exitCode, type Failure, failure, tell} from './failure.ts';
import type {Flags} from './flags.ts';
import {resetWork, showNext, showSolution, showTask, type Told, takeHint} from './workshop-acts.ts';
import {isInFolder, makeFolder, openFolder, shownPath} from './workshop-folder.ts';
import {exerciseRows} from './workshop-list.ts';
import {chosenExercise, keep, type WorkshopPlace} from './workshop-place.ts';

function print(lines: readonly string[]): void {
	process.stdout.write(`${lines.join('\n')}\n`);
}

async function init(set: ExerciseSet, directory: string | undefined): Promise<ExitCode> {
	if (directory === undefined) {
		const hint = '`devresdbg workshop init DIR` makes it';
		return tell(failure(exitCode.usage, 'init needs the name of a folder', hint));
	}
	const made = await makeFolder(set, directory);
	if (!made.ok) return tell(made);
	const path = shownPath(made.path);
	print([
		`${set.exercises.length} exercises are in ${path}. What to do:`,
		`  cd ${path}`,
		'  devresdbg workshop        the list; Enter opens an exercise',
		'  devresdbg workshop watch  checks your files as you save them',
	]);
	return exitCode.fine;
}

function list(set: ExerciseSet, flags: Flags): ExitCode {
	const folder = isInFolder() ? openFolder() : null;
	if (folder?.ok === false) return tell(folder);
	const progress = folder?.progress ?? null;
	if (flags.format === 'json') {
		const exercises = set.exercises.map(({name, title, chapter, kind}) => ({
			name,
			title,
			chapter,
			kind,
			passed: progress !== null && progressOf(progress, name).passed,
		}));
		const current = progress?.current ?? null;
		process.stdout.write(`${JSON.stringify({current, exercises}, null, 2)}\n`);
	} else print(exerciseRows(set.exercises, progress));
	return exitCode.fine;
}

const formats = ['text', 'json', 'ktap'];

function refusal([word]: readonly string[], flags: Flags): Failure | null {
	if (word !== undefined && !workshopActs.some((act) => act === word)) {
		const hint = didYouMean(word, workshopActs) ?? `known: ${workshopActs.join(', ')}`;
		return failure(exitCode.usage, `workshop has no "${word}"`, hint);
	}
	const {format = 'text'} = flags;
	if (!formats.includes(format)) {
		const hint = didYouMean(format, formats) ?? `known: ${formats.join(', ')}`;
		return failure(exitCode.usage, `unknown format "${format}"`, hint);
	}
	if (format !== 'ktap' || word === 'verify') return null;
	const name = word === undefined ? 'workshop' : `workshop ${word}`;
	return failure(exitCode.usage, `${name} has no format "ktap"`, 'only `workshop verify` has it');
}

async function act(place: WorkshopPlace, word: string, name: string | undefined): Promise<Told> {
	if (word === 'next') return showNext(place);
	const exercise = chosenExercise(place, name);
	if ('ok' in exercise) return exercise;
	switch (word) {
		case 'hint':
			return takeHint(place, exercise);
		case 'reset':
			return resetWork(place, exercise);
		case 'solution':
			return showSolution(place, exercise);
		default:
			return showTask(place, exercise);
	}
}

/** `devresdbg workshop …`: exercises in a folder of the learner's. */
export async function workshop(words: readonly string[], flags: Flags): Promise<number> {
	const refused = refusal(words, flags);
	if (refused !== null) return tell(refused);
	const set = loadExercises(flags.exercises);
	if (!set.ok) return tell(set);
	const [word, name] = words;
	if (word === 'init') return init(set, name);
	if (word === 'list') return list(set, flags);
	if (word === 'verify' && flags.authoring === true) {
		return (await import('./workshop-verify.ts')).verifyAuthoring(set, name, flags);
	}
	const folder = openFolder();
	if (!folder.ok) return tell(folder);
	const place = {set, folder};
	if (word === 'verify') return (await import('./workshop-verify.ts')).verify(place, name, flags);
	if (word === 'watch') return (await import('./workshop-watch.ts')).watch(place, name);
	if (word === undefined) {
		if (!process.stdout.isTTY || !process.stdin.isTTY || flags.plain) return list(set, flags);
		return (await import('./workshop-screen.ts')).openWorkshop(place, flags);
	}
	const told = await act(place, word, name);
	if (!told.ok) return tell(told);
	print(told.lines);
	return keep(place, told.progress);
}

import {paragraphs, wrapText} from '../recording/wrap-text.ts';
import {type Exercise, workFiles} from './exercise.ts';
import type {RecordingSource} from './exercise-schema.ts';
import type {Material} from './grade.ts';
import {askAll, placeOf} from './predict.ts';

const width = 78;

function wrap(text: string): readonly string[] {
	return wrapText(text, width, (each) => each.length);
}

function openedWith(source: RecordingSource, folder: string): string {
	if ('log' in source) return `devresdbg ${folder}/${source.log}`;
	const kernel = source.kernel === undefined ? '' : ` --kernel '${source.kernel}'`;
	// A scenario beside the exercise is copied into the learner's folder; one that comes with the program is named.
	const isBeside = source.scenario.endsWith('.yaml');
	return `devresdbg ${isBeside ? `${folder}/` : ''}${source.scenario}${kernel}`;
}

const whatToDo: {readonly [K in Exercise['kind']]: string} = {
	predict: 'Answer with a key in `devresdbg workshop`, or write the letters into the file.',
	find: 'Write commands into the file that end at the culprit, or find it in `devresdbg workshop`.',
	fix: 'Change the driver in the file until every check holds.',
	build: 'Write the driver in the file until every check holds.',
	diagnose: 'Write the rule and the line into the file, or answer in `devresdbg workshop`.',
};

function questions(material: Material): readonly string[] {
	const {exercise, recordings} = material;
	if (exercise.kind !== 'predict') return [];
	const asked = askAll(exercise, recordings);
	if (!asked.ok) return [];
	return asked.questions.flatMap(({id, ask, stop, choices}) => [
		'',
		...wrap(`${id}: at ${placeOf(stop)} of "${stop.recording.header.title}". ${ask}`),
		...(choices ?? []).map(({letter, text}) => `  ${letter}) ${text}`),
	]);
}

function checks({exercise}: Material): readonly string[] {
	if (exercise.kind !== 'fix' && exercise.kind !== 'build') return [];
	const all = [...exercise.checks, ...(exercise.every_failure ?? [])];
	const under = exercise.under.length === 0 ? '' : ` under ${exercise.under.join(', ')}`;
	return ['', ...wrap(`Checked${under}:`), ...all.map(({text}) => `  - ${text}`)];
}

/** An exercise as a learner reads it. */
export function taskLines(material: Material): readonly string[] {
	const {exercise} = material;
	const {title, chapter, about, folder, kind} = exercise;
	const file = `${folder}/${workFiles[kind]}`;
	const source = kind === 'fix' || kind === 'build' ? null : exercise.recording;
	const look = source === null ? `devresdbg ${file}` : openedWith(source, folder);
	return [
		title,
		`${chapter} · ${kind}`,
		'',
		...paragraphs(about)
			.split('\n')
			.flatMap((each) => (each === '' ? [''] : wrap(each))),
		...questions(material),
		...checks(material),
		'',
		...wrap(whatToDo[kind]),
		`  file   ${file}`,
		`  look   ${look}`,
		`  check  devresdbg workshop verify ${exercise.name}`,
		`  hint   devresdbg workshop hint ${exercise.name}`,
	];
}

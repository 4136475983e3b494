import type {Session} from '../debugger/session.ts';
import {paragraphs} from '../recording/wrap-text.ts';
import type {LessonRequest} from '../tui/lesson-view.ts';
import type {Loaded} from '../tui/screen.ts';
import type {ChooserEntry, LessonReply} from '../tui/view-state.ts';
import type {Exercise} from '../workshop/exercise.ts';
import {boxOf, progressOf} from '../workshop/progress.ts';
import {exerciseNamed, materialOf} from './exercise-set.ts';
import type {Failure} from './failure.ts';
import type {Flags} from './flags.ts';
import {hasColor, isAscii, stopWhenAsked, suspend} from './open.ts';
import {resetWork, showNext, showSolution, type Told, takeHint} from './workshop-acts.ts';
import {gradeWork, saveProgress, shownPath, workPath} from './workshop-folder.ts';
import {
	answerLesson,
	type OpenLesson,
	openLesson,
	replyWith,
	saveFound,
	sessionFor,
	titleOf,
	verdictSaid,
	viewOf,
} from './workshop-lesson.ts';
import {type WorkshopPlace, withProgress} from './workshop-place.ts';
import {withPassed} from './workshop-verify.ts';

function linesOf({message}: Failure): readonly string[] {
	return message.trimEnd().split('\n');
}

function entriesOf({set, folder}: WorkshopPlace): readonly ChooserEntry[] {
	return set.exercises.map(({name, title, about, chapter, kind}) => ({
		path: name,
		title,
		about: `${chapter} · ${kind}\n\n${paragraphs(about)}`,
		mark: boxOf(folder.progress, name),
	}));
}

function headingOf({set, folder}: WorkshopPlace): string {
	const passed = set.exercises.filter(({name}) => progressOf(folder.progress, name).passed);
	return `workshop, ${passed.length} of ${set.exercises.length} passed`;
}

/** The list as a reply. */
function listOf(place: WorkshopPlace): LessonReply {
	const [entries, selected] = [entriesOf(place), indexOfCurrent(place)];
	return {kind: 'list', heading: headingOf(place), entries, selected};
}

function indexOfCurrent({set, folder}: WorkshopPlace): number {
	const {current} = folder.progress;
	return Math.max(
		0,
		set.exercises.findIndex(({name}) => name === current),
	);
}

/** What happens behind the screen: it remembers the exercise that is open, and how far the learner is. */
class Teacher {
	place: WorkshopPlace;
	#lesson: OpenLesson | null = null;

	constructor(place: WorkshopPlace) {
		this.place = place;
	}

	/** What can't be saved is said, and nothing else is lost. */
	#keep(progress: WorkshopPlace['folder']['progress']): readonly string[] {
		if (progress === this.place.folder.progress) return [];
		this.place = withProgress(this.place, progress);
		const saved = saveProgress(this.place.folder.path, progress);
		return saved.ok ? [] : linesOf(saved);
	}

	async open(name: string): Promise<Loaded> {
		const exercise = exerciseNamed(this.place.set, name);
		if ('ok' in exercise) return {ok: false, errors: linesOf(exercise)};
		const loaded = await materialOf(this.place.set, exercise);
		if (!loaded.ok) return {ok: false, errors: linesOf(loaded)};
		const lesson = openLesson(loaded.material);
		const session = sessionFor(this.place, lesson);
		if (session === null) return {ok: false, errors: [`${name} can't be opened`]};
		this.#lesson = lesson;
		const said = this.#keep({...this.place.folder.progress, current: name});
		return {ok: true, session, title: titleOf(name), lesson: viewOf(this.place, lesson, said)};
	}

	/** Grades the learner's file, and remembers a pass. */
	#grade(lesson: OpenLesson): readonly string[] {
		const {path, progress} = this.place.folder;
		const {exercise} = lesson.material;
		const verdict = gradeWork(path, lesson.material);
		const file = shownPath(workPath(path, exercise));
		const unsaved = this.#keep(withPassed(progress, [{exercise, file, verdict}]));
		return [...verdictSaid(verdict), ...unsaved];
	}

	#told(lesson: OpenLesson, told: Told, session: Session | null): LessonReply {
		if (!told.ok) return replyWith(this.place, lesson, {said: linesOf(told), session: null});
		const unsaved = this.#keep(told.progress);
		return replyWith(this.place, lesson, {said: [...told.lines, ...unsaved], session});
	}

	async #next(lesson: OpenLesson): Promise<LessonReply> {
		const told = await showNext(this.place);
		const name = told.ok ? told.progress.current : null;
		if (!told.ok || name === null || told.progress === this.place.folder.progress) {
			return this.#told(lesson, told, null);
		}
		const opened = await this.open(name);
		if (!opened.ok) return replyWith(this.place, lesson, {said: opened.errors, session: null});
		const {session, title, lesson: view} = opened;
		return view === undefined
			? replyWith(this.place, lesson, {said: [], session})
			: {kind: 'lesson', lesson: view, session, title};
	}

	#verify(lesson: OpenLesson, session: Session): LessonReply {
		const {exercise} = lesson.material;
		const saved = saveFound(this.place, exercise, session);
		if (!saved.ok) return replyWith(this.place, lesson, {said: linesOf(saved), session: null});
		const said = this.#grade(lesson);
		return replyWith(this.place, lesson, {said, session: this.#rerun(lesson, exercise)});
	}

	/** A driver may have been changed: its recording is made anew. */
	#rerun(lesson: OpenLesson, {kind}: Exercise): Session | null {
		return kind === 'fix' || kind === 'build' ? sessionFor(this.place, lesson) : null;
	}

	async answer(request: LessonRequest, session: Session): Promise<LessonReply> {
		const lesson = this.#lesson;
		if (lesson === null || request.kind === 'list') return listOf(this.place);
		const {exercise} = lesson.material;
		switch (request.kind) {
			case 'answer':
			case 'point': {
				const answered = answerLesson(this.place, lesson, request);
				const graded = this.#grade(lesson);
				const {passed} = progressOf(this.place.folder.progress, exercise.name);
				const said = passed ? [...answered.said, '', ...graded] : answered.said;
				return replyWith(this.place, lesson, {...answered, said});
			}
			case 'verify':
				return this.#verify(lesson, session);
			case 'hint':
				return this.#told(lesson, takeHint(this.place, exercise), null);
			case 'solution':
				return this.#told(lesson, await showSolution(this.place, exercise), null);
			case 'reset': {
				const told = await resetWork(this.place, exercise);
				return this.#told(lesson, told, sessionFor(this.place, lesson));
			}
			case 'next':
				return this.#next(lesson);
		}
	}
}

/** `devresdbg workshop` in a terminal: the list, and the exercises on the screen of the debugger. */
export async function openWorkshop(place: WorkshopPlace, flags: Flags): Promise<number> {
	const {openTui} = await import('../tui/open-tui.tsx');
	stopWhenAsked(process.stdin);
	const teacher = new Teacher(place);
	return openTui({
		session: null,
		title: 'devresdbg',
		heading: headingOf(place),
		chooserEntries: entriesOf(place),
		selected: indexOfCurrent(place),
		load: (name) => teacher.open(name),
		teach: (request, session) => teacher.answer(request, session),
		stdin: process.stdin,
		stdout: process.stdout,
		stderr: process.stderr,
		color: hasColor(flags),
		ascii: isAscii(),
		suspend,
	});
}

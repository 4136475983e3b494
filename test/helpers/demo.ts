import {loadDemo} from '../../source/commands/load-demo.ts';
import {createSession} from '../../source/debugger/session.ts';
import type {Demo} from '../../source/demo/demo.ts';
import {type Film, filmOf} from '../../source/demo/film.ts';
import {type DemoScene, scenesOf} from '../../source/demo/perform.ts';
import {readDemo} from '../../source/demo/read-demo.ts';
import {reload} from './reload-picture.ts';
import {screenOf, stateOf} from './screen.ts';

/** A demo of the given lines on the small recording of a reload. */
export function demoOf(...lines: readonly string[]): Demo {
	const read = readDemo('my.demo', ['title A demo', 'open any.yaml', ...lines].join('\n'));
	if (!read.ok) throw new Error(JSON.stringify(read.errors));
	return read.demo;
}

/** The screen on which it begins. */
export function demoState() {
	return stateOf(createSession(reload));
}

export function demoScenes(...lines: readonly string[]): readonly DemoScene[] {
	return [...scenesOf(demoOf(...lines), demoState(), screenOf(80, 24))];
}

const films = new Map<string, Promise<Film>>();

async function makeFilm(name: string, columns: number, rows: number): Promise<Film> {
	const loaded = await loadDemo(name);
	if (!loaded.ok) throw new Error(loaded.message);
	const screen = screenOf(columns, rows, {color: true, ascii: false});
	return filmOf(loaded.demo.title, scenesOf(loaded.demo, loaded.state, screen), screen);
}

/** The film of a demo that comes with the program, in colours. Each is made once. */
export function shippedFilm(name: string, columns = 80, rows = 24): Promise<Film> {
	const key = `${name} ${columns}x${rows}`;
	const film = films.get(key) ?? makeFilm(name, columns, rows);
	films.set(key, film);
	return film;
}

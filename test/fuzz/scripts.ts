import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect} from 'vitest';
import {completions, runCommand} from '../../source/debugger/command.ts';
import {runScript} from '../../source/debugger/script.ts';
import {createSession} from '../../source/debugger/session.ts';
import {cleanText} from '../../source/recording/clean-text.ts';
import {expectClean} from '../helpers/look-at-all.ts';
import {filesBelow, fixtures, imported, textOf} from '../helpers/real-recordings.ts';
import {reloadRecording} from '../helpers/reload-recording.ts';

const folder = join(fixtures, '..', 'scripts');

/** Files of commands. */
export const scripts = filesBelow(folder, '.dbg').map((path) => readFileSync(join(folder, path)));

const recordings = [reloadRecording(), imported(textOf(fixtures, 'v9-patch/ahci.dmesg.txt'))];

/** More lines of a damaged file take longer and say no more. */
const mostLines = 150;

/** A file of commands, as it is read: each line alone, and all one after the other as far as they are understood. */
export function checkScript(input: Buffer, choice: number): void {
	const recording = recordings[choice % recordings.length] ?? reloadRecording();
	const lines = input.toString('utf8').split(/\r?\n/).map(cleanText).slice(0, mostLines);
	let session = createSession(recording);
	for (const line of lines) {
		for (const word of completions(session, line).words) expectClean(word);
		const ran = runScript(session, {name: 'x', lines: [line]}, runCommand);
		for (const {text} of ran.transcript) for (const each of text.split('\n')) expectClean(each);
		for (const text of ran.error?.errors ?? []) expectClean(text);
		({session} = ran);
		expect(session.position >= 0 && session.position <= recording.length).toBe(true);
	}
	runScript(createSession(recording), {name: 'x', lines}, runCommand);
}

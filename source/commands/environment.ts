import {readFileSync, statSync} from 'node:fs';
import type {Environment, ReadText} from '../debugger/environment.ts';
import {describeFinding} from '../findings/finding.ts';
import {findingsOf} from '../findings/findings.ts';
import {cleanText} from '../recording/clean-text.ts';
import {errorCode} from './failure.ts';
import type {Loaded} from './load-input.ts';
import {saveFile} from './save-file.ts';

/** A file of commands is written by a person. */
const maximumBytes = 1_000_000;

/** Reads a file of commands, its control characters taken out. */
export function readCommands(path: string): ReadText {
	const name = cleanText(path);
	try {
		const stats = statSync(path);
		if (!stats.isFile()) return {ok: false, error: `${name}: is no regular file`};
		if (stats.size > maximumBytes) return {ok: false, error: `${name}: larger than 1 MB`};
		const lines = readFileSync(path, 'utf8')
			.replace(/^\uFEFF/, '')
			.split(/\r?\n/);
		return {ok: true, text: lines.map(cleanText).join('\n')};
	} catch (error) {
		const code = errorCode(error);
		const why = code === 'ENOENT' ? 'no such file' : `can't be read: ${code}`;
		return {ok: false, error: `${name}: ${why}`};
	}
}

/** What a session on a recording may ask for: files, and the same scenario under another kernel. */
export function environmentOf({rerun, kernels}: Loaded): Environment {
	return {
		readFile: readCommands,
		saveFile(path, lines) {
			const saved = saveFile(path, lines);
			return saved.ok ? null : saved.message.trimEnd();
		},
		kernels,
		findings: (recording) => findingsOf(recording).map(describeFinding),
		rerun(kernel) {
			const run = rerun(kernel);
			if (run.ok) return run;
			return {ok: false, errors: run.message.trimEnd().split('\n')};
		},
	};
}

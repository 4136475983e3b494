import {readdirSync, readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {commands, runCommand} from '../../source/debugger/command.ts';
import {runScript} from '../../source/debugger/script.ts';
import {createSession} from '../../source/debugger/session.ts';
import {createRecording} from '../../source/recording/recording.ts';
import {runScenarioText} from '../helpers/run-scenario-text.ts';

const folder = 'test/fixtures/scripts';
const scripts = readdirSync(folder).filter((file) => file.endsWith('.dbg'));

test('every command is in a script, but for those that need files, kernels or the end', () => {
	const texts = scripts.map((file) => readFileSync(`${folder}/${file}`, 'utf8')).join('\n');
	const missing = commands.filter(({name}) => !new RegExp(`^ *${name}\\b`, 'm').test(texts));
	expect(missing.map(({name}) => name)).toEqual(['set', 'save', 'source', 'quit']);
});

/** A script's first line names the scenario that it is for. */
test.each(scripts)('%s runs to its end, and prints what it did', async (file) => {
	const lines = readFileSync(`${folder}/${file}`, 'utf8').split('\n');
	const scenario = /^# ([\w-]+):/.exec(lines[0] ?? '')?.[1] ?? '';
	const made = runScenarioText(readFileSync(`scenarios/${scenario}.yaml`, 'utf8'));
	const events = Array.from({length: made.length}, (_, seq) => made.at(seq));
	const source = {...made.header.source, path: `${scenario}.yaml`};
	const recording = createRecording({...made.header, source}, events);
	const result = runScript(createSession(recording), {name: file, lines}, runCommand);
	expect(result.error).toBeNull();
	expect(result.failed).toEqual([]);
	const text = result.transcript.map((line) => `${line.text}\n`).join('');
	await expect(text).toMatchFileSnapshot(`../golden/transcripts/${file.replace('.dbg', '.txt')}`);
});

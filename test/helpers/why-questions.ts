import {readdirSync, readFileSync} from 'node:fs';
import {createSession, type Session} from '../../source/debugger/session.ts';
import {goTo} from '../../source/debugger/step.ts';
import {parseWhy, type WhyQuestion} from '../../source/debugger/why-question.ts';
import type {Recording} from '../../source/recording/recording.ts';
import {runScenarioText} from './run-scenario-text.ts';

/** Names of the scenarios that come with the program. */
export const shippedScenarios = readdirSync('scenarios')
	.filter((file) => file.endsWith('.yaml'))
	.map((file) => file.replace('.yaml', ''));

/** Runs a scenario that comes with the program. */
export function shipped(name: string, kernel?: string): Recording {
	return runScenarioText(readFileSync(`scenarios/${name}.yaml`, 'utf8'), kernel);
}

/** A session at a position. */
export function sessionAt(recording: Recording, position: number): Session {
	return goTo(createSession(recording), position);
}

/** Reads a question that must be understood. */
export function questionAt(recording: Recording, position: number, text: string): WhyQuestion {
	const words = text === '' ? [] : text.split(' ');
	const parsed = parseWhy(sessionAt(recording, position), words);
	if (!parsed.ok) throw new Error(parsed.error);
	return parsed.question;
}

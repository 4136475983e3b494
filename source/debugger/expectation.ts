import type {PrintkEvent} from '../recording/event.ts';
import type {Recording} from '../recording/recording.ts';
import {compileCondition, underline} from './expression.ts';

/** Something that a scenario's author says will be so. */
export type Expectation =
	| {
			readonly kind: 'log';

			/** Part of a line of the kernel log. */
			readonly text: string;
	  }
	| {
			readonly kind: 'that';

			/** In the language of conditions. Any value but true fails. */
			readonly expression: string;

			/** Position at which it holds. */
			readonly at: 'end' | number;
	  };

/** What came of an expectation. */
export type ExpectationResult = {
	/** What was expected, in one line. */
	readonly text: string;
	readonly ok: boolean;

	/** Why not, in one line or more; null where it holds. */
	readonly detail: string | null;
};

function checkLog(recording: Recording, text: string): ExpectationResult {
	const found = recording.ofType('printk').some((seq) => {
		const line = recording.at(seq) as PrintkEvent;
		return `${line.prefix}: ${line.text}`.includes(text);
	});
	return {
		text: `log: ${text}`,
		ok: found,
		detail: found ? null : 'no line of the kernel log has this text',
	};
}

function checkThat(
	recording: Recording,
	expression: string,
	at: 'end' | number,
): ExpectationResult {
	const text = at === 'end' ? expression : `${expression} (at ${at})`;
	const compiled = compileCondition(expression);
	if (!compiled.ok) {
		return {text, ok: false, detail: underline(expression, compiled.error).join('\n')};
	}
	const position = at === 'end' ? recording.length : at;
	if (position < 0 || position > recording.length) {
		return {text, ok: false, detail: `the recording has positions 0 to ${recording.length}`};
	}
	const evaluated = compiled.expression.evaluate(recording, position);
	if (!evaluated.ok) {
		return {text, ok: false, detail: underline(expression, evaluated.error).join('\n')};
	}
	if (evaluated.value === true) return {text, ok: true, detail: null};
	return {
		text,
		ok: false,
		detail: evaluated.value === false ? 'this is false' : 'neither true nor false',
	};
}

/** Whether a recording is as its author expected. */
export function checkExpectation(
	recording: Recording,
	expectation: Expectation,
): ExpectationResult {
	return expectation.kind === 'log'
		? checkLog(recording, expectation.text)
		: checkThat(recording, expectation.expression, expectation.at);
}

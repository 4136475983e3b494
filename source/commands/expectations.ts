import {checkExpectation, type ExpectationResult} from '../debugger/expectation.ts';
import type {Recording} from '../recording/recording.ts';
import type {Scenario} from '../scenario/scenario.ts';

/** Whether each line of a scenario's `expect` holds in a recording of it. */
export function checkExpectations(
	recording: Recording,
	scenario: Scenario,
): readonly ExpectationResult[] {
	return scenario.expect.map((expected) =>
		checkExpectation(
			recording,
			'log' in expected
				? {kind: 'log', text: expected.log}
				: {kind: 'that', expression: expected.that, at: expected.at},
		),
	);
}

import fc from 'fast-check';
import {expect, test} from 'vitest';
import {fuzz} from '../helpers/fuzz.ts';
import {targets} from './targets.ts';

test.each(targets.map((target) => [target.name, target] as const))(
	'no damage to %s makes the program throw, hang or print what steers a terminal',
	(_, {mutations, input, check, runs}) => {
		fc.assert(
			fc.property(mutations, fc.nat(), (mutation, choice) => {
				const data = input(mutation);
				const start = performance.now();
				check(data, choice);
				// Slow machines are slow; what hangs takes minutes.
				expect(performance.now() - start).toBeLessThan(8000);
			}),
			fuzz(runs),
		);
	},
);

import {describe, expect, it, test} from 'vitest';
import {readKernel} from '../../source/scenario/read-kernel.ts';
import {recordedKernels} from '../helpers/recorded-driver.ts';

describe('a kernel is read as a scenario names it', () => {
	it('by its name', () => {
		expect(readKernel('v6.14')).toEqual({ok: true, kernel: 'v6.14'});
	});

	it('as a mixture, with the defaults filled in', () => {
		const read = readKernel('{base: v6.12-stable, pinctrl: true, config: debian}');
		expect(read).toMatchObject({
			ok: true,
			kernel: {base: 'v6.12-stable', pinctrl: true, config: 'debian', sizes: {}},
		});
	});

	it.each(Object.entries(recordedKernels))('that of the recordings in %s', (_, text) => {
		expect(readKernel(`{${text}}`).ok).toBe(true);
	});
});

test.each([
	['v6.1O', 'unknown kernel "v6.1O"', 'did you mean "v6.10"?'],
	['', 'unknown kernel ""', /^known: v6.10/],
	['{base: v6.14', /^kernel: Flow map/, /^write it as a scenario does/],
	['{base: v6.14, pinctr: true}', 'kernel: unknown key "pinctr"', 'did you mean "pinctrl"?'],
	['{}', 'kernel: "base" is missing', /^write it as a scenario does/],
	['{base: v6.14, sizes: {x: -1}}', /^kernel: /, /./],
	['{base: *x}', /^kernel: /, /./],
])('%s is none: what is wrong is said with the next move', (text, message, hint) => {
	const read = readKernel(text);
	expect(read).toMatchObject({
		ok: false,
		message: typeof message === 'string' ? message : expect.stringMatching(message),
		hint: typeof hint === 'string' ? hint : expect.stringMatching(hint),
	});
});

import {describe, expect, it, test} from 'vitest';
import {loadScenario} from '../../source/scenario/load-scenario.ts';
import {dmesgText} from '../helpers/export-text.ts';
import {runScenarioText} from '../helpers/run-scenario-text.ts';

const scenario = (under: string) => `title: a driver that changed
kernel: v6.14
devices:
  - address: "0000:00:03.0"
    id: "1af4:1000"
drivers:
  demo:
    matches: ["1af4:1000"]
    async: true
    probe:
      - devm_kzalloc: 16
    under:
${under}
script:
  - modprobe: demo
`;

const text = scenario(`      v6.10:
        async: false
        probe:
          - devm_kzalloc: 24
        work:
          - devm_kzalloc: 32
      v6.11: {async: false}`);

function sizesUnder(kernel: string): string[] {
	const log = dmesgText(runScenarioText(text, kernel));
	return Array.from(log.matchAll(/\((\d+) bytes\)/g), ([, size = '']) => size);
}

function probedBy(kernel: string): string | undefined {
	const recording = runScenarioText(text, kernel);
	const [seq = 0] = recording.ofType('devres-add');
	return recording.at(seq).context.replace(/[-/].*/, '');
}

describe('what a driver does otherwise under a kernel', () => {
	it('takes the place of its own steps there, and only there', () => {
		expect(sizesUnder('v6.14')).toEqual(['16']);
		expect(sizesUnder('v6.10')).toEqual(['24', '32']);
		expect(sizesUnder('v6.11')).toEqual(['16']);
	});

	it('may be who probes', () => {
		expect(probedBy('v6.14')).toBe('kworker');
		expect(probedBy('v6.10')).toBe('modprobe');
	});

	it('holds for mixtures of that base', () => {
		const mixed = text.replace('kernel: v6.14', 'kernel: {base: v6.10, intx: v9-series}');
		expect(dmesgText(runScenarioText(mixed))).toContain('(32 bytes)');
	});
});

test.each([
	['      v6.1O: {async: false}', 'v6.1O', 13],
	['      v6.10: {asinc: false}', 'asinc', 13],
	['      v6.10:\n        probe:\n          - devm_kzaloc: 8', 'devm_kzaloc', 15],
	[
		'      v6.10:\n        probe:\n          - devm_kzalloc: 8\n            on: nobody',
		'nobody',
		16,
	],
	['      v6.10: 1', 'a map', 13],
])('a mistake in it is reported where it stands: %s', (under, word, line) => {
	const loaded = loadScenario(scenario(under));
	if (loaded.ok) throw new Error('it is wrong');
	const [error] = loaded.errors;
	expect(error?.message).toContain(word);
	expect(error?.line).toBe(line);
	if (word === 'v6.1O') expect(error?.hint).toBe('did you mean "v6.10"?');
});

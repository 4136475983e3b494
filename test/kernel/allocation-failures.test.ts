import {readFileSync} from 'node:fs';
import {describe, expect, it} from 'vitest';
import {revisions} from '../../source/kernel/revisions.ts';
import {checkIntegrity} from '../../source/recording/integrity.ts';
import {runScenarioText} from '../helpers/run-scenario-text.ts';

const scenarios = ['ccp-reload', 'ahci-reload', 'release-order', 'pinned-device'];

function withFault(name: string, nth: number): string {
	const text = readFileSync(`scenarios/${name}.yaml`, 'utf8');
	return text.replace(/^script:\n/m, `script:\n  - fail: {fn: alloc, nth: ${nth}}\n`);
}

/** Runs with each allocation failing in turn, until there is none left to fail. */
function* everyFailure(name: string, kernel: string) {
	for (let nth = 1; nth < 200; nth += 1) {
		const recording = runScenarioText(withFault(name, nth), kernel);
		if (recording.ofType('alloc-fail').length === 0) return;
		yield {nth, recording};
	}
	throw new Error('more allocations than expected');
}

describe.each(scenarios)('every allocation of %s can fail', (name) => {
	it.each(revisions.map((revision) => revision.name))(
		'in %s, and events still tell one story',
		(kernel) => {
			let failures = 0;
			for (const {nth, recording} of everyFailure(name, kernel)) {
				failures += 1;
				expect([nth, checkIntegrity(recording)]).toEqual([nth, []]);
			}
			expect(failures).toBeGreaterThan(2);
		},
	);
});

describe('a probe that fails for want of memory', () => {
	it.each(revisions.map((revision) => revision.name))(
		'leaves nothing on devres_head in %s but a restore node',
		(kernel) => {
			for (const {recording} of everyFailure('ahci-reload', kernel)) {
				for (const seq of recording.ofType('probe-end')) {
					const event = recording.at(seq);
					if (event.type !== 'probe-end' || event.result !== -12) continue;
					const left = recording.stateAt(seq + 1).devices.get(`${event.device}`)?.devres_head ?? [];
					expect(left.filter((node) => node.name !== 'pcim_intx_restore')).toEqual([]);
				}
			}
		},
	);
});

import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {gunzipSync} from 'node:zlib';
import {expect, it} from 'vitest';
import {comparable, loggedLines} from '../helpers/logged-lines.ts';
import {moreRecordings} from '../helpers/real-recordings.ts';
import {
	placesOfSteps,
	recordedDrivers,
	simulatedLines,
	simulatedRun,
} from '../helpers/recorded-driver.ts';

const file = join(moreRecordings, 'scale-16-devices.events.txt.gz');

/** Devices beside the usual ones, by driver. */
const others = new Map([
	['snd_intel8x0', ['0000:00:0d.0', '0000:00:0e.0', '0000:00:0f.0']],
	['sdhci-pci', ['0000:00:10.0']],
	['serial', ['0000:00:11.0', '0000:00:12.0']],
]);

/** Its work item may be cancelled before it runs, by an unbind that comes within a millisecond. */
const racing = 'snd_hda_intel';

const plain = {prefix: false, node: false, worker: false};

/** Lines of one unbind and one bind, without their device. */
function cycleOf(name: string): string[] {
	const driver = recordedDrivers.find((each) => each.name === name);
	if (driver === undefined) throw new Error(name);
	const steps = ['unbind1', 'bind1'];
	const recording = simulatedRun(driver, {kernel: 'v6.12-stock', steps, unseen: 0, nomsi: false});
	const [start = 0] = placesOfSteps(recording, driver, steps);
	const lines = simulatedLines(recording, start).filter(({op}) => op !== null);
	return comparable(lines, plain).map((line) => line.replace(/^\S+ /, ''));
}

it.skipIf(!existsSync(file))(
	'sixteen devices that are rebound at the same time for eight minutes repeat one cycle each',
	() => {
		const byDevice = new Map<string, string[]>();
		for (const line of loggedLines(gunzipSync(readFileSync(file)).toString('utf8'))) {
			const own = byDevice.get(line.device) ?? [];
			byDevice.set(line.device, own);
			own.push(`${line.op} ${line.text}`);
		}
		let compared = 0;
		for (const {name, address} of recordedDrivers.filter((driver) => driver.name !== racing)) {
			const cycle = cycleOf(name);
			for (const device of [address, ...(others.get(name) ?? [])]) {
				const lines = byDevice.get(device) ?? [];
				const wrong = lines.findIndex((line, index) => line !== cycle[index % cycle.length]);
				expect([device, wrong, lines[wrong]]).toEqual([device, -1, undefined]);
				compared += lines.length;
			}
		}
		expect(compared).toBeGreaterThan(390_000);
	},
	60_000,
);

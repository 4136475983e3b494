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

/**
Nodes of a work item, which an unbind within a millisecond cancels before it has begun.

What they do is compared for itself: it repeats too, but less often.
*/
const cancelled = /pcim_addr|pcim_iomap|devm_attr|msi_/;
const racing = 'snd_hda_intel';

const plain = {prefix: false, node: false, worker: false};

/** Lines of one unbind and one bind, without their device. */
function cycleOf(name: string): string[] {
	const driver = recordedDrivers.find((each) => each.name === name);
	if (driver === undefined) throw new Error(name);
	const steps = ['unbind1', 'bind1'];
	const recording = simulatedRun(driver, {kernel: 'v6.12-stock', steps, unseen: 0, nomsi: false});
	const [start = 0] = placesOfSteps(recording, driver, steps);
	const lines = simulatedLines(recording, start).filter(
		({op, device}) => op !== null && device === driver.address,
	);
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
		const compare = (device: string, lines: readonly string[], cycle: readonly string[]) => {
			const wrong = lines.findIndex((line, index) => line !== cycle[index % cycle.length]);
			expect([device, wrong, lines[wrong]]).toEqual([device, -1, undefined]);
			compared += lines.length;
		};
		for (const {name, address} of recordedDrivers) {
			for (const device of [address, ...(others.get(name) ?? [])]) {
				const lines = byDevice.get(device) ?? [];
				const cycle = cycleOf(name);
				const isRacing = (line: string) => name === racing && cancelled.test(line);
				compare(device, lines.filter(isRacing), cycle.filter(isRacing));
				compare(
					device,
					lines.filter((line) => !isRacing(line)),
					cycle.filter((line) => !isRacing(line)),
				);
			}
		}
		expect(compared).toBeGreaterThan(450_000);
	},
	60_000,
);

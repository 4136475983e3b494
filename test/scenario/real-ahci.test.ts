import {readFileSync} from 'node:fs';
import {describe, expect, it} from 'vitest';
import {dmesgReport} from '../../source/reports/dmesg-report.ts';
import {runScenarioText} from '../helpers/run-scenario-text.ts';

const address = '0000:00:1f.2';
const script = `script:
  - modprobe: ahci
  - unbind: "${address}"
  - bind: {driver: ahci, device: "${address}"}
  - unbind: "${address}"
  - bind: {driver: ahci, device: "${address}"}
`;

function blanked(line: string): string {
	return line.replace(/^\[\s*[\d.]+\] /, '').replace(/ [\da-f]{16} /, ' ADDRESS ');
}

const isCompared = (line: string): boolean =>
	line.includes(address) && /DEVRES|Resources present|failed with/.test(line);

function compared(log: string): string[] {
	return log.split('\n').filter(isCompared).map(blanked);
}

/** The shipped driver under another kernel, bound and unbound as on the real machine. */
function simulated(kernel: string): string[] {
	const text = readFileSync('scenarios/ahci-reload.yaml', 'utf8')
		.replace('kernel: v6.11-rc1', `kernel: ${kernel}`)
		.replace(/script:[\s\S]*/, script);
	return compared(dmesgReport(runScenarioText(text)));
}

function recorded(folder: string): string[] {
	return ['ahci.bootprobe.dmesg.txt', 'ahci.dmesg.txt'].flatMap((file) =>
		compared(readFileSync(`test/fixtures/recordings/${folder}/${file}`, 'utf8')),
	);
}

describe('the log of a real ahci, from boot over two unbinds and binds, is printed line for line', () => {
	const withoutIov = 'sizes: {pcim_iomap_release: 88}';
	it.each([
		['v6.1-legacy', 'v6.10', 146],
		['v6.12-stock', `{base: v6.12-stable, ${withoutIov}}`, 181],
		['v9-patch', `{base: v6.12-stable, intx: v9-series, ${withoutIov}}`, 77],
	])('%s', (folder, kernel, count) => {
		const lines = recorded(folder);
		expect(lines).toHaveLength(count);
		expect(simulated(kernel)).toEqual(lines);
	});
});

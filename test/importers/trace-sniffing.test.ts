import {describe, expect, test} from 'vitest';
import {linesOf} from '../../source/importers/import-log.ts';
import {importers, sniff} from '../../source/importers/sniff.ts';
import {filesBelow, fixtures, moreRecordings, textOf} from '../helpers/real-recordings.ts';

/** Formats of traces, and what the texts of each are called. */
const kinds: readonly (readonly [format: string, paths: RegExp])[] = [
	['trace-cmd', /\/trace-cmd\/.*report/],
	['function_graph', /graph\.txt$/],
	['ftrace', /(?:events|stacks|live|overrun|lost-\w+)(?:\.\w+)?\.txt$/],
];

const traceFormats: ReadonlySet<string> = new Set(kinds.map(([format]) => format)).add('perf');

function formatOf(path: string): string | null {
	if (/command|percpu|boot\.dmesg/.test(path)) return null;
	return kinds.find(([, paths]) => paths.test(path))?.[0] ?? null;
}

function scores(folder: string, path: string): Map<string, number> {
	const sample = linesOf(textOf(folder, path)).slice(0, 400);
	return new Map(importers.map(({format, recognise}) => [format, recognise(sample)]));
}

describe.each([
	['of the fixtures', fixtures],
	['beside the repository', moreRecordings],
])('texts %s', (_, folder) => {
	const paths = filesBelow(folder, '.txt');
	const traces = paths.filter((path) => formatOf(path) !== null);

	test.skipIf(traces.length === 0)('that are traces are recognised, each as its own kind', () => {
		for (const path of traces) {
			const format = sniff(linesOf(textOf(folder, path)))?.format;
			expect(`${path}: ${format}`).toBe(`${path}: ${formatOf(path)}`);
		}
	});

	test.skipIf(traces.length === 0)('no other importer of traces finds as much in them', () => {
		for (const path of traces) {
			const own = formatOf(path) ?? '';
			const found = scores(folder, path);
			for (const format of traceFormats) {
				if (format === own || found.get(format) === 0) continue;
				expect(`${path} ${format} ${found.get(format)}`).toBe(
					`${path} ${format} ${Math.min(found.get(format) ?? 0, (found.get(own) ?? 0) - 1)}`,
				);
			}
		}
	});

	const logs = paths.filter((path) => /dmesg|journal|syslog|kmsg|command|kprobes/.test(path));
	test.skipIf(logs.length === 0)('that are kernel logs, or notes, are no traces', () => {
		for (const path of logs) {
			for (const [format, found] of scores(folder, path)) {
				if (traceFormats.has(format))
					expect(`${path} ${format} ${found}`).toBe(`${path} ${format} 0`);
			}
		}
	});
});

test('what perf prints is recognised by its groups', () => {
	const line =
		'rmmod   516 [000]    61.850485: dev:devres_log: 0000:23:00.1 REL 0xffff8cfaa528d140 x (4 bytes)';
	expect(sniff([line])?.format).toBe('perf');
	expect(sniff([line.replace('dev:', '')])?.format).not.toBe('perf');
});

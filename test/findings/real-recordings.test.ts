import {describe, expect, test} from 'vitest';
import {findingsOf} from '../../source/findings/findings.ts';
import {importLog} from '../../source/importers/import-log.ts';
import {
	filesBelow,
	fixtures,
	imported,
	moreRecordings,
	textOf,
} from '../helpers/real-recordings.ts';

/** Rule, severity and the line of the file that shows it. */
function foundAt(folder: string, path: string): {rule: string; line: string}[] {
	const text = textOf(folder, path);
	const recording = imported(text);
	const lines = text.split('\n');
	return findingsOf(recording).map(({rule, severity, event}) => ({
		rule: `${severity} ${rule}`,
		line: (lines[(recording.at(event).origin ?? 0) - 1] ?? '').trim(),
	}));
}

const leaky = /^v9-patch\/.*ahci/;

function checkFile(folder: string, path: string): void {
	const found = foundAt(folder, path);
	if (!leaky.test(path)) {
		expect([path, found]).toEqual([path, []]);
		return;
	}
	// Without MSI the driver switches INTx itself, and the bit is left set as well.
	const isSet = path.includes('/nomsi/');
	const errors = found.filter(({rule}) => rule.startsWith('error'));
	expect(found.length - errors.length).toBe(isSet ? 1 : 0);
	expect(errors.map(({rule}) => rule)).toEqual([
		'error add-during-release',
		'error leak',
		'error leftover-at-probe',
	]);
	const [added, left, refused] = errors.map(({line}) => line);
	expect(added).toMatch(/devres_log: 0000:00:1f\.2 ADD [\da-f]+ pcim_intx_restore \(4 bytes\)/);
	expect(left).toMatch(/devres_release_all = /);
	expect(refused).toMatch(/really_probe/);
	const set = found.find(({rule}) => rule === 'warning intx-not-restored');
	if (isSet) expect(set?.line).toMatch(/cfg_write_word: .*where=0x4 value=0x5/);
}

describe('a trace of a real kernel has the findings that its kernel deserves, and no other', () => {
	test.each(filesBelow(fixtures, '.graph.txt'))('%s', (path) => checkFile(fixtures, path));

	const more = filesBelow(moreRecordings, '.graph.txt');
	test.skipIf(more.length === 0)(`${more.length} more traces beside the repository`, () => {
		for (const path of more) checkFile(moreRecordings, path);
	});
});

describe('whatever else of real kernels can be opened', () => {
	const texts = filesBelow(moreRecordings, '.txt').filter(
		(path) => !/command\.txt$|\.graph\.txt$/.test(path),
	);
	const isGood = (path: string) =>
		/^(?:v6\.1-legacy|v6\.12-stock|formats\/(?:debian|trace-cmd))/.test(path);
	const isBad = (path: string) => /^v9-patch\/.*ahci\.(?:dmesg|events|stacks)\.txt$/.test(path);
	const errorsOf = (path: string): string[] | null => {
		const read = importLog(textOf(moreRecordings, path));
		if (!read.ok) return null;
		return findingsOf(read.recording)
			.filter(({severity}) => severity === 'error')
			.map(({rule}) => rule);
	};

	test.skipIf(texts.length === 0)('has no error where the kernel is good', () => {
		for (const path of texts.filter(isGood)) {
			expect([path, errorsOf(path) ?? []]).toEqual([path, []]);
		}
	});

	test.skipIf(texts.length === 0)(
		'has the node that is added during release where it is not',
		() => {
			for (const path of texts.filter(isBad)) {
				const errors = errorsOf(path);
				if (errors !== null) expect([path, errors[0]]).toEqual([path, 'add-during-release']);
			}
		},
	);
});

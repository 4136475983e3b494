import {
	lstatSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {saveFile} from '../../source/commands/save-file.ts';

let folder = '';
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'devresdbg-'));
});
afterEach(() => rmSync(folder, {recursive: true}));

test('lines are written with their newlines, however many', () => {
	const lines = Array.from({length: 20_000}, (_, index) => `line ${index}`);
	expect(saveFile(join(folder, 'a'), lines)).toEqual({ok: true});
	expect(readFileSync(join(folder, 'a'), 'utf8')).toBe(`${lines.join('\n')}\n`);
	expect(readdirSync(folder)).toEqual(['a']);
});

test('what was there is replaced as a whole', () => {
	writeFileSync(join(folder, 'a'), 'a text that is longer than the new one');
	saveFile(join(folder, 'a'), ['new']);
	expect(readFileSync(join(folder, 'a'), 'utf8')).toBe('new\n');
});

test('when it fails half-way the old text stays and no draft is left', () => {
	writeFileSync(join(folder, 'a'), 'old');
	function* broken(): Iterable<string> {
		yield 'x'.repeat(100_000);
		throw Object.assign(new Error('full'), {code: 'ENOSPC'});
	}
	expect(saveFile(join(folder, 'a'), broken())).toMatchObject({
		ok: false,
		exitCode: 2,
		message: expect.stringContaining("can't be written: ENOSPC"),
	});
	expect(readFileSync(join(folder, 'a'), 'utf8')).toBe('old');
	expect(readdirSync(folder)).toEqual(['a']);
});

test('a link stays a link, and what it leads to is replaced', () => {
	writeFileSync(join(folder, 'a'), 'old');
	symlinkSync('a', join(folder, 'link'));
	expect(saveFile(join(folder, 'link'), ['new'])).toEqual({ok: true});
	expect(lstatSync(join(folder, 'link')).isSymbolicLink()).toBe(true);
	expect(readFileSync(join(folder, 'a'), 'utf8')).toBe('new\n');
});

test('what is no regular file is not replaced by one', () => {
	mkdirSync(join(folder, 'directory'));
	symlinkSync('/dev/null', join(folder, 'device'));
	for (const name of ['directory', 'device']) {
		expect(saveFile(join(folder, name), ['new'])).toMatchObject({
			ok: false,
			exitCode: 2,
			message: expect.stringContaining("can't be written: it is no regular file"),
		});
	}
	expect(readdirSync(folder)).toEqual(['device', 'directory']);
});

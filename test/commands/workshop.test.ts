import {
	cpSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	renameSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, afterEach, beforeAll, beforeEach, describe, expect, test} from 'vitest';
import {parseKtap} from '../helpers/ktap.ts';
import {runCli} from '../helpers/run-cli.ts';

let folder = '';
let learner = '';
const fresh = mkdtempSync(join(tmpdir(), 'devresdbg-'));
beforeAll(() => {
	expect(runCli(['workshop', 'init', 'mine'], {cwd: fresh}).code).toBe(0);
});
afterAll(() => rmSync(fresh, {recursive: true}));
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'devresdbg-'));
	learner = join(folder, 'mine');
	cpSync(join(fresh, 'mine'), learner, {recursive: true});
});
afterEach(() => rmSync(folder, {recursive: true}));

const workshop = (...args: string[]) => runCli(['workshop', ...args], {cwd: learner});
const progress = () => join(learner, 'workshop-progress.json');
const work = (file: string) => join(learner, file);
const answers = '11-after-probe/answer.yaml';

function passFirst(): void {
	writeFileSync(work(answers), 'count: c\nnewest: c\nunbound: b\n');
}

describe('init', () => {
	test('writes a task and a starter for each exercise, and no solution', () => {
		expect(readFileSync(work(answers), 'utf8')).toContain('count: none');
		expect(readFileSync(work('11-after-probe/task.txt'), 'utf8')).toContain('Each managed call');
		expect(existsSync(work('44-the-log/report.txt'))).toBe(true);
		expect(existsSync(work('21-not-managed/solution.yaml'))).toBe(false);
		expect(existsSync(work('21-not-managed/exercise.yaml'))).toBe(false);
	});

	test('run again leaves what the learner wrote and brings back what is gone', () => {
		passFirst();
		workshop('verify');
		rmSync(work('13-todo'), {recursive: true});
		expect(runCli(['workshop', 'init', 'mine'], {cwd: folder}).code).toBe(0);
		expect(readFileSync(work(answers), 'utf8')).toMatch(/^count: c/);
		expect(existsSync(work('13-todo/answer.yaml'))).toBe(true);
		expect(workshop('list').stdout).toContain('[x] after-probe');
		expect(workshop('list').stdout).toContain('1 of 24 passed');
	});

	test('takes no folder that holds something else', () => {
		mkdirSync(join(folder, 'full'));
		writeFileSync(join(folder, 'full', 'letter.txt'), 'dear');
		const {code, stderr} = runCli(['workshop', 'init', 'full'], {cwd: folder});
		expect([code, stderr]).toEqual([
			2,
			'full: is there already\n  name a folder that is new or empty\n',
		]);
	});
});

describe('verify', () => {
	test('without a name grades the exercise at hand: 1, and 0 once it is passed', () => {
		const first = workshop('verify');
		expect([first.code, first.stderr]).toEqual([1, '']);
		expect(first.stdout).toMatch(/^after-probe: not passed\n/);
		passFirst();
		const then = workshop('verify');
		expect([then.code, then.stdout.split('\n')[0]]).toEqual([0, 'after-probe: passed']);
		expect(workshop('next').stdout).toMatch(/^The newest goes first\n/);
		expect(workshop('verify').stdout).toMatch(/^newest-first: not passed/);
	});

	test('works from a folder inside, and takes the folder of an exercise as its name', () => {
		const inside = runCli(['workshop', 'verify'], {cwd: work('13-todo')});
		expect(inside.stdout).toMatch(/^after-probe/);
		expect(workshop('verify', '13-todo').stdout).toMatch(/^todo/);
		expect(workshop('verify').stdout).toMatch(/^todo/);
	});

	test('--format ktap is KTAP with a subtest an exercise', () => {
		passFirst();
		rmSync(work('13-todo/answer.yaml'));
		const {code, stdout} = workshop('verify', '--all', '--format', 'ktap');
		const tests = parseKtap(stdout);
		expect([code, tests.length]).toEqual([1, 24]);
		expect(tests[0]).toMatchObject({ok: true, description: 'after-probe'});
		expect(tests[0]?.subtests).toHaveLength(3);
		expect(tests[1]).toMatchObject({ok: false, description: 'newest-first'});
		expect(tests[2]).toMatchObject({ok: false, directive: 'ERROR', subtests: null});
		expect(tests[2]?.diagnostics[0]).toMatch(/^13-todo\/answer.yaml: no such file/);
	});

	test('--format json names each exercise with its checks', () => {
		passFirst();
		const {stdout} = workshop('verify', '--all', '--format', 'json');
		const report = JSON.parse(stdout);
		expect(report).toMatchObject({format: 'devresdbg-workshop-verify', version: 1, passed: 1});
		expect(report.exercises[0]).toMatchObject({
			name: 'after-probe',
			kind: 'predict',
			file: answers,
			passed: true,
			errors: [],
		});
		expect(report.exercises[0].checks).toHaveLength(3);
	});

	test('says where a file is broken', () => {
		writeFileSync(work(answers), 'count: c\nnewest: [\n');
		const {code, stdout} = workshop('verify');
		expect(code).toBe(1);
		expect(stdout).toMatch(/^after-probe: not passed\n {2}11-after-probe\/answer\.yaml:3:1: /);
		writeFileSync(
			work('21-not-managed/driver.yaml'),
			'title: a\ndrivers: {vboxvideo: {prob: []}}\n',
		);
		expect(workshop('verify', 'not-managed').stdout).toContain(
			'21-not-managed/driver.yaml:2:23: unknown key "prob" (did you mean "probe"?)',
		);
	});

	test('says which file is missing and what writes it anew', () => {
		rmSync(work(answers));
		expect(workshop('verify').stdout).toBe(
			'after-probe: not passed\n  11-after-probe/answer.yaml: no such file' +
				' (`devresdbg workshop reset after-probe` writes it anew)\n',
		);
		expect(workshop('reset').code).toBe(0);
		expect(workshop('verify').stdout).toContain('not answered yet');
	});

	test('--authoring proves the exercises, wherever one stands', () => {
		const {code, stdout} = runCli(['workshop', 'verify', '--authoring'], {cwd: folder});
		expect([code, stdout.split('\n').at(-2)]).toEqual([0, '24 of 24 passed']);
	});
});

describe('hints and solutions', () => {
	test('hints come one by one; the third is the last', () => {
		expect(workshop('hint').stdout.split('\n')).toHaveLength(2);
		expect(workshop('hint').stdout.split('\n')).toHaveLength(3);
		const third = workshop('hint').stdout;
		expect(third).toContain('hint 3 of 3 for after-probe: c: all four calls are managed');
		expect(workshop('hint').stdout).toBe(third);
	});

	test('the solution is shown to those who passed', () => {
		const early = workshop('solution');
		expect([early.code, early.stdout]).toEqual([1, '']);
		expect(early.stderr).toContain('is shown once you passed it');
		passFirst();
		workshop('verify');
		expect(workshop('solution').stdout).toContain('count: c');
	});

	test('reset keeps what was written beside it, and a pass', () => {
		passFirst();
		workshop('verify');
		expect(workshop('reset').stdout).toContain('answer.yaml.before-reset');
		expect(readFileSync(work(`${answers}.before-reset`), 'utf8')).toMatch(/^count: c/);
		expect(readFileSync(work(answers), 'utf8')).toContain('count: none');
		expect(workshop('list').stdout).toContain('1 of 24 passed');
	});
});

describe('progress', () => {
	test('goes with a folder that is moved or copied', () => {
		passFirst();
		workshop('verify');
		renameSync(learner, join(folder, 'moved'));
		cpSync(join(folder, 'moved'), join(folder, 'copied'), {recursive: true});
		for (const name of ['moved', 'copied']) {
			const {stdout} = runCli(['workshop', 'list'], {cwd: join(folder, name)});
			expect(stdout).toContain('1 of 24 passed');
			expect(runCli(['workshop', 'verify'], {cwd: join(folder, name)}).code).toBe(0);
		}
	});

	test('survives a crash in the middle of a write', () => {
		passFirst();
		workshop('verify');
		const half = readFileSync(progress(), 'utf8').slice(0, 40);
		writeFileSync(`${progress()}.1234abcd.tmp`, half);
		expect(workshop('list').stdout).toContain('1 of 24 passed');
		expect(workshop('next').code).toBe(0);
	});

	test('of an older version is taken over, and written as the present one', () => {
		const first = {format: 'devresdbg-workshop', version: 1, current: 'todo', passed: ['todo']};
		writeFileSync(progress(), JSON.stringify(first));
		expect(workshop('list').stdout).toContain('1 of 24 passed');
		workshop('hint');
		expect(JSON.parse(readFileSync(progress(), 'utf8'))).toMatchObject({
			version: 2,
			exercises: {todo: {passed: true, hints: 1}},
		});
	});

	test('that is broken, or newer, is told and left as it is', () => {
		for (const text of ['{"format": "devres', '{"format": "devresdbg-workshop", "version": 9}']) {
			writeFileSync(progress(), text);
			const {code, stderr} = workshop('verify', '--all');
			expect([code, stderr.split(':')[0]]).toEqual([4, 'workshop-progress.json']);
			expect(readFileSync(progress(), 'utf8')).toBe(text);
		}
	});

	test('that is broken is told by list too, which elsewhere needs none', () => {
		writeFileSync(progress(), '{"format": "devres');
		for (const words of [['list'], ['list', '--format', 'json'], []]) {
			const {code, stdout, stderr} = workshop(...words);
			expect([code, stdout, stderr.split(':')[0]]).toEqual([4, '', 'workshop-progress.json']);
		}
		expect(runCli(['workshop', 'list'], {cwd: folder}).code).toBe(0);
	});

	test('that is lost is made anew by init and verify --all, from what the learner wrote', () => {
		passFirst();
		rmSync(progress());
		expect(workshop('verify').stderr).toContain('workshop init DIR');
		expect(workshop('init', '.').code).toBe(0);
		workshop('verify', '--all');
		expect(workshop('list').stdout).toContain('1 of 24 passed');
	});
});

describe("exercises of one's own", () => {
	test('are taken with --exercises, and told of where they are broken', () => {
		const own = join(folder, 'own', '11-mine');
		mkdirSync(own, {recursive: true});
		const file = join(own, 'exercise.yaml');
		const text = [
			'chapter: 1. Mine',
			'title: Mine',
			'kind: fix',
			'about: Mine.',
			'checks: [{text: it is bound, that: device("demo.0").bound}]',
			'hints: [a, b, c]',
		];
		writeFileSync(file, text.join('\n'));
		const verify = () =>
			runCli(['workshop', 'verify', '--authoring', '--exercises', 'own'], {cwd: folder});
		const missing = verify();
		expect([missing.code, missing.stderr]).toEqual([
			3,
			"own/11-mine/starter.yaml: can't be read: ENOENT\n",
		]);
		writeFileSync(file, text.join('\n').replace('bound}', 'bounded(}'));
		const broken = verify();
		expect(broken.code).toBe(3);
		expect(broken.stderr).toMatch(/^own\/11-mine\/exercise\.yaml:5:\d+: /);
		rmSync(file);
		expect(verify().stderr).toBe('own/11-mine/exercise.yaml: no such file\n');
	});
});

test('list names the exercises, in text and JSON, in a folder of the learner and elsewhere', () => {
	const everywhere = runCli(['list', '--format', 'json'], {cwd: folder});
	expect(JSON.parse(everywhere.stdout).exercises[0]).toEqual({
		name: 'after-probe',
		title: 'What devres_head holds after probe',
		chapter: '1. What a device owns',
	});
	const here = JSON.parse(workshop('list', '--format', 'json').stdout);
	expect(here.current).toBe('after-probe');
	expect(here.exercises[0]).toMatchObject({name: 'after-probe', passed: false});
	expect(workshop('list').stdout).toMatch(
		/^1\. What a device owns\n {2}> \[ \] after-probe {2,}predict/,
	);
});

test.each([
	[['workshop', 'verfy'], 2, 'did you mean "verify"?'],
	[['workshop', 'verify', 'ahic'], 2, 'did you mean "ahci"?'],
	[['workshop', 'verify', 'a', 'b'], 2, 'what is "b" for?'],
	[['workshop', 'init'], 2, 'init needs the name of a folder'],
	[['workshop', 'list', '--format', 'xml'], 2, 'unknown format "xml"'],
	[['workshop', 'list', '--format', 'ktap'], 2, 'list has no format "ktap"'],
	[['check', 'a', '--all'], 2, 'check takes no --all'],
])('%j ends with %d and says why', (args, code, message) => {
	const result = runCli(args, {cwd: learner});
	expect([result.code, result.stdout]).toEqual([code, '']);
	expect(result.stderr).toContain(message);
});

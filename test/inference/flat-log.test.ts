import {describe, expect, test} from 'vitest';
import {describe as describeEvent} from '../../source/recording/describe.ts';
import {checkIntegrity} from '../../source/recording/integrity.ts';
import type {Recording} from '../../source/recording/recording.ts';
import {todoOf} from '../../source/recording/state.ts';
import {imported} from '../helpers/real-recordings.ts';

const device = '0000:00:1f.2';
const nodes = ['enable', 'iomap', 'msi', 'intx'];

/** `ADD intx`, at second `n`, printed by the driver: a node's address is made of its name. */
function line(n: number, text: string, owner = 'ahci'): string {
	const [op = '', name = '', address = name] = text.split(' ');
	const hex = [...address].map((letter) => letter.charCodeAt(0).toString(16)).join('');
	const shown = name === 'intx' ? 'pcim_intx_restore' : name;
	const node = hex.padStart(16, '0').slice(-16);
	return `[${n.toFixed(6).padStart(12)}] ${owner} ${device}: DEVRES ${op} ${node} ${shown} (4 bytes)`;
}

function log(...texts: readonly string[]): Recording {
	return imported(
		texts.map((text, n) => (text.startsWith('[') ? text : line(n / 10, text))).join('\n'),
	);
}

/** Each event in a few words, without those that tell of drivers. */
function told(recording: Recording): string[] {
	const seqs = Array.from({length: recording.length}, (_, seq) => recording.at(seq));
	return seqs
		.filter(({type}) => !['device-data', 'action', 'unbind'].includes(type))
		.map((event) => describeEvent(event, () => '#').replace(/ \(\d+ bytes\)/, ''));
}

const adds = nodes.map((name) => `ADD ${name}`);
const releases = nodes.toReversed().map((name) => `REL ${name}`);
const boot = '[    0.000000] Linux version 6.12.0 (lab)';

describe('a release pass in a log without calls', () => {
	test('moves what is on the list before its first line, and ends after its last', () => {
		const recording = log(boot, ...adds, ...releases, 'ADD enable');
		expect(told(recording)).toEqual([
			...adds.map((text) => text.replace(' ', ' # ').replace('intx', 'pcim_intx_restore')),
			...nodes.map(() => 'move # from devres_head to todo (inferred)'),
			...releases.map((text) => text.replace(' ', ' # ').replace('intx', 'pcim_intx_restore')),
			'end of release (inferred)',
			'ADD # enable',
		]);
	});

	test('is under way while nodes wait, whatever its callbacks add', () => {
		const recording = log(boot, ...adds, 'REL intx', 'ADD other', ...releases.slice(1));
		const state = recording.stateAt(recording.length).devices.get(device);
		expect(state?.devres_head.map(({name}) => name)).toEqual(['other']);
		expect(state?.passes).toEqual([]);
		const added = recording.ofType('devres-add').at(-1) ?? 0;
		expect(recording.stateAt(added).devices.get(device)?.passes).toHaveLength(1);
	});

	test('that releases nodes from before the log goes on as long as such nodes are released', () => {
		const recording = log('REL intx', 'ADD intx other', 'REL msi', 'REL enable', 'ADD enable');
		const [nested = 0, probe = 0] = recording.ofType('devres-add');
		expect(recording.stateAt(nested).devices.get(device)?.passes).toHaveLength(1);
		expect(recording.stateAt(probe).devices.get(device)?.passes).toHaveLength(0);
	});

	test('is over when what comes next is released as a node of the next probe', () => {
		const recording = log('REL enable', 'ADD first', 'ADD second', 'REL second', 'REL first');
		const [first = 0] = recording.ofType('devres-add');
		expect(recording.stateAt(first).devices.get(device)?.passes).toHaveLength(0);
		expect(recording.ofType('release-end')).toHaveLength(2);
	});

	test('of which nothing more is known at the end of the log stays open', () => {
		const recording = log(boot, ...adds, 'REL intx', 'REL msi');
		const state = recording.stateAt(recording.length).devices.get(device);
		const waiting = state === undefined ? [] : todoOf(state).map(({stage}) => stage);
		expect(waiting).toEqual(['waiting', 'waiting', 'releasing', 'released']);
	});

	test('a restore record that is added right after the last release was added by its callback', () => {
		const recording = log(boot, 'ADD intx', 'REL intx', 'ADD intx other');
		const [, nested = 0] = recording.ofType('devres-add');
		expect(recording.stateAt(nested).devices.get(device)?.passes).toHaveLength(1);
	});

	test('a node whose end is missing leaves the list when its address is used again', () => {
		const recording = log(boot, 'ADD enable', 'ADD iomap enable');
		expect(told(recording)).toEqual(['ADD # enable', 'unlink # (inferred)', 'ADD # iomap']);
		expect(checkIntegrity(recording, {lateStart: true})).toEqual([]);
	});
});

describe('a release pass in a trace', () => {
	/** `sh-1 REL enable`, in the order of time. */
	function trace(...texts: readonly string[]): Recording {
		const lines = texts.flatMap((text, n) => {
			const [task = '', op, name = '', ...frames] = text.split(' ');
			const node = name.charCodeAt(0).toString(16).padStart(16, '0');
			const head = `     ${task}     [000] ..... ${n}.000000:`;
			const event = `${head} devres_log: ${device} ${op} ${node} ${name} (4 bytes)`;
			const stack = [`${head} <stack trace>`, ...frames.map((frame) => ` => ${frame}`)];
			return frames.length === 0 ? [event] : [event, ...stack];
		});
		return imported(lines.join('\n'));
	}

	function passesBefore(recording: Recording, add: number): number {
		const seq = recording.ofType('devres-add')[add] ?? 0;
		return recording.stateAt(seq).devices.get(device)?.passes.length ?? -1;
	}

	test('is of one task: what another releases later is another pass', () => {
		const recording = trace('sh-1 REL a', 'sh-1 REL b', 'sh-2 REL c', 'sh-2 REL d', 'sh-3 ADD a');
		expect(recording.ofType('release-end')).toHaveLength(2);
	});

	test('is over where the next release is of another task', () => {
		const recording = trace('sh-1 REL a', 'sh-2 ADD b', 'sh-3 REL c', 'sh-3 REL b');
		expect(passesBefore(recording, 0)).toBe(0);
	});

	test('is under way where the stack of what is added shows it', () => {
		const frames = 'devres_add pcim_intx devres_release_all';
		expect(passesBefore(trace('sh-1 REL a', `sh-1 ADD b ${frames}`), 0)).toBe(1);
	});

	test('is over where that stack shows none', () => {
		const frames = 'devres_add pcim_enable_device really_probe';
		const recording = trace('sh-1 REL a', `sh-1 ADD b ${frames}`, 'sh-1 REL c', 'sh-1 REL d');
		expect(passesBefore(recording, 0)).toBe(0);
	});
});

describe('who has the device', () => {
	test('is told by the prefix of each line, and nobody after its nodes are released', () => {
		const recording = log(boot, ...adds, ...releases, line(9, 'ADD enable', 'other'));
		const drivers = recording
			.ofType('device-data')
			.map((seq) => recording.at(seq))
			.map((event) => (event.type === 'device-data' ? event.value : null));
		expect(drivers).toEqual(['ahci', null, 'other']);
	});

	test('a refused probe ends with -EBUSY', () => {
		const refused = `[    9.000000] pci ${device}: Resources present before probing`;
		const recording = log(boot, 'ADD intx', refused);
		const [end = 0] = recording.ofType('probe-end');
		expect(recording.at(end)).toMatchObject({device, driver: null, result: -16, inferred: true});
		expect(recording.at(end - 1)).toMatchObject({type: 'printk', device});
		expect(recording.at(end - 2)).toMatchObject({type: 'probe-begin', device, inferred: true});
	});

	test.each([
		`ahci ${device}: probe with driver ahci failed with error -12`,
		`ahci: probe of ${device} failed with error -12`,
	])('a failed probe ends when what it left is released: %s', (text) => {
		const failed = `[    9.000000] ${text}`;
		const recording = log(boot, 'ADD enable', failed, 'REL enable', 'ADD enable');
		const [end = 0] = recording.ofType('probe-end');
		const [release = 0] = recording.ofType('devres-release');
		expect(end).toBeGreaterThan(release);
		expect(recording.at(end)).toMatchObject({driver: 'ahci', result: -12});
		expect(recording.ofType('unbind')).toEqual([]);
	});
});

describe('parts of a log', () => {
	test('become inferred actions where nobody wrote what is being done', () => {
		const recording = log(boot, ...adds, ...releases);
		const actions = recording.ofType('action').map((seq) => recording.at(seq));
		expect(actions).toMatchObject([
			{text: `${device}: nodes are added`, inferred: true},
			{text: `${device}: nodes are released`, inferred: true},
		]);
	});

	test('that somebody marked get no other marks', () => {
		const marker = `[    0.000000] LAB begin bind1 ahci ${device}`;
		const recording = log(boot, marker, ...adds, ...releases);
		expect(recording.ofType('action').map((seq) => recording.at(seq))).toMatchObject([
			{text: `LAB begin bind1 ahci ${device}`},
		]);
	});

	test('of another boot know nothing of the one before', () => {
		const recording = log(boot, 'ADD enable', 'ADD iomap', boot, 'ADD enable');
		const [second = 0] = recording.ofType('boot');
		expect(recording.at(second)).toMatchObject({kernel: '6.12.0'});
		const state = recording.stateAt(recording.length).devices.get(device);
		expect(state?.devres_head.map(({name, generation}) => [name, generation])).toEqual([
			['enable', 1],
		]);
		expect(checkIntegrity(recording, {lateStart: true})).toEqual([]);
	});

	test('a clock that begins anew is another boot, one that steps back a little is not', () => {
		const early = line(1, 'ADD enable');
		const late = line(900, 'ADD iomap');
		expect(log(late, line(899, 'ADD msi')).ofType('boot')).toEqual([]);
		const recording = log(late, early);
		const [second = 0] = recording.ofType('boot');
		expect(recording.at(second)).toMatchObject({inferred: true, kernel: null});
	});
});

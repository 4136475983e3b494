import {expect, it} from 'vitest';
import type {Recording} from '../../source/recording/recording.ts';
import {runScenarioText} from '../helpers/run-scenario-text.ts';

const parent = '0000:00:03.0';

function scenario(script: readonly string[], probe = '', kernel = 'v6.12-stable'): string {
	return `title: a device that a driver adds
kernel: ${kernel}
devices:
  - address: "${parent}"
    id: "1af4:1000"
  - address: child0
    id: child
    bus: virtio
    parent: "${parent}"
    added_by_driver: true
drivers:
  child:
    matches: [child]
    probe:
      - devm_kzalloc: 8${probe}
  parent:
    matches: ["1af4:1000"]
    probe:
      - devm_kzalloc: 16
    work_function: parent_scan
    work:
      - device_add:
        on: child0
    remove:
      - device_del:
        on: child0
script:
${script.map((action) => `  - ${action}`).join('\n')}
`;
}

const load = ['modprobe: child', 'modprobe: parent'];

function presence(recording: Recording): string[] {
	return ['device-add', 'device-remove'].flatMap((type) =>
		recording
			.ofType(type as 'device-add')
			.map((seq) => recording.at(seq))
			.filter((event) => event.device === 'child0')
			.map((event) => event.type),
	);
}

it('it is not there until its parent is bound, and goes with the binding', () => {
	const before = runScenarioText(scenario(['modprobe: child', 'unbind: child0', 'rescan']));
	expect(presence(before)).toEqual([]);
	const recording = runScenarioText(scenario([...load, `unbind: "${parent}"`]));
	expect(presence(recording)).toEqual(['device-add', 'device-remove']);
	const after = recording.stateAt(recording.length).devices.get('child0');
	expect(after).toMatchObject({present: false, devres_head: []});
});

it('a rescan of the bus brings its parent back, and only that brings it back', () => {
	const gone = runScenarioText(scenario([...load, `unbind: "${parent}"`, 'rescan']));
	expect(gone.stateAt(gone.length).devices.get('child0')?.present).toBe(false);
	const back = runScenarioText(scenario([...load, `remove: "${parent}"`, 'rescan']));
	expect(back.stateAt(back.length).devices.get('child0')).toMatchObject({bound: true});
});

it('work is done by a worker once probe has returned', () => {
	const recording = runScenarioText(scenario(load));
	const at = (fn: string) =>
		recording
			.ofType('call')
			.map((seq) => recording.at(seq))
			.find((event) => event.type === 'call' && event.fn === fn);
	expect(at('parent_probe')?.context).toMatch(/^modprobe-/);
	expect(at('parent_scan')?.context).toMatch(/^kworker\//);
	expect(at('child_probe')?.context).toMatch(/^kworker\//);
	const [, bound = 0] = [0, ...recording.ofType('bind')];
	expect(at('parent_scan')?.seq).toBeGreaterThan(bound);
});

it('work that was queued by a probe which is undone at once is done once, for the probe that stays', () => {
	const kernel = '{base: v6.12-stable, debug_test_driver_remove: true}';
	const recording = runScenarioText(scenario(load, '', kernel));
	expect(presence(recording)).toEqual(['device-add']);
});

it('a driver cannot take away the device that it is probing', () => {
	const recording = runScenarioText(scenario(load, '\n      - device_del'));
	expect(presence(recording)).toEqual(['device-add']);
	const child = recording.stateAt(recording.length).devices.get('child0');
	expect(child).toMatchObject({present: true, bound: false});
});

import {expect, it} from 'vitest';
import type {Recording} from '../../source/recording/recording.ts';
import {callsIn} from '../helpers/calls-in.ts';
import {runScenarioText} from '../helpers/run-scenario-text.ts';
import {
	bindAction,
	type ShapeDevice,
	shapeDevice,
	shapeScenario,
	unbindAction,
} from '../helpers/shape.ts';

const device: ShapeDevice = {vector: 'msi', pin: true, initialBit: 0};

function returned(recording: Recording, fn: string): string[] {
	return recording.ofType('return').flatMap((seq) => {
		const event = recording.at(seq);
		return event.type === 'return' && event.fn === fn ? [`${event.value}`] : [];
	});
}

function deferredAtEnd(text: string): string[] {
	const recording = runScenarioText(text);
	return recording.stateAt(recording.length).deferred.map((entry) => entry.device);
}

const failing = (error: string) => ({probe: ['devm_kzalloc: 8', `return: ${error}`], remove: []});

it("a driver's own error leaves really_probe() as a positive number", () => {
	const text = shapeScenario(failing('ENOMEM'), device, ['modprobe: shape', bindAction]);
	const recording = runScenarioText(text);
	expect(returned(recording, 'really_probe')).toEqual(['12', '12']);
	expect(returned(recording, 'driver_probe_device')).toEqual(['12']);
	expect(returned(recording, 'device_driver_attach')).toEqual(['-12']);
	expect(returned(recording, 'bind_store')).toEqual(['-12']);
	const [end] = recording.ofType('probe-end').map((seq) => recording.at(seq));
	expect(end).toMatchObject({result: -12});
});

it("the core's own refusal is negative", () => {
	const leaking = {probe: ['pcim_enable_device', 'intx: 1'], remove: []};
	const text = shapeScenario(leaking, device, ['modprobe: shape', unbindAction, bindAction]);
	expect(returned(runScenarioText(text, 'v9-series'), 'really_probe')).toEqual(['0', '-16']);
});

it('a device that a driver found busy is offered to the next driver', () => {
	const other = `
  other:
    matches: ["1234:11e8"]
    probe:
      - devm_kzalloc: 16`;
	const script = ['modprobe: shape', 'modprobe: other', `remove: "${shapeDevice}"`, 'rescan'];
	const text = shapeScenario(failing('EBUSY'), device, script, other);
	const recording = runScenarioText(text);
	const state = recording.stateAt(recording.length).devices.get(shapeDevice);
	expect(state?.driver).toBe('other');
});

it('a deferred write to the bind file puts nothing on the deferred list', () => {
	const calls = {probe: ['supplier: nobody'], remove: []};
	const text = shapeScenario(calls, device, ['modprobe: shape']);
	expect(deferredAtEnd(text)).toEqual([shapeDevice]);
	const late = shapeScenario(calls, device, [bindAction]);
	expect(deferredAtEnd(late)).toEqual([]);
	expect(returned(runScenarioText(late), 'bind_store')).toEqual(['-11']);
});

it('a device that is taken away is on the deferred list no longer', () => {
	const calls = {probe: ['supplier: nobody'], remove: []};
	const script = ['modprobe: shape', `remove: "${shapeDevice}"`];
	expect(deferredAtEnd(shapeScenario(calls, device, script))).toEqual([]);
});

it('a write to bind or unbind that succeeds returns its length', () => {
	const calls = {probe: ['devm_kzalloc: 8'], remove: []};
	const recording = runScenarioText(shapeScenario(calls, device, [bindAction, unbindAction]));
	expect(returned(recording, 'bind_store')).toEqual(['12']);
	expect(returned(recording, 'unbind_store')).toEqual(['12']);
});

it('device_del() asks for a driver once more', () => {
	const calls = {probe: ['devm_kzalloc: 8'], remove: []};
	const script = ['modprobe: shape', `remove: "${shapeDevice}"`];
	const recording = runScenarioText(shapeScenario(calls, device, script));
	expect(callsIn(recording, 'device_del')).toEqual([
		'device_release_driver_internal',
		'devres_release_all',
	]);
});

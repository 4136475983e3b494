import {expect, it} from 'vitest';
import {runScenarioText} from '../helpers/run-scenario-text.ts';
import {shapeScenario, unbindAction} from '../helpers/shape.ts';

/** How often the handler was called while its driver was unbound. */
function callsOfHandler(probe: readonly string[]): number {
	const text = shapeScenario(
		{probe: ['pcim_enable_device', ...probe, 'devm_request_irq: shape_irq'], remove: []},
		{vector: 'msi', pin: true, initialBit: 0},
		['modprobe: shape', unbindAction],
	).replace('kernel: v6.10', 'kernel: {base: v6.12-stable, debug_shirq: true}');
	const recording = runScenarioText(text);
	return recording.ofType('call').filter((seq) => {
		const event = recording.at(seq);
		return event.type === 'call' && event.fn === 'shape_irq';
	}).length;
}

it('CONFIG_DEBUG_SHIRQ calls the handler of a shared line once more', () => {
	expect(callsOfHandler([])).toBe(1);
});

it('CONFIG_DEBUG_SHIRQ leaves handlers of vectors alone: nobody shares them', () => {
	expect(callsOfHandler(['pci_enable_msi'])).toBe(0);
});

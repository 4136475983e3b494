import {expect, it} from 'vitest';
import {callsIn} from '../helpers/calls-in.ts';
import {runScenarioText} from '../helpers/run-scenario-text.ts';
import {revisionNames, shapeScenario, unbindAction} from '../helpers/shape.ts';

/** Calls of a probe that switches INTx off and an unbind that restores it, below the callback. */
function callsOfRestore(letter: string): string[] {
	const text = shapeScenario(
		{probe: ['pcim_enable_device', 'intx: 0'], remove: []},
		{vector: 'msi', pin: true, initialBit: 0},
		['modprobe: shape', unbindAction],
	);
	return callsIn(runScenarioText(text, revisionNames[letter]), 'pcim_intx_restore');
}

it('the v9 series restores through pcim_intx(), which adds a node', () => {
	expect(callsOfRestore('B').slice(0, 3)).toEqual([
		'pci_intx',
		'pcim_intx',
		'[get_or_create_intx_devres]',
	]);
});

it.each(['C', 'D', 'D2', 'E0'])('%s restores by a copy of pci_intx(), inlined', (letter) => {
	expect(callsOfRestore(letter)).toEqual(['[__pcim_intx]']);
});

it.each(['F', 'E', 'G'])('%s restores by pci_intx(), which is unmanaged', (letter) => {
	expect(callsOfRestore(letter)).toEqual(['pci_intx']);
});

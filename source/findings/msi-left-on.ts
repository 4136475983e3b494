import {msiEnabled, msixEnabled} from '../recording/pci-registers.ts';
import type {Rule} from './rule.ts';

/** I12: no vectors without driver. */
export const msiLeftOn: Rule = {
	name: 'msi-left-on',
	severity: 'error',
	title: 'MSI or MSI-X is still on when the driver goes',
	invariant: 'I12',
	explanation:
		'A managed driver gets its vectors freed by pcim_msi_release; an unmanaged one must free them in remove(). One that ' +
		'forgets leaves the device sending messages to handlers that are gone, and the kernel warns when the data of ' +
		'its vectors is released.',
	fixed: null,
	unjudged: ({capabilities}) =>
		capabilities ? null : 'the recording does not tell where the MSI registers are',
	watch: (scene) => ({
		after: {
			'device-data': ({device = '', field, value, seq}) => {
				if (field !== 'driver' || value !== null) return;
				const state = scene.state.devices.get(device);
				if (state === undefined) return;
				const kind = msixEnabled(state) ? 'MSI-X' : msiEnabled(state) ? 'MSI' : null;
				const life = scene.lives.of(device);
				const {lost} = scene.lives;
				const begin = life.lastProbe;
				// Only who was seen to come can be blamed for what it leaves.
				if (kind === null || begin === null || (lost !== null && lost > begin)) return;
				scene.report({
					device,
					message: `${kind} of ${device} is on after ${life.driver ?? 'the driver'} let it go`,
					event: seq,
					evidence: [
						{seq: begin, text: 'the probe begins'},
						{seq, text: 'the device has no driver'},
					],
				});
			},
		},
	}),
};

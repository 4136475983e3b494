import {nodeWords} from './node-words.ts';
import type {Rule} from './rule.ts';

/** What enabling the managed way adds, before and since v6.11. */
const enableNodes = new Set(['pcim_release', 'pcim_disable_device']);

/** What is undone with INTx or MSI, and relies on a managed device. */
const managedNodes = new Set(['pcim_intx_restore', 'pcim_msi_release', '__pcim_clear_mwi']);

/** Regions and mappings: harmless by themselves, but released after the device was disabled. */
const resourceNodes = new Set(['pcim_addr_resource_release', 'pcim_iomap_release']);

/** I8: enabling comes first. */
export const enableOrder: Rule = {
	name: 'enable-order',
	severity: 'warning',
	title: 'a managed PCI function is used before the device is enabled the managed way',
	invariant: 'I8',
	explanation:
		'pcim_enable_device() should be the first PCI call of a probe: then its node is the first of them on devres_head ' +
		'and the device is disabled last. A node that stands before it is undone on a disabled device; one without ' +
		'it belongs to a driver that does not know that its device is managed, as when a flag of the driver before is left.',
	fixed: 'fc8c818e7569 (v6.11) clears the flag that the driver before left',
	unjudged: ({nodes, probes}) =>
		nodes && probes ? null : 'the recording does not show when probes begin',
	watch(scene) {
		const told = new Set<number>();
		return {
			before: {
				'devres-add': (event) => {
					const {device = '', name, seq} = event;
					const isManaged = managedNodes.has(name);
					if (!isManaged && !resourceNodes.has(name)) return;
					const life = scene.lives.of(device);
					const begin = life.lastProbe;
					const {lost} = scene.lives;
					if (begin === null || told.has(begin) || (lost !== null && lost > begin)) return;
					if (life.passes.length > 0 || (life.probe === null && life.unbind !== null)) return;
					const head = scene.state.devices.get(device)?.devres_head ?? [];
					if (head.some((node) => enableNodes.has(node.name))) return;
					told.add(begin);
					scene.report({
						device,
						severity: isManaged ? 'warning' : 'note',
						message: `${nodeWords(scene.recording, event)} was added before ${device} is enabled the managed way`,
						event: seq,
						evidence: [
							{seq: begin, text: 'the probe begins'},
							{seq, text: 'no node of pcim_enable_device() is on the list'},
						],
						...(isManaged ? {} : {fixed: null}),
					});
				},
			},
		};
	},
};

import {expect, it} from 'vitest';
import {runScenarioText} from '../helpers/run-scenario-text.ts';

const scenario = (kernel: string) => `title: no vectors
kernel: ${kernel}
devices:
  - address: "0000:00:03.0"
    id: "1af4:1000"
    msi: 1
    msix: 4
drivers:
  demo:
    matches: ["1af4:1000"]
    probe:
      - pci_alloc_irq_vectors: {min: 1, max: 4, types: [msix, msi]}
        on_error: continue
      - dev_info: vectors
        when: msi
      - dev_info: the line
        when: no_msi
    remove:
      - dev_info: gives vectors back
        when: msi
script:
  - modprobe: demo
  - rmmod: demo
`;

function saidUnder(kernel: string): string[] {
	const recording = runScenarioText(scenario(kernel));
	return recording.ofType('printk').flatMap((seq) => {
		const event = recording.at(seq);
		return event.type === 'printk' ? [event.text] : [];
	});
}

function nodesUnder(kernel: string): string[] {
	const recording = runScenarioText(scenario(kernel));
	return recording.ofType('devres-add').flatMap((seq) => {
		const event = recording.at(seq);
		return event.type === 'devres-add' ? [event.name] : [];
	});
}

it('a device that has vectors gives none under pci=nomsi, and a driver can tell', () => {
	expect(saidUnder('v6.14')).toEqual(['vectors', 'gives vectors back']);
	expect(saidUnder('{base: v6.14, nomsi: true}')).toEqual(['the line']);
});

it('v6.10 adds its nodes before it knows that there will be none', () => {
	expect(nodesUnder('{base: v6.14, nomsi: true}')).toEqual([]);
	expect(nodesUnder('{base: v6.10, nomsi: true}')).toEqual([
		'devm_attr_group_remove',
		'msi_device_data_release',
	]);
});

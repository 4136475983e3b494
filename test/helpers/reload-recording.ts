import {createRecording, type Recording} from '../../source/recording/recording.ts';
import {recordingOf} from './recording-of.ts';

const driverNodes = [
	'devm_kzalloc_release#1 184',
	'devm_kzalloc_release#2 20',
	'pcim_release 0',
	'pcim_iomap_release#1 48',
	'pcim_iomap_release#2 48',
	'devm_kmalloc_release 152',
	'pcim_msi_release 16',
];

const dev = 'dev=0000:23:00.1';
const pdev = 'pdev=0000:23:00.1';
const adds = driverNodes.map((node) => `\n      devres_add(${dev})\n        ADD ${node}`).join('');

const load = `
action modprobe ccp
context: modprobe-1201
__driver_attach(${dev})
  really_probe(${dev}, drv=ccp) = 0
    {"type": "probe-begin", "driver": "ccp"}
    sp_pci_probe(${pdev}) = 0${adds}
      pci_alloc_irq_vectors(${pdev}, min_vecs=1, max_vecs=2) = 2
        pci_intx(${pdev}, enable=0)
          pcim_intx(${pdev}, enable=0) = 0
            get_or_create_intx_devres(${dev})
              devres_find(${dev}, release=pcim_intx_restore) = NULL
              devres_alloc
                ALLOC pcim_intx_restore#1 4
              devres_add(${dev})
                ADD pcim_intx_restore#1 4
            DATA pcim_intx_restore#1.orig_intx 1
            READ 4 6
            WRITE 4 1030
    {"type": "bind", "driver": "ccp"}
`;

const moves = [...driverNodes, 'pcim_intx_restore#1'].map(
	(node) => `\n          MOVE ${node.split(' ')[0]}`,
);
const releases = driverNodes.toReversed().map((node) => `\n        REL ${node}`);

const unload = `
action rmmod ccp
context: rmmod-4711
driver_detach
  device_release_driver_internal(${dev})
    {"type": "unbind", "driver": "ccp"}
    sp_pci_remove(${pdev})
      pci_free_irq_vectors(${pdev})
        pci_intx(${pdev}, enable=1)
          pcim_intx(${pdev}, enable=1) = 0
            get_or_create_intx_devres(${dev})
              devres_find(${dev}, release=pcim_intx_restore) = found
            DATA pcim_intx_restore#1.orig_intx 0
            WRITE 4 6
    device_unbind_cleanup(${dev})
      devres_release_all(${dev}) = 8
        remove_nodes(${dev}) = 8${moves.join('')}
        REL pcim_intx_restore#1 4
        pcim_intx_restore(${dev})
          pci_intx(${pdev}, enable=1)
            pcim_intx(${pdev}, enable=1) = 0
              get_or_create_intx_devres(${dev})
                devres_find(${dev}, release=pcim_intx_restore) = NULL
                devres_alloc
                  ALLOC pcim_intx_restore#2 4
                devres_add(${dev})
                  ADD pcim_intx_restore#2 4
              DATA pcim_intx_restore#2.orig_intx 0${releases.join('')}
        END 8
`;

const failingLoad = `
action modprobe ccp
context: modprobe-5002
__driver_attach(${dev})
  really_probe(${dev}, drv=ccp) = -16
    {"type": "printk", "level": 2, "prefix": "pci 0000:23:00.1", "text": "Resources present before probing"}
`;

const device = `
device: 0000:23:00.1
{"type": "device-add", "bus": "pci", "id": "1022:1486", "config": {"4": 6}, "msix": 160, "interruptPin": 1}
`;

const script = [
	'title: ccp cannot be reloaded',
	'script:',
	'  - modprobe: ccp',
	'  - rmmod: ccp',
	'  - modprobe: ccp',
];

/** The reported bug in small: a load, an unload that adds a node while it releases, and the load that fails. */
export function reloadRecording(): Recording {
	const picture = recordingOf(`${device}${load}${unload}${failingLoad}`, [
		{break: 'pcim_intx'},
		{break: 'printk'},
	]);
	let origin = 2;
	const events = Array.from({length: picture.length}, (_, seq) => {
		const event = picture.at(seq);
		if (event.type === 'action') origin += 1;
		return origin === 2 ? event : {...event, origin};
	});
	return createRecording(
		{...picture.header, title: 'ccp cannot be reloaded', text: script},
		events,
	);
}

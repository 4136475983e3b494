import {recordingOf} from './recording-of.ts';

/** A device that is bound and released under a kernel whose release callback adds a node. */
export const reloadPicture = `
	context: modprobe-12
	device: 0000:23:00.1
	{"type": "device-add", "bus": "pci", "config": {"4": 1030}, "msix": 80, "interruptPin": 1}
	really_probe(dev=0000:23:00.1)
	  {"type": "device-data", "field": "driver", "value": "ccp"}
	  pci_enable_device(dev=0000:23:00.1) = 0
	    {"type": "enable-count", "value": 1}
	  pcim_intx(pdev=0000:23:00.1, enable=0) = 0
	    devres_add(dev=0000:23:00.1, res=1)
	      ADD pcim_intx_restore 4
	    DATA pcim_intx_restore.orig_intx 1
	  devm_kzalloc
	    ADD devm_kzalloc_release 184
	  {"type": "bind", "driver": "ccp"}
	  log ccp enabled
	context: rmmod-13
	device_release_driver(dev=0000:23:00.1)
	  pcim_intx(pdev=0000:23:00.1, enable=1) = 0
	    DATA pcim_intx_restore.orig_intx 0
	    WRITE 4 0x0006
	  devres_release_all(dev=0000:23:00.1) = 2
	    MOVE pcim_intx_restore
	    MOVE devm_kzalloc_release
	    REL devm_kzalloc_release 184
	    REL pcim_intx_restore 4
	    pcim_intx_restore(dev=0000:23:00.1)
	      pcim_intx(pdev=0000:23:00.1, enable=0)
	        devres_add
	          ADD pcim_intx_restore#2 4
	    FREE pcim_intx_restore
	    END 2
	  {"type": "device-data", "field": "driver", "value": null}
	  {"type": "printk", "level": 2, "prefix": "pci 0000:23:00.1", "text": "Resources present before probing"}
`;

export const reloadDevice = '0000:23:00.1';

/** The picture as a recording, with a breakpoint at the call that goes wrong. */
export const reload = recordingOf(reloadPicture, [
	{break: 'pcim_intx', if: 'inside("pcim_intx_restore")'},
]);

import {createRecording, type Recording} from '../../source/recording/recording.ts';
import {recordingOf} from './recording-of.ts';

/** A driver with one managed record that comes back while it is released. */
export const reload = recordingOf(`
	device: 0000:23:00.1
	{"type": "device-add", "bus": "pci", "config": {"4": 6}}
	action modprobe ccp
	{"type": "device-data", "field": "driver", "value": "ccp"}
	pcim_intx
	  ADD pcim_intx_restore 4
	  WRITE 4 1030
	{"type": "bind", "driver": "ccp"}
	{"type": "probe-end", "driver": "ccp", "result": 0}
	action rmmod ccp
	{"type": "unbind", "driver": "ccp"}
	WRITE 4 6
	devres_release_all
	  MOVE pcim_intx_restore
	  REL pcim_intx_restore 4
	  ADD pcim_intx_restore#2 4
	  WRITE 4 1030
	  END 1
	{"type": "device-data", "field": "driver", "value": null}
	action modprobe ccp
	{"type": "printk", "level": 2, "prefix": "pci 0000:23:00.1", "text": "Resources present before probing"}
	{"type": "printk", "level": 7, "prefix": "", "text": "a debug line"}
	{"type": "probe-end", "driver": "ccp", "result": -16}
`);

/** The same events from another source. */
export function withSource(
	recording: Recording,
	source: Partial<Recording['header']['source']>,
): Recording {
	const events = Array.from({length: recording.length}, (_, seq) => recording.at(seq));
	const {header} = recording;
	return createRecording({...header, source: {...header.source, ...source}}, events);
}

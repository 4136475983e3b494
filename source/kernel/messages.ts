// Words of drivers/base/dd.c about probes that failed, read in v6.1 and v6.12.

import type {MessagesPart} from './kernel-message.ts';
import {level} from './log.ts';

/** v6.1: the device is named in the text. The release that changed it is not known exactly. */
export const oldMessages: MessagesPart = {
	probeFailed: (driver, dev, result) => ({
		level: level.warn,
		text: `${driver}: probe of ${dev} failed with error ${result}`,
		ofDevice: false,
	}),
	probeRejected: (driver, dev, result) => ({
		level: level.debug,
		text: `${driver}: probe of ${dev} rejects match ${result}`,
		ofDevice: false,
	}),
	deferredPending: () => ({level: level.info, text: 'deferred probe pending', ofDevice: true}),
};

/** v6.12: the device stands in the prefix. */
export const newMessages: MessagesPart = {
	probeFailed: (driver, _dev, result) => ({
		level: level.err,
		text: `probe with driver ${driver} failed with error ${result}`,
		ofDevice: true,
	}),
	probeRejected: (driver, _dev, result) => ({
		level: level.debug,
		text: `probe with driver ${driver} rejects match ${result}`,
		ofDevice: true,
	}),
	deferredPending: (_driver, reason) => ({
		level: level.warn,
		text: `deferred probe pending: ${reason}`,
		ofDevice: true,
	}),
};

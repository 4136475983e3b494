// What the driver core says of probes, drivers/base/dd.c, 6.1 to 6.12.

import type {PrintkEntry} from './log-entry.ts';

/** A device that owns resources is not probed. */
export const refusal = 'Resources present before probing';

const failure = /^probe with driver (\S{1,80}) failed with error (-\d{1,4})$/;

/** As kernels up to 6.1 say it, without a device as prefix. */
const oldFailure = /^(\S{1,80}): probe of (\S{1,80}) failed with error (-\d{1,4})$/;

/** What a line says of a probe that failed; null for any other line. */
export function failureOf({device, text}: PrintkEntry) {
	if (device !== null) {
		const [, driver, result] = failure.exec(text) ?? [];
		return driver === undefined ? null : {device, driver, result: Number(result)};
	}
	const [, driver = '', named, result] = oldFailure.exec(text) ?? [];
	return named === undefined ? null : {device: named, driver, result: Number(result)};
}

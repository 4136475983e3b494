import {doubleDisable} from './known-fixes.ts';
import type {Rule} from './rule.ts';

/** Text of drivers/pci/pci.c, pci_disable_device(). */
const alreadyDisabled = 'disabling already-disabled device';

/** I9: as many disables as enables. */
export const unbalancedEnable: Rule = {
	name: 'unbalanced-enable',
	severity: 'error',
	title: 'a device is disabled more often than enabled, or stays enabled',
	invariant: 'I9',
	explanation:
		'enable_cnt counts who needs the device. pcim_enable_device() is undone by devres; a driver that also calls ' +
		'pci_disable_device() counts down twice, and the kernel warns "disabling already-disabled device". One that ' +
		'enables by hand and forgets to disable leaves it up. A pinned device stays enabled on purpose.',
	fixed: doubleDisable,
	unjudged: ({enableCounts, log}) =>
		enableCounts || log ? null : 'the recording has neither enable counts nor a kernel log',
	watch(scene) {
		/** Count when the driver came, by device; and the last change. */
		const counts = new Map<
			string,
			{readonly before: number; readonly begin: number; last: number | null}
		>();
		const told = new Map<string, number>();
		/** Devices that stay enabled on purpose. */
		const pinned = new Set<string>();
		const tooOften = (device: string | null, seq: number) => {
			const last = device === null ? undefined : told.get(device);
			// The same line twice: the splat, and its text in the log.
			if (last !== undefined && seq - last < 4) return;
			if (device !== null) told.set(device, seq);
			const life = device === null ? null : scene.lives.of(device);
			const pass = life?.passes.at(-1);
			const release = pass?.lastRelease ?? null;
			scene.report({
				device,
				message: `${device ?? 'A device'} is disabled once more than it was enabled${release === null ? '' : ', by its release'}`,
				event: seq,
				evidence: [
					...(life?.unbind == null ? [] : [{seq: life.unbind, text: 'the driver goes'}]),
					...(release === null ? [] : [{seq: release, text: 'the release disables it'}]),
					{seq, text: 'the kernel warns'},
				],
			});
		};
		return {
			before: {
				'probe-begin': ({device = '', seq}) => {
					const count = scene.state.devices.get(device)?.enable_count ?? null;
					if (count !== null) counts.set(device, {before: count, begin: seq, last: null});
				},
				// Up to v6.10 the pin is in the node's data, since then in the device's.
				'devres-data': ({device = '', field, value}) => {
					if (field === 'pinned' && value === true) pinned.add(device);
				},
				'enable-count': ({device = '', seq}) => {
					const known = counts.get(device);
					if (known !== undefined) known.last = seq;
				},
				warning: ({device, text, seq}) => {
					if (text.includes(alreadyDisabled)) tooOften(device ?? null, seq);
				},
				printk: ({device, text, prefix, seq}) => {
					if (text.includes(alreadyDisabled)) tooOften(device ?? prefix.split(' ')[1] ?? null, seq);
				},
			},
			after: {
				'device-data': ({device = '', field, value, seq}) => {
					if (field !== 'driver' || value !== null) return;
					const known = counts.get(device);
					counts.delete(device);
					const state = scene.state.devices.get(device);
					const now = state?.enable_count ?? null;
					if (known === undefined || now === null || now <= known.before) return;
					if (state?.data['pinned'] === true || pinned.has(device)) return;
					scene.report({
						device,
						severity: 'warning',
						message: `enable_cnt of ${device} is ${now} after ${scene.lives.of(device).driver ?? 'the driver'} let it go, and was ${known.before} before`,
						event: known.last ?? seq,
						evidence: [
							{seq: known.begin, text: `the probe begins, enable_cnt = ${known.before}`},
							...(known.last === null
								? []
								: [{seq: known.last, text: `the last change, to ${now}`}]),
							{seq, text: 'the device has no driver'},
						],
						fixed: null,
					});
				},
			},
		};
	},
};

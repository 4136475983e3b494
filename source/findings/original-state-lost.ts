import {nodeKey} from '../recording/node-id.ts';
import {intxDisabled} from '../recording/pci-registers.ts';
import {savedOriginal} from './known-fixes.ts';
import type {Rule} from './rule.ts';

const field = 'orig_intx';
const restore = 'pcim_intx_restore';

function words(value: boolean): string {
	return value ? 'enabled' : 'disabled';
}

/** I17: what the restore record says is what was. */
export const originalStateLost: Rule = {
	name: 'original-state-lost',
	severity: 'warning',
	title: 'the record of how INTx was does not say how it was',
	invariant: 'I17',
	explanation:
		'A restore record keeps whether INTx was enabled before the driver changed it, in orig_intx. Some kernels store the ' +
		'opposite of what is asked for, at every call: a call that changes nothing, or a second call, then makes the ' +
		'record wrong. Whether that shows depends on what the driver does next; the value that is restored is luck.',
	fixed: savedOriginal,
	unjudged: ({nodeData}) => (nodeData ? null : "the recording tells nothing of the nodes' data"),
	watch(scene) {
		const saved = new Map<string, {readonly seq: number; readonly value: boolean; told: boolean}>();
		return {
			before: {
				'devres-data': (event) => {
					if (event.field !== field || event.value === null) return;
					const {device = '', seq} = event;
					const key = nodeKey(event);
					const value = Boolean(event.value);
					const before = saved.get(key);
					if (before !== undefined) {
						if (before.value === value || before.told) return;
						before.told = true;
						scene.report({
							device,
							message: `orig_intx of #${scene.recording.nodeNumber(event)} was ${words(before.value)} and is overwritten with ${words(value)}`,
							event: seq,
							evidence: [
								{seq: before.seq, text: `${words(before.value)} was saved`},
								{seq, text: `${words(value)} takes its place`},
							],
						});
						return;
					}
					saved.set(key, {seq, value, told: false});
					const state = scene.state.devices.get(device);
					const disabled = state === undefined ? null : intxDisabled(state);
					const node = state?.devres_head.findLast((each) => nodeKey(each) === key);
					// Up to v6.10 the register is written before the record; a record of its own is always made first.
					const name = node?.name ?? scene.state.loose.get(key)?.name;
					if (disabled === null || name !== restore) return;
					const isLate = (state?.passes.length ?? 0) > 0;
					if (value === !disabled && !isLate) return;
					scene.report({
						device,
						message: isLate
							? `#${scene.recording.nodeNumber(event)} saves INTx as ${words(value)} in the midst of a release: that is not how it was when the driver came`
							: `#${scene.recording.nodeNumber(event)} saves INTx as ${words(value)}, and it is ${words(!disabled)}`,
						event: seq,
						evidence: [{seq, text: `INTX_DISABLE is ${Number(disabled)} here`}],
					});
				},
			},
		};
	},
};

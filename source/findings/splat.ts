import type {WarningEvent} from '../recording/event.ts';
import {releasingNode} from '../recording/state.ts';
import type {Severity} from './finding.ts';
import {nodeWords} from './node-words.ts';
import type {Rule} from './rule.ts';

/** Splats that another rule explains better. */
const explained = /disabling already-disabled device/;

/** Memory errors, deadlocks and crashes, as against a WARN. */
const grave = /\b(?:BUG|KASAN|KFENCE|Oops|panic|use-after-free|deadlock|lock inversion)\b/i;

/** Functions that have to do with what this program is about. */
const ours =
	/^(?:devres_|devm_|dmam_|pcim?_|release_nodes|really_probe|device_unbind_cleanup|msi_|free_irq)/;

function severityOf({text, device, frames}: WarningEvent): Severity {
	const concernsUs = device !== undefined || frames.some(({fn}) => ours.test(fn));
	if (!concernsUs) return 'note';
	return grave.test(text) ? 'error' : 'warning';
}

/** What the kernel itself complains about. */
export const splat: Rule = {
	name: 'splat',
	severity: 'error',
	title: 'the kernel warns with a stack',
	invariant: 'W4, W14',
	explanation:
		'The kernel checks itself: a WARN says that something was done that should not be, such as freeing what a device ' +
		'does not own; KASAN and lockdep find memory errors and deadlocks. The stack under such a line shows who did ' +
		'it; the evidence here shows what was under way on the device.',
	fixed: null,
	unjudged: ({log}) => (log ? null : 'the recording has no kernel log'),
	watch: (scene) => ({
		before: {
			warning(event) {
				const {text, at, device, seq, context} = event;
				if (explained.test(text)) return;
				const state = device === undefined ? undefined : scene.state.devices.get(device);
				const node = state === undefined ? null : releasingNode(state);
				const pass = device === undefined ? undefined : scene.lives.of(device).passes.at(-1);
				const call = scene.state.contexts.get(context)?.at(-1);
				const where =
					node === null ? '' : `, in the release callback of ${nodeWords(scene.recording, node)}`;
				scene.report({
					device: device ?? null,
					severity: severityOf(event),
					message: `The kernel says "${text}"${at === undefined ? '' : ` at ${at}`}${where}`,
					event: seq,
					evidence: [
						...(call === undefined ? [] : [{seq: call.call, text: `inside ${call.fn}()`}]),
						...(pass?.lastRelease == null
							? []
							: [{seq: pass.lastRelease, text: `REL of ${node?.name ?? 'a node'}`}]),
						{seq, text: 'the warning'},
					],
				});
			},
		},
	}),
};

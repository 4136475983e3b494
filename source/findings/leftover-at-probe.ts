import type {RecordedEvent} from '../recording/event.ts';
import type {NodeState} from '../recording/state.ts';
import type {Evidence, Severity} from './finding.ts';
import {fixOfLateAdd, rightDevice} from './known-fixes.ts';
import type {Life, Pass} from './life.ts';
import {countWords, listWords} from './node-words.ts';
import type {Rule, Scene} from './rule.ts';

/** Text of the driver core: drivers/base/dd.c, really_probe(). */
const refusal = 'Resources present before probing';
const EBUSY = -16;

/** Nodes that core code may give to a device that no driver has: MSI of an IOMMU, and its sysfs group. */
const coreNodes = new Set(['devm_attr_group_remove', 'msi_device_data_release']);

/** What is known of one refusal, and of those after it for the same reason. */
type Refusal = {
	readonly life: Life;
	readonly seqs: number[];
	readonly left: readonly NodeState[];
	readonly driver: string | null;

	/** The release in which one of them was added; null where none was. */
	readonly release: Pass | null;

	/** The device had a driver before, or was released. */
	readonly wasBound: boolean;
};

/** The release in which a node that is left was added; a log may lack its end. */
function releaseOf({passes, lastPass}: Life, left: readonly NodeState[]): Pass | null {
	const added = new Set(left.map((node) => node.added));
	const candidates = lastPass === null ? passes : [...passes, lastPass];
	return candidates.find(({adds}) => adds.some(({seq}) => added.has(seq))) ?? null;
}

function deviceOf(event: Extract<RecordedEvent, {type: 'printk'}>): string | null {
	// The prefix is the bus and the device: the driver was not set yet.
	return event.device ?? event.prefix.split(' ')[1] ?? null;
}

function severityOf({left, wasBound}: Refusal): Severity {
	if (left.length === 0) return 'warning';
	return !wasBound && left.every(({name}) => coreNodes.has(name)) ? 'note' : 'error';
}

function fixOf({left, wasBound, release}: Refusal): string | null {
	if (!wasBound) return left.length === 0 || mayBeCores(left) ? null : rightDevice;
	const seqs = new Set(left.map(({added}) => added));
	const adds = release?.adds.filter(({seq}) => seqs.has(seq)) ?? [];
	return adds[0] === undefined ? null : fixOfLateAdd(adds[0].name, adds[0].inside?.name ?? null);
}

function mayBeCores(left: readonly NodeState[]): boolean {
	return left.every(({name}) => coreNodes.has(name));
}

function messageOf(scene: Scene, refused: Refusal): string {
	const {left, driver, wasBound, seqs, release} = refused;
	const who = driver === null ? 'The probe' : `The probe of ${driver}`;
	const again = seqs.length > 1 ? ` (and ${countWords(seqs.length - 1, 'further attempt')})` : '';
	if (left.length === 0) {
		return `${who} was refused${again} because of nodes that were added before this recording began`;
	}
	const nodes = listWords(scene.recording, left);
	if (release !== null) return `${who} was refused${again}: the last release left ${nodes}`;
	if (wasBound) return `${who} was refused${again}: ${nodes} on devres_head`;
	const whose = mayBeCores(left) ? ', which core code may own' : '';
	return `${who} was refused${again}: ${nodes} added while no driver had the device${whose}`;
}

function evidenceOf({left, release, seqs}: Refusal): readonly Evidence[] {
	const adds = left.flatMap(({added}) => (added === null ? [] : [{seq: added, text: 'added'}]));
	const pass =
		release === null
			? []
			: [
					{seq: release.begin, text: 'the release begins'},
					...(release.end === null ? [] : [{seq: release.end, text: 'the release ends'}]),
				];
	const refusals = seqs.map((seq) => ({seq, text: 'the driver core refuses to probe'}));
	return [...pass, ...adds, ...refusals];
}

/** I4, I16: the driver core refuses a device whose list is not empty. */
export const leftoverAtProbe: Rule = {
	name: 'leftover-at-probe',
	severity: 'error',
	title: 'a probe is refused because the device still owns something',
	invariant: 'I4, I16',
	explanation:
		'Before it probes, the driver core looks whether devres_head is empty. If it is not, somebody leaked a resource, or ' +
		'added one to a device without driver: it prints "Resources present before probing" and returns -EBUSY. Nothing ' +
		'is cleaned up, so every further attempt fails in the same way until the device is removed from its bus.',
	fixed: null,
	unjudged: ({log, probes}) =>
		log || probes ? null : 'the recording has neither a kernel log nor probes',
	watch(scene) {
		const refusals = new Map<string, Refusal>();
		const refuse = (device: string, seq: number) => {
			const life = scene.lives.of(device);
			const left = scene.state.devices.get(device)?.devres_head.slice() ?? [];
			const known = refusals.get(device);
			// The line and the result of one probe are one refusal.
			const begin = life.probe?.begin ?? seq;
			if (known !== undefined && (known.seqs.at(-1) ?? 0) > begin) return;
			if (known?.left.length === left.length && known.left.every((node, i) => node === left[i])) {
				known.seqs.push(seq);
				return;
			}
			if (known !== undefined) report(known);
			const release = releaseOf(life, left);
			const driver = life.probe?.driver ?? life.driver;
			refusals.set(device, {life, seqs: [seq], left, driver, release, wasBound: life.wasBound});
		};
		const report = (refused: Refusal) => {
			scene.report({
				device: refused.life.device,
				severity: severityOf(refused),
				message: messageOf(scene, refused),
				event: refused.seqs[0] ?? 0,
				evidence: evidenceOf(refused),
				fixed: fixOf(refused),
			});
		};
		return {
			before: {
				printk(event) {
					if (!event.text.includes(refusal)) return;
					const device = deviceOf(event);
					if (device !== null) refuse(device, event.seq);
				},
				'probe-end': ({device = '', result, seq}) => {
					const {probe} = scene.lives.of(device);
					const head = scene.state.devices.get(device)?.devres_head ?? [];
					// -EBUSY is the driver core's where the list was not empty and the driver added nothing.
					const wasFull = head.some(({added}) => added === null || added < (probe?.begin ?? 0));
					if (result === EBUSY && probe !== null && wasFull) refuse(device, seq);
				},
			},
			end() {
				for (const refused of refusals.values()) report(refused);
			},
		};
	},
};

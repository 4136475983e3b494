import type {RecordedEvent} from '../recording/event.ts';
import {type NodeId, nodeKey} from '../recording/node-id.ts';
import {
	type DeviceState,
	type MachineState,
	type NodeState,
	releasingNode,
} from '../recording/state.ts';
import {type Life, newLife, type Pass} from './life.ts';
import {mayComeUnseen} from './unseen-nodes.ts';

const address = /^[\da-f]+$/i;
/** What traces print for a task whose name they don't know: only its number tells who it is. */
const nameless = /^<\.\.\.>(?=-\d+$)/;

function isSameTask(a: string, b: string): boolean {
	if (a === b) return true;
	if (!nameless.test(a) && !nameless.test(b)) return false;
	return a.slice(a.lastIndexOf('-')) === b.slice(b.lastIndexOf('-'));
}

const releasesAll = 'devres_release_all';
const releasesGroup = 'devres_release_group';

function isReleaseFunction(fn: string): boolean {
	return fn === releasesAll || fn === releasesGroup || fn === 'release_nodes';
}

/** Whether a pass takes everything: the stack shows it, or else nothing stays on the list. */
function kindOf(
	state: MachineState,
	pass: Pass,
	device: DeviceState | undefined,
): {readonly kind: 'all' | 'group'; readonly shown: boolean} {
	const frames = state.contexts.get(pass.context) ?? [];
	const owner = frames.findLast(({fn}) => fn === releasesAll || fn === releasesGroup);
	if (owner !== undefined) return {kind: owner.fn === releasesAll ? 'all' : 'group', shown: true};
	const stays = device?.devres_head.some(({added}) => added !== null && added < pass.begin);
	return {kind: stays === true ? 'group' : 'all', shown: false};
}

/** Follows what happens to each device: what several rules need to know, and the state does not keep. */
export class Lives {
	/** `seq` of the last event that tells of a loss; null where nothing was lost so far. */
	lost: number | null = null;
	readonly #lives = new Map<string, Life>();

	/** The life of a device; a new one where it was never named. */
	of(device: string): Life {
		let life = this.#lives.get(device);
		if (life === undefined) {
			life = newLife(device);
			this.#lives.set(device, life);
		}
		return life;
	}

	/** In order of first appearance. */
	all(): Iterable<Life> {
		return this.#lives.values();
	}

	/** To be called with the state before the event. */
	before(event: RecordedEvent, state: MachineState): void {
		const device = event.device ?? '';
		switch (event.type) {
			case 'devres-move':
				this.#moved(this.of(device), event, state);
				break;
			case 'devres-release':
				this.#released(this.of(device), event, state);
				break;
			case 'devres-add':
				this.#added(this.of(device), event, state);
				break;
			case 'release-end':
				this.#ended(this.of(device), event);
				break;
			case 'lost':
				this.#losing(event.seq);
				break;
			default:
				if (event.device !== undefined) this.#driverCore(device, event);
		}
	}

	#driverCore(device: string, event: RecordedEvent): void {
		switch (event.type) {
			case 'device-add':
				// A new struct device at an old address shares nothing with the old one.
				this.#lives.set(device, {...newLife(device), knownFrom: event.seq});
				break;
			case 'probe-begin': {
				const life = this.of(device);
				// Whatever a pass lacks of its end: the driver core holds the device's lock during both.
				life.passes.length = 0;
				life.probe = {begin: event.seq, driver: event.driver, context: event.context};
				life.lastProbe = event.seq;
				life.driver = event.driver ?? life.driver;
				break;
			}
			case 'bind': {
				const life = this.of(device);
				life.driver = event.driver;
				life.probe = null;
				life.wasBound = true;
				life.unbind = null;
				break;
			}
			case 'unbind': {
				const life = this.of(device);
				life.driver = event.driver;
				life.wasBound = true;
				life.unbind = event.seq;
				break;
			}
			default:
		}
	}

	/** To be called with the state after the event. */
	after(event: RecordedEvent): void {
		if (event.type === 'probe-end') this.of(event.device ?? '').probe = null;
	}

	#begin(life: Life, event: RecordedEvent): Pass {
		const reason =
			life.probe !== null ? 'failed probe' : life.unbind !== null ? 'unbind' : 'release';
		const pass: Pass = {
			begin: event.seq,
			end: null,
			context: event.context,
			kind: null,
			shown: false,
			reason,
			lossy: false,
			lastRelease: null,
			adds: [],
		};
		life.passes.push(pass);
		life.wasBound = true;
		return pass;
	}

	#moved(life: Life, event: RecordedEvent, state: MachineState): void {
		const innermost = state.devices.get(life.device)?.passes.at(-1);
		if (innermost === undefined || innermost.started) this.#begin(life, event);
	}

	#released(
		life: Life,
		event: Extract<RecordedEvent, {type: 'devres-release'}>,
		state: MachineState,
	): void {
		const device = state.devices.get(life.device);
		const pass = life.passes.at(-1) ?? this.#begin(life, event);
		if (pass.kind === null) Object.assign(pass, kindOf(state, pass, device));
		pass.lastRelease = event.seq;
		// A node that was there before shows that what was added meanwhile was added in the midst of the release.
		const open = pass.adds.filter(({proof}) => proof === null);
		if (open.length === 0 || mayComeUnseen(event)) return;
		const added = addedAt(device, event);
		for (const add of open) if (added === null || added < add.seq) add.proof = 'order';
	}

	#added(
		life: Life,
		event: Extract<RecordedEvent, {type: 'devres-add'}>,
		state: MachineState,
	): void {
		const pass = life.passes.at(-1);
		if (pass === undefined) {
			if (life.probe !== null && life.knownFrom === null) life.knownFrom = life.probe.begin;
			return;
		}
		const device = state.devices.get(life.device);
		const inside = device === undefined ? null : releasingNode(device);
		const frames = state.contexts.get(event.context) ?? [];
		const shown = frames.some(({fn}) => isReleaseFunction(fn) || fn === inside?.name);
		const waits = device?.passes.at(-1)?.entries.some(({stage}) => stage === 'waiting') === true;
		const {node, generation, name, size, seq} = event;
		// Before the kernel has entropy it prints one text for all addresses: such nodes can't be told apart.
		if (!address.test(node)) return;
		const stranger = !isSameTask(event.context, pass.context);
		const proof = shown && !stranger ? 'call' : waits ? 'order' : null;
		const release = inside === null ? null : pass.lastRelease;
		pass.adds.push({node, generation, name, size, seq, inside, release, stranger, proof});
	}

	#ended(life: Life, event: Extract<RecordedEvent, {type: 'release-end'}>): void {
		const pass = life.passes.pop();
		if (pass === undefined) return;
		pass.end = event.seq;
		if (event.inferred !== true) {
			for (const add of pass.adds) add.proof ??= 'order';
		}
		life.lastPass = pass;
		// What was on the list before the recording is gone, and what came since was seen.
		if (pass.kind === 'all' && pass.shown && !pass.lossy) life.knownFrom ??= event.seq;
	}

	#losing(seq: number): void {
		this.lost = seq;
		for (const life of this.#lives.values()) {
			life.knownFrom = null;
			for (const pass of life.passes) pass.lossy = true;
		}
	}
}

/** When the node that is released was added; null where no event told. */
function addedAt(device: DeviceState | undefined, id: NodeId): number | null {
	const key = nodeKey(id);
	const same = (node: NodeState): boolean => nodeKey(node) === key;
	const listed = device?.devres_head.findLast(same);
	if (listed !== undefined) return listed.added;
	for (const pass of device?.passes ?? []) {
		const entry = pass.entries.findLast(({node}) => same(node));
		if (entry !== undefined) return entry.node.added;
	}
	return null;
}

import {describe, describeValue} from '../recording/describe.ts';
import type {RecordedEvent} from '../recording/event.ts';
import {PCI_COMMAND, PCI_COMMAND_INTX_DISABLE} from '../recording/pci-registers.ts';
import type {Recording} from '../recording/recording.ts';
import {callIndexOf, lastBelow, none} from './call-index.ts';
import {lastInLife} from './driver-life.ts';
import {historyOf} from './node-index.ts';
import {passAround, passWords} from './release-pass.ts';
import {describeCallers, stackOfEvent} from './stack-view.ts';
import type {Valued} from './value-changes.ts';
import {
	answer,
	eventNumber,
	fact,
	nodeTitle,
	unknown,
	type WhyAnswer,
	type WhyStep,
} from './why-answer.ts';
import {errorSteps} from './why-error.ts';
import {refusal} from './why-left.ts';
import {isNull, whyNotFound} from './why-missing.ts';
import {whyNode} from './why-node.ts';
import {whyProbe} from './why-probe.ts';
import {whyValue} from './why-value.ts';

/** What happened, and who did it. */
function happenedText(recording: Recording, event: RecordedEvent): string {
	const stack = stackOfEvent(recording, event.seq);
	switch (event.type) {
		case 'call': {
			const by = stack.length === 0 ? '; by whom is not recorded' : ` by ${describeCallers(stack)}`;
			return `${event.fn}() was called${by}.`;
		}
		case 'return': {
			const value = event.value === undefined ? '' : ` ${describeValue(event.value)}`;
			const [own, ...callers] = stack;
			const to = callers.length === 0 ? '' : ` to ${describeCallers(callers)}`;
			return `${event.fn ?? own?.fn ?? 'A function'}() returned${value}${to}.`;
		}
		default: {
			const within = stack.length === 0 ? '' : `, in ${describeCallers(stack)}`;
			return `${describe(event, (id) => nodeTitle(recording, id))}${within}.`;
		}
	}
}

/** What the driver core was doing with the device meanwhile. */
function deviceSteps(recording: Recording, device: string, seq: number): readonly WhyStep[] {
	const steps: WhyStep[] = [];
	const pass = passAround(recording, device, seq);
	if (pass !== null) {
		const text = `${device} is in ${passWords(recording, pass)}: it began here.`;
		steps.push(fact(recording, pass.from, text));
	}
	const last = lastInLife(recording, device, seq, 'probe-begin', 'probe-end', 'unbind', 'bind');
	if (last?.type === 'probe-begin') {
		const by = last.driver === null ? '' : ` by ${last.driver}`;
		steps.push(fact(recording, last.seq, `The probe of ${device}${by} began here.`));
	}
	if (last?.type === 'unbind') {
		const text = `The unbind of ${device} from ${last.driver} began here.`;
		steps.push(fact(recording, last.seq, text));
	}
	return steps;
}

/** What happened, who did it, and what was going on. */
function settingSteps(recording: Recording, event: RecordedEvent): readonly WhyStep[] {
	const {seq, device} = event;
	const steps: WhyStep[] = [fact(recording, seq, happenedText(recording, event))];
	if (device !== undefined) steps.push(...deviceSteps(recording, device, seq));
	const action = lastBelow(recording.ofType('action'), seq);
	const begun = action === none ? null : recording.at(action);
	if (begun?.type === 'action') {
		steps.push(fact(recording, action, `The last action or marker before it is "${begun.text}".`));
	}
	return steps;
}

function whyEvent(recording: Recording, event: RecordedEvent): WhyAnswer {
	return answer(`Why did ${eventNumber(event.seq)} happen?`, settingSteps(recording, event));
}

/** A register: bit 10 where the access changed it, else the word. */
function registerOf(event: RecordedEvent & {type: 'config-read' | 'config-write'}): Valued | null {
	const {offset, device = '', width, value} = event;
	if (width !== 2) return null;
	const word = {kind: 'register', device, offset} as const;
	if (offset !== PCI_COMMAND) return {...word, mask: 0xffff, name: `word ${offset}`};
	const previous = event.type === 'config-write' ? event.previous : null;
	const changed = previous === null ? 0 : previous ^ value;
	return (changed & PCI_COMMAND_INTX_DISABLE) === 0
		? {...word, mask: 0xffff, name: 'PCI_COMMAND'}
		: {...word, mask: PCI_COMMAND_INTX_DISABLE, name: 'INTX_DISABLE'};
}

function whyReturn(
	recording: Recording,
	event: RecordedEvent & {type: 'return'},
	position: number,
): WhyAnswer {
	const call = callIndexOf(recording).partner[event.seq] ?? none;
	const begun = call === none ? null : recording.at(call);
	const fn = begun?.type === 'call' ? begun.fn : event.fn;
	if (fn === 'devres_find' && isNull(event.value)) return whyNotFound(recording, position, call);
	const isProbe = fn === 'really_probe' || fn === '__driver_probe_device';
	const isError = /^-\d+$/.test(event.value ?? '');
	if (isProbe && isError) {
		const device = begun?.device ?? lastProbed(recording, call, event.seq);
		if (device !== null) return whyProbe(recording, position, device);
	}
	if (call === none || !(isError || event.value === 'NULL')) return whyEvent(recording, event);
	const question = `Why did ${fn ?? 'the function'}() return ${describeValue(event.value ?? '')}?`;
	return answer(question, errorSteps(recording, event.seq));
}

/** The device whose probe began inside a call, or null. */
function lastProbed(recording: Recording, call: number, seq: number): string | null {
	const begins = recording.ofType('probe-begin').filter((each) => each > call && each < seq);
	return recording.at(begins.at(-1) ?? seq).device ?? null;
}

/** What a pass left behind when it ended. */
function whyPassEnd(recording: Recording, event: RecordedEvent & {type: 'release-end'}): WhyAnswer {
	const {device = '', seq} = event;
	const pass = passAround(recording, device, seq);
	const left = recording.stateAt(seq).devices.get(device)?.devres_head ?? [];
	const fresh = left.filter(({added}) => added !== null && pass !== null && added > pass.from);
	const count = pass === null ? 'its' : `${pass.releases.length}`;
	const steps: WhyStep[] = [
		fact(
			recording,
			seq,
			`The pass had called ${count} release callbacks and its todo list was done.`,
		),
	];
	for (const node of fresh.slice(0, 4)) {
		const text = `${nodeTitle(recording, node)} was added while the pass ran, so it stays on devres_head.`;
		steps.push(fact(recording, node.added ?? seq, text));
	}
	return answer(`Why did the release pass of ${device} end?`, steps);
}

function whyLogLine(
	recording: Recording,
	event: RecordedEvent & {type: 'printk' | 'warning'},
	position: number,
): WhyAnswer {
	const {device, text} = event;
	if (device === undefined) return whyEvent(recording, event);
	if (event.type === 'printk' && text === refusal) return whyProbe(recording, position, device);
	if (/disabling already-disabled/.test(text)) {
		return whyValue(recording, position, {kind: 'field', device, name: 'enable_count'}, 2);
	}
	return whyEvent(recording, event);
}

/** Explains the event that has just happened by the most telling question about it. */
export function whyStop(recording: Recording, position: number, links: number): WhyAnswer {
	if (position === 0) {
		return answer('Why is this so?', [unknown('Nothing has happened yet.')]);
	}
	const event = recording.at(position - 1);
	const device = event.device ?? '';
	switch (event.type) {
		case 'devres-data':
			return whyValue(recording, position, {kind: 'data', node: event, name: event.field}, links);
		case 'config-read':
		case 'config-write': {
			const valued = registerOf(event);
			return valued === null
				? whyEvent(recording, event)
				: whyValue(recording, position, valued, links);
		}
		case 'enable-count':
			return whyValue(recording, position, {kind: 'field', device, name: 'enable_count'}, links);
		case 'device-data':
			return whyValue(recording, position, {kind: 'field', device, name: event.field}, links);
		case 'return':
			return whyReturn(recording, event, position);
		case 'release-end':
			return whyPassEnd(recording, event);
		case 'probe-end':
		case 'defer':
			return whyProbe(recording, position, device);
		case 'printk':
		case 'warning':
			return whyLogLine(recording, event, position);
		default:
			break;
	}
	if ('node' in event && historyOf(recording, event) !== null) {
		return whyNode(recording, position, event);
	}
	return whyEvent(recording, event);
}

import {errnoName} from './errno.ts';
import type {DumpedFrame, RecordedEvent, ReturnEvent} from './event.ts';
import type {CallArguments, FieldValue} from './event-base.ts';
import type {NodeId} from './node-id.ts';
import {nodeKey} from './node-id.ts';
import {PCI_COMMAND} from './pci-registers.ts';

/** How a node is named in a line: its address by default, `#12` where a recording numbers them. */
export type NodeNamer = (id: NodeId) => string;

/** `0x0406`, as wide as the register. */
export function hex(value: number, width = 2): string {
	return `0x${value.toString(16).padStart(width * 2, '0')}`;
}

/** `-16 (EBUSY)`, or the number alone. */
export function describeResult(result: number): string {
	const name = result < 0 ? errnoName(result) : null;
	return name === null ? `${result}` : `${result} (${name})`;
}

/** `none` for null, else the value as text. */
export function describeField(value: FieldValue): string {
	return value === null ? 'none' : `${value}`;
}

/** `pdev, enable=0`: an argument that only repeats the event's device is named without its value. */
export function describeArguments(args: CallArguments | undefined, device?: string): string {
	return Object.entries(args ?? {})
		.map(([name, value]) => (value === device ? name : `${name}=${value}`))
		.join(', ');
}

/** `? pci_intx+0x3a/0x120 [ccp]`: as a call trace prints it. */
export function describeFrame(frame: DumpedFrame): string {
	const offset = frame.offset === undefined ? '' : `+${frame.offset}`;
	const module = frame.module === undefined ? '' : ` [${frame.module}]`;
	return `${frame.unreliable ? '? ' : ''}${frame.fn}${offset}${module}`;
}

/** `PCI_COMMAND` or the offset. */
function registerName(offset: number): string {
	return offset === PCI_COMMAND ? 'PCI_COMMAND' : hex(offset, 1);
}

function describeReturn(event: ReturnEvent): string {
	const value = event.value === undefined ? '' : ` = ${describeValue(event.value)}`;
	return `${event.fn ?? 'end of call'}${value}`;
}

/** What a function returned, as the log has it; a negative number also by its errno name. */
export function describeValue(value: string): string {
	return /^-\d+$/.test(value) ? describeResult(Number(value)) : value;
}

type Sized = NodeId & {readonly name: string; readonly size: number};

function describeEvent(event: RecordedEvent, name: NodeNamer): string {
	const sized = (op: string, node: Sized): string =>
		`${op} ${name(node)} ${node.name} (${node.size} bytes)`;
	switch (event.type) {
		case 'call':
			return `${event.fn}(${describeArguments(event.args, event.device)})`;
		case 'return':
			return describeReturn(event);
		case 'devres-alloc':
			return sized('alloc', event);
		case 'devres-free':
			return `free ${name(event)}`;
		case 'devres-add':
			return sized('ADD', event);
		case 'devres-release':
			return sized('REL', event);
		case 'devres-remove':
			return sized('REM', event);
		case 'devres-replace':
			return sized('REPLACE', event) + (event.by ? ` by ${name(event.by)}` : '');
		case 'devres-move':
			return `move ${name(event)} from devres_head to todo`;
		case 'devres-unlink':
			return `unlink ${name(event)}`;
		case 'release-end':
			return `end of release${event.count === null ? '' : `, ${event.count} nodes`}`;
		case 'devres-data':
			return `${name(event)} ${event.field} = ${describeField(event.value)}`;
		case 'alloc':
			return `alloc ${event.what} (${event.size} bytes)`;
		case 'alloc-fail':
			return `allocation of ${event.what} (${event.size} bytes) FAILED`;
		default:
			return describeRest(event);
	}
}

type Rest = Exclude<
	RecordedEvent,
	{type: 'call' | 'return' | 'alloc' | 'alloc-fail' | 'release-end' | `devres-${string}`}
>;

function describeRest(event: Rest): string {
	switch (event.type) {
		case 'config-read':
			return `read ${registerName(event.offset)} = ${hex(event.value, event.width)}`;
		case 'config-write': {
			const was = event.previous === null ? '' : `, was ${hex(event.previous, event.width)}`;
			return `write ${registerName(event.offset)} = ${hex(event.value, event.width)}${was}`;
		}
		case 'device-add':
			return `device ${event.device ?? ''} appears on ${event.bus}`;
		case 'device-remove':
			return `device ${event.device ?? ''} is gone`;
		case 'device-data':
			return `${event.field} = ${describeField(event.value)}`;
		case 'enable-count':
			return `enable_cnt = ${event.value}`;
		case 'driver-register':
			return `driver ${event.driver} registered`;
		case 'driver-unregister':
			return `driver ${event.driver} unregistered`;
		case 'bind':
			return `bound to ${event.driver}`;
		case 'unbind':
			return `unbinding from ${event.driver}`;
		case 'probe-begin':
			return `probe begins${event.driver === null ? '' : `: ${event.driver}`}`;
		case 'probe-end':
			return `probe ends${event.result === null ? '' : ` = ${describeResult(event.result)}`}`;
		case 'defer':
			return event.pending ? 'put on the deferred list' : 'taken from the deferred list';
		case 'printk':
			return event.prefix === '' ? event.text : `${event.prefix}: ${event.text}`;
		case 'warning':
			return `WARNING ${event.text}${event.at === undefined ? '' : ` at ${event.at}`}`;
		case 'stack':
			return `stack ${event.frames.map(describeFrame).join(' < ')}`;
		case 'action':
			return event.text;
		case 'note':
			return event.text;
		case 'fault':
			return `call ${event.nth} of ${event.fn} will fail with ${describeResult(event.error)}`;
		case 'fault-hit':
			return `${event.fn} is made to fail`;
		case 'boot':
			return `a kernel starts${event.kernel === null ? '' : `: ${event.kernel}`}`;
		case 'lost':
			return `${event.count ?? 'some'} events lost`;
	}
}

/** One event as one line of text, without its time, context and device: panes, reports and goldens share it. */
export function describe(event: RecordedEvent, name: NodeNamer = nodeKey): string {
	const text = describeEvent(event, name);
	if (event.inferred) return `${text} (inferred)`;
	return event.approximate ? `${text} (approximate)` : text;
}

import type {RecordedEvent, UnplacedEvent} from '../../source/recording/event.ts';
import {place} from '../../source/recording/fold.ts';
import {
	createRecording,
	noLines,
	type Recording,
	type SuggestedBreakpoint,
} from '../../source/recording/recording.ts';

type OpenCall = {
	readonly indent: number;
	readonly fn: string;
	readonly value: string | undefined;
	readonly ending: 'named' | 'unnamed' | 'never';
};

/** Address and generation of a node that the picture calls `label`. */
export function nodeOf(label: string): {node: string; generation: number} {
	const code = Array.from(label).reduce(
		(sum, letter) => (sum * 31 + letter.charCodeAt(0)) >>> 0,
		7,
	);
	return {node: `ffff8000${code.toString(16).padStart(8, '0')}`, generation: 0};
}

function argumentsOf(text: string | undefined): {readonly [name: string]: string} | undefined {
	if (text === undefined || text === '') return undefined;
	return Object.fromEntries(
		text.split(',').map((argument) => {
			const [name = '', value = name] = argument.trim().split('=');
			return [name, value];
		}),
	);
}

/** What a line without calls says; null where it isn't such a line. */
function factOf(text: string): object | null {
	if (text.startsWith('{')) return JSON.parse(text);
	const [word = '', label = '', ...rest] = text.split(' ');
	const value = rest.join(' ');
	const sized = {...nodeOf(label), name: label.replace(/#.*/, ''), size: Number(value || 16)};
	switch (word) {
		case 'ALLOC':
			return {type: 'devres-alloc', ...sized};
		case 'FREE':
			return {type: 'devres-free', ...nodeOf(label)};
		case 'ADD':
			return {type: 'devres-add', ...sized};
		case 'REL':
			return {type: 'devres-release', ...sized};
		case 'REM':
			return {type: 'devres-remove', ...sized};
		case 'MOVE':
			return {type: 'devres-move', ...nodeOf(label)};
		case 'END':
			return {type: 'release-end', count: label === '' ? null : Number(label)};
		case 'DATA': {
			const [node = '', field = ''] = label.split('.');
			return {type: 'devres-data', ...nodeOf(node), field, value: JSON.parse(value)};
		}
		case 'READ':
			return {type: 'config-read', offset: Number(label), width: 2, value: Number(value)};
		case 'WRITE':
			return {
				type: 'config-write',
				offset: Number(label),
				width: 2,
				value: Number(value),
				previous: null,
			};
		case 'log':
			return {type: 'printk', level: 6, prefix: '', text: text.slice(4)};
		case 'note':
		case 'action':
			return {type: word, text: text.slice(word.length + 1)};
		default:
			return null;
	}
}

const callLine = /^(?<fn>[\w.]+)(?:\((?<args>.*)\))?(?: = (?<value>\S+))?(?: (?<ending>…|\}))?$/;

class Picture {
	readonly events: RecordedEvent[] = [];
	readonly #open = new Map<string, OpenCall[]>();
	#context = 'task-1';
	#device = '0000:00:01.0';

	draw(line: string): void {
		const text = line.trim();
		const indent = line.length - line.trimStart().length;
		const setting = /^(context|device): (.*)$/.exec(text);
		if (setting?.[1] === 'context') this.#context = setting[2] ?? '';
		else if (setting?.[1] === 'device') this.#device = setting[2] ?? '';
		else {
			this.#close(this.#context, indent);
			const fact = factOf(text);
			if (fact === null) this.#call(text, indent);
			else this.#emit({device: this.#device, ...fact});
		}
	}

	finish(): void {
		for (const context of this.#open.keys()) this.#close(context, 0);
	}

	#call(text: string, indent: number): void {
		const found = callLine.exec(text)?.groups;
		if (found === undefined) throw new Error(`the picture has a line that means nothing: ${text}`);
		const {fn = '', args, value, ending} = found;
		const open = this.#open.get(this.#context) ?? [];
		this.#open.set(this.#context, open);
		open.push({
			indent,
			fn,
			value,
			ending: ending === '…' ? 'never' : ending === '}' ? 'unnamed' : 'named',
		});
		const given = argumentsOf(args);
		this.#emit({type: 'call', fn, device: this.#device, ...(given && {args: given})});
	}

	/** Returns from the calls of a context that are indented as far or farther. */
	#close(context: string, indent: number): void {
		const open = this.#open.get(context) ?? [];
		while ((open.at(-1)?.indent ?? -1) >= indent) {
			const call = open.pop();
			if (call === undefined || call.ending === 'never') continue;
			const fn = call.ending === 'named' ? {fn: call.fn} : {};
			const value = call.value === undefined ? {} : {value: call.value};
			this.#emit({type: 'return', ...fn, ...value}, context);
		}
	}

	#emit(fields: object, context: string = this.#context): void {
		const seq = this.events.length;
		const event = {time: 1 + seq / 1000, context, ...fields} as UnplacedEvent;
		this.events.push(place(event, seq));
	}
}

/**
A recording drawn as an indented picture: a line is a call, what is indented below it happens inside it.

`fn(a=1) = 0` returns 0, `fn }` returns without a name, `fn …` never returns. `context: X` and `device: X` hold
from there on; each context has its own open calls. Other lines: `ALLOC n`, `FREE n`, `ADD n 16`, `REL n`, `REM n`,
`MOVE n`, `END 2`, `DATA n.field 1`, `READ 4 0x406`, `WRITE 4 0x6`, `log text`, `note text`, `action text`, and an
event's fields as JSON. Nodes `irq` and `irq#2` are two nodes of one name.
*/
export function recordingOf(
	picture: string,
	breakpoints: readonly SuggestedBreakpoint[] = [],
): Recording {
	const drawn = new Picture();
	const lines = picture.split('\n').filter((line) => line.trim() !== '');
	const margin = Math.min(...lines.map((line) => line.length - line.trimStart().length));
	for (const line of lines) drawn.draw(line.slice(margin));
	drawn.finish();
	return createRecording(
		{
			source: {kind: 'scenario', path: null, kernel: null},
			title: 'a picture',
			lines: noLines,
			breakpoints,
			text: [],
		},
		drawn.events,
	);
}

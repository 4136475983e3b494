import type {Importer, LineUse} from './importer.ts';
import type {GiveItem, KernelLine, KernelLineDecoder} from './kernel-line.ts';
import {KernelLogReader} from './kernel-log.ts';
import {parseCalendarStamp} from './log-stamp.ts';
import {levelOf, linesOfMessage} from './printk-text.ts';
import {StampClock} from './stamp-clock.ts';

// `dmesg -J`, util-linux 2.38: one field a line. Other programs write the same on one line.

const field = /^ {1,40}"(fac|pri|time|caller|msg)": {0,20}(.*?),?$/;
const frame = /^ {0,40}(?:[{}[\]],?|\},\{|"dmesg": ?\[)$/;
const compact = /^\{ {0,4}"dmesg" {0,4}: {0,4}\[/;

/** 2.38.1 with `-F` puts the rest of the file behind each message. */
const restOfFile = /\\n<\d{1,4}>\[/;

type Field = string | number | null;
type Entry = {pri: Field; time: Field; caller: Field};

const noEntry: Entry = {pri: null, time: null, caller: null};

/** A value of JSON; null for what is none. */
function jsonOf(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}

function fieldOf(value: unknown): Field {
	return typeof value === 'string' || typeof value === 'number' ? value : null;
}

class DmesgJsonDecoder implements KernelLineDecoder {
	readonly #stamps = new StampClock();
	#entry: Entry = {...noEntry};

	/** Messages that had the rest of the file behind them. */
	#swollen = 0;

	read(line: string, origin: number, give: GiveItem): LineUse {
		const [, name, value = ''] = field.exec(line) ?? [];
		if (name === 'msg') {
			const entry = this.#entry;
			this.#entry = {...noEntry};
			return this.#take(entry, value, origin, give);
		}
		if (name === 'pri' || name === 'time' || name === 'caller') {
			this.#entry[name] = fieldOf(jsonOf(value));
			return 'ignored';
		}
		if (name === 'fac' || line.trim() === '' || frame.test(line)) return 'ignored';
		return compact.test(line) ? this.#readAll(line, origin, give) : 'unparsed';
	}

	end(): void {}

	clock() {
		return this.#stamps.clock;
	}

	remarks() {
		if (this.#swollen === 0) return this.#stamps.remarks;
		const messages = this.#swollen === 1 ? '1 message has' : `${this.#swollen} messages have`;
		const fault = `${messages} the rest of the log behind them, a fault of dmesg 2.38.1 with -F: it is left out`;
		return [...this.#stamps.remarks, fault];
	}

	/** A message as written in JSON, with quotes. */
	#take(entry: Entry, json: string, origin: number, give: GiveItem): LineUse {
		const rest = json.search(restOfFile);
		if (rest !== -1) this.#swollen += 1;
		const message = jsonOf(rest === -1 ? json : `${json.slice(0, rest)}"`);
		if (typeof message !== 'string') return 'unparsed';
		this.#give(entry, message, origin, give);
		return 'used';
	}

	#readAll(line: string, origin: number, give: GiveItem): LineUse {
		const whole = jsonOf(line);
		const list = isRecord(whole) ? whole['dmesg'] : null;
		if (!Array.isArray(list)) return 'unparsed';
		for (const each of list as unknown[]) {
			if (!isRecord(each) || typeof each['msg'] !== 'string') continue;
			const entry = {
				pri: fieldOf(each['pri']),
				time: fieldOf(each['time']),
				caller: fieldOf(each['caller']),
			};
			this.#take(entry, JSON.stringify(each['msg']), origin, give);
		}
		return 'used';
	}

	#give({pri, time, caller}: Entry, message: string, origin: number, give: GiveItem): void {
		const level = typeof pri === 'number' ? pri & 7 : levelOf(pri ?? '');
		const line: Omit<KernelLine, 'text'> = {
			time: this.#timeOf(time),
			level,
			caller: typeof caller === 'string' && /^[TC]\d{1,10}$/.test(caller) ? caller : null,
			origin,
			boot: null,
		};
		for (const text of linesOfMessage(message)) give({...line, text});
	}

	#timeOf(time: Field): number | null {
		if (typeof time === 'number') return this.#stamps.timeOf({kind: 'boot', time, end: 0});
		const stamp = time === null ? null : parseCalendarStamp(time, 0);
		return stamp === null ? null : this.#stamps.timeOf(stamp);
	}
}

function isRecord(value: unknown): value is {readonly [key: string]: unknown} {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The brackets around entries are those of any JSON. */
function recognise(sample: readonly string[]): number {
	const own = sample.filter((line) => compact.test(line) || field.test(line)).length;
	return own === 0 ? 0 : own + sample.filter((line) => frame.test(line)).length;
}

/** What `dmesg -J` prints. */
export const dmesgJson: Importer = {
	format: 'dmesg-json',
	kind: 'log',
	recognise,
	open: (lines) => new KernelLogReader(new DmesgJsonDecoder(), lines),
};

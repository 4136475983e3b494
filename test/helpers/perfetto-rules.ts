/** An entry as the file has it; nothing is taken for granted. */
type Entry = {readonly [field: string]: unknown};

type Track = {readonly open: unknown[]; last: number};

/** Checks a Trace Event Format file. Returns what breaks its rules, none of them twice. */
class Rules {
	readonly broken = new Set<string>();
	readonly #tracks = new Map<string, Track>();
	readonly #processes = new Set<unknown>();
	readonly #threads = new Set<string>();
	readonly #named = new Set<string>();

	check(entry: Entry): void {
		const {ph, pid, tid, ts, name, args} = entry;
		this.#require(typeof ts === 'number' && ts >= 0, `${ph}: ts is a number of microseconds`);
		this.#require(Number.isSafeInteger(pid), `${ph}: pid is a whole number`);
		this.#require(Number.isSafeInteger(tid), `${ph}: tid is a whole number`);
		const isNamed = typeof name === 'string' && name !== '';
		this.#require(ph === 'E' || isNamed, `${ph}: it has a name`);
		this.#require(args === undefined || isObject(args), `${ph}: args is an object`);
		if (ph === 'M') this.#checkName(entry);
		else this.#checkEvent(entry);
	}

	finish(): void {
		for (const {open} of this.#tracks.values()) {
			this.#require(open.length === 0, 'every B has its E');
		}
		for (const pid of this.#processes) {
			this.#require(this.#named.has(`process_name ${pid}`), 'every process has a name');
		}
		for (const thread of this.#threads) {
			this.#require(this.#named.has(`thread_name ${thread}`), 'every thread has a name');
		}
	}

	#require(holds: boolean, rule: string): void {
		if (!holds) this.broken.add(rule);
	}

	#checkName({name, args, pid, tid}: Entry): void {
		const isKnown = name === 'process_name' || name === 'thread_name';
		this.#require(isKnown, 'M: it is process_name or thread_name');
		const given = isObject(args) ? args['name'] : undefined;
		this.#require(typeof given === 'string' && given !== '', 'M: args.name is a text');
		const key = name === 'process_name' ? `${name} ${pid}` : `${name} ${pid}/${tid}`;
		this.#require(!this.#named.has(key), 'M: nothing is named twice');
		this.#named.add(key);
	}

	#checkEvent({ph, pid, tid, ts, name, s, args}: Entry): void {
		this.#processes.add(pid);
		const key = ph === 'C' ? `C ${pid} ${name}` : `${pid}/${tid}`;
		const track = this.#tracks.get(key) ?? {open: [], last: 0};
		this.#tracks.set(key, track);
		this.#require(Number(ts) >= track.last, 'ts never steps back on a track');
		track.last = Number(ts);
		if (ph === 'C') {
			const values = isObject(args) ? Object.values(args) : [];
			const isNumeric = values.length > 0 && values.every((value) => Number.isFinite(value));
			this.#require(isNumeric, 'C: args are numbers');
			return;
		}
		this.#threads.add(key);
		if (ph === 'B') track.open.push(name);
		else if (ph === 'E') {
			this.#require(track.open.length > 0, 'E: a B is open');
			const begun = track.open.pop();
			this.#require(name === undefined || name === begun, 'E: it ends the innermost B');
		} else if (ph === 'i') this.#require(s === 't', 'i: its scope is its thread');
		else this.#require(false, `ph is known, not ${ph}`);
	}
}

function isObject(value: unknown): value is Entry {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What breaks the rules of the Trace Event Format in a text, sorted; throws where it is no JSON at all. */
export function brokenPerfettoRules(text: string): string[] {
	const file: unknown = JSON.parse(text);
	const entries = isObject(file) ? file['traceEvents'] : null;
	if (!Array.isArray(entries)) return ['traceEvents is a list'];
	const rules = new Rules();
	for (const entry of entries) {
		if (isObject(entry)) rules.check(entry);
		else rules.broken.add('an entry is an object');
	}
	rules.finish();
	return [...rules.broken].sort();
}

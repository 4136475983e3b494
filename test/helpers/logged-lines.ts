/** What a kernel's log or trace says of one device, whatever it was printed by. */
export type LoggedLine = {
	/** Address of the device. */
	readonly device: string;

	/** `ADD`, `REL`, `REM`; null for a message. */
	readonly op: string | null;

	/** The node's address as printed; empty for a message. */
	readonly node: string;

	/** `pcim_release (8 bytes)`, or the message. */
	readonly text: string;

	/** What stands before the device in dmesg: its driver or bus. Null in traces. */
	readonly prefix: string | null;

	/** Task as printed, `sh-811`; null where the text doesn't tell. */
	readonly task: string | null;
};

// biome-ignore lint/suspicious/noControlCharactersInRegex: colours of dmesg and journalctl.
const colour = /\u001b\[[\d;]*m/g;

/** Ends of the addresses of `ADD`, `REL` and `REM` in Debian's 6.12.117, which is loaded at a multiple of 2 MB. */
const opAddresses = new Map([
	[0x100308, 'ADD'],
	[0x0dfd62, 'REL'],
	[0x1191b3, 'REM'],
]);

/** trace-cmd prints the operation's address, not its name. */
function operation(word: string): string {
	if (!/^(?:0x)?[\da-f]{16}$/.test(word)) return word;
	return opAddresses.get(Number.parseInt(word.slice(-6), 16) & 0x1fffff) ?? word;
}

/** `sh-811` of `sh-811  [000]`, of `[000]` in latency format, of `0)  sh-811  |` in a graph. */
function taskOf(line: string): string | null {
	const trace = /^\s*(\S.{0,30}?-\d{1,7})\s+(?:\(\s*[\d-]+\) )?(?:\[\d{3}\]|\d\S{4,6} )/.exec(line);
	const graph = /\|\s+\d+\)\s+(\S{1,30}-\d{1,7})\s+\|/.exec(line);
	return trace?.[1] ?? graph?.[1] ?? null;
}

/** `name=pcim_release size=8` as the other formats print it. */
function rawRecord(line: string): LoggedLine | null {
	const found =
		/devname=(\S+) dev=\S+ op=(\S+) node=(\S+) name=(\S+) size=(\d+)/.exec(line) ?? undefined;
	if (found === undefined) return null;
	const [, device = '', op = '', node = '', name = '', size = ''] = found;
	const text = `${name} (${size} bytes)`;
	return {device, op: operation(op), node, text, prefix: null, task: taskOf(line)};
}

function traceEvent(line: string): LoggedLine | null {
	if (!line.includes('devres_log: ')) return null;
	const found =
		/devres_log: +(\S+) (\S+) (?:0x)?([\da-f]+) (.{1,200}? \(\d+ bytes\))/.exec(line) ?? undefined;
	if (found === undefined) return rawRecord(line);
	const [, device = '', op = '', node = '', text = ''] = found;
	// v6.1 prints names in modules as (0xffffffffc0550715:ata_devres_release)[UNSAFE-MEMORY].
	const name = text.replace(/^\(0x[\da-f]+:(\w+)\)\[UNSAFE-MEMORY\]/, '$1');
	return {device, op: operation(op), node, text: name, prefix: null, task: taskOf(line)};
}

function message(line: string): LoggedLine | null {
	const devres = /([\w-]+) (\S+): DEVRES (\w+) ([\da-f]+) (\S+ \(\d+ bytes\))/.exec(line);
	if (devres !== null) {
		const [, prefix = '', device = '', op = '', node = '', text = ''] = devres;
		return {device, op, node, text, prefix, task: null};
	}
	const said =
		/([\w-]+) (\S+): (Resources present before probing|probe with driver \S+ failed[ \w-]+)/.exec(
			line,
		);
	if (said === null) return null;
	const [, prefix = '', device = '', text = ''] = said;
	return {device, op: null, node: '', text, prefix, task: null};
}

/** What `text` says of nodes and of probes that failed; all other lines are left out. */
export function loggedLines(text: string): LoggedLine[] {
	return text.split('\n').flatMap((coloured) => {
		const line = coloured.replaceAll(colour, '');
		return traceEvent(line) ?? message(line) ?? [];
	});
}

/** Names of the steps that the recording marks, in order: `LAB begin unbind1 ahci 0000:00:1f.2`. */
export function markedSteps(text: string, driver: string): string[] {
	return Array.from(text.matchAll(/LAB begin (\w+) (\S+)/g), ([, step = '', name]) =>
		name === driver ? step : '',
	).filter((step) => step !== '');
}

/** Lines as they are compared: addresses become the number of their node's ADD, as far as that was seen. */
export function comparable(
	lines: readonly LoggedLine[],
	shown: {readonly prefix: boolean; readonly node: boolean; readonly worker: boolean},
): string[] {
	const added = new Map<string, number>();
	let adds = 0;
	return lines.map(({device, op, node, text, prefix, task}) => {
		if (op === 'ADD') added.set(node, ++adds);
		const number = shown.node && op !== null ? `#${added.get(node) ?? '?'}` : '';
		const where = shown.prefix ? `${prefix} ${device}:` : device;
		const worker = shown.worker && task?.startsWith('kworker') ? 'in a worker' : '';
		return [where, op, number, text, worker].filter(Boolean).join(' ');
	});
}

// The lines of splats and call traces: lib/dump_stack.c, kernel/panic.c, arch/x86/kernel/dumpstack.c, fault.c, lockdep.c, hung_task.c.

/** How a dump begins. */
export type DumpStart = {
	/** `cut`, `rule`: a message and a banner come; `banner`: says what is wrong; `trace`: a stack, with or without a head. */
	readonly kind: 'cut' | 'rule' | 'banner' | 'trace';

	/** What is wrong, as printed, without the word WARNING. */
	readonly text: string;

	/** Where: `drivers/pci/pci.c:2250 pci_disable_device+0xf4/0x100`; null where not told. */
	readonly at: string | null;

	/** `long`: lockdep explains before it prints a stack; `message`: the message comes behind the banner. */
	readonly more: 'long' | 'message' | null;
};

const where = '(\\S{1,200}:\\d{1,8})';
const symbol = '([\\w.$]{1,200}(?:\\+0x[\\da-f]{1,16}/0x[\\da-f]{1,16})?(?: \\[[^\\]]{1,80}\\])?)';

/** Up to 6.18, and from 6.19 on. */
const oldWarning = new RegExp(`^WARNING: (CPU: \\d{1,5} PID: \\d{1,10}) at ${where} ${symbol}`);
const newWarning = new RegExp(`^WARNING: ${where} at ${symbol}, (CPU#\\d{1,5}: .{0,80})`);

/** As dmesg reports of recordings have it, and kernels before 3.10. */
const bareWarning = /^WARNING: at (\S.{0,300})$/;
const bugAt = new RegExp(`^kernel BUG at ${where}!`);
const register = /^RIP: \d{4}:([\w.$]{1,200}(?:\+0x[\da-f]{1,16}\/0x[\da-f]{1,16})?)/;
const decodedRegister = /^RIP: \d{4}:([\w.$]{1,200}) \(([^\s()]{1,200}:\d{1,8})/;
const lockdep =
	/^(?:WARNING: (?:possible |inconsistent lock|suspicious RCU|bad unlock|held lock|Nested lock|lock held|still has locks|chain key)|INFO: (?:possible |trying to register|suspicious RCU))/;
const banner =
	/^(?:WARNING: |BUG: |watchdog: BUG: |general protection fault|Unable to handle kernel |Oops(?:: | - )|double fault|stack segment: |INFO: (?:task |rcu)|rcu: INFO: |Kernel panic - not syncing|irq \d{1,6}: nobody cared|irq event \d{1,6}: bogus return|UBSAN: |KASAN: )/;

/** First letters of all that can begin a dump. Lines that begin with others need no look. */
const firstLetters: ReadonlySet<number> = new Set(
	Array.from('-=WBwgUOdsIrKikC <[', (letter) => letter.charCodeAt(0)),
);

const cut = /^-{8,20}\[ cut here \]-{8,20}$/;
const rule = /^={20,80}$/;
const head = /^(?:CPU: \d{1,5} (?:UID|PID|Comm)|Call Trace:|Call trace:|Stack:$|<\/?[A-Z#]{2,8}>$)/;

function start(
	kind: DumpStart['kind'],
	text = '',
	at: string | null = null,
	more: DumpStart['more'] = null,
): DumpStart {
	return {kind, text, at, more};
}

function bannerOf(text: string): DumpStart | null {
	const [, old, oldFile, oldSymbol] = oldWarning.exec(text) ?? [];
	if (old !== undefined) return start('banner', old, `${oldFile} ${oldSymbol}`);
	const [, file, fn, cpu] = newWarning.exec(text) ?? [];
	if (cpu !== undefined) return start('banner', cpu, `${file} ${fn}`);
	const [, at] = bareWarning.exec(text) ?? [];
	if (at !== undefined) return start('banner', at, at, 'message');
	const [, bug] = bugAt.exec(text) ?? [];
	if (bug !== undefined) return start('banner', text, bug);
	const said = text.replace(/^WARNING: /, '');
	if (lockdep.test(text)) return start('banner', said, null, 'long');
	return banner.test(text) ? start('banner', said) : null;
}

/** Whether a line begins a splat or a call trace; null for any other. Frames are not known here. */
export function dumpStart(line: string): DumpStart | null {
	if (!firstLetters.has(line.charCodeAt(0))) return null;
	const text = line.trim();
	if (cut.test(text)) return start('cut');
	if (rule.test(text)) return start('rule');
	return head.test(text) ? start('trace') : bannerOf(text);
}

/** Where an instruction pointer stands; null for other lines. */
export function registerPlace(text: string): string | null {
	if (!text.startsWith('RIP: ')) return null;
	const [, fn, file] = decodedRegister.exec(text) ?? [];
	if (fn !== undefined) return `${file} ${fn}`;
	return register.exec(text)?.[1] ?? null;
}

const marker = /^<\/?(?:TASK|IRQ|NMI|SOFTIRQ|ENTRY_TRAMPOLINE|EOE|EOI|#[A-Z]{2}\d?)>$/;
const body =
	/^(?:CPU: |Hardware name: |Modules linked in:|Workqueue: |Sched_ext: |RIP: |RSP: |R[A-D]X: |RBP: |R\d\d: |E[A-D]X: |EIP: |ESI: |DS: |FS: |CS: |CR[02-4]: |DR\d: |PKRU: |Code: |Call [Tt]race:|Stack:|Tainted: |Not tainted |"echo 0 > |task:\S|#PF: |PGD |Oops: |note: |irq event stamp: |hardirqs last |softirqs last |handlers:|\[<[\da-f]{8,16}>\]|stack backtrace:|Unloaded tainted modules:|pc : |lr : |sp : |x\d{1,2}\s?: |pstate: |last sysfs file|Dumping ftrace|Kernel Offset: |Rebooting in |---\[ end |preempt_count: |in_atomic\(\): |INFO: lockdep is turned off|Preemption disabled at:|\d{1,3} locks? held by |no locks held by )/;

/** What a line inside a dump is: a mark that its stack begins or ends, its end, a part of it, or something else. */
export type DumpPart = 'opens' | 'closes' | 'ends' | 'body' | null;

/** Sorts a line that may be inside a dump. */
export function dumpPart(line: string): DumpPart {
	const text = line.trim();
	if (text.startsWith('---[ end ')) return 'ends';
	if (marker.test(text)) return text.startsWith('</') ? 'closes' : 'opens';
	return body.test(text) ? 'body' : null;
}

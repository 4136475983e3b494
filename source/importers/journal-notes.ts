import type {LineUse} from './importer.ts';
import type {GiveItem} from './kernel-line.ts';

// What stands in a journal beside messages, systemd 252: journalctl separates boots, journald says what it missed.

const boots = /^-- (?:Boot [\da-f]{32}|Reboot) --$/;
const remark = /^-- .{1,200}$/;
const missed = /^Missed (\d{1,9}) kernel messages/;

/** Reads a line that journalctl begins with `-- `: what follows may be of another boot. */
export function readSeparator(line: string, origin: number, give: GiveItem): LineUse {
	if (!boots.test(line)) return remark.test(line) ? 'ignored' : 'unparsed';
	give({bootsAt: origin});
	return 'used';
}

/** How many messages of the kernel journald says it missed; null for any other text. */
export function missedBy(text: string): number | null {
	const [, count] = text.startsWith('Missed ') ? (missed.exec(text) ?? []) : [];
	return count === undefined ? null : Number(count);
}

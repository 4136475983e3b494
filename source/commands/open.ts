import type {ExitCode} from './failure.ts';
import type {Flags} from './flags.ts';

/** `devresdbg [FILE]`: opens the debugger; without a terminal prints a report instead. */
export async function open(file: string | null, flags: Flags): Promise<ExitCode> {
	const isTerminal = process.stdout.isTTY && (process.stdin.isTTY || file === '-');
	if (!isTerminal || flags.format !== undefined) {
		if (file === null) return (await import('./list.ts')).list(flags);
		return (await import('./run.ts')).run(file, flags);
	}
	throw new Error('no panes yet');
}

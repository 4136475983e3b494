import {render} from 'ink';
import type {ReactNode} from 'react';

/** The ends of a terminal. */
export type TerminalEnds = {
	/** Both must be terminals. */
	readonly stdin: NodeJS.ReadStream;

	/** Gets the screen. */
	readonly stdout: NodeJS.WriteStream;

	/** Where an error is printed after the terminal is restored. */
	readonly stderr: NodeJS.WriteStream;
};

/** A crash of ours, as opposed to anything wrong with the input. */
const crashed = 1;

/** Shows something on the whole terminal until it exits. Gives the exit code. */
export async function runInk(shown: ReactNode, ends: TerminalEnds): Promise<number> {
	const {stdin, stdout, stderr} = ends;
	// Ink doesn't go to the first column when it takes the screen: a half-written line would shift the first one.
	stdout.write('\r');
	// Ink does this after the first screen: until then a key would be echoed into it.
	stdin.setRawMode(true);
	try {
		const app = render(shown, {
			stdin,
			stdout,
			stderr,
			alternateScreen: true,
			incrementalRendering: true,
			maxFps: 60,
			exitOnCtrlC: false,
			// Both ends are terminals: that some build server is around changes nothing.
			interactive: true,
			patchConsole: false,
		});
		const exit = await app.waitUntilExit();
		return typeof exit === 'number' ? exit : 0;
	} catch (error) {
		const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
		stderr.write(`devresdbg stopped because of a fault of its own:\n${text}\n`);
		return crashed;
	} finally {
		stdin.setRawMode(false);
	}
}

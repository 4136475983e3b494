import {cleanText} from '../recording/clean-text.ts';

/** What the program's exit codes mean. */
export const exitCode = {
	/** All is well. */
	fine: 0,

	/** An expectation or check failed. */
	failed: 1,

	/** Wrong arguments, or a file that can't be read or written. */
	usage: 2,

	/** The scenario is invalid. */
	scenario: 3,

	/** The input is no recording that we can read. */
	input: 4,

	/** Ctrl+C. */
	interrupted: 130,
} as const;

/** One of the codes above. */
export type ExitCode = (typeof exitCode)[keyof typeof exitCode];

/** Why a command can't do its work. */
export type Failure = {
	readonly ok: false;

	/** What the program ends with. */
	readonly exitCode: ExitCode;

	/** For standard error; ends in a newline. */
	readonly message: string;
};

/** A failure in one line, with what to try next in a second. */
export function failure(code: ExitCode, message: string, hint?: string): Failure {
	const next = hint === undefined ? '' : `  ${hint}\n`;
	return {ok: false, exitCode: code, message: `${message}\n${next}`};
}

/** The code of an error of the system, such as `ENOENT`; of any other error its text. */
export function errorCode(error: unknown): string {
	if (!(error instanceof Error)) return String(error);
	return 'code' in error ? String(error.code) : error.message;
}

/** Tells a failure to the user and gives the code to exit with. It may repeat words of the command line. */
export function tell({exitCode: code, message}: Failure): ExitCode {
	process.stderr.write(message.split('\n').map(cleanText).join('\n'));
	return code;
}

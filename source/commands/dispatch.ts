import {didYouMean} from '../recording/closest-name.ts';
import {exitCode, type Failure, failure, tell} from './failure.ts';
import type {Flags} from './flags.ts';

const demoValueFlags = ['--cast', '--cast-version', '--svg', '--frame', '--size'];
const valueFlags = [
	...['--kernel', '--format', '--save', '--input', '--to', '--output', '--device'],
	...demoValueFlags,
];
const switches = [
	'--check',
	'--plain',
	'--no-plain',
	'--color',
	'--no-color',
	'--help',
	'--version',
];
/** Options that may be given more than once. */
const repeated = ['--command', '--eval-command'];
const shortWithValue = /^-[xe]/;
const knownFlags = [...valueFlags, ...repeated, ...switches];
const shortFlags = ['-h', '-v', '-'];

function isTwice(flag: string, typed: readonly string[]): boolean {
	return typed.filter((word) => word.split('=', 1)[0] === flag).length > 1;
}

/** What is wrong with the flags as typed: the parser takes any. */
function checkFlags(argv: readonly string[]): Failure | null {
	const end = argv.indexOf('--');
	const typed = end === -1 ? argv : argv.slice(0, end);
	for (let index = 0; index < typed.length; index += 1) {
		const word = typed[index] ?? '';
		const flag = word.split('=', 1)[0] ?? word;
		if (word === '-ex') return failure(exitCode.usage, 'unknown option -ex', 'did you mean -e?');
		const isShort = shortWithValue.test(word);
		if (isShort || repeated.includes(flag)) {
			const isApart = isShort ? word.length === 2 : word === flag;
			const value = isApart ? typed[index + 1] : word.slice(isShort ? 2 : flag.length + 1);
			if (!value)
				return failure(exitCode.usage, `${isShort ? word.slice(0, 2) : flag} needs a value`);
			if (isApart) index += 1;
		} else if (valueFlags.includes(flag)) {
			if (isTwice(flag, typed)) return failure(exitCode.usage, `${flag} is given twice`);
			const value = word === flag ? typed[index + 1] : word.slice(flag.length + 1);
			if (!value || (word === flag && value.startsWith('--'))) {
				return failure(exitCode.usage, `${flag} needs a value`);
			}
		} else if (word.startsWith('-') && !switches.includes(flag) && !shortFlags.includes(word)) {
			const hint = didYouMean(flag, knownFlags) ?? '`devresdbg --help` names all';
			return failure(exitCode.usage, `unknown option ${flag}`, hint);
		}
	}
	return null;
}

function tooMany(word: string, hint = 'one FILE at a time'): number {
	return tell(failure(exitCode.usage, `what is "${word}" for?`, hint));
}

function hasDemoFlag({check = false, cast, castVersion, svg, frame, size}: Flags): boolean {
	return check || [cast, castVersion, svg, frame, size].some((value) => value !== undefined);
}

/** Runs the subcommand that the words name. */
export async function dispatch(
	words: readonly string[],
	flags: Flags,
	argv: readonly string[],
): Promise<number> {
	const wrong = checkFlags(argv);
	if (wrong !== null) return tell(wrong);
	const [first, second, third, fourth] = words;
	if (first !== 'convert' && (flags.to !== undefined || flags.output !== undefined)) {
		return tell(failure(exitCode.usage, '--to and --output are for `devresdbg convert FILE`'));
	}
	if (flags.device !== undefined && first !== 'diff') {
		return tell(failure(exitCode.usage, '--device is for diff'));
	}
	if (first !== 'demo' && hasDemoFlag(flags)) {
		const names = ['--check', ...demoValueFlags].join(', ');
		return tell(failure(exitCode.usage, `${names} are for \`devresdbg demo NAME\``));
	}
	switch (first) {
		case 'run': {
			if (third !== undefined) return tooMany(third);
			if (second !== undefined) return (await import('./run.ts')).run(second, flags);
			const hint = '`devresdbg list` names the scenarios';
			return tell(failure(exitCode.usage, 'run needs a FILE', hint));
		}
		case 'convert': {
			if (third !== undefined) return tooMany(third);
			if (second !== undefined) return (await import('./convert.ts')).convert(second, flags);
			const hint = '`devresdbg convert FILE --to FORMAT`, FILE is - for standard input';
			return tell(failure(exitCode.usage, 'convert needs a FILE', hint));
		}
		case 'check':
			return (await import('./check.ts')).check(words.slice(1), flags);
		case 'diff': {
			if (fourth !== undefined) return tooMany(fourth, 'two recordings at a time');
			if (second !== undefined && third !== undefined) {
				return (await import('./diff.ts')).diff(second, third, flags);
			}
			const hint = 'as in `devresdbg diff ccp-reload@v9-series ccp-reload@v6.14`';
			return tell(failure(exitCode.usage, 'diff needs two recordings', hint));
		}
		case 'demo':
			if (third !== undefined) return tooMany(third);
			return (await import('./demo.ts')).demo(second ?? null, flags);
		case 'list':
			return second === undefined ? (await import('./list.ts')).list(flags) : tooMany(second);
		case 'schema':
			return second === undefined ? (await import('./schema.ts')).schema() : tooMany(second);
		default:
			if (second !== undefined) return tooMany(second);
			return (await import('./open.ts')).open(first ?? null, flags);
	}
}

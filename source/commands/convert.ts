import {type Exporter, exporters} from '../exporters/exporters.ts';
import {cleanText} from '../recording/clean-text.ts';
import {didYouMean} from '../recording/closest-name.ts';
import {type ExitCode, exitCode, type Failure, failure, tell} from './failure.ts';
import type {Flags} from './flags.ts';
import {loadInput} from './load-input.ts';
import {saveFile} from './save-file.ts';
import {printLines} from './write-lines.ts';

const formats = exporters.map(({format}) => format);

/** The exporter that `--to` names, or that the output's name tells without doubt. */
function chooseExporter({to, output}: Flags): Exporter | Failure {
	const known = `known: ${formats.join(', ')}`;
	if (to !== undefined) {
		const named = exporters.find(({format}) => format === to);
		const hint = didYouMean(to, formats) ?? known;
		return named ?? failure(exitCode.usage, `unknown format "${to}"`, hint);
	}
	if (output === undefined) return failure(exitCode.usage, 'convert needs --to FORMAT', known);
	const told = exporters.find(({extensions}) => extensions.some((end) => output.endsWith(end)));
	const message = `the name ${cleanText(output)} doesn't tell the format`;
	return told ?? failure(exitCode.usage, message, `add --to FORMAT; ${known}`);
}

/** `devresdbg convert FILE --to FORMAT`: writes the recording in another format. */
export async function convert(file: string, flags: Flags): Promise<ExitCode> {
	const exporter = chooseExporter(flags);
	if ('ok' in exporter) return tell(exporter);
	if (flags.kernel === 'all') {
		return tell(failure(exitCode.usage, '--kernel all gives a table, no recording to convert'));
	}
	const loaded = await loadInput(file, flags);
	if (!loaded.ok) return tell(loaded);
	const lines = exporter.lines(loaded.recording);
	if (flags.output === undefined) {
		await printLines(lines);
		return exitCode.fine;
	}
	const saved = saveFile(flags.output, lines);
	return saved.ok ? exitCode.fine : tell(saved);
}

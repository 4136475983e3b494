/** One test of KTAP output. */
export type KtapTest = {
	readonly ok: boolean;
	readonly number: number;
	readonly description: string;

	/** `SKIP`, `TODO`, `XFAIL`, `TIMEOUT` or `ERROR`; null without. */
	readonly directive: string | null;

	/** Text behind the directive. */
	readonly reason: string;

	/** Diagnostic lines before the result, without `# `. */
	readonly diagnostics: readonly string[];

	/** Of the subtest before the result; null without one. */
	readonly subtests: readonly KtapTest[] | null;
};

const resultLine = /^(?<ok>ok|not ok) (?<number>\d+)(?: (?:- )?(?<rest>.*))?$/;
const directiveText =
	/^(?<description>[^#]*)# (?<directive>SKIP|TODO|XFAIL|TIMEOUT|ERROR)(?: (?<reason>.*))?$/;

function parseResult(line: string): Omit<KtapTest, 'diagnostics' | 'subtests'> {
	const found = resultLine.exec(line)?.groups;
	if (found === undefined) throw new Error(`no result line: ${line}`);
	const rest = found['rest'] ?? '';
	const directive = directiveText.exec(rest)?.groups;
	if (directive === undefined && rest.includes('#'))
		throw new Error(`a description has a #: ${line}`);
	return {
		ok: found['ok'] === 'ok',
		number: Number(found['number']),
		description: (directive?.['description'] ?? rest).trim(),
		directive: directive?.['directive'] ?? null,
		reason: directive?.['reason'] ?? '',
	};
}

/** Reads the tests of one level: a version line, a plan, then results, each behind its subtest and diagnostics. */
function parseLevel(lines: readonly string[]): KtapTest[] {
	const [version, plan, ...rest] = lines;
	if (version !== 'KTAP version 1') throw new Error(`no version line: ${version}`);
	const planned = /^1\.\.(\d+)$/.exec(plan ?? '')?.[1];
	if (planned === undefined) throw new Error(`no plan: ${plan}`);
	const tests: KtapTest[] = [];
	let diagnostics: string[] = [];
	let nested: string[] = [];
	for (const line of rest) {
		if (line.startsWith('  ')) nested.push(line.slice(2));
		else if (line.startsWith('# ')) diagnostics.push(line.slice(2));
		else {
			const subtests = nested.length === 0 ? null : parseLevel(nested);
			const test = {...parseResult(line), diagnostics, subtests};
			if (test.number !== tests.length + 1) throw new Error(`out of order: ${line}`);
			if (test.ok && subtests?.some(({ok}) => !ok))
				throw new Error(`ok, and a subtest is not: ${line}`);
			tests.push(test);
			diagnostics = [];
			nested = [];
		}
	}
	if (nested.length > 0 || diagnostics.length > 0) throw new Error('lines behind the last result');
	if (tests.length !== Number(planned)) throw new Error(`${planned} planned, ${tests.length} run`);
	return tests;
}

/** Reads KTAP version 1 and throws where it breaks Documentation/dev-tools/ktap.rst. */
export function parseKtap(text: string): readonly KtapTest[] {
	if (!text.endsWith('\n')) throw new Error('the last line has no end');
	return parseLevel(text.slice(0, -1).split('\n'));
}

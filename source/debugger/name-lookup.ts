import {closestName} from '../recording/closest-name.ts';

type Named = {readonly name: string; readonly aliases?: readonly string[]};

/** The row, or a sentence that says why it is none. */
export type Lookup<Row> =
	| {readonly ok: true; readonly row: Row}
	| {readonly ok: false; readonly error: string};

/** The row of that name or alias, or the only one whose name begins so. */
export function findByName<Row extends Named>(
	rows: readonly Row[],
	name: string,
	what: string,
): Lookup<Row> {
	const exact = rows.find((row) => row.name === name || row.aliases?.includes(name));
	if (exact !== undefined) return {ok: true, row: exact};
	const begun = rows.filter((row) => row.name.startsWith(name));
	if (begun[0] !== undefined && begun.length === 1) return {ok: true, row: begun[0]};
	const names = rows.flatMap((row) => [row.name, ...(row.aliases ?? [])]);
	if (begun.length > 1) {
		const some = begun.slice(0, 6).map((row) => row.name);
		return {ok: false, error: `"${name}" may be ${some.join(', ')}.`};
	}
	const near = closestName(name, names);
	const hint = near === null ? '' : ` Did you mean "${near}"?`;
	return {ok: false, error: `No ${what} is named "${name}".${hint}`};
}

/** Rows as aligned columns, two blanks apart; the first row is the head. */
export function textTable(rows: readonly (readonly string[])[]): string {
	const columns = rows[0]?.length ?? 0;
	const widths = Array.from({length: columns}, (_, column) =>
		Math.max(...rows.map((row) => row[column]?.length ?? 0)),
	);
	const lines = rows.map((row) =>
		row
			.map((cell, column) => cell.padEnd(widths[column] ?? 0))
			.join('  ')
			.trimEnd(),
	);
	return `${lines.join('\n')}\n`;
}

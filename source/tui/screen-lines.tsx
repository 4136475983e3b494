import {Box, Transform} from 'ink';
import {useMemo} from 'react';

type Props = {
	/** Painted, each exactly `columns` wide. */
	readonly lines: readonly string[];

	/** Of the whole terminal. */
	readonly columns: number;
};

/** The whole screen, line by line, as it was drawn. */
export function ScreenLines({lines, columns}: Props) {
	// Ink measures and splits every text it is given, thrice. It gets blanks, which cost little, and the line only when
	// it is about to print them.
	const shown = useMemo(() => {
		const blank = ' '.repeat(columns);
		return lines.map((text, y) => (
			// biome-ignore lint/suspicious/noArrayIndexKey: a line of the screen is its place.
			<Transform key={y} transform={() => text}>
				{blank}
			</Transform>
		));
	}, [lines, columns]);
	return (
		<Box flexDirection="column" width={columns} height={lines.length}>
			{shown}
		</Box>
	);
}

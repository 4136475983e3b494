const cell = {width: 12, height: 24};

const entities: {readonly [name: string]: string} = {
	'&amp;': '&',
	'&lt;': '<',
	'&gt;': '>',
	'&quot;': '"',
};

/** Throws unless tags are closed in their order, attributes are quoted and no bare `&` or `<` is left. */
export function checkXml(text: string): void {
	const open: string[] = [];
	const tag = /<(\/?)([\w-]+)((?:\s+[\w:-]+="[^"<&]*(?:&(?:amp|lt|gt|quot);[^"<&]*)*")*)\s*(\/?)>/g;
	let end = 0;
	const between = (part: string) => {
		if (/<|&(?!(?:amp|lt|gt|quot);)/.test(part))
			throw new Error(`not well formed: ${part.slice(0, 200)}`);
	};
	for (const found of text.matchAll(tag)) {
		const [all, close, name = '', , self] = found;
		between(text.slice(end, found.index));
		end = found.index + all.length;
		if (self === '/') continue;
		if (close !== '/') open.push(name);
		else if (open.pop() !== name) throw new Error(`${name} is closed and was not open`);
	}
	between(text.slice(end));
	if (open.length > 0) throw new Error(`left open: ${open.join(' ')}`);
}

type SvgLine = {
	readonly y: number;
	readonly content: string;
	readonly name: string;
	readonly hidden: boolean;
};

function linesOf(svg: string): readonly SvgLine[] {
	const line =
		/^<g transform="translate\(0,(\d+)\)"(?: class="(k\d+)")?( visibility="hidden")?>(.*)<\/g>$/gm;
	return Array.from(svg.matchAll(line), ([, y, name = '', hidden, content = '']) => ({
		y: Number(y) / cell.height,
		content,
		name,
		hidden: hidden !== undefined,
	}));
}

/** When the lines of each name are seen: percent from which on, and whether. */
function movements(svg: string): ReadonlyMap<string, readonly (readonly [number, boolean])[]> {
	return new Map(
		Array.from(svg.matchAll(/^@keyframes (k\d+)\{(.*)\}$/gm), ([, name = '', frames = '']) => [
			name,
			Array.from(
				frames.matchAll(/([\d.]+)%\{visibility:(\w+)\}/g),
				([, percent, value]) => [Number(percent), value === 'visible'] as const,
			),
		]),
	);
}

/** Letters of a picture in their cells, at a moment in percent; null where nothing moves. Borders and bars are no letters. */
export function lettersAt(
	svg: string,
	columns: number,
	rows: number,
	percent: number | null,
): readonly string[] {
	const screen = Array.from({length: rows}, () => Array<string>(columns).fill(' '));
	const moving = movements(svg);
	for (const {y, content, name, hidden} of linesOf(svg)) {
		const last = moving.get(name)?.findLast(([from]) => from <= (percent ?? 0) + 1e-9);
		const isSeen = percent === null ? !hidden : name === '' || last?.[1] === true;
		if (!isSeen) continue;
		const texts = content.matchAll(
			/<text(?: x="(\d+)")?(?: textLength="(\d+)")?[^>]*>([^<]*)<\/text>/g,
		);
		for (const [, x = '0', length, escaped = ''] of texts) {
			const text = escaped.replace(/&\w+;/g, (found) => entities[found] ?? found);
			if (length !== undefined && Number(length) !== text.length * cell.width) {
				throw new Error(`"${text}" is given the width ${length}`);
			}
			for (const [index, letter] of Array.from(text).entries()) {
				const column = Number(x) / cell.width + index;
				const row = screen[y];
				if (row === undefined || column >= columns)
					throw new Error(`"${text}" is out of the screen`);
				if (row[column] !== ' ' && letter !== ' ') throw new Error(`"${text}" overlaps`);
				if (letter !== ' ') row[column] = letter;
			}
		}
	}
	return screen.map((row) => row.join(''));
}

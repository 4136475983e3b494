import {
	Composer,
	type CST,
	type Document,
	isAlias,
	isMap,
	isNode,
	isPair,
	isScalar,
	isSeq,
	Lexer,
	LineCounter,
	type Node,
	Parser,
	visit,
	YAMLParseError,
} from 'yaml';
import {cleanText} from '../recording/clean-text.ts';
import type {LocatedError} from '../recording/located-error.ts';

/** From the root: keys of maps and indexes of lists. */
export type Path = readonly (string | number)[];

/** Where in the text something stands, both from 1. */
export type Place = {readonly line: number; readonly column: number};

/** A file as plain data that still knows where everything stood. */
export type YamlText = {
	/** Plain data: text, safe numbers, booleans, null, lists and maps. Its text is clean. */
	readonly value: unknown;

	/** Place of the value at a path, or of the nearest thing around it that exists. */
	placeOf(path: Path): Place;

	/** Place of the key that the path ends with. */
	placeOfKey(path: Path): Place;
};

/** The data, or what is wrong with the file. */
export type YamlResult =
	| {readonly ok: true; readonly yaml: YamlText}
	| {readonly ok: false; readonly errors: readonly LocatedError[]};

const maximumBytes = 1_000_000;
const maximumDepth = 64;
const maximumAliases = 32;

type Parsed = {
	readonly document: Document.Parsed | null;

	/** Offset of the first thing that is nested too deeply; null where nothing is. */
	readonly tooDeep: number | null;
};

/** As `parseDocument`, but stops where it gets too deep: composing recurses. */
function parse(text: string, lineCounter: LineCounter): Parsed {
	const parser = new Parser(lineCounter.addNewLine);
	let tooDeep: number | null = null;
	function* tokens(): Generator<CST.Token> {
		for (const lexeme of new Lexer().lex(text)) {
			yield* parser.next(lexeme);
			if (parser.stack.length <= maximumDepth) continue;
			tooDeep = parser.offset;
			return;
		}
		yield* parser.end();
	}
	lineCounter.addNewLine(0);
	const composer = new Composer({
		prettyErrors: false,
		intAsBigInt: true,
		version: '1.2',
		schema: 'core',
		uniqueKeys: true,
	});
	const [document, second] = composer.compose(tokens(), true, text.length);
	if (document === undefined || tooDeep !== null) return {document: null, tooDeep};
	if (second !== undefined) {
		const message = 'a second document begins here: a scenario is one';
		document.errors.push(
			new YAMLParseError([second.range[0], second.range[1]], 'MULTIPLE_DOCS', message),
		);
	}
	return {document, tooDeep};
}

/** Names, messages and expressions stand in one line each wherever they are shown; only `about` is longer. */
function cleanLines(text: string, isAbout: boolean): string {
	const lines = text.split('\n').map(cleanText);
	return isAbout ? lines.join('\n') : lines.join(' ').trimEnd();
}

function isKeyed(parent: unknown, key: string): boolean {
	return isPair(parent) && isScalar(parent.key) && parent.key.value === key;
}

type Problem = {readonly at: number; readonly message: string; readonly hint?: string};

/** Cleans the document's text, turns its integers into numbers, and tells what we don't accept of YAML. */
function settle(document: Document.Parsed): Problem[] {
	const problems: Problem[] = [...document.errors, ...document.warnings].map((error) => ({
		at: error.pos[0],
		message: cleanText(error.message.split('\n', 1)[0] ?? ''),
	}));
	let aliases = 0;
	visit(document, {
		Alias(_, node, path) {
			aliases += 1;
			const at = node.range?.[0] ?? 0;
			const name = cleanText(node.source);
			const target = node.resolve(document);
			if (aliases === maximumAliases + 1) {
				problems.push({at, message: `more than ${maximumAliases} aliases`});
			} else if (target === undefined) {
				problems.push({at, message: `the alias *${name} has no anchor before it`});
			} else if (path.includes(target)) {
				problems.push({at, message: `the alias *${name} stands inside its own anchor`});
			}
		},
		Pair(_, {key}) {
			if (isNode(key) && !isScalar(key)) {
				problems.push({at: key.range?.[0] ?? 0, message: 'a key must be plain text'});
			}
		},
		Scalar(_, node, path) {
			const at = node.range?.[0] ?? 0;
			if (typeof node.value === 'string') {
				node.value = cleanLines(node.value, isKeyed(path.at(-1), 'about'));
			}
			if (node.value === '__proto__') problems.push({at, message: '"__proto__" is no name'});
			if (typeof node.value !== 'bigint') return;
			const number = Number(node.value);
			if (!Number.isSafeInteger(number)) {
				const hint = 'put it in quotes if it is an address or an id';
				problems.push({at, message: 'the number is too large to be kept exactly', hint});
			}
			node.value = number;
		},
	});
	return problems;
}

/** The node and the key at a path; stops at the last that exists. Aliases count as what they stand for. */
function find(document: Document.Parsed, path: Path): {node: Node | null; key: Node | null} {
	let node: Node | null = document.contents;
	let key: Node | null = null;
	for (const segment of path) {
		const target: unknown = isAlias(node) ? node.resolve(document) : node;
		let next: unknown = null;
		if (isMap(target)) {
			const pair = target.items.find(
				(item) => isPair(item) && isScalar(item.key) && String(item.key.value) === String(segment),
			);
			key = isNode(pair?.key) ? pair.key : key;
			next = pair?.value ?? pair?.key;
		} else if (isSeq(target)) {
			next = target.items[Number(segment)];
		}
		if (!isNode(next)) break;
		node = next;
	}
	return {node, key};
}

function toValue(document: Document.Parsed): {value: unknown} | Problem {
	try {
		return {value: document.toJS({maxAliasCount: maximumAliases})};
	} catch (error) {
		// The library counts what aliases of aliases expand to.
		if (error instanceof ReferenceError) return {at: 0, message: 'its aliases expand to too much'};
		throw error;
	}
}

/** Reads one YAML 1.2 document of the core schema, without tags, within limits of size, depth and aliases. */
export function readYaml(text: string): YamlResult {
	const counter = new LineCounter();
	const placeAt = (offset: number): Place => {
		const {line, col} = counter.linePos(Math.min(offset, text.length));
		return {line: Math.max(line, 1), column: Math.max(col, 1)};
	};
	const refuse = (problems: readonly Problem[]): YamlResult => ({
		ok: false,
		errors: problems.map(({at, ...rest}) => ({...placeAt(at), ...rest})),
	});
	if (text.length > maximumBytes) {
		return refuse([{at: 0, message: `the file is larger than ${maximumBytes} bytes`}]);
	}
	const {document, tooDeep} = parse(text, counter);
	if (document === null) {
		return refuse([{at: tooDeep ?? 0, message: `nested deeper than ${maximumDepth} levels`}]);
	}
	const problems = settle(document);
	if (problems.length > 0) return refuse(problems);
	const read = toValue(document);
	if ('at' in read) return refuse([read]);
	return {
		ok: true,
		yaml: {
			value: read.value,
			placeOf: (path) => placeAt(find(document, path).node?.range?.[0] ?? 0),
			placeOfKey(path) {
				const {node, key} = find(document, path);
				return placeAt((key ?? node)?.range?.[0] ?? 0);
			},
		},
	};
}

import {join} from 'node:path';
import type {Plugin} from 'rolldown';

/** Changes the code of a dependency, and fails the build when the code is no longer as expected. */
function patch(id: RegExp, from: string, to: string, times = 1): Plugin {
	return {
		name: `patch ${id}`,
		transform: {
			filter: {id},
			handler(code) {
				const parts = code.split(from);
				if (parts.length - 1 !== times) {
					throw new Error(`Expected ${from} ${times} times, found it ${parts.length - 1} times.`);
				}
				return {code: parts.join(to), map: null};
			},
		},
	};
}

/** Makes a constant when it is first used, as it is so many times. */
function lazily(id: RegExp, name: string, times: number): Plugin[] {
	return [
		patch(id, `const ${name} = `, `let made; const ${name} = () => made ??= `),
		patch(id, `${name}.`, `${name}().`, times),
	];
}

const yoga = /[\\/]yoga-wasm-base64-esm\.js$/;
const output = /[\\/]ink[\\/]build[\\/]output\.js$/;
const stringWidth = /[\\/]string-width[\\/]index\.js$/;
const sliceAnsi = /[\\/]slice-ansi[\\/]tokenize-ansi\.js$/;

const simpleText = JSON.stringify(join(import.meta.dirname, '..', 'tui', 'simple-text.ts'));

/** A screen is mostly letters, borders and marks: what is known of all of Unicode is loaded for other texts alone. */
const simpleFirst = [
	...[
		stringWidth,
		/[\\/]ansi-tokenize[\\/]build[\\/]tokenize\.js$/,
		/[\\/]ink[\\/]build[\\/]line-update\.js$/,
		/[\\/]wrap-ansi[\\/]index\.js$/,
	].map((id) =>
		patch(
			id,
			'const segmenter = new Intl.Segmenter',
			`import {isSimple, segmenter} from ${simpleText}; void (() => {})`,
		),
	),
	patch(
		stringWidth,
		'function unicodeWidth(string, ambiguousIsNarrow) {',
		'function unicodeWidth(string, ambiguousIsNarrow) { if (ambiguousIsNarrow && isSimple(string)) return string.length;',
	),
	...lazily(stringWidth, 'emojiPrefixRegex', 2),
	...lazily(sliceAnsi, 'GRAPHEME_SEGMENTER', 3),
];

/** What dependencies do at a start, or for each screen, that this program has no use for. */
export const patches: readonly Plugin[] = [
	...simpleFirst,
	// Yoga would fetch its own `data:` URL, which makes Node load undici: a quarter of the time to the first screen.
	// Without fetch it decodes the URL itself, letter by letter.
	patch(yoga, '"function"!=typeof fetch', 'true', 2),
	patch(
		yoga,
		'var b=xa(a.slice(37)),c=new Uint8Array(b.length);for(a=0;a<b.length;++a)c[a]=b.charCodeAt(a);var d=c',
		'var d=Buffer.from(a.slice(37),"base64")',
	),
	// With `DEV=true` Ink would look for React's developer tools, which no user has.
	patch(/[\\/]ink[\\/]build[\\/]reconciler\.js$/, "process.env['DEV'] === 'true'", 'false', 2),
	// In a narrower terminal Ink would print the lines for the wider one again, which wrap, and then what is different in
	// those that fit, where it would stand had nothing wrapped. They come soon, but where the size is the old one again.
	patch(
		/[\\/]ink[\\/]build[\\/]ink\.js$/,
		'this.onRender();\n        this.lastTerminalWidth = currentWidth;',
		`if (this.lastOutput === '') {
			setTimeout(() => { if (this.lastOutput === '' && !this.isUnmounted) this.onRender(); }, 50).unref();
		} else this.onRender();
		this.lastTerminalWidth = currentWidth;`,
	),
	// Ink takes a transformed line apart into styled letters and puts them together again: half the time of a screen.
	// Ours are whole lines, painted already.
	patch(
		output,
		'const characters = this.caches.getStyledChars(line);',
		"if (transformers.length > 0) { output[y + index] = [{type: 'char', value: line, fullWidth: false, styles: []}]; continue; } const characters = this.caches.getStyledChars(line);",
	),
];

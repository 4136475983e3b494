// Terminal control: C0 but tab and newline are handled apart, DEL, C1; then what reorders or hides text.
const escapes =
	// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this removes.
	/\u001B\[[0-?]{0,64}[ -/]{0,8}[@-~]|\u001B\][^\u0007\u001B]{0,4096}(?:\u0007|\u001B\\)|\u001B[@-_a-z]?/g;

/** What terminals disagree about how wide it is: fillers, variants, halves of letters and of flags, tones of skin. */
const unsure =
	'\\uD800-\\uDFFF\\u00AD\\u0600-\\u0605\\u06DD\\u08E2\\u115F\\u1160\\u180B-\\u180F\\u3164\\uFE00-\\uFE0F\\uFFA0\\uFFF0-\\uFFFB' +
	'\\u{110BD}\\u{110CD}\\u{1F1E6}-\\u{1F1FF}\\u{1F3FB}-\\u{1F3FF}\\u{E0000}-\\u{E0FFF}';
const reordering = '\\u061C\\u200B-\\u200F\\u2028-\\u202E\\u2060-\\u206F\\uFEFF';
const controls = new RegExp(
	`[\\u0000-\\u0008\\u000A-\\u001F\\u007F-\\u009F${reordering}${unsure}]`,
	'gu',
);
const needsCleaning = new RegExp(`[\\u0000-\\u001F\\u007F-\\u009F${reordering}${unsure}]`, 'u');

/**
Text of strangers made safe for a terminal: escape sequences, control and bidi characters and those of no certain width
are removed, tabs become a blank.

Everything that enters from outside passes here once, at the border; nothing behind it need think of terminals.
*/
export function cleanText(text: string): string {
	if (!needsCleaning.test(text)) return text;
	return text.replace(escapes, '').replaceAll('\t', ' ').replace(controls, '');
}

// Terminal control: C0 but tab and newline are handled apart, DEL, C1; then what reorders or hides text.
const escapes =
	// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this removes.
	/\u001B\[[0-?]{0,64}[ -/]{0,8}[@-~]|\u001B\][^\u0007\u001B]{0,4096}(?:\u0007|\u001B\\)|\u001B[@-_a-z]?/g;
const controls =
	// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this removes.
	/[\u0000-\u0008\u000A-\u001F\u007F-\u009F\u061C\u200B-\u200F\u2028-\u202E\u2060-\u2064\u2066-\u206F\uFEFF\uFFF9-\uFFFB]/g;
const anyControl =
	// biome-ignore lint/suspicious/noControlCharactersInRegex: as above.
	/[\u0000-\u001F\u007F-\u009F\u061C\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB]/;

/**
Text of strangers made safe for a terminal: escape sequences, control and bidi characters are removed, tabs become a blank.

Everything that enters from outside passes here once, at the border; nothing behind it need think of terminals.
*/
export function cleanText(text: string): string {
	if (!anyControl.test(text)) return text;
	return text.replace(escapes, '').replaceAll('\t', ' ').replace(controls, '');
}

// Tells kernel logs from the text that people write around them in mails and reports.

const elision =
	/^[\s>|]{0,20}(?:\[?(?:\.{2,8}|…|snip|cut)\]?|<snip>|-{2,4}8<-{2,40}|[-*_~=]{3,80})?\s{0,20}$/i;
const mailHeader =
	/^(?:> ?){0,4}(?:From|Date|Subject|To|Cc|Message-ID|In-Reply-To|Re|Content-Type|Content-Transfer-Encoding|Signed-off-by):? \S|^(?:> ?){0,4}On .{5,80} wrote:$/i;
const word = /(?:^|[\s(])[A-Za-z'-]{2,20}[,.;:?!)]{0,3}(?=\s|$)/g;

const printed = /^(?:[^\s:]{1,40}(?: [^\s:]{1,40}){0,4}: \S)/;

/** Words of a line that a person wrote, at least. */
const fewestWords = 5;

/** Text of lines longer than this is no prose. */
const longestSentence = 300;

/** Whether a line says nothing: blank, or a sign that something was left out. */
export function isElision(line: string): boolean {
	return line.length <= 100 && elision.test(line);
}

/** Whether a line begins as those of a mail's head do. */
export function isMailHeader(line: string): boolean {
	return line.length <= longestSentence && mailHeader.test(line);
}

/** Whether a line begins as most of what the kernel prints does: with the name of who prints it. */
export function looksPrinted(line: string): boolean {
	return line.startsWith(' ') || printed.test(line);
}

/** Whether a line reads like a sentence. */
export function isSentence(line: string): boolean {
	if (line.length > longestSentence || printed.test(line.trimStart())) return false;
	return (line.match(word)?.length ?? 0) >= fewestWords;
}

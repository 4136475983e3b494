// What is wrong in a kernel's log or trace, and how does it end? Takes the file's name.
import {readFileSync} from 'node:fs';
import {check, describe, describeFinding, importLog} from 'devresdbg';

const [path] = process.argv.slice(2);
const read = importLog(readFileSync(path, 'utf8'), {path});
if (!read.ok) {
	for (const {line, message} of read.errors) console.error(`${path}:${line ?? 1}: ${message}`);
	process.exit(1);
}
const {recording} = read;
for (const finding of check(recording)) {
	console.log(describeFinding(finding));
	for (const {seq, text} of finding.evidence) {
		const {origin} = recording.at(seq);
		console.log(`  line ${origin}: ${describe(recording.at(seq))}, ${text}`);
	}
}
const end = recording.stateAt(recording.length);
for (const {address, devres_head: nodes} of end.devices.values()) {
	console.log(address, 'still owns', nodes.map(({name}) => name).join(', ') || 'nothing');
}

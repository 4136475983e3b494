// Which kernels leak when the driver of a scenario is unloaded?
import {readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {check, kernels, simulate} from 'devresdbg';

const path = fileURLToPath(import.meta.resolve('devresdbg/scenarios/ahci-reload.yaml'));
const scenario = readFileSync(path, 'utf8');
for (const {name} of kernels) {
	const run = simulate(scenario, {kernel: name});
	if (!run.ok) throw new Error(run.errors.map(({message}) => message).join('\n'));
	const leaks = check(run.recording).filter(({rule}) => rule === 'leak');
	console.log(name.padEnd(12), leaks.map(({message}) => message).join('; ') || 'no leak');
}

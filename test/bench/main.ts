// Measures what the product promises. Ratios are taken in one run: where the machine is busy, both sides are hit alike.
import {spawnSync} from 'node:child_process';
import {benchDiff} from './diff.ts';
import {benchEngine} from './engine.ts';
import {benchIdle} from './idle.ts';
import {benchImport} from './import.ts';
import {benchMillions} from './millions.ts';
import {benchScale} from './scale.ts';
import {benchScreen} from './screen.ts';
import {benchStartUp} from './start-up.ts';

const benches: {readonly [name: string]: () => unknown} = {
	engine: benchEngine,
	diff: benchDiff,
	ftrace: () => benchImport('ftrace', 400_000),
	dmesg: () => benchImport('dmesg', 300_000),
	start: benchStartUp,
	screen: benchScreen,
	idle: benchIdle,
	scale: benchScale,
	millions: () => benchMillions([1]),
};

/** Each in a process of its own: what one has compiled for its needs is not what the next one needs. */
function benchAll(): void {
	console.log(`node ${process.version}`);
	for (const name of Object.keys(benches)) {
		const args = [...process.execArgv, import.meta.filename, name];
		const {status} = spawnSync(process.execPath, args, {stdio: 'inherit'});
		if (status !== 0) process.exitCode = 1;
	}
}

// A name measures one of them, sizes measure recordings of so many million events: `npm run bench -- 1 3 10`.
const words = process.argv.slice(2);
const [name = ''] = words;
const bench = benches[name];
if (words.length === 0) benchAll();
else if (bench !== undefined) await bench();
else if (words.every((word) => Number(word) > 0)) await benchMillions(words.map(Number));
else {
	console.error(`known: ${Object.keys(benches).join(', ')}, or sizes in millions of events`);
	process.exitCode = 2;
}

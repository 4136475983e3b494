// Measures what the product promises. Ratios are taken in one run: where the machine is busy, both sides are hit alike.
import {benchDiff} from './diff.ts';
import {benchEngine} from './engine.ts';
import {benchIdle} from './idle.ts';
import {benchImport} from './import.ts';
import {benchMillions} from './millions.ts';
import {benchScale} from './scale.ts';
import {benchScreen} from './screen.ts';
import {benchStartUp} from './start-up.ts';

// With sizes in millions of events, only those are measured: `npm run bench -- 1 3 10`.
const sizes = process.argv.slice(2).map(Number);
console.log(`node ${process.version}`);
if (sizes.length === 0) {
	benchEngine();
	benchDiff();
	await benchImport();
	benchStartUp();
	await benchScreen();
	await benchIdle();
	await benchScale();
}
await benchMillions(sizes.length === 0 ? [1] : sizes);

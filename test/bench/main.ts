// Measures what the product promises. Ratios are taken in one run: where the machine is busy, both sides are hit alike.
import {benchDiff} from './diff.ts';
import {benchEngine} from './engine.ts';
import {benchImport} from './import.ts';
import {benchScale} from './scale.ts';
import {benchScreen} from './screen.ts';
import {benchStartUp} from './start-up.ts';

console.log(`node ${process.version}`);
benchEngine();
benchDiff();
await benchImport();
benchStartUp();
await benchScreen();
await benchScale();

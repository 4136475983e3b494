// Measures what the product promises. Ratios are taken in one run: this machine may be busy, both sides alike.
import {benchEngine} from './engine.ts';
import {benchStartUp} from './start-up.ts';

console.log(`node ${process.version}`);
benchEngine();
benchStartUp();

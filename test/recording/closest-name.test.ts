import {expect, test} from 'vitest';
import {closestName, didYouMean} from '../../source/recording/closest-name.ts';

const known = ['modprobe', 'rmmod', 'pcim_intx', 'pci_intx', 'list'];

test.each([
	['modprob', 'modprobe'],
	['modpreob', 'modprobe'],
	['lits', 'list'],
	['PCIM_INTX', 'pcim_intx'],
	['pcim_inxt', 'pcim_intx'],
])('%s is taken for %s', (typed, meant) => {
	expect(closestName(typed, known)).toBe(meant);
});

test.each(['ls', 'unknown', '', 'x'.repeat(10_000)])('nothing is near to %.10s', (typed) => {
	expect(closestName(typed, known)).toBeNull();
	expect(didYouMean(typed, known)).toBeUndefined();
});

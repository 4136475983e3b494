import {expect, it} from 'vitest';
import type {Recording} from '../../source/recording/recording.ts';
import {callsIn} from '../helpers/calls-in.ts';
import {dmesgText} from '../helpers/export-text.ts';
import {runScenarioText} from '../helpers/run-scenario-text.ts';

const scenario = (kernel: string, script: readonly string[] = []) => `title: pins
kernel: {${kernel.includes('base') ? '' : 'base: v6.12-stable, '}${kernel}}
devices:
  - address: "0000:00:03.0"
    id: "1af4:1000"
drivers:
  demo:
    matches: ["1af4:1000"]
    probe:
      - devm_kzalloc: {size: 16, sizes: {v6.12-stable: 24, debian: 32, debian-v6.14: 40}}
script:
${[...script, 'modprobe: demo'].map((action) => `  - ${action}`).join('\n')}
`;

function linesOf(recording: Recording): string[] {
	return dmesgText(recording)
		.split('\n')
		.filter((line) => line !== '')
		.map((line) => line.replace(/^.*?\] /, '').replace(/ [\da-f]{16}/, ''));
}

it('with CONFIG_PINCTRL a probe begins with two nodes that are taken back, newest first', () => {
	const recording = runScenarioText(scenario('pinctrl: true'));
	expect(linesOf(recording)).toEqual([
		'demo 0000:00:03.0: DEVRES ADD devm_kzalloc_release (40 bytes)',
		'demo 0000:00:03.0: DEVRES ADD devm_pinctrl_release (8 bytes)',
		'demo 0000:00:03.0: DEVRES REM devm_pinctrl_release (8 bytes)',
		'demo 0000:00:03.0: DEVRES REM devm_kzalloc_release (40 bytes)',
		'demo 0000:00:03.0: DEVRES ADD devm_kzalloc_release (24 bytes)',
	]);
	expect(callsIn(recording, 'pinctrl_bind_pins')).toMatchInlineSnapshot(`
		[
		  "devm_kmalloc",
		  "[alloc_dr]",
		  "[devres_add]",
		  "devm_pinctrl_get",
		  "__devres_alloc_node",
		  "devres_add",
		  "devm_pinctrl_put",
		  "devres_release",
		  "devres_remove",
		  "devm_pinctrl_release",
		  "devm_kfree",
		  "[devres_destroy]",
		  "devres_remove",
		]
	`);
});

it('without it nothing of that happens', () => {
	expect(linesOf(runScenarioText(scenario('pinctrl: false')))).toHaveLength(1);
});

it('no memory for the pin states fails the probe before the driver is asked', () => {
	const fault = 'fail: {fn: alloc, nth: 1}';
	const recording = runScenarioText(scenario('pinctrl: true', [fault]));
	expect(linesOf(recording)).toEqual([]);
	expect(recording.stateAt(recording.length).devices.get('0000:00:03.0')?.bound).toBe(false);
});

it('no memory for the handle is ignored', () => {
	const fault = 'fail: {fn: alloc, nth: 2}';
	const recording = runScenarioText(scenario('pinctrl: true', [fault]));
	expect(linesOf(recording)).toEqual([
		'demo 0000:00:03.0: DEVRES ADD devm_kzalloc_release (40 bytes)',
		'demo 0000:00:03.0: DEVRES REM devm_kzalloc_release (40 bytes)',
		'demo 0000:00:03.0: DEVRES ADD devm_kzalloc_release (24 bytes)',
	]);
});

it('a size that is stated for the configuration goes before one for the revision', () => {
	const sizeUnder = (kernel: string) => linesOf(runScenarioText(scenario(kernel))).at(-1);
	expect(sizeUnder('config: debian')).toContain('(32 bytes)');
	expect(sizeUnder('base: v6.14, config: debian')).toContain('(40 bytes)');
	expect(sizeUnder('config: other')).toContain('(24 bytes)');
	expect(sizeUnder('config: constructor')).toContain('(24 bytes)');
});

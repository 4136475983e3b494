import {addDuringRelease} from './add-during-release.ts';
import {doubleRelease} from './double-release.ts';
import {duplicateSingleton} from './duplicate-singleton.ts';
import {enableOrder} from './enable-order.ts';
import {failedProbeLeaves} from './failed-probe-leaves.ts';
import {intxNotRestored} from './intx-not-restored.ts';
import {irqOutlivesMemory} from './irq-outlives-memory.ts';
import {leak} from './leak.ts';
import {leftoverAtProbe} from './leftover-at-probe.ts';
import {msiLeftOn} from './msi-left-on.ts';
import {openGroup} from './open-group.ts';
import {originalStateLost} from './original-state-lost.ts';
import {parentGrowth} from './parent-growth.ts';
import {releaseOrder} from './release-order.ts';
import type {Rule} from './rule.ts';
import {splat} from './splat.ts';
import {unbalancedEnable} from './unbalanced-enable.ts';
import {unknownRelease} from './unknown-release.ts';

/** All rules: causes before what follows from them. Findings at one event are in this order. */
export const rules: readonly Rule[] = [
	addDuringRelease,
	leak,
	leftoverAtProbe,
	failedProbeLeaves,
	parentGrowth,
	intxNotRestored,
	originalStateLost,
	unbalancedEnable,
	msiLeftOn,
	enableOrder,
	releaseOrder,
	doubleRelease,
	unknownRelease,
	duplicateSingleton,
	openGroup,
	irqOutlivesMemory,
	splat,
];

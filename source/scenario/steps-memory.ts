import * as z from 'zod/mini';
import {
	devm_kfree,
	devm_kmalloc,
	devm_krealloc,
	devmStringOrCopy,
	type Pointer,
	zeroSizePointer,
} from '../kernel/devm-memory.ts';
import type {Kernel} from '../kernel/kernel.ts';
import {bytes, text} from './schema-parts.ts';
import {defineStep, type StepRun, type StepTable} from './step-definition.ts';

const anyText = z.string().check(z.maxLength(500));
const name = text(64);

/** A size in bytes, or one that differs between kernels. */
const size = z.union([bytes, z.strictObject({size: bytes, sizes: z.record(z.string(), bytes)})]);
type Size = z.output<typeof size>;

/** The size under the kernel that runs: of configuration and revision (`debian-v6.10`), of either, or the usual. */
export function bytesIn({config, revision}: Kernel, given: Size): number {
	if (typeof given === 'number') return given;
	const {size: usual, sizes} = given;
	const names = [`${config.name}-${revision.base}`, config.name ?? '', revision.base];
	const stated = names.find((key) => Object.hasOwn(sizes, key)) ?? '';
	return sizes[stated] ?? usual;
}

/** What an earlier step kept; null, as an unset pointer, where none did. */
export function kept({results}: StepRun, wanted: string): Pointer {
	const result = results.get(wanted);
	return typeof result === 'object' || result === zeroSizePointer ? result : null;
}

const array = z.strictObject({n: bytes, size: bytes});

function allocating(fn: string, help: string): StepTable[number] {
	return [
		fn,
		defineStep(help, size, ({kernel, dev}, given) => {
			const wanted = bytesIn(kernel, given);
			return fn === 'devm_kmalloc'
				? devm_kmalloc(kernel, dev, wanted)
				: devmStringOrCopy(kernel, dev, fn, wanted);
		}),
	];
}

function ofString(fn: string, help: string): StepTable[number] {
	return [
		fn,
		defineStep(help, anyText, ({kernel, dev}, given) => {
			// strlen() counts bytes, and the closing NUL is allocated too.
			const length = new TextEncoder().encode(given).length;
			return devmStringOrCopy(kernel, dev, fn, length + 1);
		}),
	];
}

/** Managed memory. */
export const memorySteps: StepTable = [
	allocating('devm_kmalloc', 'Allocates memory that the device owns.'),
	allocating('devm_kzalloc', 'Allocates zeroed memory that the device owns.'),
	allocating('devm_kmemdup', 'Copies memory into some that the device owns.'),
	[
		'devm_kcalloc',
		defineStep('Allocates a zeroed array that the device owns.', array, ({kernel, dev}, given) =>
			devmStringOrCopy(kernel, dev, 'devm_kcalloc', given.n * given.size),
		),
	],
	[
		'devm_kmalloc_array',
		defineStep('Allocates an array that the device owns.', array, ({kernel, dev}, given) =>
			devmStringOrCopy(kernel, dev, 'devm_kmalloc_array', given.n * given.size),
		),
	],
	ofString('devm_kstrdup', 'Copies a string; its node is one byte longer than the text.'),
	ofString('devm_kasprintf', 'Formats a string; give the result.'),
	[
		'devm_krealloc',
		defineStep(
			'Resizes memory that an earlier step kept with `as:`.',
			z.strictObject({of: name, size: bytes}),
			(context, given) =>
				devm_krealloc(context.kernel, context.dev, kept(context, given.of), given.size),
		),
	],
	[
		'devm_kfree',
		defineStep('Frees memory that an earlier step kept with `as:`.', name, (context, given) => {
			devm_kfree(context.kernel, context.dev, kept(context, given));
			return 0;
		}),
	],
];

import * as z from 'zod/mini';

// Each schema checks one file: compiling it first costs more than it saves.
z.config({jitless: true});

const anyText = z.string();
const anyWhole = z.int();

/** Text of one letter to so many. */
export function text(most: number): z.ZodMiniString {
	return anyText.check(z.minLength(1), z.maxLength(most));
}

/** Text of a form; `message` says which form is expected. */
export function formed(pattern: RegExp, message: string): z.ZodMiniString {
	return anyText.check(z.regex(pattern, message));
}

/** A whole number from the first to the last; without a last one there is no upper limit. */
export function whole(first: number, last?: number): z.ZodMiniNumberFormat {
	const limits = last === undefined ? [] : [z.maximum(last)];
	return anyWhole.check(z.minimum(first), ...limits);
}

/** Tells editors what stands there. This changes the schema itself: one that stands elsewhere too is cloned before. */
export function described<S extends z.ZodMiniType>(schema: S, description: string): S {
	z.globalRegistry.add(schema, {description});
	return schema;
}

/** Names of functions, devices and nodes. */
export const shortText = text(200);

/** Lines of a log and other things to read. */
export const longText = text(500);

/** A size in bytes. */
export const bytes = whole(0, 0x7fff_ffff);

/** Moved memory gets a node that no ADD names. */
const unnamed = new Set(['(null)', 'devm_krealloc_release']);

/** Whether a node of that name may exist without an ADD. */
export function mayComeUnseen({name}: {readonly name: string}): boolean {
	return unnamed.has(name);
}

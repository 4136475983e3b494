// Marker nodes of devres groups: drivers/base/devres.c, devres_open_group() and devres_close_group().

/** Logged name of the marker that a group begins with. */
export const groupOpenName = 'grp<';

/** Logged name of the marker that ends a closed group. It is never released, only unlinked. */
export const groupCloseName = 'grp>';

/** Whether a node only marks where a group begins or ends: it owns nothing. */
export function isGroupMarker({name}: {readonly name: string}): boolean {
	return name === groupOpenName || name === groupCloseName;
}

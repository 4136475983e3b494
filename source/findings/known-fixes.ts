// Where kernels fixed what the rules find. Commits and versions from the kernel's history.

/** The callback of the v9 series called the public function, which records again. Squashed before it was merged. */
const privateRestore =
	'before it was merged: since 25216afc9db5 (v6.11-rc1) the callback writes the register itself';

/** Freeing the vectors in a callback toggled INTx the managed way. */
const unmanagedIntx =
	'00f89ae4e759 (v6.11-rc2) where the bit does not change, dfa2f4d5f9e5 (v6.14-rc1) in all cases; stable 6.12.17 and 6.13.5';

/** The saved value was the opposite of the last call's argument. */
export const savedOriginal =
	'd555ed45a5a1 (v6.14-rc2): the bit is read before it is changed; stable 6.12.17 and 6.13.5';

/** ice enabled the managed way and disabled by hand. */
export const doubleDisable = 'in the driver; e6501fc38a75 (v6.11) for ice';

/** A node was added to the device that is probed, before its driver came. */
export const rightDevice = 'in the driver; f89d2cc3967a for spi-tegra210-quad: use the controller';

const restore = 'pcim_intx_restore';

/** Where kernels stopped adding such a node in such a callback; null where none is known to. */
export function fixOfLateAdd(name: string, callback: string | null): string | null {
	if (name !== restore) return null;
	return callback === restore ? privateRestore : unmanagedIntx;
}

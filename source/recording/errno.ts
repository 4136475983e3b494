/** Error numbers of Linux on x86, those that driver code meets. */
const errnoNames = {
	1: 'EPERM',
	2: 'ENOENT',
	5: 'EIO',
	6: 'ENXIO',
	11: 'EAGAIN',
	12: 'ENOMEM',
	14: 'EFAULT',
	16: 'EBUSY',
	17: 'EEXIST',
	19: 'ENODEV',
	22: 'EINVAL',
	28: 'ENOSPC',
	33: 'EDOM',
	34: 'ERANGE',
	95: 'EOPNOTSUPP',
	110: 'ETIMEDOUT',
	517: 'EPROBE_DEFER',
} as const;

/** `EBUSY`: a name of this table. */
export type ErrnoName = (typeof errnoNames)[keyof typeof errnoNames];

/** Positive numbers by name. */
export const errno = Object.fromEntries(
	Object.entries(errnoNames).map(([number, name]) => [name, Number(number)]),
) as {readonly [name in ErrnoName]: number};

/** All of them, by ascending number: what a scenario may name. */
export const errnoNameList: readonly ErrnoName[] = Object.values(errnoNames);

/** `EBUSY` for 16 or -16; null for numbers without a name here. */
export function errnoName(value: number): ErrnoName | null {
	return (errnoNames as {readonly [number: number]: ErrnoName})[Math.abs(value)] ?? null;
}

import {comparisonsBelow} from './compared-recordings.ts';
import {fixtures} from './real-recordings.ts';
import {recordedDrivers} from './recorded-driver.ts';

/** The kernels that were recorded, as readers know them. */
const columns = new Map([
	['v6.1-legacy', '6.1.192'],
	['v6.12-stock', '6.12.117'],
	['v9-patch', '6.12.117 with the v9 patch'],
	['debian', "Debian's 6.12.117"],
]);

/** Lines that are equal of those that were compared, by driver and kernel: `146/146`. */
export function conformanceRows(): {head: string[]; rows: string[][]} {
	const all = comparisonsBelow(fixtures);
	const cell = (driver: string, kernel: string): string => {
		const own = all.filter((each) => each.driver === driver && each.kernel === kernel);
		const sum = (count: 'equal' | 'compared') => own.reduce((n, each) => n + each[count], 0);
		return own.length === 0 ? '' : `${sum('equal')}/${sum('compared')}`;
	};
	const rows = recordedDrivers.map(({name}) => [
		`\`${name}\``,
		...Array.from(columns.keys(), (kernel) => cell(name, kernel)),
	]);
	return {head: ['driver', ...columns.values()], rows};
}

import type {ConfigEntry} from '../inference/log-entry.ts';

const field = /\b(\w{1,40})=(-?(?:0x)?[\da-fA-F]{1,16})\b/g;

/** Where a probe stands: `(pci_bus_read_config_word+0x4/0x90)`, or with the function that returns behind `<-`. */
const site = /^\(([^()]{1,400})\)/;
const rawSite = /\b__probe_(?:ip|func|ret_ip)=/;

/** Functions that read or write config space, whatever the platform calls them. */
const configFunction = /(?:config|conf1|raw_pci|mmcfg|ecam)/;

const bareHex = /=[\da-f]*[a-f][\da-f]*\b/;

/** Buses of one segment. */
const mostBuses = 256;

/** Users choose the names of arguments; those that are not named have numbers. */
const names = {
	devfn: ['devfn'],
	offset: ['where', 'offset', 'pos', 'off', 'reg'],
	value: ['value', 'val'],
	status: ['ret', 'retval'],
} as const;

function widthOf(text: string): number {
	if (/dword|32|_l\b/.test(text)) return 4;
	return /byte|u8|_8/.test(text) ? 1 : 2;
}

function numberOf(text: string | undefined, isHex: boolean): number | null {
	if (text === undefined) return null;
	const value = isHex && !text.includes('0x') ? Number(`0x${text}`) : Number(text);
	return Number.isSafeInteger(value) ? value : null;
}

/** Arguments without names, in the order of pci_bus_read_config_word(): bus, devfn, offset, value. */
function positional(fields: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
	const given = ['arg1', 'arg2', 'arg3', 'arg4'].flatMap((name) => fields.get(name) ?? []);
	const withoutBus = given.length === 4 ? given.slice(1) : given;
	const [devfn, where, value] = withoutBus;
	if (devfn === undefined || where === undefined) return fields;
	return new Map([
		...fields,
		['devfn', devfn],
		['where', where],
		...(value === undefined ? [] : [['value', value] as const]),
	]);
}

/** Whether the text of a trace event is that of a user probe. */
export function isProbeText(text: string): boolean {
	return text.startsWith('(') ? site.test(text) : rawSite.test(text);
}

/** What is accessed: told by the function that is probed, else by what the user called the probe. */
function accessOf(name: string, fn: string | null): 'read' | 'write' | null {
	const told = fn !== null && configFunction.test(fn) ? fn : name;
	return /read|_rd?\b/i.test(told) ? 'read' : /write|_wr?\b/i.test(told) ? 'write' : null;
}

/** Reads a user probe on a function that accesses config space; null for any other. */
export function parseConfigProbe(name: string, text: string): ConfigEntry | null {
	const place = site.exec(text)?.[1] ?? '';
	const returned = place.includes(' <- ') || text.includes('__probe_ret_ip=');
	const probed = returned ? place.slice(place.indexOf('<- ') + 3) : place;
	const fn = /^[A-Za-z_]/.test(probed) ? probed : null;
	const access = accessOf(name, fn);
	if (access === null) return null;
	const named = new Map(
		Array.from(text.matchAll(field), ([, key = '', value = '']) => [key, value] as const),
	);
	const isConfig = fn === null || configFunction.test(fn);
	const fields = !returned && isConfig ? positional(named) : named;
	const isHex = bareHex.test(text.slice(text.indexOf(')') + 1));
	const fieldOf = (keys: readonly string[]): number | null => {
		const key = keys.find((each) => fields.has(each));
		return key === undefined ? null : numberOf(fields.get(key), isHex);
	};
	const offset = fieldOf(names.offset);
	const devfn = fieldOf(names.devfn);
	if (returned ? !isConfig : offset === null || devfn === null) return null;
	const bus = fieldOf(['bus']);
	return {
		kind: 'config',
		access,
		returned,
		devfn,
		bus: bus !== null && bus < mostBuses ? bus : null,
		offset,
		width: widthOf(`${name} ${fn ?? ''}`),
		value: fieldOf(names.value),
		failed: (fieldOf(names.status) ?? 0) !== 0,
	};
}

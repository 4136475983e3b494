/** What a marker says that its writer does to one device: `LAB begin unbind1 ahci 0000:00:1f.2`. */
export type Announcement = {
	/** False: it has been done. */
	readonly begins: boolean;

	/** What is done, without the number behind it: `unbind`. */
	readonly step: string;

	/** Null where the marker names none. */
	readonly driver: string | null;
	readonly device: string;

	/** Exit code of what was done; null where not told. */
	readonly exitCode: number | null;
};

const announcement =
	/^(?:\S{1,40} )?(begin|end) (\S{1,60}) (?:(\S{1,60}) )?([\da-f]{4,8}:[\da-f]{2}:[01][\da-f]\.[0-7])(?: rc=(\d{1,3}))?/;

/** Reads a marker; null where it announces nothing about one device. */
export function parseAnnouncement(text: string): Announcement | null {
	const [, verb, step, driver = null, device, exitCode] = announcement.exec(text) ?? [];
	if (device === undefined || step === undefined) return null;
	return {
		begins: verb === 'begin',
		step: step.replace(/\d{1,15}$/, ''),
		driver,
		device,
		exitCode: exitCode === undefined ? null : Number(exitCode),
	};
}

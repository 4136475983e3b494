/** Works a slice in each turn of the event loop, so that keys are read between them, until `work` says that nothing is left. Gives what stops it. */
export function workInTurns(
	work: () => boolean,
	done: () => void,
	fail: (error: unknown) => void,
): () => void {
	let turn = setImmediate(function goOn() {
		try {
			if (work()) turn = setImmediate(goOn);
			else done();
		} catch (error) {
			fail(error);
		}
	});
	return () => clearImmediate(turn);
}

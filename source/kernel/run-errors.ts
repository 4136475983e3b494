/** The run came to its event budget: an endless loop, or a scenario that is too large. */
export class BudgetError extends Error {
	/** Events that the run was allowed. */
	readonly budget: number;

	constructor(budget: number) {
		super(`more than ${budget} events`);
		this.budget = budget;
	}
}

/** A BUG() killed the task that runs: nothing of it goes on. */
export class TaskKilled extends Error {}

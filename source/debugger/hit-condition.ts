/** Which hits of a breakpoint count, by their number from 1: `>3`, `%2`, `=5`. */
export type HitCondition = {
	/** `%`: every N-th hit. */
	readonly operator: '>' | '>=' | '<' | '<=' | '=' | '!=' | '%';

	/** From 0; from 1 for `%`. */
	readonly count: number;
};

/** What a hit count looks like, in clauses and alone: an operator and a number. */
export const hitConditionPattern = /(?:[<>]=?|={1,2}|!=|%)?[ ]{0,9}\d{1,9}/;

/** Reads `>3`, `>=3`, `<3`, `<=3`, `=3`, `==3`, `3`, `!=3` or `%3`; null for anything else. */
export function parseHitCondition(text: string): HitCondition | null {
	const found = /^(?<operator>[<>]=?|={0,2}|!=|%)[ ]{0,9}(?<count>\d{1,9})$/.exec(text.trim());
	if (found?.groups === undefined) return null;
	const {operator = '', count = ''} = found.groups;
	const known = operator === '' || operator === '==' ? '=' : operator;
	if (known === '%' && Number(count) === 0) return null;
	return {operator: known as HitCondition['operator'], count: Number(count)};
}

/** Whether the hit of a number, from 1, counts. */
export function isHitCounted({operator, count}: HitCondition, hit: number): boolean {
	switch (operator) {
		case '>':
			return hit > count;
		case '>=':
			return hit >= count;
		case '<':
			return hit < count;
		case '<=':
			return hit <= count;
		case '=':
			return hit === count;
		case '!=':
			return hit !== count;
		case '%':
			return hit % count === 0;
	}
}

/** `>3`: as it may be typed. */
export function describeHitCondition({operator, count}: HitCondition): string {
	return `${operator}${count}`;
}

import type {IntegrityOptions, Rules} from './integrity-rules.ts';

/** Each return closes the innermost open call of its context. */
export function callRules({lateStart}: IntegrityOptions): Rules {
	const stacks = new Map<string, string[]>();
	return (event, report) => {
		if (event.type === 'boot') stacks.clear();
		if (event.type === 'call') {
			const stack = stacks.get(event.context);
			if (stack === undefined) stacks.set(event.context, [event.fn]);
			else stack.push(event.fn);
		}
		if (event.type !== 'return') return;
		const innermost = stacks.get(event.context)?.pop();
		if (innermost === undefined) {
			if (!lateStart) report('return-of-innermost', `${event.context} has no open call`);
		} else if (event.fn !== undefined && event.fn !== innermost) {
			report('return-of-innermost', `${event.fn} returns while ${innermost} is open`);
		}
	};
}

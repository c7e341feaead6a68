/* What the dialogs of the planner share: clocks that are typed in, what is sent, and refusals in the words of the page. */
import type { Refusal } from '../../../client/door';
import { make_id } from '../../../client/ids';
import { workspace } from '../../state/workspace.svelte';
import { clock_of, minute_of } from '../admin/hours';
import { planner } from './planner.svelte';
import { p } from './texts';
import { end_minute, minutes_between } from './week';

export interface Clocks {
	from_minute: number;
	minutes: number;
}

/* Null: not both are typed in, or it is too short. */
export function clocks_read(from: string, until: string): Clocks | null {
	const start = minute_of(from, false), end = minute_of(until, false);
	const minutes = start === null || end === null ? null : minutes_between(start, end);
	return start === null || minutes === null ? null : { from_minute: start, minutes };
}

export function clocks_shown(clocks: Clocks): [string, string] {
	return [clock_of(clocks.from_minute), clock_of(end_minute(clocks.from_minute, clocks.minutes))];
}

export interface Reason {
	reason?: string;
}

/* The same again has the same id, so that nothing is made twice where an answer was lost. */
export class Sender {
	private readonly ids = new Map<string, string>();

	post<T = object>(path: string, body: object): Promise<T> {
		const key = `${path} ${JSON.stringify(body)}`, id = this.ids.get(key) ?? make_id('plan');
		this.ids.set(key, id);
		return workspace.door.post<T>(path, { id, ...body });
	}
}

/* `says_day`: what it is where the day has that already. */
export function told(person: { name: string }, says_day: (name: string) => string = p.is_off_already): (refusal: Refusal) => string | null {
	return ({ kind, field, detail }) => kind !== 'state' ? null
		: field === 'from_minute' ? p.meets(person.name, detail.replace(/^.*meets the shift on /, ''))
		: field === 'day' ? says_day(person.name) : null;
}

/* What a reason is in a command: left out where it is empty. */
export function with_reason(reason: string): Reason {
	return reason.trim() ? { reason: reason.trim() } : {};
}

/* A dialog closes over the plan as it is now. */
export async function then_read(run: () => Promise<unknown>): Promise<void> {
	await run();
	await planner.read();
}

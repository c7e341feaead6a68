/* How a person stands, in words. */
import type { DutyRow, Status } from '../../client/api';
import { time_of_day } from '../../kit/time';
import { w } from '../texts';
import { next_to_go } from './duty.svelte';

export function status_word(status: Status): string {
	return w.statuses[status];
}

/* "Ben is finishing two chats; you are next for the seat." */
export function line_says(place: number, row: DutyRow, all: readonly DutyRow[]): string {
	const going = next_to_go(row.pool, all);
	const where = place === 1 ? w.line_next : w.line_place(place);
	if (going)
		return going.chats > 0 ? w.line_finishing(going.name, going.chats, where) : w.line_going(going.name, where);
	const ends = all.filter((each) => each.pool === row.pool && each.seat !== 'none' && each.ends_at).map((each) => each.ends_at!).sort()[0];
	return ends ? w.line_until(time_of_day(ends), where) : w.line_full(where);
}

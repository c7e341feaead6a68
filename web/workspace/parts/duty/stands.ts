/* How somebody on duty stands, beside the word for it: why, until when, at which place. */
import type { DutyRow } from '../../../client/api';
import { time_of_day, time_span } from '../../../kit/time';
import { place_of } from '../../state/duty.svelte';
import { b } from './texts';

/* Away for longer than they said. */
export function is_late(row: DutyRow, now: number): boolean {
	return row.status === 'away' && row.back_at !== undefined && Date.parse(row.back_at) < now;
}

function back_of(row: DutyRow, now: number): string {
	if (!row.back_at)
		return '';
	return is_late(row, now) ? b.late(time_span(now - Date.parse(row.back_at))) : b.back_at(time_of_day(row.back_at));
}

export function stands_of(row: DutyRow, all: readonly DutyRow[], now: number): string {
	switch (row.status) {
	case 'winding': return b.winding(row.chats, row.ends_at ? time_of_day(row.ends_at) : '');
	case 'away': return [row.reason, back_of(row, now)].filter((part) => part).join(', ');
	case 'line': return b.place(place_of(row, all));
	case 'phone': return b.keeps_place(place_of(row, all));
	case 'online': return row.ends_at ? b.until(time_of_day(row.ends_at)) : '';
	default: return '';
	}
}

/*
 * A shift that is dragged: from pixels to the times that it would have. Pure.
 *
 * An axis is of real time (week.ts), so what the pointer moves is real time too, and what comes of it is read off the desk's clocks: over the
 * missing hour a shift leaps, and the hour that is there twice is one. A shift keeps to the day in which it is dropped. Right to left, time
 * runs to the left.
 */
import { clock_moment, day_minutes, day_number, minute_ms, shift_minutes_min, type Day, type Time } from './week';

export type Part = 'whole' | 'from' | 'until';

/* Where a shift is: whose, on which day, and when by the clock on the wall. */
export interface Place {
	person: number;
	day: string;
	from_minute: number;
	minutes: number;
}

type Clock = (at: number) => { day: string; minute: number };

const snap_ms = 15 * minute_ms;
/* Less is a click. */
export const click_px = 4;

export interface Box {
	left: number;
	right: number;
}

/* By which part a bar is held at `x`. Words beside a short bar are of its whole. */
export function part_at(x: number, bar: Box, edge_px: number, is_rtl: boolean): Part {
	const edge = Math.min(edge_px, (bar.right - bar.left) / 4);
	if (x < bar.left || x > bar.right)
		return 'whole';
	if (x - bar.left < edge)
		return is_rtl ? 'until' : 'from';
	return bar.right - x < edge ? (is_rtl ? 'from' : 'until') : 'whole';
}

/* What a way along an axis is in time. A step is `step_px` at least: where an axis is narrow, time goes slower than the pointer. */
export function ms_of(px: number, width: number, axis: { starts_at: number; ends_at: number }, is_rtl: boolean, step_px = 0): number {
	const length = axis.ends_at - axis.starts_at;
	return ((is_rtl ? -px : px) * length) / Math.max(width, (step_px * length) / snap_ms);
}

export function place_of(time: Time): Place {
	return { person: time.person, day: time.day, from_minute: time.from_minute, minutes: time.minutes };
}

export function is_same(one: Place, other: Place): boolean {
	return one.person === other.person && one.day === other.day && one.from_minute === other.from_minute && one.minutes === other.minutes;
}

/* Time zones differ by quarters of an hour: so do clocks at such a moment. */
function snapped(at: number): number {
	return Math.round(at / snap_ms) * snap_ms;
}

function within(value: number, min: number, max: number): number {
	return Math.max(min, Math.min(max, value));
}

/* The shift, dragged by so much time on its own day. Less than half a step is none: what is at 9:05 stays there. */
export function dragged(time: Time, part: Part, ms: number, day: Day, clock: Clock): Place {
	const place = place_of(time);
	if (Math.abs(ms) < snap_ms / 2)
		return place;
	if (part === 'until') {
		const end = clock(snapped(Date.parse(time.ends_at) + ms));
		const minutes = (day_number(end.day) - day_number(time.day)) * day_minutes + end.minute - time.from_minute;
		return { ...place, minutes: within(minutes, shift_minutes_min, day_minutes) };
	}
	const latest = part === 'from' ? Date.parse(time.ends_at) - snap_ms : Date.parse(day.ends_at) - snap_ms;
	const at = within(snapped(Date.parse(time.starts_at) + ms), Date.parse(day.starts_at), Math.min(latest, Date.parse(day.ends_at) - snap_ms));
	const { minute } = clock(at);
	if (part === 'whole')
		return { ...place, from_minute: minute };
	const end_minute = time.from_minute + time.minutes;
	return { ...place, from_minute: Math.max(minute, end_minute - day_minutes), minutes: within(end_minute - minute, shift_minutes_min, day_minutes) };
}

/* When it would begin and end. */
export function moments_of(place: Place, day: Day, clock: Clock): [number, number] {
	return [clock_moment(day, place.from_minute, clock), clock_moment(day, place.from_minute + place.minutes, clock)];
}

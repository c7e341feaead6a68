/* Days, times and lengths of the plan as people read them; times are those of the desk's clocks. */
import { locale, t } from '../../../kit/texts';
import { day_add, day_number, end_minute, is_moved, is_overnight, time_change, type Axis, type Day, type Time } from './week';
import { p } from './texts';

const day_ms = 86_400_000;

function of_day(day: string, options: Intl.DateTimeFormatOptions): string {
	return new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' }).format(day_number(day) * day_ms);
}

/* "Monday 30 March". */
export function day_long(day: string): string {
	return of_day(day, { weekday: 'long', day: 'numeric', month: 'long' });
}

/* "Mon", "30 Mar". */
export function day_parts(day: string): [string, string] {
	return [of_day(day, { weekday: 'short' }), of_day(day, { day: 'numeric', month: 'short' })];
}

/* "30 March – 5 April 2026", or one day. */
export function range_text(from: string, until: string): string {
	const format = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC', ...(from === until ? { weekday: 'long' } : {}) });
	return format.formatRange(day_number(from) * day_ms, day_number(until) * day_ms);
}

/* A minute of the day: "09:00", "9:00 AM". */
export function time_text(minute: number): string {
	/* "9:00 AM" stays together: a narrow place breaks behind the dash. */
	return new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit', timeZone: 'UTC' }).format(minute * 60_000).replace(/[ \u202f]/g, '\u00a0');
}

export function times_text(from: number, minutes: number): string {
	return `${time_text(from)}–${time_text(end_minute(from, minutes))}`;
}

/* "Ann Berger, Monday 30 March, 9:00–17:00". */
export function place_text(name: string, { day, from_minute, minutes }: { day: string; from_minute: number; minutes: number }): string {
	return `${name}, ${day_long(day)}, ${times_text(from_minute, minutes)}`;
}

/* The hour alone, for an axis: "9 AM", "09". */
export function hour_text(minute: number): string {
	return new Intl.DateTimeFormat(locale, { hour: 'numeric', timeZone: 'UTC' }).formatToParts(minute * 60_000)
		.filter((part) => part.type === 'hour' || part.type === 'dayPeriod').map((part) => part.value).join(' ');
}

export function length_text(minutes: number): string {
	const hours = Math.floor(Math.abs(minutes) / 60), rest = Math.abs(minutes) % 60;
	return hours ? t.hours(hours, rest) : t.minutes(rest);
}

/* How long something is; "none" where it is not at all. */
export function length_or_none(minutes: number): string {
	return minutes === 0 ? p.none : length_text(minutes);
}

export interface Clock {
	(at: number): { day: string; minute: number };
}

/* "Monday 30 March, 12:00–13:00", or over days. */
export function stretch_text(starts_at: string, ends_at: string, clock: Clock): string {
	const from = clock(Date.parse(starts_at)), until = clock(Date.parse(ends_at));
	const is_one_day = from.day === until.day || (until.minute === 0 && until.day === day_add(from.day, 1));
	return is_one_day ? `${day_long(from.day)}, ${time_text(from.minute)}–${time_text(until.minute)}` : `${day_long(from.day)}, ${time_text(from.minute)} – ${day_long(until.day)}, ${time_text(until.minute)}`;
}

/* What is not to be seen of its times: the day after, and what the clocks do to it. */
export function time_notes(time: Time, clock: Clock): string[] {
	const change = time_change(time), length = length_text(time.minutes + change);
	return [
		is_overnight(time.from_minute, time.minutes) ? p.nights(time_text(end_minute(time.from_minute, time.minutes))) : '',
		is_moved(time, clock) ? p.moved(time_text(clock(Date.parse(time.starts_at)).minute))
			: change > 0 ? p.longer(length_text(change), length) : change < 0 ? p.shorter(length_text(change), length) : '',
	].filter((note) => note !== '');
}

/* "23 h: the clocks go forward"; empty on other days. */
export function day_note(day: Day): string {
	const hours = (Date.parse(day.ends_at) - Date.parse(day.starts_at)) / 3_600_000;
	return hours > 24 ? p.day_longer(length_text(hours * 60)) : hours < 24 ? p.day_shorter(length_text(hours * 60)) : '';
}

/* The whole hours of an axis, of a long one every other, and where they stand, 0 to 1. */
export function hours_of(axis: Axis): { at: number; text: string; key: number }[] {
	const every = axis.slots.length > 28 ? 120 : 60;
	return axis.slots.filter((slot) => slot.minute % every === 0)
		.map((slot) => ({ key: slot.from, at: (slot.from - axis.starts_at) / (axis.ends_at - axis.starts_at), text: hour_text(slot.minute) }));
}

/* Opening hours as rows of a week. Minutes of the day; weekday 1 is Monday; 1440 is the midnight that ends a day. */
import { locale } from '../../../kit/texts';

export interface Span {
	weekday: number;
	from_minute: number;
	to_minute: number;
}

export const weekdays = [1, 2, 3, 4, 5, 6, 7] as const;
export const spans_max = 28;

/* "09:30" for inputs of the type time; the midnight at the end is 00:00 there. */
export function clock_of(minute: number): string {
	return `${String(Math.floor(minute / 60) % 24).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}

/* Null: not a time. At the end of a span 00:00 is the midnight that comes. */
export function minute_of(clock: string, is_end: boolean): number | null {
	const found = /^([01]\d|2[0-3]):([0-5]\d)/.exec(clock);
	if (!found)
		return null;
	const minute = Number(found[1]) * 60 + Number(found[2]);
	return is_end && minute === 0 ? 1440 : minute;
}

/* What the desk would refuse, or what makes no sense; null: all is well. */
export function span_wrong(span: Span, spans: readonly Span[]): 'backwards' | 'overlap' | null {
	if (span.from_minute >= span.to_minute)
		return 'backwards';
	return spans.some((other) => other !== span && other.weekday === span.weekday && other.from_minute < span.to_minute && span.from_minute < other.to_minute)
		? 'overlap' : null;
}

/* Monday's rows for the other days, in the place of theirs. */
export function copy_monday(spans: readonly Span[], to: readonly number[]): Span[] {
	const monday = spans.filter((span) => span.weekday === 1);
	return sorted([...spans.filter((span) => !to.includes(span.weekday)), ...to.flatMap((weekday) => monday.map((span) => ({ ...span, weekday })))]);
}

/* One more row of that day: behind its last one, or what is usual. */
export function add_span(spans: readonly Span[], weekday: number): Span[] {
	const last = spans.filter((span) => span.weekday === weekday).at(-1);
	const from_minute = last ? Math.min(last.to_minute + 60, 1380) : 540;
	return sorted([...spans, { weekday, from_minute, to_minute: last ? Math.min(from_minute + 180, 1440) : 1020 }]);
}

export function sorted(spans: readonly Span[]): Span[] {
	return [...spans].sort((one, other) => one.weekday - other.weekday || one.from_minute - other.from_minute);
}

export function typical(): Span[] {
	return [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from_minute: 540, to_minute: 1020 }));
}

/* 5 January 1970 was a Monday. */
export function day_of_week(weekday: number): string {
	return new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' }).format(new Date((weekday + 3) * 86_400_000));
}

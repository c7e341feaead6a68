/*
 * A week of the plan as a page draws it: which days, what begins and goes on in each cell, where on a day's axis it lies. Pure.
 *
 * Days are texts of the desk's time zone ("2026-03-30"), minutes those of its clocks, moments milliseconds. An axis is of real time: where
 * the clocks change it is an hour shorter or longer, and a shift over that night keeps its true length.
 */
import { ranges, type ShiftCoverageAnswer, type ShiftListAnswer } from '../../../client/api.gen';

export type Day = ShiftListAnswer['days'][number];
export type Weekly = ShiftListAnswer['shifts'][number];
export type Exception = ShiftListAnswer['exceptions'][number];
export type Time = ShiftListAnswer['times'][number];
export type HalfHour = ShiftCoverageAnswer['half_hours'][number];

const day_ms = 86_400_000;
export const minute_ms = 60_000, day_minutes = 1440;
export const half_hour_ms = 30 * minute_ms;
export const [shift_minutes_min] = ranges['shift.change'].minutes;

/* ---- Days ---- */

export function day_number(day: string): number {
	return Math.round(Date.parse(`${day}T00:00:00Z`) / day_ms);
}

export function day_text(number: number): string {
	return new Date(number * day_ms).toISOString().slice(0, 10);
}

export function day_add(day: string, days: number): string {
	return day_text(day_number(day) + days);
}

/* 1 is Monday; 1 January 1970 was a Thursday. */
export function weekday_of(day: string): number {
	return ((day_number(day) + 3) % 7 + 7) % 7 + 1;
}

/* The first day of the week that a day is in. */
export function week_begin(day: string, first_weekday: number): string {
	return day_add(day, -((weekday_of(day) - first_weekday + 7) % 7));
}

interface WeekInfo {
	firstDay: number;
}

/* With which weekday a week begins where a language is spoken; Monday where the browser does not know. */
export function first_weekday(locale: string): number {
	try {
		const known = new Intl.Locale(locale).maximize() as Intl.Locale & { getWeekInfo?: () => WeekInfo; weekInfo?: WeekInfo };
		return known.getWeekInfo?.().firstDay ?? known.weekInfo?.firstDay ?? (/-(US|CA|MX|BR|JP|IL|IN|KR|TW|ZA)\b/.test(known.toString()) ? 7 : 1);
	} catch {
		return 1;
	}
}

/* Monday to Sunday, or as a week begins. */
export function weekdays_from(first: number): number[] {
	return Array.from({ length: 7 }, (_, i) => (first + i - 1) % 7 + 1);
}

/* What the clocks of a time zone show at a moment. */
export function zone_clock(time_zone: string): (at: number) => { day: string; minute: number } {
	const format = new Intl.DateTimeFormat('en-u-ca-iso8601-nu-latn', { timeZone: time_zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' });
	return (at) => {
		const parts = Object.fromEntries(format.formatToParts(at).map((part) => [part.type, part.value]));
		return { day: `${parts['year']}-${parts['month']}-${parts['day']}`, minute: Number(parts['hour']) * 60 + Number(parts['minute']) };
	};
}

/* When the clocks were set forward, between two moments. */
function change_between(before: number, after: number, clock: (at: number) => { minute: number }): number {
	while (after - before > minute_ms) {
		const middle = before + Math.floor((after - before) / minute_ms / 2) * minute_ms;
		if ((clock(middle).minute - clock(before).minute - (middle - before) / minute_ms) % day_minutes === 0)
			before = middle;
		else
			after = middle;
	}
	return after;
}

/* When the clocks of a day, or of the day after it, show a minute: the first time, and for what lies in the missing hour when they are set. */
export function clock_moment(day: Day, minute: number, clock: (at: number) => { minute: number }): number {
	const is_next = minute >= day_minutes, wanted = is_next ? minute - day_minutes : minute;
	const at = Date.parse(is_next ? day.ends_at : day.starts_at) + wanted * minute_ms;
	/* By how much the clocks were set on the way there. */
	const off = (clock(at).minute - wanted + day_minutes * 1.5) % day_minutes - day_minutes / 2;
	const moment = at - off * minute_ms;
	return clock(moment).minute === wanted || off < 0 ? moment : change_between(moment, at, clock);
}

/* How much longer (or shorter, below 0) than others a day is, minutes. */
export function day_change(day: Day): number {
	return (Date.parse(day.ends_at) - Date.parse(day.starts_at)) / minute_ms - day_minutes;
}

/* ---- Shifts ---- */

/* By its own days. */
export function is_due(shift: Weekly, day: string): boolean {
	return shift.weekday === weekday_of(day) && shift.first_day <= day && (shift.last_day === undefined || day <= shift.last_day);
}

/* The last day of a weekly shift that moves by so many days of its week: what it has left to go stays. Empty: until further notice. */
export function last_day_moved(shift: Weekly, days: number): string {
	const { last_day } = shift;
	if (last_day === undefined)
		return '';
	const moved = day_add(last_day, days - (weekday_of(last_day) - shift.weekday + 7) % 7);
	return moved > last_day ? moved : last_day;
}

/* How much longer than by the clock on the wall it is (shorter, below 0), minutes. */
export function time_change(time: Time): number {
	return (Date.parse(time.ends_at) - Date.parse(time.starts_at)) / minute_ms - time.minutes;
}

/* It begins after the missing hour, in which it was to begin. */
export function is_moved(time: Time, clock: (at: number) => { minute: number }): boolean {
	return clock(Date.parse(time.starts_at)).minute !== time.from_minute;
}

/* From a start to an end by the clock; the same twice is a whole day. Null: too short. */
export function minutes_between(from: number, to: number): number | null {
	const minutes = (to - from + day_minutes) % day_minutes || day_minutes;
	return minutes < shift_minutes_min ? null : minutes;
}

export function end_minute(from: number, minutes: number): number {
	return (from + minutes) % day_minutes;
}

/* It ends on a later day than that on which it begins; at midnight sharp it is still of its day. */
export function is_overnight(from: number, minutes: number): boolean {
	return from + minutes > day_minutes;
}

export interface Cell {
	/* What begins on that day. */
	begins: Time[];
	/* What began the day before and is still on. */
	goes_on: Time[];
	off: Exception | null;
	/* Weekly ones that the exception took away; those that the clocks skip. */
	instead_of: Weekly[];
	skipped: Weekly[];
}

export function cell_of(list: Pick<ShiftListAnswer, 'shifts' | 'exceptions' | 'times'>, person: number, day: Day): Cell {
	const times = list.times.filter((time) => time.person === person);
	const due = list.shifts.filter((shift) => shift.person === person && is_due(shift, day.day));
	const off = list.exceptions.find((each) => each.person === person && each.day === day.day && each.kind === 'off') ?? null;
	const begins = times.filter((time) => time.day === day.day);
	return {
		begins, off,
		goes_on: times.filter((time) => time.day < day.day && Date.parse(time.ends_at) > Date.parse(day.starts_at)),
		instead_of: off ? due : [],
		skipped: off || day.holiday !== undefined ? [] : due.filter((shift) => !begins.some((time) => time.shift === shift.shift)),
	};
}

/* What somebody works on those days, as it begins, in real minutes. */
export function minutes_of(times: readonly Time[], person: number, days: readonly Day[]): number {
	return times.filter((time) => time.person === person && days.some((day) => day.day === time.day))
		.reduce((sum, time) => sum + (Date.parse(time.ends_at) - Date.parse(time.starts_at)) / minute_ms, 0);
}

/* ---- A day's axis ---- */

export interface Slot extends HalfHour {
	from: number;
	/* By the clocks; the second time where the hour is doubled. */
	minute: number;
	is_again: boolean;
}

/* The half hours of a day. */
export function slots_of(half_hours: readonly HalfHour[], day: Day, clock: (at: number) => { minute: number }): Slot[] {
	const starts_at = Date.parse(day.starts_at), ends_at = Date.parse(day.ends_at);
	let latest = -1;
	return half_hours.map((each) => ({ ...each, from: Date.parse(each.at) })).filter((each) => each.from >= starts_at && each.from < ends_at)
		.map((each) => {
			const { minute } = clock(each.from);
			const is_again = minute <= latest;
			latest = Math.max(latest, minute);
			return { ...each, minute, is_again };
		});
}

/* The hours that a plan shows: whole ones around all that is planned or wanted, and `more` minutes on both sides; eight hours at least. */
export function hours_shown(days: readonly (readonly Slot[])[], more = 0): { from: number; until: number } {
	const used = days.flat().filter((slot) => slot.most > 0 || slot.is_wanted).map((slot) => slot.minute);
	if (used.length === 0)
		return { from: 8 * 60, until: 18 * 60 };
	let from = Math.max(0, Math.floor(Math.min(...used) / 60) * 60 - more), until = Math.min(day_minutes, Math.ceil((Math.max(...used) + 30) / 60) * 60 + more);
	for (; until - from < 8 * 60; until = Math.min(day_minutes, until + 60))
		from = Math.max(0, from - 60);
	return { from, until };
}

export interface Axis {
	starts_at: number;
	ends_at: number;
	slots: Slot[];
}

/* The part of a day that is shown. Without half hours it is the whole day. */
export function axis_of(day: Day, slots: readonly Slot[], hours: { from: number; until: number }): Axis {
	const shown = slots.filter((slot) => slot.minute >= hours.from && slot.minute < hours.until);
	const last = shown.at(-1);
	if (!last)
		return { starts_at: Date.parse(day.starts_at), ends_at: Date.parse(day.ends_at), slots: [] };
	return { starts_at: shown[0]!.from, ends_at: last.from + half_hour_ms, slots: shown };
}

export interface Span {
	/* Of the axis, 0 to 1. */
	from: number;
	until: number;
	/* Begins before it, ends after it. */
	is_cut_before: boolean;
	is_cut_after: boolean;
}

/* Where something lies on an axis; null: not on it. */
export function span_on(axis: Axis, starts_at: number, ends_at: number): Span | null {
	const length = axis.ends_at - axis.starts_at;
	if (ends_at <= axis.starts_at || starts_at >= axis.ends_at)
		return null;
	return { from: Math.max(0, (starts_at - axis.starts_at) / length), until: Math.min(1, (ends_at - axis.starts_at) / length),
		is_cut_before: starts_at < axis.starts_at, is_cut_after: ends_at > axis.ends_at };
}

/* ---- Coverage ---- */

/* Nobody though somebody is to be there; fewer than seats; as many; more; nobody, and nobody has to. */
export type Level = 'gap' | 'few' | 'full' | 'crowd' | 'none';

export function level_of(slot: HalfHour, seats: number): Level {
	if (slot.is_wanted && slot.people === 0)
		return 'gap';
	if (slot.most > seats)
		return 'crowd';
	if (slot.most === 0)
		return 'none';
	return slot.people < seats ? 'few' : 'full';
}

export interface Run {
	key: number;
	level: Level;
	/* On shift at some time of it; that is what its height says. */
	most: number;
	people: number;
	slots: number;
	from: number;
	until: number;
}

/* Half hours that are alike, taken together. */
export function runs_of(slots: readonly Slot[], seats: number): Run[] {
	const runs: Run[] = [];
	for (const slot of slots) {
		const level = level_of(slot, seats), last = runs.at(-1);
		if (last && last.level === level && last.most === slot.most && last.people === slot.people) {
			last.slots++;
			last.until = slot.from + half_hour_ms;
		} else
			runs.push({ key: slot.from, level, most: slot.most, people: slot.people, slots: 1, from: slot.from, until: slot.from + half_hour_ms });
	}
	return runs;
}

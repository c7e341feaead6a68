import { describe, expect, test } from 'vitest';
import {
	axis_of, cell_of, day_change, first_weekday, hours_shown, is_moved, is_overnight, last_day_moved, level_of, minutes_between, minutes_of, runs_of, slots_of, span_on, time_change, week_begin, weekday_of,
	weekdays_from, zone_clock, type Day, type HalfHour, type Time,
} from './week';

/* A day of Berlin, and what is on it by half hours. */
function berlin(day: string, starts_at: string, ends_at: string): Day {
	return { day, weekday: weekday_of(day), starts_at, ends_at };
}
const plain = berlin('2026-03-30', '2026-03-29T22:00:00Z', '2026-03-30T22:00:00Z');
const next = berlin('2026-03-31', '2026-03-30T22:00:00Z', '2026-03-31T22:00:00Z');
const short = berlin('2026-03-29', '2026-03-28T23:00:00Z', '2026-03-29T22:00:00Z');
const long = berlin('2026-10-25', '2026-10-24T22:00:00Z', '2026-10-25T23:00:00Z');
const clock = zone_clock('Europe/Berlin');

function half_hours(day: Day, people: (minute: number) => number): HalfHour[] {
	const rows: HalfHour[] = [];
	for (let at = Date.parse(day.starts_at); at < Date.parse(day.ends_at); at += 1_800_000) {
		const count = people(clock(at).minute);
		rows.push({ at: new Date(at).toISOString(), people: count, most: count, is_wanted: clock(at).minute >= 540 && clock(at).minute < 1020 });
	}
	return rows;
}

function time(day: string, from_minute: number, minutes: number, starts_at: string, ends_at: string): Time {
	return { person: 1, shift: 7, day, from_minute, minutes, starts_at, ends_at };
}

describe('weeks', () => {
	test('begin on Monday or as the language has it', () => {
		expect(week_begin('2026-03-30', 1)).toBe('2026-03-30');
		expect(week_begin('2026-04-05', 1)).toBe('2026-03-30');
		expect(week_begin('2026-04-05', 7)).toBe('2026-04-05');
		expect(week_begin('2026-04-04', 7)).toBe('2026-03-29');
		expect(week_begin('1970-01-01', 1)).toBe('1969-12-29');
		expect(first_weekday('de')).toBe(1);
		expect(first_weekday('es-ES')).toBe(1);
		expect(first_weekday('en-GB')).toBe(1);
		expect(first_weekday('en-US')).toBe(7);
		expect(first_weekday('no such language')).toBe(1);
		expect(weekdays_from(7)).toEqual([7, 1, 2, 3, 4, 5, 6]);
		expect(weekday_of('2026-03-30')).toBe(1);
		expect(weekday_of('2026-04-05')).toBe(7);
	});
});

describe('a weekly shift that moves within its week', () => {
	const until = (last_day?: string, days = 2): string => last_day_moved({ shift: 1, person: 1, weekday: 1, from_minute: 540, minutes: 60, first_day: '2026-01-01', ...(last_day ? { last_day } : {}) }, days);
	test('keeps the day until which it goes, or what it has left to go', () => {
		expect(until()).toBe('');
		expect(until('2026-04-05')).toBe('2026-04-05');
		/* Last on Monday 30 March: by two days later it is on Wednesday. */
		expect([until('2026-03-30'), until('2026-03-31'), until('2026-04-01')]).toEqual(['2026-04-01', '2026-04-01', '2026-04-01']);
		expect([until('2026-03-30', -1), until('2026-04-02', -1)]).toEqual(['2026-03-30', '2026-04-02']);
	});
});

describe('a shift over midnight', () => {
	const night = time('2026-03-30', 1320, 480, '2026-03-30T20:00:00Z', '2026-03-31T04:00:00Z');
	const list = { shifts: [], exceptions: [], times: [night] };

	test('begins on one day and goes on on the next', () => {
		expect(cell_of(list, 1, plain)).toMatchObject({ begins: [night], goes_on: [] });
		expect(cell_of(list, 1, next)).toMatchObject({ begins: [], goes_on: [night] });
		expect(cell_of(list, 2, next)).toMatchObject({ begins: [], goes_on: [] });
		expect(is_overnight(1320, 480)).toBe(true);
		expect(is_overnight(1320, 120)).toBe(false);
	});
	test('is cut where its day ends, and counts with the day on which it begins', () => {
		const hours = { from: 0, until: 1440 }, at = [Date.parse(night.starts_at), Date.parse(night.ends_at)] as const;
		expect(span_on(axis_of(plain, slots_of(half_hours(plain, () => 0), plain, clock), hours), ...at)).toEqual({ from: 22 / 24, until: 1, is_cut_before: false, is_cut_after: true });
		expect(span_on(axis_of(next, slots_of(half_hours(next, () => 0), next, clock), hours), ...at)).toEqual({ from: 0, until: 6 / 24, is_cut_before: true, is_cut_after: false });
		expect(span_on(axis_of(short, [], hours), ...at)).toBeNull();
		expect(minutes_of([night], 1, [plain])).toBe(480);
		expect(minutes_of([night], 1, [next])).toBe(0);
	});
	test('is as long as the clocks say, and the same time twice is a whole day', () => {
		expect(minutes_between(1320, 360)).toBe(480);
		expect(minutes_between(540, 1020)).toBe(480);
		expect(minutes_between(540, 540)).toBe(1440);
		expect(minutes_between(540, 555)).toBe(15);
		expect(minutes_between(540, 554)).toBeNull();
	});
});

describe('where the clocks change', () => {
	test('the day with the missing hour has 46 half hours, and no two o’clock', () => {
		const slots = slots_of(half_hours(short, () => 1), short, clock);
		expect(day_change(short)).toBe(-60);
		expect(slots).toHaveLength(46);
		expect(slots.some((slot) => slot.minute >= 120 && slot.minute < 180)).toBe(false);
		const night = time('2026-03-28', 1320, 480, '2026-03-28T21:00:00Z', '2026-03-29T04:00:00Z');
		expect(time_change(night)).toBe(-60);
		expect(span_on(axis_of(short, slots, { from: 0, until: 1440 }), Date.parse(night.starts_at), Date.parse(night.ends_at))).toMatchObject({ from: 0, until: 5 / 23 });
	});
	test('what begins in the missing hour begins after it; what lies in it is not there', () => {
		const moved = time('2026-03-29', 150, 120, '2026-03-29T01:00:00Z', '2026-03-29T02:30:00Z');
		expect(is_moved(moved, clock)).toBe(true);
		expect(is_moved(time('2026-03-29', 540, 60, '2026-03-29T07:00:00Z', '2026-03-29T08:00:00Z'), clock)).toBe(false);
		const shift = { shift: 9, person: 1, weekday: 7, from_minute: 135, minutes: 30, first_day: '2026-01-01' };
		const list = { shifts: [shift], exceptions: [], times: [] };
		expect(cell_of(list, 1, short).skipped).toEqual([shift]);
		expect(cell_of(list, 1, { ...short, holiday: 'Easter' }).skipped).toEqual([]);
	});
	test('the day with the doubled hour has 50 half hours, two of them again', () => {
		const slots = slots_of(half_hours(long, () => 1), long, clock);
		expect(day_change(long)).toBe(60);
		expect(slots).toHaveLength(50);
		expect(slots.filter((slot) => slot.is_again).map((slot) => slot.minute)).toEqual([120, 150]);
		const night = time('2026-10-24', 1320, 480, '2026-10-24T20:00:00Z', '2026-10-25T05:00:00Z');
		expect(time_change(night)).toBe(60);
		expect(span_on(axis_of(long, slots, { from: 0, until: 1440 }), Date.parse(night.starts_at), Date.parse(night.ends_at))).toMatchObject({ from: 0, until: 7 / 25 });
	});
});

describe('the hours that are shown', () => {
	test('are whole ones around what is planned and wanted', () => {
		const slots = slots_of(half_hours(plain, (minute) => (minute === 450 || minute === 1050 ? 1 : 0)), plain, clock);
		expect(hours_shown([slots])).toEqual({ from: 420, until: 1080 });
		expect(hours_shown([slots], 60)).toEqual({ from: 360, until: 1140 });
		const axis = axis_of(plain, slots, { from: 420, until: 1080 });
		expect([axis.starts_at, axis.ends_at].map((at) => clock(at).minute)).toEqual([420, 1080]);
		expect(axis.slots).toHaveLength(22);
	});
	test('are eight at least, and ten of a day when there is nothing', () => {
		expect(hours_shown([[]])).toEqual({ from: 480, until: 1080 });
		const late = slots_of(half_hours(plain, (minute) => (minute >= 1380 ? 1 : 0)), plain, clock).map((slot) => ({ ...slot, is_wanted: false }));
		expect(hours_shown([late])).toEqual({ from: 960, until: 1440 });
		expect(hours_shown([late], 60)).toEqual({ from: 960, until: 1440 });
	});
});

describe('coverage', () => {
	const slot = (people: number, most: number, is_wanted = true): HalfHour => ({ at: '', people, most, is_wanted });

	test('tells gaps, too few, enough and too many', () => {
		expect(level_of(slot(0, 0), 2)).toBe('gap');
		expect(level_of(slot(0, 1), 2)).toBe('gap');
		expect(level_of(slot(0, 0, false), 2)).toBe('none');
		expect(level_of(slot(1, 1), 2)).toBe('few');
		expect(level_of(slot(2, 2), 2)).toBe('full');
		expect(level_of(slot(2, 3), 2)).toBe('crowd');
		expect(level_of(slot(0, 1, false), 0)).toBe('crowd');
	});
	test('takes half hours together that are alike', () => {
		const slots = slots_of(half_hours(plain, (minute) => (minute < 540 || minute >= 1020 ? 0 : minute < 720 ? 1 : 3)), plain, clock);
		expect(runs_of(slots, 2).map((run) => [run.level, run.most, run.slots])).toEqual([['none', 0, 18], ['few', 1, 6], ['crowd', 3, 10], ['none', 0, 14]]);
	});
});

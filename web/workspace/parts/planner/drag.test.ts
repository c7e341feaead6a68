import { describe, expect, test } from 'vitest';
import { dragged, is_same, moments_of, ms_of, part_at, place_of } from './drag';
import { clock_moment, weekday_of, zone_clock, type Day, type Time } from './week';

const clock = zone_clock('Europe/Berlin'), hour = 3_600_000, quarter = hour / 4;

function berlin(day: string, starts_at: string, ends_at: string): Day {
	return { day, weekday: weekday_of(day), starts_at, ends_at };
}
const plain = berlin('2026-03-30', '2026-03-29T22:00:00Z', '2026-03-30T22:00:00Z');
const short = berlin('2026-03-29', '2026-03-28T23:00:00Z', '2026-03-29T22:00:00Z');
const long = berlin('2026-10-25', '2026-10-24T22:00:00Z', '2026-10-25T23:00:00Z');

function shift(day: Day, from_minute: number, minutes: number): Time {
	const [from, until] = [clock_moment(day, from_minute, clock), clock_moment(day, from_minute + minutes, clock)];
	return { person: 1, shift: 7, day: day.day, from_minute, minutes, starts_at: new Date(from).toISOString(), ends_at: new Date(until).toISOString() };
}
const office = shift(plain, 540, 480), night = shift(plain, 1320, 480);
const at = (time: Time, part: 'whole' | 'from' | 'until', ms: number, day = plain): number[] => {
	const { from_minute, minutes } = dragged(time, part, ms, day, clock);
	return [from_minute, minutes];
};

describe('where a bar is held', () => {
	test('is by its ends or its whole, and right to left its beginning is at the right', () => {
		const bar = { left: 100, right: 200 };
		const parts = (is_rtl: boolean): string[] => [100, 107, 108, 150, 192, 193, 200].map((x) => part_at(x, bar, 8, is_rtl));
		expect(parts(false)).toEqual(['from', 'from', 'whole', 'whole', 'whole', 'until', 'until']);
		expect(parts(true)).toEqual(['until', 'until', 'whole', 'whole', 'whole', 'from', 'from']);
	});
	test('of a short one half is its whole; words beside it are too', () => {
		const bar = { left: 100, right: 116 };
		expect([103, 104, 111, 113, 99, 130].map((x) => part_at(x, bar, 8, false))).toEqual(['from', 'whole', 'whole', 'until', 'whole', 'whole']);
	});
});

test('a way along an axis is time, the other way round from right to left', () => {
	const axis = { starts_at: 0, ends_at: 10 * hour };
	expect(ms_of(90, 900, axis, false)).toBe(hour);
	expect(ms_of(90, 900, axis, true)).toBe(-hour);
	expect(ms_of(90, 900, axis, false, 4)).toBe(hour);
	expect(ms_of(16, 100, axis, false, 4)).toBe(hour);
	expect(ms_of(16, 100, axis, true, 4)).toBe(-hour);
});

describe('a shift that is dragged', () => {
	test('begins at quarters of an hour and is as long as before', () => {
		expect(at(office, 'whole', 2 * hour)).toEqual([660, 480]);
		expect(at(office, 'whole', quarter / 2 - 1)).toEqual([540, 480]);
		expect(at(office, 'whole', quarter / 2)).toEqual([555, 480]);
		expect(at(office, 'whole', -quarter)).toEqual([525, 480]);
	});
	test('stays where it is by less than half a step, though that is no quarter', () => {
		const odd = shift(plain, 545, 470);
		expect(at(odd, 'whole', quarter / 3)).toEqual([545, 470]);
		expect(at(odd, 'until', -quarter / 3)).toEqual([545, 470]);
		expect(at(odd, 'whole', quarter)).toEqual([555, 470]);
		expect(is_same(dragged(odd, 'from', 0, plain, clock), place_of(odd))).toBe(true);
	});
	test('stays in its day, of which a night may run out', () => {
		expect(at(office, 'whole', -20 * hour)).toEqual([0, 480]);
		expect(at(office, 'whole', 20 * hour)).toEqual([1425, 480]);
		expect(at(night, 'whole', hour)).toEqual([1380, 480]);
	});
	test('is longer or shorter by its ends, from a quarter of an hour to a day', () => {
		expect(at(office, 'until', hour)).toEqual([540, 540]);
		expect(at(office, 'until', -20 * hour)).toEqual([540, 15]);
		expect(at(office, 'until', 30 * hour)).toEqual([540, 1440]);
		expect(at(office, 'from', -hour)).toEqual([480, 540]);
		expect(at(office, 'from', 20 * hour)).toEqual([1005, 15]);
		expect(at(office, 'from', -20 * hour)).toEqual([0, 1020]);
	});
	test('over midnight its end is the next day’s, and it is no longer than a day', () => {
		expect(at(shift(plain, 960, 480), 'until', 0)).toEqual([960, 480]);
		expect(at(shift(plain, 960, 480), 'until', hour)).toEqual([960, 540]);
		expect(at(night, 'until', -7 * hour)).toEqual([1320, 60]);
		expect(at(night, 'from', 5 * hour)).toEqual([1425, 375]);
		expect(at(night, 'from', -20 * hour)).toEqual([360, 1440]);
	});
});

describe('where the clocks change', () => {
	test('over the missing hour a beginning leaps, and as long by the clock is an hour less', () => {
		const early = shift(short, 60, 120);
		expect(at(early, 'whole', hour, short)).toEqual([180, 120]);
		expect(at(early, 'whole', 3 * quarter, short)).toEqual([105, 120]);
		expect(moments_of({ person: 1, day: short.day, from_minute: 60, minutes: 480 }, short, clock).map((each) => new Date(each).toISOString()))
			.toEqual(['2026-03-29T00:00:00.000Z', '2026-03-29T07:00:00.000Z']);
	});
	test('what begins or ends in the missing hour does when the clocks are set, as the desk has it', () => {
		const before = berlin('2026-03-28', '2026-03-27T23:00:00Z', '2026-03-28T23:00:00Z');
		for (const minute of [120, 121, 150, 179, 180])
			for (const [day, more] of [[short, 0], [before, 1440]] as const)
				expect(new Date(clock_moment(day, minute + more, clock)).toISOString()).toBe('2026-03-29T01:00:00.000Z');
		expect([119, 181].map((minute) => new Date(clock_moment(short, minute, clock)).toISOString())).toEqual(['2026-03-29T00:59:00.000Z', '2026-03-29T01:01:00.000Z']);
		const [from, until] = moments_of({ person: 1, day: before.day, from_minute: 1320, minutes: 270 }, before, clock);
		expect((until - from) / 60_000).toBe(240);
		/* In Cairo they are set at midnight, and Lord Howe sets them by half an hour. */
		const cairo = berlin('2026-04-24', '2026-04-23T22:00:00Z', '2026-04-24T21:00:00Z');
		expect(new Date(clock_moment(cairo, 30, zone_clock('Africa/Cairo'))).toISOString()).toBe('2026-04-23T22:00:00.000Z');
		const howe = berlin('2026-10-04', '2026-10-03T13:30:00Z', '2026-10-04T13:00:00Z');
		expect(new Date(clock_moment(howe, 135, zone_clock('Australia/Lord_Howe'))).toISOString()).toBe('2026-10-03T15:30:00.000Z');
	});
	test('what ends after it is dragged by real time', () => {
		expect(at(shift(short, 60, 60 * 8), 'until', hour, short)).toEqual([60, 540]);
		expect(at(shift(short, 540, 480), 'whole', -hour, short)).toEqual([480, 480]);
		/* From 3:00 back is 1:45. */
		expect(at(shift(short, 180, 60), 'from', -quarter, short)).toEqual([105, 135]);
	});
	test('the hour that is there twice is one', () => {
		const early = shift(long, 60, 120);
		expect(at(early, 'whole', hour, long)).toEqual([120, 120]);
		expect(at(early, 'whole', 2 * hour, long)).toEqual([120, 120]);
		expect(at(early, 'whole', 3 * hour, long)).toEqual([180, 120]);
		expect(at(shift(long, 540, 480), 'whole', 20 * hour, long)).toEqual([1425, 480]);
		expect(moments_of({ person: 1, day: long.day, from_minute: 1320, minutes: 240 }, long, clock).map((each) => new Date(each).toISOString()))
			.toEqual(['2026-10-25T21:00:00.000Z', '2026-10-26T01:00:00.000Z']);
	});
	test('nights before them end by the clock on the wall', () => {
		const before = berlin('2026-03-28', '2026-03-27T23:00:00Z', '2026-03-28T23:00:00Z');
		expect(new Date(clock_moment(before, 1800, clock)).toISOString()).toBe('2026-03-29T04:00:00.000Z');
		expect(at(shift(before, 1320, 480), 'until', hour, before)).toEqual([1320, 540]);
		expect(new Date(clock_moment(berlin('2026-10-24', '2026-10-23T22:00:00Z', '2026-10-24T22:00:00Z'), 1800, clock)).toISOString()).toBe('2026-10-25T05:00:00.000Z');
	});
});

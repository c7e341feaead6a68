import { expect, test } from 'vitest';
import { add_span, clock_of, copy_monday, day_of_week, minute_of, span_wrong, typical } from './hours';

test('a time goes there and back; 00:00 at the end is the midnight that comes', () => {
	for (const minute of [0, 1, 59, 60, 540, 1439])
		expect(minute_of(clock_of(minute), false)).toBe(minute);
	expect(clock_of(1440)).toBe('00:00');
	expect(minute_of('00:00', true)).toBe(1440);
	for (const none of ['', '9:00', '24:00', '12:60', 'noon'])
		expect(minute_of(none, false)).toBeNull();
});

test('hours that end before they begin, or overlap, are wrong', () => {
	const morning = { weekday: 1, from_minute: 540, to_minute: 720 }, noon = { weekday: 1, from_minute: 719, to_minute: 800 };
	expect(span_wrong({ weekday: 1, from_minute: 540, to_minute: 540 }, [])).toBe('backwards');
	expect(span_wrong(morning, [morning, noon])).toBe('overlap');
	expect(span_wrong(morning, [morning, { ...noon, from_minute: 720 }])).toBeNull();
	expect(span_wrong(morning, [morning, { ...noon, weekday: 2 }])).toBeNull();
});

test('Monday is copied in the place of what was there, and only there', () => {
	const week = copy_monday([{ weekday: 1, from_minute: 480, to_minute: 960 }, { weekday: 2, from_minute: 0, to_minute: 60 }, { weekday: 7, from_minute: 600, to_minute: 700 }], [2, 3]);
	expect(week.map((span) => [span.weekday, span.from_minute])).toEqual([[1, 480], [2, 480], [3, 480], [7, 600]]);
});

test('a new row comes behind the last one of its day and stays within it', () => {
	expect(add_span([], 3)).toEqual([{ weekday: 3, from_minute: 540, to_minute: 1020 }]);
	expect(add_span(add_span([], 3), 3).map((span) => span.from_minute)).toEqual([540, 1080]);
	const late = add_span([{ weekday: 1, from_minute: 600, to_minute: 1440 }], 1).at(-1)!;
	expect(late.to_minute).toBeLessThanOrEqual(1440);
	expect(late.from_minute).toBeLessThan(late.to_minute);
});

test('the week begins on Monday', () => {
	expect(day_of_week(1)).toBe('Monday');
	expect(day_of_week(7)).toBe('Sunday');
	expect(typical()).toHaveLength(5);
});

import { beforeAll, expect, test } from 'vitest';
import { texts_load } from '../../../kit/texts';
import { stretch_text } from './say';
import { zone_clock } from './week';

beforeAll(async () => { await texts_load(['en']); });

const clock = zone_clock('Europe/Berlin');
const days_named = (from: string, until: string): string[] => stretch_text(from, until, clock).match(/\w+day/g)!;

test('what ends with its day names that day alone, also where the clocks make it 23 or 25 hours long', () => {
	expect(days_named('2026-03-29T22:00:00Z', '2026-03-30T22:00:00Z')).toEqual(['Monday']);
	expect(days_named('2026-03-28T23:00:00Z', '2026-03-29T22:00:00Z')).toEqual(['Sunday']);
	expect(days_named('2026-10-24T22:00:00Z', '2026-10-25T23:00:00Z')).toEqual(['Sunday']);
});

test('what began the day before names both days, also where the clocks make it no longer than 24 hours', () => {
	/* From 23:00 on Saturday until the midnight after the short Sunday, and after the long one. */
	expect(days_named('2026-03-28T22:00:00Z', '2026-03-29T22:00:00Z')).toEqual(['Saturday', 'Monday']);
	expect(days_named('2026-10-24T21:00:00Z', '2026-10-25T23:00:00Z')).toEqual(['Saturday', 'Monday']);
});

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Reading } from './log';
import { ReadingSignal, reading_every_ms } from './reading';

let told: Reading[], is_up: boolean, signal: ReadingSignal;

beforeEach(() => {
	vi.useFakeTimers();
	told = [];
	is_up = true;
	signal = new ReadingSignal((reading) => is_up && told.push({ ...reading }) > 0);
});
afterEach(() => vi.useRealTimers());

test('the first is told at once, those after it together a second later', () => {
	signal.delivered(3);
	signal.delivered(4);
	signal.seen(4);
	expect(told).toEqual([{ delivered: 3, seen: 0 }]);
	vi.advanceTimersByTime(reading_every_ms - 1);
	expect(told.length).toBe(1);
	vi.advanceTimersByTime(1);
	expect(told.slice(1)).toEqual([{ delivered: 4, seen: 4 }]);
	vi.advanceTimersByTime(10 * reading_every_ms);
	expect(told.length).toBe(2);
});

test('what was seen was delivered, and nothing goes back', () => {
	signal.seen(5);
	vi.advanceTimersByTime(reading_every_ms);
	signal.delivered(2);
	signal.seen(4);
	vi.advanceTimersByTime(reading_every_ms);
	expect(told).toEqual([{ delivered: 5, seen: 5 }]);
});

test('without a link nothing is lost: it is told when the link is up, and again after each cut', () => {
	is_up = false;
	signal.seen(5);
	vi.advanceTimersByTime(10 * reading_every_ms);
	expect(told).toEqual([]);
	is_up = true;
	signal.again();
	expect(told).toEqual([{ delivered: 5, seen: 5 }]);
	vi.advanceTimersByTime(reading_every_ms);
	signal.again();
	expect(told.length).toBe(2);
});

test('a link that is up before anything was read is told nothing', () => {
	signal.again();
	expect(told).toEqual([]);
});

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Cell } from './cell';
import type { Link } from './connection';
import { make_pill, type Pill } from './pill';

const good: Link = { is_up: true, down_since: null, retry_at: null, missed: 0, is_signed_out: false, is_polling: false };
let link: Cell<Link>, made: { pill: Cell<Pill>; stop: () => void };

beforeEach(() => {
	vi.useFakeTimers();
	link = new Cell(good);
	made = make_pill(link);
});

afterEach(() => {
	made.stop();
	vi.useRealTimers();
});

function lose(ms: number): void {
	link.set({ ...link.value, is_up: false, down_since: link.value.down_since ?? Date.now(), retry_at: Date.now() + ms });
}

test('a loss shorter than 1.5 s is not shown', () => {
	lose(500);
	vi.advanceTimersByTime(1400);
	expect(made.pill.value).toEqual({ kind: 'none' });
	link.set(good);
	vi.advanceTimersByTime(10_000);
	expect(made.pill.value).toEqual({ kind: 'none' });
});

test('after 1.5 s it counts the seconds to the next try down', () => {
	lose(9500);
	vi.advanceTimersByTime(1500);
	expect(made.pill.value).toEqual({ kind: 'waiting', seconds: 8 });
	vi.advanceTimersByTime(1001);
	expect(made.pill.value).toEqual({ kind: 'waiting', seconds: 7 });
	vi.advanceTimersByTime(7000);
	expect(made.pill.value).toEqual({ kind: 'trying' });
});

test('it says for 4 s that it is back and what came, also when other things change', () => {
	lose(3000);
	vi.advanceTimersByTime(2000);
	link.set({ ...good, missed: 4 });
	expect(made.pill.value).toEqual({ kind: 'back', missed: 4 });
	link.set({ ...good });
	expect(made.pill.value).toEqual({ kind: 'back', missed: 4 });
	vi.advanceTimersByTime(4001);
	expect(made.pill.value).toEqual({ kind: 'none' });
});

test('a second loss while it says "back" is shown at 1.5 s again', () => {
	lose(3000);
	vi.advanceTimersByTime(2000);
	link.set({ ...good, missed: 1 });
	lose(5000);
	expect(made.pill.value.kind).toBe('none');
	vi.advanceTimersByTime(1501);
	expect(made.pill.value.kind).toBe('waiting');
});

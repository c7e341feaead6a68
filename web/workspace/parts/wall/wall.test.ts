import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { texts_load } from '../../../kit/texts';
import { board_texts_load } from '../duty/texts';
import { calmly } from './calm';
import { glance_says } from './glance';

const pool = (waiting: number, able: number, calls_for_help = false, id = 1): Parameters<typeof glance_says>[1][number] =>
	({ pool: id, chats: 0, cap: 8, able, waiting, offered: 0, wait_ms: 0, calls_for_help, ...(id > 1 ? { team: id, team_name: 'Returns' } : {}) });

beforeAll(async () => {
	await texts_load(['en']);
	await board_texts_load();
});
afterEach(() => void vi.useRealTimers());

test('who listens hears of help, of a desk without room and of an empty line, and of nothing else', () => {
	expect(glance_says(null, [pool(0, 2)])).toBe('');
	expect(glance_says([pool(0, 2)], [pool(2, 1)])).toBe('');
	expect(glance_says([pool(2, 1)], [pool(2, 0)])).toBe('Visitors wait, and nobody has room.');
	expect(glance_says([pool(2, 0)], [pool(3, 0)])).toBe('');
	expect(glance_says([pool(3, 0)], [pool(3, 0, true), pool(1, 0, true, 2)])).toBe('Back-ups are called. Back-ups of Returns are called.');
	expect(glance_says([pool(3, 0, true)], [pool(2, 0, true)])).toBe('');
	expect(glance_says([pool(1, 0)], [pool(0, 1)])).toBe('Nobody waits any more.');
});

test('many things that happen at once are one question, and what happens while it is asked is one more', async () => {
	vi.useFakeTimers();
	const answers: (() => void)[] = [];
	const ask = vi.fn(() => new Promise<void>((resolve) => answers.push(resolve)));
	const again = calmly(ask, 1000);
	for (let i = 0; i < 5; i++)
		void again();
	expect(ask).toHaveBeenCalledTimes(1);
	answers[0]!();
	await vi.advanceTimersByTimeAsync(999);
	expect(ask).toHaveBeenCalledTimes(1);
	await vi.advanceTimersByTimeAsync(1);
	expect(ask).toHaveBeenCalledTimes(2);
	answers[1]!();
	await vi.advanceTimersByTimeAsync(5000);
	expect(ask).toHaveBeenCalledTimes(2);
	void again();
	expect(ask).toHaveBeenCalledTimes(3);
});

import { beforeAll, expect, test, vi } from 'vitest';
import type { Chat, DutyRow } from '../../client/api';
import { texts_load } from '../../kit/texts';
import { board_texts_load } from '../parts/duty/texts';
import { log_says } from '../parts/duty/log_words';
import { workspace_texts_load } from '../texts';
import { next_to_go, place_of } from './duty.svelte';
import { line_says } from './duty_words';
import { gone_ms, is_offered_to, Offers, outcome_of } from './offers.svelte';

const me = 7;

function row(id: number, status: DutyRow['status'], more: Partial<DutyRow> = {}): DutyRow {
	const is_seated = status !== 'line' && status !== 'phone';
	return { id, name: `P${id}`, role: 'advisor', status, seat: is_seated ? 'own' : 'none', load: 0, cap: 4, chats: 0, pool: 1,
		...(is_seated ? {} : { line_since: `2026-03-30T16:0${id}:00.000Z` }), ...more };
}

function chat(more: Partial<Chat>): Chat {
	return { conversation: 'k', state: 'waiting', channel: 'chat', visitor: { verified: false }, guests: [], started_at: '', waiting_since: '', unread: 0, version: 1, chat: 1,
		priority: 0, is_quiet: false, ...more };
}

const offered = (person: number, expires_at = '2026-03-30T16:01:00.000Z'): Chat => chat({ state: 'offered', offer: { person, name: 'Ann', expires_at } });

beforeAll(async () => {
	await workspace_texts_load(await texts_load(['en']));
	await board_texts_load();
});

test('the place in the line goes by who came first; who is on the phone is passed by, and keeps a place', () => {
	const [first, phone, third, elsewhere] = [row(1, 'line'), row(2, 'phone'), row(3, 'line'), row(4, 'line', { pool: 2 })];
	const all = [third!, phone!, elsewhere!, first!];
	expect([first, phone, third, elsewhere].map((each) => place_of(each!, all))).toEqual([1, 2, 2, 1]);
});

test('who came at the same instant stands in the order of ids', () => {
	const at = { line_since: '2026-03-30T16:00:00.000Z' };
	const all = [row(9, 'line', at), row(8, 'line', at)];
	expect(all.map((each) => place_of(each, all))).toEqual([2, 1]);
});

test('of those who wind down in one’s pool the one with the fewest chats goes first', () => {
	const all = [row(1, 'winding', { chats: 3 }), row(2, 'winding', { chats: 2 }), row(3, 'winding', { chats: 0, pool: 2 }), row(4, 'online')];
	expect(next_to_go(1, all)?.id).toBe(2);
	expect(next_to_go(3, all)).toBeUndefined();
});

test('the line says who is finishing, who ends next, or that all is taken', () => {
	const mine = row(me, 'line');
	expect(line_says(1, mine, [mine, row(1, 'winding', { name: 'Ben', chats: 2 })])).toBe('Ben is finishing two chats; you are next for the seat.');
	expect(line_says(1, mine, [mine, row(1, 'winding', { name: 'Ben', chats: 1 })])).toBe('Ben is finishing one chat; you are next for the seat.');
	expect(line_says(2, mine, [mine, row(1, 'winding', { name: 'Ben' })])).toBe('Ben is about to leave; you are number 2 in the line.');
	expect(line_says(3, mine, [mine, row(1, 'online', { ends_at: '2026-03-30T18:00:00.000Z' })])).toMatch(/^The next shift ends at .*; you are number 3 in the line\.$/);
	expect(line_says(1, mine, [mine, row(1, 'online')])).toBe('All seats are taken; you are next for the seat.');
});

test('a chat is offered to whom its row names, and to nobody else', () => {
	expect(is_offered_to(offered(me), me)).toBe(true);
	expect(is_offered_to(offered(8), me)).toBe(false);
	expect(is_offered_to(chat({}), me)).toBe(false);
	expect(is_offered_to(undefined, me)).toBe(false);
	expect(is_offered_to(offered(me), undefined)).toBe(false);
});

test('what became of an offer: accepted, taken by whom, gone, out of time, or offered to somebody else', () => {
	const was = offered(me), end = Date.parse(was.offer!.expires_at);
	expect(outcome_of(was, chat({ state: 'owned', owner: { id: me, name: 'Me' } }), me, end)).toBe('accepted');
	expect(outcome_of(was, chat({ state: 'owned', owner: { id: 8, name: 'Ben' } }), me, end)).toBe('taken');
	expect(outcome_of(was, chat({ state: 'closed' }), me, end)).toBe('left');
	expect(outcome_of(was, chat({}), me, end)).toBe('expired');
	expect(outcome_of(was, offered(8), me, end - 2000)).toBe('expired');
	expect(outcome_of(was, offered(8), me, end - 2001)).toBe('withdrawn');
});

test('of an offer that one declined nothing is said, and of the next one of the same chat something is', () => {
	vi.useFakeTimers();
	const end = Date.parse(offered(me).offer!.expires_at), later = '2026-03-30T16:02:00.000Z';
	const offers = new Offers(() => [], () => me, () => end - 30_000);
	const gone = (): string[] => offers.gone.map((each) => each.outcome);
	expect(offers.hear(chat({}), offered(me))).toBe(true);
	offers.decline('k');
	offers.hear(offered(me), offered(8));
	expect(gone()).toEqual([]);
	/* Declined, and all that was heard next is another offer. */
	offers.hear(offered(8), offered(me));
	offers.decline('k');
	offers.hear(offered(me), offered(me, later));
	offers.hear(offered(me, later), offered(8));
	expect(gone()).toEqual(['withdrawn']);
	/* The desk refused it: somebody was quicker. */
	expect(offers.hear(offered(8), offered(me))).toBe(true);
	expect(gone()).toEqual([]);
	offers.decline('k');
	offers.undecline('k');
	offers.hear(offered(me), chat({ state: 'owned', owner: { id: 8, name: 'Ben' } }));
	expect(gone()).toEqual(['taken']);
	vi.advanceTimersByTime(gone_ms);
	expect(gone()).toEqual([]);
	vi.useRealTimers();
});

test('the log says what, and by whom where it was somebody else', () => {
	const line = { id: 1, at: '', pool: 1, person: { id: 2, name: 'Ben' }, what: 'freed' as const };
	expect(log_says({ ...line, by: { id: 3, name: 'Ann' } })).toBe('The seat was freed (by Ann)');
	expect(log_says({ ...line, what: 'took', by: { id: 2, name: 'Ben' } })).toBe('Took a seat');
	expect(log_says({ ...line, what: 'lost' })).toBe('Lost the seat: not heard of for too long');
});

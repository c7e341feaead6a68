import { beforeAll, describe, expect, test } from 'vitest';
import type { Item } from '../client/api';
import type { Entry } from '../client/log';
import { text_pieces, thread_rows, type MessageRow, type Side } from './rows';
import { language_pick, texts_load } from './texts';
import { time_span } from './time';

const ann: Side = { as: 'person', person: 7, my_name: 'Ann', visitor_name: 'Vera', desk_name: 'The desk' };
const vera: Side = { as: 'visitor', visitor_name: null, desk_name: 'The desk' };

beforeAll(async () => { await texts_load(['en']); });

function item(seq: number, kind: Item['kind'], author: Item['author'], more: Partial<Item> = {}): Entry {
	return { key: `k${seq}`, item: { seq, kind, author, at: `2026-03-30T16:${String(10 + seq).padStart(2, '0')}:00.000Z`, ...more }, sending: null };
}

const by_vera = { kind: 'visitor', name: 'Vera' } as const;
const by_ann = { kind: 'person', name: 'Ann', id: 7 } as const;
const by_ben = { kind: 'person', name: 'Ben', id: 8 } as const;

describe('the rows of a thread', () => {
	test('begin with the day and group what one person says within five minutes', () => {
		const rows = thread_rows([item(1, 'message', by_vera, { text: 'a' }), item(2, 'message', by_vera, { text: 'b' }), item(9, 'message', by_vera, { text: 'c' })], ann, null);
		expect(rows.map((row) => row.type)).toEqual(['day', 'message', 'message', 'message']);
		expect(rows.slice(1).map((row) => (row as MessageRow).is_first)).toEqual([true, false, true]);
	});

	test('have the customer on one side and the desk on the other, from both pages', () => {
		const entries = [item(1, 'message', by_vera, { text: 'a' }), item(2, 'message', by_ben, { text: 'b' })];
		const sides = (side: Side): string[] => thread_rows(entries, side, null).filter((row) => row.type === 'message').map((row) => row.side);
		expect(sides(ann)).toEqual(['start', 'end']);
		expect(sides(vera)).toEqual(['end', 'start']);
	});

	test('draw the unread line once, before the first message of others that was not read', () => {
		const entries = [item(1, 'message', by_vera, { text: 'a' }), item(2, 'message', by_ann, { text: 'b' }), item(3, 'message', by_vera, { text: 'c' }), item(4, 'message', by_vera, { text: 'd' })];
		expect(thread_rows(entries, ann, 1).map((row) => row.key)).toEqual(['day-' + new Date('2026-03-30T16:11:00Z').toDateString(), 'k1', 'k2', 'unread', 'k3', 'k4']);
		expect(thread_rows(entries, ann, 4).some((row) => row.type === 'unread')).toBe(false);
	});

	test('tell staff who put a chat back, and the visitor only who is there now', () => {
		const entries = [item(1, 'started', by_vera), item(2, 'taken', by_ann), item(3, 'released', by_ann), item(4, 'handed', by_ann, { about: by_ben }), item(5, 'ended', by_ben)];
		const events = (side: Side): string[] => thread_rows(entries, side, null).filter((row) => row.type === 'event').map((row) => row.text);
		expect(events(ann)).toEqual(['Vera started the chat', 'Ann joined', 'Ann put the chat back in line', 'Ann handed the chat to Ben', 'Ben ended the chat']);
		expect(events(vera)).toEqual(['Ann joined', 'Ben joined', 'Ben ended the chat']);
	});

	test('say that a quiet chat will be closed, and why it was', () => {
		const by_desk = { kind: 'system' } as Item['author'];
		const entries = [item(1, 'message', by_vera, { text: 'a' }), item(2, 'warned' as never, by_desk), item(3, 'note', by_ann, { text: 'gone, it seems' }), item(4, 'ended', by_desk)];
		const events = (side: Side, all = entries): string[] => thread_rows(all, side, null).filter((row) => row.type === 'event').map((row) => row.text);
		expect(events(vera)).toEqual(['Are you still there? Nobody has written for a while, so this chat will be closed soon. Any word keeps it open.', 'The chat was closed, since nobody wrote any more']);
		expect(events(ann)[0]).toBe('Nobody has written for a while: the visitor was told that the chat will be closed');
		expect(events(vera, [...entries.slice(0, 2), item(3, 'message', by_vera, { text: 'Yes!' }), item(4, 'ended', by_desk)])[1]).toBe('The chat ended');
	});

	test('pass over kinds that they do not know', () => {
		expect(thread_rows([item(1, 'sneezed' as never, by_vera)], ann, null)).toEqual([]);
	});

	test('mark a note that a later one corrects', () => {
		const rows = thread_rows([item(1, 'note', by_ann, { text: 'wrong' }), item(2, 'note', by_ann, { text: 'right', corrects: 1 })], ann, null);
		expect(rows.filter((row) => row.type === 'message').map((row) => row.is_corrected)).toEqual([true, false]);
	});
});

describe('links', () => {
	test('are made of http, https and e-mail addresses only, without the dot behind them', () => {
		expect(text_pieces('See https://a.example/b. Or write to ann@b.example!')).toEqual([
			{ text: 'See ', href: null }, { text: 'https://a.example/b', href: 'https://a.example/b' }, { text: '. Or write to ', href: null },
			{ text: 'ann@b.example', href: 'mailto:ann@b.example' }, { text: '!', href: null }]);
	});

	test('are never made of anything else', () => {
		for (const text of ['javascript:alert(1)', 'data:text/html,x', '<a href="x">', 'file:///etc', 'vbscript:x'])
			expect(text_pieces(text)).toEqual([{ text, href: null }]);
	});

	test('keep every character of the text, also of long and hostile ones', () => {
		for (const text of ['a'.repeat(16_384), 'a@'.repeat(8000), 'https://'.repeat(2000), 'x.'.repeat(8000) + '@', ''])
			expect(text_pieces(text).map((piece) => piece.text).join('')).toBe(text);
	});
});

test('time spans are short and grow coarser', () => {
	const minute = 60_000, hour = 60 * minute;
	expect([0, 59_999, minute, 59 * minute, hour, hour + 5 * minute, 23 * hour, 24 * hour, 72 * hour].map(time_span))
		.toEqual(['0 s', '59 s', '1 min', '59 min', '1 h', '1 h 5 min', '23 h', '1 day', '3 days']);
});

test('the first wanted language that there are words for is taken', () => {
	expect([language_pick(['fr', 'de-AT', 'en']), language_pick(['es-MX']), language_pick(['fr']), language_pick([])]).toEqual(['de', 'es', 'en', 'en']);
});

describe('what only staff reads', () => {
	const whisper = item(3, 'whisper', by_ben, { text: 'offer the blue one', internal: true });

	test('is a whisper of its own, in no group with messages', () => {
		const rows = thread_rows([item(1, 'message', by_ben, { text: 'a' }), whisper], ann, null).filter((row) => row.type === 'message');
		expect(rows.map((row) => [row.is_whisper, row.is_first])).toEqual([[false, true], [true, true]]);
	});

	test('says where a chat was handed to, and the visitor only who comes', () => {
		const to_team = [item(1, 'handed', by_ann, { about: { kind: 'team', name: 'Returns' } })];
		const to_ben = [item(1, 'handed', by_ann, { about: { kind: 'person', name: 'Ben' } })];
		const texts = (entries: Entry[], side: Side): string[] => thread_rows(entries, side, null).flatMap((row) => (row.type === 'event' ? [row.text] : []));
		expect(texts(to_team, ann)).toEqual(['Ann handed the chat to the team Returns']);
		expect(texts(to_team, vera)).toEqual([]);
		expect(texts(to_ben, vera)).toEqual(['Ben joined']);
	});
});

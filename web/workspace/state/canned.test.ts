import { expect, test } from 'vitest';
import type { CannedAnswer } from '../../client/api';
import { canned_fill, canned_find, slash_at, unfilled_at } from './canned';

function answer(id: number, shortcut: string, scope: CannedAnswer['scope'] = 'all', text = '', title = shortcut): CannedAnswer {
	return { id, shortcut, title, text, scope, changed_by: 'Ann', changed_at: '2026-03-30T16:50:00.000Z', is_mine_to_change: true };
}

test('a slash asks at the beginning and behind a blank, up to the caret', () => {
	expect(slash_at('/', 1)).toEqual({ from: 0, wanted: '' });
	expect(slash_at('Hello /Shi', 10)).toEqual({ from: 6, wanted: 'shi' });
	expect(slash_at('Hello\n/shi and more', 10)).toEqual({ from: 6, wanted: 'shi' });
});

test('a slash inside a word, a date or an address asks nothing', () => {
	for (const text of ['and/or', 'https://a.example/shi', '3/4', '/shi ', '//', ''])
		expect(slash_at(text, text.length)).toBeNull();
});

test('own shortcuts come before those of all, then titles, then texts', () => {
	const answers = [answer(1, 'shipping'), answer(2, 'other', 'all', 'about shipping'), answer(3, 'post', 'all', '', 'Shipping by post'), answer(4, 'shirt', 'own')];
	expect(canned_find(answers, 'shi').map((each) => each.id)).toEqual([4, 1, 3, 2]);
	expect(canned_find(answers, 'nothing')).toEqual([]);
	expect(canned_find(Array.from({ length: 9 }, (_, i) => answer(i, `a${i}`)), '').length).toBe(8);
});

test('variables are filled, and what is not known stays to be seen', () => {
	const values = { 'visitor.name': 'Vera', 'me.name': 'Ann', 'desk.name': 'Lantern', topic: '  ' };
	expect(canned_fill('Hi {{visitor.name}}, {{ me.name }} of {{desk.name}} on {{topic}} {{other}}', values))
		.toBe('Hi Vera, Ann of Lantern on {{topic}} {{other}}');
	expect(unfilled_at('all said')).toBeNull();
	expect(unfilled_at('on {{topic}}!')).toEqual({ from: 3, to: 12, name: 'topic' });
});

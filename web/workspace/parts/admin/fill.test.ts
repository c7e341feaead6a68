import { expect, test } from 'vitest';
import { fill, shortcut_tidy } from './fill';
import { last_change, section_matches, sections } from './sections';

const values = { 'visitor.name': 'Vera', 'me.name': 'Ann', 'desk.name': 'Lantern', topic: 'Post' };

test('variables are filled, unknown ones are named, the rest stays', () => {
	expect(fill('Hello {{visitor.name}}, {{ topic }} {{visitor.age}}!', values)).toEqual([{ text: 'Hello ', is_filled: false }, { text: 'Vera', is_filled: true },
		{ text: ', ', is_filled: false }, { text: 'Post', is_filled: true }, { text: ' ', is_filled: false }, { text: '{{visitor.age}}', is_filled: null }, { text: '!', is_filled: false }]);
	expect(fill('{{', values)).toEqual([{ text: '{{', is_filled: false }]);
	expect(fill('', values)).toEqual([]);
});

test('a shortcut keeps what may stand behind the slash', () => {
	expect(shortcut_tidy('/Re turns!-2')).toBe('returns-2');
	expect(shortcut_tidy('x'.repeat(40))).toHaveLength(32);
});

test('a part of the settings is found by the beginning of any of its words', () => {
	const sites = { title: 'Sites', lead: 'Where the chat stands.', words: 'widget snippet' };
	for (const wanted of ['', 'wid', 'SITES', 'chat sni', ' stands '])
		expect(section_matches(sites, wanted)).toBe(true);
	for (const wanted of ['idget', 'sites mail'])
		expect(section_matches(sites, wanted)).toBe(false);
});

test('the last change of a part is the newest line of a person about it', () => {
	const line = (command: string, actor_kind: 'person' | 'system', name: string) => ({ id: 1, at: '', command, actor_kind, name, object: '', says: '' });
	const sites = sections.find((section) => section.id === 'sites')!;
	expect(last_change(sites, [line('team.add', 'person', 'Ann'), line('site.seen', 'system', ''), line('site.change', 'person', 'Ben'), line('site.add', 'person', 'Ann')])?.name).toBe('Ben');
	expect(last_change(sites, [])).toBeUndefined();
});

import { expect, test } from 'vitest';
import { pseudo } from './pseudo';
import { language_pick } from './texts';

const words = { hello: 'Hello', count: (count: number) => `${count} new`, days: ['Monday'], empty: '' };

test('en-XA is longer, accented and bracketed, also what a function says', () => {
	const changed = pseudo(words, 'en-XA');
	expect(changed.hello).toMatch(/^\[Ĥéĺĺó/);
	expect(changed.count(3)).toMatch(/^\[3 ñéŵ/);
	expect(changed.days[0]!.length).toBeGreaterThan('Monday'.length);
	expect(changed.empty).toBe('');
});

test('ar-XB turns each word', () => {
	expect(pseudo(words, 'ar-XB').hello).toBe('\u200f\u202eHello\u202c\u200f');
});

test('a pseudo-locale is picked only by its full name', () => {
	expect(language_pick(['ar-XB'])).toBe('ar-XB');
	expect(language_pick(['EN-xa'])).toBe('en-XA');
	expect(language_pick(['ar', 'de-AT'])).toBe('de');
	expect(language_pick(['en-GB'])).toBe('en');
});

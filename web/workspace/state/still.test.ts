import { expect, test } from 'vitest';
import { count_new, keeps_place } from './still';

test('what comes or goes behind the row under the pointer moves nothing, all before it does', () => {
	expect(keeps_place(['a', 'b'], ['a', 'b', 'c'], 'b')).toBe(true);
	expect(keeps_place(['a', 'b', 'c'], ['a', 'b'], 'b')).toBe(true);
	expect(keeps_place(['a', 'b'], ['c', 'a', 'b'], 'b')).toBe(false);
	expect(keeps_place(['a', 'b'], ['b'], 'b')).toBe(false);
	expect(keeps_place(['a', 'b'], ['a'], 'b')).toBe(false);
	expect(keeps_place(['a', 'b'], ['b', 'a'], null)).toBe(true);
	expect(keeps_place(['a', 'b'], ['b', 'a'], 'gone')).toBe(true);
});

test('only what is not shown counts as new', () => {
	expect(count_new(['a', 'b'], ['c', 'b', 'd', 'a'])).toBe(2);
	expect(count_new(['a', 'b'], ['b'])).toBe(0);
});

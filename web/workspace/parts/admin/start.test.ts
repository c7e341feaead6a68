import { expect, test } from 'vitest';
import { keep_in_memory } from '../../../client/storage';
import { origins_of, step_before, step_keep, step_next, step_of, steps } from './start';

test('the address says which step; without one it goes on where one was', () => {
	const keep = keep_in_memory();
	expect(step_of(undefined, keep)).toBe('desk');
	step_keep('team', keep);
	expect(step_of(undefined, keep)).toBe('team');
	expect(step_of('site', keep)).toBe('site');
	expect(step_of('nowhere', keep)).toBe('team');
});

test('steps go on and back, and end', () => {
	expect(steps.map(step_next)).toEqual(['site', 'snippet', 'seats', 'team', 'done', 'done']);
	expect(steps.map(step_before)).toEqual(['desk', 'desk', 'site', 'snippet', 'seats', 'team']);
});

test('addresses are taken as people copy them', () => {
	expect(origins_of(' shop.example/cart?x=1\nhttp://localhost:8080/ , https://shop.example ')).toEqual(['https://shop.example', 'http://localhost:8080']);
	expect(origins_of('')).toEqual([]);
	expect(origins_of('http://')).toEqual(['http://']);
});

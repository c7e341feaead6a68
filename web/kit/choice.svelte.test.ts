import { flushSync, mount, unmount } from 'svelte';
import { expect, test } from 'vitest';
import Choice from './Choice.svelte';

test('a choice shows the value, also after somebody chose and it went back, and nothing where it is none of the options', () => {
	const props = $state({ label: 'Topic', value: 'b', options: ['a', 'b', 'c'].map((value) => ({ value, label: value })), onchange: (value: string) => { chosen.push(value); } });
	const chosen: string[] = [];
	const place = document.body.appendChild(document.createElement('div')), shown = mount(Choice, { target: place, props });
	flushSync();
	const select = place.querySelector('select')!;
	expect(select.value).toBe('b');
	select.value = 'c';
	select.dispatchEvent(new Event('change', { bubbles: true }));
	flushSync();
	expect(chosen).toEqual(['c']);
	props.value = 'a';
	flushSync();
	expect(select.value).toBe('a');
	props.options = props.options.slice(1);
	flushSync();
	expect(select.selectedIndex).toBe(-1);
	props.options = [{ value: 'a', label: 'a' }, ...props.options];
	flushSync();
	expect(select.value).toBe('a');
	void unmount(shown);
	place.remove();
});

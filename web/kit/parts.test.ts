import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { keep_in_memory } from '../client/storage';
import Composer from './Composer.svelte';
import LongList from './LongList.test.svelte';
import { texts_load } from './texts';

let place: HTMLElement, shown: object | null;

beforeAll(async () => { await texts_load(['en']); });
beforeEach(() => {
	place = document.body.appendChild(document.createElement('div'));
	shown = null;
});
afterEach(() => {
	if (shown)
		void unmount(shown);
	place.remove();
});

function compose(props: object = {}): { area: HTMLTextAreaElement; sent: string[]; keep: ReturnType<typeof keep_in_memory> } {
	const sent: string[] = [], keep = keep_in_memory();
	shown = mount(Composer, { target: place, props: { label: 'Message', placeholder: '', draft_key: 'draft', keep, onsend: (text: string) => sent.push(text), ...props } });
	flushSync();
	return { area: place.querySelector('textarea')!, sent, keep };
}

function type(area: HTMLTextAreaElement, text: string): void {
	area.value = text;
	area.dispatchEvent(new Event('input', { bubbles: true }));
	flushSync();
}

const enter = (more: object = {}): KeyboardEvent => new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true, ...more });

test('Enter sends what is written, trimmed, and empties the line and the draft', () => {
	const { area, sent, keep } = compose();
	type(area, '  hello  ');
	expect(keep.get('draft')).toBe('  hello  ');
	area.dispatchEvent(enter());
	flushSync();
	expect(sent).toEqual(['hello']);
	expect(area.value).toBe('');
	expect(keep.get('draft')).toBeNull();
});

test('Shift+Enter and an input method that composes do not send', () => {
	const { area, sent } = compose();
	type(area, 'hello');
	area.dispatchEvent(enter({ shiftKey: true }));
	area.dispatchEvent(enter({ isComposing: true }));
	area.dispatchEvent(enter({ keyCode: 229 }));
	expect(sent).toEqual([]);
});

test('16384 bytes are sent, one more is not and says how much too long it is', () => {
	const { area, sent } = compose();
	type(area, 'ü'.repeat(8192) + 'x');
	area.dispatchEvent(enter());
	expect(sent).toEqual([]);
	expect(place.textContent).toContain('1 character too long');
	type(area, 'ü'.repeat(8192));
	area.dispatchEvent(enter());
	expect(sent).toHaveLength(1);
});

test('a draft comes back', () => {
	const keep = keep_in_memory();
	keep.set('draft', 'half a');
	const { area } = compose({ keep });
	expect(area.value).toBe('half a');
});

test('a list of 10,000 rows draws fewer than 150, and the one that is current', () => {
	vi.stubGlobal('ResizeObserver', class { observe(): void {} disconnect(): void {} });
	shown = mount(LongList, { target: place, props: { count: 10_000, current: '9000' } });
	flushSync();
	expect(place.querySelectorAll('li').length).toBeGreaterThan(5);
	expect(place.querySelectorAll('*').length).toBeLessThan(150);
	const list = place.querySelector('.list')!;
	expect(list.scrollTop).toBeGreaterThan(0);
	list.dispatchEvent(new Event('scroll'));
	flushSync();
	expect(place.textContent).toContain('row 9000');
});

import { expect, test } from 'vitest';
import { route_path, route_read, views } from './route.svelte';

const conversation = 'kPabcdefghijklmnopqrs-';

test('an address holds page, view and conversation, there and back', () => {
	for (const view of views) {
		expect(route_read(route_path(view))).toEqual({ page: 'chats', view, conversation: null });
		expect(route_read(route_path(view, conversation))).toEqual({ page: 'chats', view, conversation });
	}
});

test('what is no address is the inbox, what is no conversation is none', () => {
	for (const path of ['/', '/w', '/w/nowhere', '/nowhere', '//', '/w/inbox/short', `/w/inbox/${conversation}x`, '/w/inbox/../../x'])
		expect(route_read(path)).toEqual({ page: 'chats', view: 'inbox', conversation: null });
});

test('gates and offices have their own pages', () => {
	expect(['/setup', '/sign-in', '/invitation', '/reset', '/w/wall', '/w/people', '/w/audit', '/w/settings', '/w/account'].map((path) => route_read(path).page))
		.toEqual(['setup', 'sign-in', 'invitation', 'reset', 'wall', 'people', 'audit', 'settings', 'account']);
});

test('settings have parts, and parts have things', () => {
	expect(route_read('/w/settings')).toMatchObject({ page: 'settings', section: undefined, object: undefined });
	expect(route_read('/w/settings/sites')).toMatchObject({ page: 'settings', section: 'sites', object: undefined });
	expect(route_read(`/w/settings/sites/${conversation}`)).toMatchObject({ page: 'settings', section: 'sites', object: conversation });
	expect(route_read('/w/people/sites')).not.toHaveProperty('section');
});

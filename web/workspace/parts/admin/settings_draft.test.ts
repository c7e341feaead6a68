import { expect, test } from 'vitest';
import { usual_settings } from '../../state/usual';
import { SettingsDraft } from './settings_draft.svelte';

test('only what was changed is sent, ticks as words', () => {
	const draft = new SettingsDraft(usual_settings);
	expect(draft.asked()).toEqual({});
	draft.now.offers = false;
	draft.now.offer_seconds = 45;
	expect(draft.asked()).toEqual({ offers: 'no', offer_seconds: 45 });
});

test('what a colleague changes meanwhile comes in, and what is being changed here stays', () => {
	const draft = new SettingsDraft(usual_settings);
	draft.now.offer_seconds = 45;
	draft.take({ ...usual_settings, strict: true, offer_seconds: 30 });
	expect([draft.now.strict, draft.now.offer_seconds]).toEqual([true, 45]);
	expect(draft.asked()).toEqual({ offer_seconds: 45 });
	draft.take({ ...usual_settings, strict: true, offer_seconds: 45 });
	expect(draft.asked()).toEqual({});
});

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

test('what is hidden is not sent, and is there as it was typed when it is shown again', () => {
	const draft = new SettingsDraft(usual_settings);
	draft.now.offer_seconds = 9999;
	draft.now.offers = false;
	expect(draft.asked('offer_seconds')).toEqual({ offers: 'no' });
	draft.take({ ...usual_settings, offers: false });
	expect(draft.now.offer_seconds).toBe(9999);
	expect(draft.asked('offer_seconds')).toEqual({});
	draft.now.offers = true;
	expect(draft.asked()).toEqual({ offers: 'yes', offer_seconds: 9999 });
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

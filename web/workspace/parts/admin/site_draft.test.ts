import { expect, test } from 'vitest';
import { Door, Refusal } from '../../../client/door';
import { fields_changed, site_body, SiteDraft, type Site } from './site_draft.svelte';

const site: Site = { site: 'k', version: 1, name: 'Shop', language: 'en', theme: 'auto', colour: '#1f5f5b', side: 'end', launcher: 'bubble', ask_name: 'optional',
	ask_email: 'optional', ask_topic: 'no', max_waiting: 50, is_inviting: false, origins: [], texts: [], hours: [], fields: [], invites: [], has_secret: false, is_own: false,
	created_at: '', is_archived: false };

/* A desk that has `kept`, and takes a change only with its version. */
class Desk extends Door {
	kept: Site = { ...site };
	override get<T>(): Promise<T> {
		return Promise.resolve(this.kept as T);
	}
	override put<T>(_path: string, body: object): Promise<T> {
		const asked = body as Site;
		if (asked.version !== this.kept.version)
			return Promise.reject(new Refusal({ type: 'urn:softanswer:state', title: '', status: 409, field: 'version' }));
		this.kept = { ...this.kept, ...asked, version: asked.version + 1 };
		return Promise.resolve(this.kept as T);
	}
}

test('empty words, origins and addresses are not sent; choices only with a choice', () => {
	const body = site_body({ ...site, consent_url: '', origins: [' https://a.example ', ''], texts: [{ language: 'en', name: 'greeting', text: '  ' }],
		fields: [{ label: ' Size ', kind: 'line', choices: ['x'] }, { label: 'Sort', kind: 'choice', choices: ['a', ' '] }] }) as Record<string, unknown>;
	expect(body).not.toHaveProperty('consent_url');
	expect(body['origins']).toEqual(['https://a.example']);
	expect(body['texts']).toEqual([]);
	expect(body['fields']).toEqual([{ label: 'Size', kind: 'line' }, { label: 'Sort', kind: 'choice', choices: ['a'] }]);
});

test('of two who change different things both are kept', async () => {
	const desk = new Desk(), draft = new SiteDraft(desk, desk.kept);
	desk.kept = { ...desk.kept, version: 2, colour: '#000000' };
	draft.site.name = 'Store';
	expect(await draft.save()).toBe(false);
	expect(draft.conflict).toMatchObject({ theirs: ['colour'], mine: ['name'], both: [] });
	draft.merge();
	expect(await draft.save()).toBe(true);
	expect(desk.kept).toMatchObject({ name: 'Store', colour: '#000000', version: 3 });
});

test('what both have changed is named, and mine stands after a merge', async () => {
	const desk = new Desk(), draft = new SiteDraft(desk, desk.kept);
	desk.kept = { ...desk.kept, version: 2, name: 'Theirs' };
	draft.site.name = 'Mine';
	await draft.save();
	expect(draft.conflict?.both).toEqual(['name']);
	draft.merge();
	await draft.save();
	expect(desk.kept.name).toBe('Mine');
});

test('what the desk tells does not touch what is being written', () => {
	const draft = new SiteDraft(new Desk(), site);
	draft.site.name = 'Half a na';
	draft.learn({ ...site, seen_at: '2026-03-30T00:00:00Z', seen_url: 'https://a.example/' });
	expect(draft.site).toMatchObject({ name: 'Half a na', seen_url: 'https://a.example/' });
	draft.learn({ ...site, version: 5, name: 'Other' });
	expect(draft.site.name).toBe('Half a na');
	expect(fields_changed(site, { ...site, bulletin: '', consent_url: 'https://a.example/p' })).toEqual(['consent_url']);
});

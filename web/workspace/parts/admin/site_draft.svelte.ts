/*
 * A site while somebody changes it: as it was read, as it stands on the page, and what happens when a colleague was quicker.
 *
 * The desk replaces everything at once and takes a change only with the version that was read. When it refuses, the newest is read and the
 * two are laid together field by field: what only one of both touched needs no question.
 */
import type { SiteGetAnswer } from '../../../client/api.gen';
import { Refusal, type Door } from '../../../client/door';

export type Site = SiteGetAnswer;

export const site_fields = ['name', 'team', 'language', 'theme', 'colour', 'side', 'launcher', 'ask_name', 'ask_email', 'ask_topic', 'consent_url', 'bulletin',
	'max_waiting', 'is_inviting', 'origins', 'texts', 'hours', 'fields', 'invites'] as const;
export type SiteField = (typeof site_fields)[number];

export interface Conflict {
	newest: Site;
	theirs: SiteField[];
	mine: SiteField[];
	both: SiteField[];
}

/* An empty field is one that is left out. */
const same = (one: unknown, other: unknown): boolean => JSON.stringify(one || null) === JSON.stringify(other || null);

export function fields_changed(from: Site, to: Site): SiteField[] {
	return site_fields.filter((field) => !same(from[field], to[field]));
}

/* Everything of `newest`, but these fields of `mine`. */
export function site_merge(newest: Site, mine: Site, fields: readonly SiteField[]): Site {
	const merged: Record<string, unknown> = { ...newest };
	for (const field of fields)
		merged[field] = mine[field];
	return merged as unknown as Site;
}

/* What the desk takes: empty lines and texts are left out. */
export function site_body(site: Site): object {
	const body: Record<string, unknown> = { version: site.version };
	for (const field of site_fields) {
		const value = site[field];
		if (value !== undefined && value !== null && value !== '')
			body[field] = value;
	}
	return { ...body, name: site.name.trim(), origins: site.origins.map((origin) => origin.trim()).filter((origin) => origin !== ''),
		texts: site.texts.map((text) => ({ ...text, text: text.text.trim() })).filter((text) => text.text !== ''),
		fields: site.fields.map(({ choices, ...field }) => ({ ...field, label: field.label.trim(),
			...(field.kind === 'choice' ? { choices: (choices ?? []).map((choice) => choice.trim()).filter((choice) => choice !== '') } : {}) })) };
}

const copy = (site: Site): Site => JSON.parse(JSON.stringify(site)) as Site;

export class SiteDraft {
	/* As the desk has it. */
	base = $state.raw<Site>() as Site;
	/* As it stands on the page. */
	site = $state<Site>() as Site;
	conflict = $state.raw<Conflict | null>(null);
	mine = $derived(fields_changed(this.base, this.site));
	private readonly door: Door;

	constructor(door: Door, site: Site) {
		this.door = door;
		this.take(site);
	}

	take(site: Site): void {
		this.base = site;
		this.site = copy(site);
		this.conflict = null;
	}

	/* Told by the desk: seen on a page, a secret made. What is being written stays. */
	learn(newest: Site): void {
		if (newest.version !== this.base.version) {
			if (this.mine.length === 0)
				this.take(newest);
			return;
		}
		for (const site of [this.base, this.site])
			Object.assign(site, { seen_at: newest.seen_at, seen_url: newest.seen_url, has_secret: newest.has_secret, is_own: newest.is_own, is_archived: newest.is_archived });
		this.base = { ...this.base };
	}

	/* Throws what the desk refuses, but for a colleague who was quicker: then there is a conflict. */
	async save(): Promise<boolean> {
		try {
			this.take(await this.door.put<Site>(`/sites/${this.base.site}`, site_body(this.site)));
			return true;
		} catch (reason) {
			if (!(reason instanceof Refusal && reason.kind === 'state' && reason.field === 'version'))
				throw reason;
			const newest = await this.door.get<Site>(`/sites/${this.base.site}`);
			const theirs = fields_changed(this.base, newest), mine = this.mine;
			this.conflict = { newest, theirs, mine, both: mine.filter((field) => theirs.includes(field) && !same(newest[field], this.site[field])) };
			return false;
		}
	}

	/* Theirs, and mine on top of it. */
	merge(): void {
		const { newest, mine } = this.conflict!;
		const merged = site_merge(newest, copy(this.site), mine);
		this.take(newest);
		this.site = copy(merged);
	}
}

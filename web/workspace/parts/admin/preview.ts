/* What the preview's page asks its parent for: the widget as it would be with what stands on the page, and how the desk stands. */
import type { SiteWidgetAnswer } from '../../../client/api.gen';
import type { Site } from './site_draft.svelte';

export interface Previewed {
	widget: SiteWidgetAnswer;
	is_open: boolean;
	shows: 'panel' | 'button';
}

declare global {
	interface Window {
		softanswer_previewed?: Previewed;
	}
}

export interface PreviewChoice {
	language: string;
	theme: 'light' | 'dark';
	state: 'open' | 'closed' | 'button';
}

export function previewed_of(site: Site, desk: { name: string; time_zone?: string }, choice: PreviewChoice): Previewed {
	const spoken = site.texts.some((text) => text.language === choice.language) ? choice.language : site.language;
	return {
		widget: { site: site.site, desk: desk.name, name: site.name, language: choice.language, languages: [...new Set([site.language, ...site.texts.map((text) => text.language)])],
			theme: site.theme === 'auto' ? choice.theme : site.theme, colour: site.colour, side: site.side,
			launcher: choice.state === 'button' && site.launcher === 'none' ? 'none' : site.launcher, ask_name: site.ask_name, ask_email: site.ask_email, ask_topic: site.ask_topic,
			consent_url: site.consent_url || undefined, bulletin: site.bulletin || undefined, time_zone: desk.time_zone ?? 'UTC',
			words: site.texts.filter((text) => text.language === spoken && text.text !== '').map(({ name, text }) => ({ name, text })),
			hours: site.hours, fields: site.fields.filter((field) => field.label !== ''), invites: [] },
		is_open: choice.state !== 'closed',
		shows: choice.state === 'button' ? 'button' : 'panel',
	};
}

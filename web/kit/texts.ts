/*
 * The words of the shared parts, in the page's language. `t` is set by texts_load() before anything is drawn; a page
 * that changes its language is loaded anew.
 */
import type { en } from './messages/en';

export type KitMessages = typeof en;
export const languages = ['en', 'es', 'de'] as const;
export type Language = (typeof languages)[number];

export let t: KitMessages;
export let language: Language = 'en';
/* For Intl: the visitor's own region where it is of the same language, "en-GB" for "en". */
export let locale = 'en';

/* The first of the wanted tags that there are words for. */
export function language_pick(wanted: readonly string[]): Language {
	for (const tag of wanted) {
		const found = languages.find((known) => known === tag.toLowerCase().split('-')[0]);
		if (found)
			return found;
	}
	return 'en';
}

export async function texts_load(wanted: readonly string[]): Promise<Language> {
	language = language_pick(wanted);
	locale = navigator.languages.find((tag) => tag.toLowerCase().startsWith(language)) ?? language;
	const loads = {
		en: async () => (await import('./messages/en')).en,
		es: async () => (await import('./messages/es')).es,
		de: async () => (await import('./messages/de')).de,
	};
	t = await loads[language]();
	document.documentElement.lang = language;
	return language;
}

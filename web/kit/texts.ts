/*
 * The words of the shared parts, in the page's language. `t` is set by texts_load() before anything is drawn; a page
 * that changes its language is loaded anew.
 */
import { isolated } from './isolated';
import type { en } from './messages/en';

export type KitMessages = typeof en;
export const languages = ['en', 'es', 'de'] as const;
/* Made of the English words, for tests (pseudo.ts). */
const pseudo_languages = ['en-XA', 'ar-XB'] as const;
export type Language = (typeof languages)[number] | (typeof pseudo_languages)[number];

export let t: KitMessages;
export let language: Language = 'en';
/* For Intl: the visitor's own region where it is of the same language, "en-GB" for "en". */
export let locale = 'en';

/* The first of the wanted tags that there are words for. */
export function language_pick(wanted: readonly string[]): Language {
	for (const tag of wanted) {
		const lower = tag.toLowerCase();
		const found = pseudo_languages.find((known) => known.toLowerCase() === lower) ?? languages.find((known) => known === lower.split('-')[0]);
		if (found)
			return found;
	}
	return 'en';
}

/* Whatever is put into words (names above all) stands isolated there, however deep in the object its message is. */
function isolating<T extends object>(words: T): T {
	const take = (given: unknown): unknown => (typeof given === 'string' ? isolated(given, document.documentElement.dir === 'rtl') : given);
	const changed = (value: unknown): unknown => {
		if (typeof value === 'function')
			return (...given: unknown[]) => (value as (...given: unknown[]) => unknown)(...given.map(take));
		if (value && typeof value === 'object' && !Array.isArray(value))
			return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, changed(each)]));
		return value;
	};
	return changed(words) as T;
}

/* One language's words of a page, from its message files. */
export async function words_load<T extends object>(wanted: Language, loads: Record<(typeof languages)[number], () => Promise<T>>): Promise<T> {
	/* That file may import nothing of this one: a page that waits here for its words would wait for itself. */
	if (wanted === 'en-XA' || wanted === 'ar-XB')
		return (await import('./pseudo')).pseudo(isolating(await loads.en()), wanted);
	return isolating(await loads[wanted]());
}

export async function texts_load(wanted: readonly string[]): Promise<Language> {
	language = language_pick(wanted);
	const spoken = language.slice(0, 2);
	locale = spoken === 'ar' ? 'en' : navigator.languages.find((tag) => tag.toLowerCase().startsWith(spoken)) ?? spoken;
	t = await words_load<KitMessages>(language, {
		en: async () => (await import('./messages/en')).en,
		es: async () => (await import('./messages/es')).es,
		de: async () => (await import('./messages/de')).de,
	});
	document.documentElement.lang = spoken;
	document.documentElement.dir = spoken === 'ar' ? 'rtl' : 'ltr';
	return language;
}

/* The panel's own words; `w` is set by widget_texts_load() before anything is drawn. */
import { words_load, type Language } from '../kit/texts';
import type { en } from './messages/en';

export type WidgetMessages = typeof en;

export let w: WidgetMessages;

export async function widget_texts_load(language: Language): Promise<void> {
	w = await words_load<WidgetMessages>(language, {
		en: async () => (await import('./messages/en')).en,
		es: async () => (await import('./messages/es')).es,
		de: async () => (await import('./messages/de')).de,
	});
}

/* The words of the settings; `a` is set by admin_texts_load() before any of its pages is drawn. */
import { language, words_load } from '../../../kit/texts';
import type { en } from '../../messages/admin/en';

export type AdminMessages = typeof en;

export let a: AdminMessages;

export async function admin_texts_load(): Promise<void> {
	a ??= await words_load<AdminMessages>(language, {
		en: async () => (await import('../../messages/admin/en')).en,
		es: async () => (await import('../../messages/admin/es')).es,
		de: async () => (await import('../../messages/admin/de')).de,
	});
}

/* The workspace's own words; `w` is set by workspace_texts_load() before anything is drawn. */
import { words_load, type Language } from '../kit/texts';
import type { en } from './messages/en';

export type WorkspaceMessages = typeof en;

export let w: WorkspaceMessages;

export async function workspace_texts_load(language: Language): Promise<void> {
	w = await words_load<WorkspaceMessages>(language, {
		en: async () => (await import('./messages/en')).en,
		es: async () => (await import('./messages/es')).es,
		de: async () => (await import('./messages/de')).de,
	});
}

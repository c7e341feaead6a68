/* The words of the hand-over board and the log of seats; `b` is set by board_texts_load() before they are drawn. */
import { language, words_load } from '../../../kit/texts';
import type { en } from '../../messages/board/en';

export type BoardMessages = typeof en;

export let b: BoardMessages;

export async function board_texts_load(): Promise<void> {
	b ??= await words_load<BoardMessages>(language, {
		en: async () => (await import('../../messages/board/en')).en,
		es: async () => (await import('../../messages/board/es')).es,
		de: async () => (await import('../../messages/board/de')).de,
	});
}

/* The words of the shift planner; `p` is set by planner_texts_load() before it is drawn. */
import { language, words_load } from '../../../kit/texts';
import type { en } from '../../messages/planner/en';

export type PlannerMessages = typeof en;

export let p: PlannerMessages;

export async function planner_texts_load(): Promise<void> {
	p ??= await words_load<PlannerMessages>(language, {
		en: async () => (await import('../../messages/planner/en')).en,
		es: async () => (await import('../../messages/planner/es')).es,
		de: async () => (await import('../../messages/planner/de')).de,
	});
}

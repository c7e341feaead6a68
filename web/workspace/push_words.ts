/* What a notification says that came by push: the service worker has no other words, and none of the pages' files. */
import { isolated } from '../kit/isolated';

export interface Pushed {
	kind: 'waiting' | 'handed' | 'message';
	conversation: string;
	name: string | null;
	count: number;
	language: string;
}

interface PushWords {
	somebody: string;
	waiting: (name: string) => string;
	handed: (name: string) => string;
	message: (name: string) => string;
	and_more: (count: number) => string;
	fallback: string;
}

const en: PushWords = {
	somebody: 'A visitor',
	waiting: (name) => `${name} waits for an answer`,
	handed: (name) => `The chat with ${name} came to you`,
	message: (name) => `${name} wrote to you`,
	and_more: (count) => (count === 1 ? 'and one more chat' : `and ${count} more chats`),
	fallback: 'There is news on your desk',
};

const de: PushWords = {
	somebody: 'Jemand',
	waiting: (name) => `${name} wartet auf eine Antwort`,
	handed: (name) => `Der Chat mit ${name} ist bei dir`,
	message: (name) => `${name} hat dir geschrieben`,
	and_more: (count) => (count === 1 ? 'und ein weiterer Chat' : `und ${count} weitere Chats`),
	fallback: 'Auf deinem Desk gibt es Neues',
};

const es: PushWords = {
	somebody: 'Un visitante',
	waiting: (name) => `${name} espera una respuesta`,
	handed: (name) => `El chat con ${name} ha llegado a ti`,
	message: (name) => `${name} te ha escrito`,
	and_more: (count) => (count === 1 ? 'y un chat más' : `y ${count} chats más`),
	fallback: 'Hay novedades en tu desk',
};

const languages: Record<string, PushWords> = { en, de, es };

export interface PushNotice {
	title: string;
	body: string;
	tag: string;
	path: string;
}

const kinds = ['waiting', 'handed', 'message'] as const;

/* What is no push of ours is shown all the same: a browser takes a push that shows nothing as a breach. */
export function push_notice(text: string): PushNotice {
	let pushed: Partial<Pushed>;
	try {
		pushed = (JSON.parse(text) ?? {}) as Partial<Pushed>;
	} catch {
		pushed = {};
	}
	const words = languages[String(pushed.language ?? '').slice(0, 2)] ?? en;
	const kind = kinds.find((known) => known === pushed.kind);
	if (!kind || !/^[A-Za-z0-9_-]{22}$/.test(pushed.conversation ?? ''))
		return { title: words.fallback, body: '', tag: 'softanswer', path: '/w/inbox' };
	const more = Number(pushed.count ?? 1) - 1;
	return {
		title: words[kind](isolated(pushed.name || words.somebody)),
		body: more > 0 ? words.and_more(more) : '',
		tag: String(pushed.conversation),
		path: `/w/inbox/${pushed.conversation}`,
	};
}

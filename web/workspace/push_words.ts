/* What a notification says that came by push: the service worker has no other words, and none of the pages' files. */
import { isolated } from '../kit/isolated';

const kinds = ['waiting', 'handed', 'message', 'offer', 'passed', 'seat', 'backup'] as const;
type Kind = (typeof kinds)[number];

export interface Pushed {
	kind: Kind;
	/* Of a seat and a call for help null. */
	conversation: string | null;
	/* The visitor's; of a call for help the team's. */
	name: string | null;
	count: number;
	language: string;
}

interface PushWords {
	somebody: string;
	waiting: (name: string) => string;
	handed: (name: string) => string;
	message: (name: string) => string;
	offer: (name: string) => string;
	passed: (name: string) => string;
	seat: string;
	seat_more: string;
	backup: string;
	backup_more: string;
	accept: string;
	and_more: (count: number) => string;
	fallback: string;
}

const en: PushWords = {
	somebody: 'A visitor',
	waiting: (name) => `${name} waits for an answer`,
	handed: (name) => `The chat with ${name} came to you`,
	message: (name) => `${name} wrote to you`,
	offer: (name) => `For you: ${name}`,
	passed: (name) => `The chat with ${name} is not offered to you any more`,
	seat: 'A seat is yours',
	seat_more: 'You are online now.',
	backup: 'Visitors wait, and everybody is busy',
	backup_more: 'Can you help for a while? There is a seat for you.',
	accept: 'Accept',
	and_more: (count) => (count === 1 ? 'and one more chat' : `and ${count} more chats`),
	fallback: 'There is news on your desk',
};

const de: PushWords = {
	somebody: 'Jemand',
	waiting: (name) => `${name} wartet auf eine Antwort`,
	handed: (name) => `Der Chat mit ${name} ist bei dir`,
	message: (name) => `${name} hat dir geschrieben`,
	offer: (name) => `Für dich: ${name}`,
	passed: (name) => `Der Chat mit ${name} wird dir nicht mehr angeboten`,
	seat: 'Ein Platz ist deiner',
	seat_more: 'Du bist jetzt da.',
	backup: 'Es wird gewartet, und alle sind beschäftigt',
	backup_more: 'Kannst du eine Weile helfen? Für dich ist ein Platz da.',
	accept: 'Annehmen',
	and_more: (count) => (count === 1 ? 'und ein weiterer Chat' : `und ${count} weitere Chats`),
	fallback: 'Auf deinem Desk gibt es Neues',
};

const es: PushWords = {
	somebody: 'Un visitante',
	waiting: (name) => `${name} espera una respuesta`,
	handed: (name) => `El chat con ${name} ha llegado a ti`,
	message: (name) => `${name} te ha escrito`,
	offer: (name) => `Para ti: ${name}`,
	passed: (name) => `El chat con ${name} ya no se te ofrece`,
	seat: 'Tienes un puesto',
	seat_more: 'Ya estás en línea.',
	backup: 'Hay visitantes esperando y todos están ocupados',
	backup_more: '¿Puedes ayudar un rato? Hay un puesto para ti.',
	accept: 'Aceptar',
	and_more: (count) => (count === 1 ? 'y un chat más' : `y ${count} chats más`),
	fallback: 'Hay novedades en tu desk',
};

const languages: Record<string, PushWords> = { en, de, es };

export interface PushNotice {
	title: string;
	body: string;
	/* The same as the page's own notification about the same thing (state/alerts.svelte.ts): the later one takes its place. */
	tag: string;
	path: string;
	/* Says only that something is over: without a sound. */
	is_over?: boolean;
	/* A button that takes that chat. */
	accept?: { conversation: string; label: string };
}

/* Without a conversation. */
function desk_notice(kind: 'seat' | 'backup', pushed: Partial<Pushed>, words: PushWords): PushNotice {
	const count = Number(pushed.count ?? 0);
	const body = kind === 'seat' ? words.seat_more : words.backup_more;
	const team = kind === 'backup' && pushed.name ? `${isolated(pushed.name)}: ` : '';
	return { title: team + words[kind], body: count > 0 ? `${body} · ${words.and_more(count)}` : body, ...(kind === 'seat' ? { tag: 'seat', path: '/w/inbox' } : { tag: 'help', path: '/w/inbox#help' }) };
}

function chat_notice(kind: Exclude<Kind, 'seat' | 'backup'>, pushed: Partial<Pushed>, conversation: string, words: PushWords): PushNotice {
	const more = Number(pushed.count ?? 1) - 1;
	return {
		title: words[kind](isolated(pushed.name || words.somebody)),
		body: more > 0 ? words.and_more(more) : '',
		tag: kind === 'offer' || kind === 'passed' ? `offer-${conversation}` : conversation,
		path: `/w/inbox/${conversation}`,
		...(kind === 'passed' ? { is_over: true } : kind === 'offer' ? { accept: { conversation, label: words.accept } } : {}),
	};
}

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
	if (kind === 'seat' || kind === 'backup')
		return desk_notice(kind, pushed, words);
	if (!kind || !/^[A-Za-z0-9_-]{22}$/.test(pushed.conversation ?? ''))
		return { title: words.fallback, body: '', tag: 'softanswer', path: '/w/inbox' };
	return chat_notice(kind, pushed, String(pushed.conversation), words);
}

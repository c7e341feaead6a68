/*
 * What a thread shows, from a log's entries: day headings, the unread line, what happened, messages and notes in groups.
 *
 * Pure. A visitor is not told who put the chat back in line; staff are.
 */
import type { Entry } from '../client/log';
import type { Author, FileInfo, Item } from '../client/api';
import type { Sending } from '../client/outbox';
import { t } from './texts';
import { day_name, day_of } from './time';

export interface Side {
	/* Whose page it is. */
	as: 'visitor' | 'person';
	person?: number;
	my_name?: string;
	visitor_name: string | null;
	desk_name: string;
}

export interface MessageRow {
	type: 'message';
	key: string;
	/* end: our side of the page. */
	side: 'start' | 'end';
	/* Never shown to visitors. */
	is_note: boolean;
	is_whisper: boolean;
	is_first: boolean;
	is_mine: boolean;
	name: string;
	text: string;
	at: number;
	seq: number | null;
	corrects: number | null;
	is_corrected: boolean;
	sending: Sending | null;
	/* Of a file that is there; one on its way is told by its sending. */
	file: FileInfo | null;
}

export type Row =
	| { type: 'day'; key: string; text: string }
	| { type: 'unread'; key: string }
	| { type: 'event'; key: string; text: string; at: number }
	| MessageRow;

const group_ms_max = 5 * 60_000;

/* `seen`: the last seq that was read; null draws no unread line. */
export function thread_rows(entries: Entry[], side: Side, seen: number | null): Row[] {
	const rows: Row[] = [];
	const corrected = new Set(entries.map((entry) => entry.item?.corrects ?? entry.sending?.corrects));
	let day = '', last: MessageRow | null = null, is_line_drawn = seen === null, is_warned = false;

	for (const entry of entries) {
		const at = entry.item ? Date.parse(entry.item.at) : entry.sending?.at ?? 0;
		const next = entry.item ? row_of_item(entry.key, entry.item, side, at, is_warned) : row_of_sending(entry.key, entry.sending!, side);
		/* Whoever was warned, and said nothing since, reads why it ended. */
		if (entry.item && !['note', 'whisper'].includes(entry.item.kind))
			is_warned = (entry.item.kind as string) === 'warned';
		if (!next)
			continue;
		if (day_of(at) !== day) {
			day = day_of(at);
			rows.push({ type: 'day', key: `day-${day}`, text: day_name(at) });
			last = null;
		}
		if (!is_line_drawn && entry.item && entry.item.seq > seen! && next.type === 'message' && !next.is_mine) {
			is_line_drawn = true;
			rows.push({ type: 'unread', key: 'unread' });
			last = null;
		}
		if (next.type === 'message') {
			next.is_corrected = next.seq !== null && corrected.has(next.seq);
			next.is_first = !last || last.name !== next.name || last.side !== next.side || last.is_note !== next.is_note
				|| last.is_whisper !== next.is_whisper || at - last.at > group_ms_max;
			last = next;
		} else {
			last = null;
		}
		rows.push(next);
	}
	return rows;
}

export function author_name(author: Author, side: Side): string {
	if (author.kind === 'visitor')
		return side.as === 'visitor' ? t.you : author.name || side.visitor_name || t.visitor;
	return author.name || side.desk_name;
}

export function is_mine(author: Author, side: Side): boolean {
	return side.as === 'visitor' ? author.kind === 'visitor' : author.kind === 'person' && author.id === side.person;
}

function row_of_item(key: string, item: Item, side: Side, at: number, is_warned: boolean): MessageRow | Row | null {
	const kind: string = item.kind;
	if (kind !== 'message' && kind !== 'note' && kind !== 'whisper' && kind !== 'file') {
		const text = event_text(item, side, is_warned);
		return text === null ? null : { type: 'event', key, text, at };
	}
	return { type: 'message', key, side: (item.author.kind === 'visitor') === (side.as === 'visitor') ? 'end' : 'start',
		is_note: item.kind === 'note', is_whisper: kind === 'whisper', is_first: true, is_mine: is_mine(item.author, side), name: author_name(item.author, side),
		text: item.text ?? '', at, seq: item.seq, corrects: item.corrects || null, is_corrected: false, sending: null, file: item.file ?? null };
}

function row_of_sending(key: string, sending: Sending, side: Side): MessageRow {
	return { type: 'message', key, side: 'end', is_note: sending.kind === 'note', is_whisper: sending.kind === 'whisper', is_first: true, is_mine: true,
		name: side.as === 'visitor' ? t.you : side.my_name ?? t.you, text: sending.text, at: sending.at, seq: null,
		corrects: sending.corrects ?? null, is_corrected: false, sending, file: null };
}

function event_text(item: Item, side: Side, is_warned: boolean): string | null {
	const name = author_name(item.author, side);
	const about = item.about && { ...item.about, name: item.about.name ?? '' };
	const is_visitors_page = side.as === 'visitor';
	switch (item.kind as string) {
	case 'started': return is_visitors_page ? null : t.started(name);
	case 'taken': return t.taken(name);
	case 'released': return is_visitors_page ? null : t.released(name);
	case 'handed': return about?.kind === 'team' ? is_visitors_page ? null : t.handed_team(name, about.name)
		: is_visitors_page ? t.taken(about?.name || side.desk_name) : t.handed(name, about?.name ?? '');
	case 'joined': return is_visitors_page ? t.taken(about?.name || side.desk_name) : t.asked_in(name, about?.name ?? '');
	case 'left': return is_visitors_page || !about || about.name === name ? t.left(about?.name || name) : t.left_asked(about.name, name);
	case 'reopened': return t.reopened;
	case 'form': return is_visitors_page ? null : t.form_left(name);
	/* A form makes one by itself: nobody promised anything. */
	case 'promised': return is_visitors_page ? null : item.author.kind === 'person' ? t.promised(name, item.text ?? '') : t.owed_of_form(item.text ?? '');
	case 'kept': return is_visitors_page ? null : t.kept(name);
	case 'rated': return is_visitors_page ? null : rated_text(name, item.text ?? '');
	case 'warned': return is_visitors_page ? t.warned_you : t.warned;
	case 'ended': return is_warned && item.author.kind === 'system' ? t.ended_quiet : item.author.kind === 'system' || is_mine(item.author, side) ? t.ended_plain : t.ended(name);
	default: return null;
	}
}

/* A rating's text: the score, and on the next line what was said. */
function rated_text(name: string, text: string): string {
	const [score = '', ...comment] = text.split('\n');
	return t.rated(name, Number(score), comment.join(' ').trim());
}

export type Piece = { text: string; href: string | null };

/* Splits off web and e-mail addresses. Only these become links, and only of these kinds. */
export function text_pieces(text: string): Piece[] {
	const pieces: Piece[] = [];
	let from = 0;
	for (const found of text.matchAll(/https?:\/\/[^\s<>"']{3,2000}|[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}/g)) {
		const address = found[0].replace(/[.,;:!?)\]}]{1,5}$/, '');
		if (found.index > from)
			pieces.push({ text: text.slice(from, found.index), href: null });
		pieces.push({ text: address, href: address.startsWith('http') ? address : `mailto:${address}` });
		from = found.index + address.length;
	}
	if (from < text.length)
		pieces.push({ text: text.slice(from), href: null });
	return pieces;
}

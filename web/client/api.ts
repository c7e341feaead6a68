/*
 * What the desk answers and tells: the shapes of docs/protocol.md and docs/api.md.
 *
 * Only shapes, no behaviour. Unknown fields may come with a newer desk and are passed over.
 */
export type Key = string;
/* RFC 3339 in UTC with milliseconds. */
export type Time = string;

export type ItemKind = 'message' | 'note' | 'started' | 'taken' | 'released' | 'handed' | 'ended';
export type AuthorKind = 'visitor' | 'person' | 'system';
export type ChatState = 'waiting' | 'offered' | 'owned' | 'closed';
export type Role = 'administrator' | 'lead' | 'advisor' | 'backup' | 'consultant' | 'production';
export type Status = 'online' | 'away';
export type View = 'waiting' | 'mine' | 'all' | 'closed';

export interface Author {
	kind: AuthorKind;
	name: string | null;
	id?: number | null;
}

export interface Item {
	seq: number;
	kind: ItemKind | string;
	author: Author;
	text?: string | null;
	caller_id?: string | null;
	at: Time;
	internal?: boolean;
	corrects?: number | null;
	about?: { id?: number | null; name: string | null } | null;
}

export interface Items {
	items: Item[];
	head: number;
	more: boolean;
}

export interface Chat {
	conversation: Key;
	state: ChatState;
	visitor: { name: string | null; email: string | null };
	topic: string | null;
	page: string | null;
	owner: { id: number; name: string } | null;
	started_at: Time;
	waiting_since: Time | null;
	taken_at: Time | null;
	ended_at: Time | null;
	place: number | null;
	head: number;
	last: { kind: string; author_kind: AuthorKind; text: string | null; at: Time } | null;
	version: number;
}

export interface ConversationAnswer extends Chat {
	chats?: { state: ChatState; topic: string | null; page: string | null; owner: { id: number; name: string } | null;
		started_at: Time; ended_at: Time | null }[];
}

export interface Desk {
	name: string;
	language: string;
	is_set_up: boolean;
	is_online: boolean;
	time_zone?: string;
}

export interface Me {
	person: number;
	name: string;
	email: string;
	role: Role;
	status: Status;
	session: number;
}

export interface Person {
	person: number;
	name: string;
	email: string;
	role: Role;
	status: Status;
	is_disabled: boolean;
}

export interface Session {
	session: number;
	address: string;
	agent: string;
	created_at: Time;
	seen_at: Time;
	is_this: boolean;
}

export interface AuditRow {
	id: number;
	at: Time;
	actor: { kind: AuthorKind; id?: number | null; name: string | null };
	command: string;
	object: string;
	says: string;
}

export interface VisitorAnswer {
	visitor: Key;
	name: string | null;
	email: string | null;
	conversation: Key | null;
	state: ChatState | null;
	/* Who has the chat. */
	advisor?: string | null;
	place?: number | null;
}

export interface Started {
	conversation: Key;
	head: number;
	place: number | null;
}

export interface Sent {
	seq: number;
	at: Time;
}

export interface Problem {
	type: string;
	title: string;
	status: number;
	detail?: string;
	field?: string;
}

export type DeskEvent =
	| { event: 'item.added'; conversation: Key; item: Item }
	| { event: 'chat.changed'; chat: Chat }
	| { event: 'person.changed'; person: Person }
	| { event: 'typing'; conversation: Key; who: { kind: AuthorKind; name: string | null }; on: boolean }
	| { event: string; [field: string]: unknown };

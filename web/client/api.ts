/*
 * The names by which the pages know what the desk answers and tells. The shapes themselves come from the command table
 * (api.gen.ts); what is optional there is left out when there is nothing to say.
 */
import type { ChatListAnswer, ChatStartAnswer, ChatVisitAnswer, ConversationItemsAnswer, MessageSendAnswer } from './api.gen';

export type Item = ConversationItemsAnswer['items'][number];
export type Items = ConversationItemsAnswer;
export type Author = Item['author'];
export type AuthorKind = Author['kind'];
export type Chat = ChatListAnswer['chats'][number];
export type Chats = ChatListAnswer;
export type ChatState = Chat['state'];
export type Started = ChatStartAnswer;
export type Sent = MessageSendAnswer;
export type VisitorAnswer = ChatVisitAnswer;

export type View = 'waiting' | 'mine' | 'all' | 'closed';
export type Role = 'administrator' | 'lead' | 'advisor' | 'backup' | 'consultant' | 'production';
export type Status = 'online' | 'away';

export interface Desk {
	name: string;
	language: string;
	time_zone: string;
	is_set_up: boolean;
	is_online: boolean;
}

export interface Me {
	id: number;
	name: string;
	email: string;
	role: Role;
	status: Status;
	session: number;
}

export interface Person {
	id: number;
	name: string;
	/* Left out in events. */
	email?: string;
	role: Role;
	status: Status;
	is_disabled: boolean;
}

export interface Invitation {
	invitation: number;
	email: string;
	name: string;
	role: Role;
	made_by?: string;
	made_at: string;
	expires_at: string;
}

export interface Session {
	session: number;
	address: string;
	agent: string;
	created_at: string;
	seen_at: string;
	is_this: boolean;
}

export interface AuditLine {
	id: number;
	at: string;
	actor_kind: string;
	person?: number;
	name?: string;
	command: string;
	object?: string;
	says: string;
}

/* RFC 9457. */
export interface Problem {
	type: string;
	title: string;
	status: number;
	detail?: string;
	field?: string;
}

export type DeskEvent =
	| { event: 'item.added'; conversation: string; item: Item }
	| { event: 'chat.changed'; chat: Chat }
	| { event: 'person.changed'; person: Person }
	| { event: 'typing'; conversation: string; who: { kind: AuthorKind; name?: string }; on: boolean }
	| { event: string; [field: string]: unknown };

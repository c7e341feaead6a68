/*
 * The names by which the pages know what the desk answers and tells. The shapes themselves come from the command table
 * (api.gen.ts); what is optional there is left out when there is nothing to say.
 */
import type {
	AnswerListAnswer, AuditListAnswer, ChatGetAnswer, ChatListAnswer, ChatStartAnswer, ChatVisitAnswer, ConversationItemsAnswer, InvitationListAnswer, MessageSendAnswer,
	PersonListAnswer, PersonMeAnswer, PoolListAnswer, PromiseListAnswer, SeatChangedEvent, SeatLogAnswer, SeatStatusAnswer, SessionListAnswer, SettingGetAnswer, SettingListAnswer, TeamListAnswer, TrailListAnswer,
} from './api.gen';

/* A file as an item shows it: its bytes are at /files/{key}/{name}. */
export interface FileInfo {
	key: string;
	name: string;
	type: string;
	size: number;
	width?: number;
	height?: number;
}

export type Item = ConversationItemsAnswer['items'][number] & { file?: FileInfo };
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
export type Role = PersonMeAnswer['role'];
export type Status = DutyRow['status'];
/* Somebody on duty, as the hand-over board shows them. */
export type DutyRow = SeatChangedEvent['person'];
/* A pool of seats. */
export type Pool = PoolListAnswer['pools'][number];
/* One's own seat, as the desk answers it. */
export type SeatNow = SeatStatusAnswer;
export type SeatLogLine = SeatLogAnswer['lines'][number];

/* What everybody may know of it. */
export type Desk = SettingGetAnswer;
/* How the desk works: for who answers there. */
export type Settings = SettingListAnswer;
export type Me = PersonMeAnswer;
/* The address is left out in events. */
export type Person = Omit<PersonListAnswer['people'][number], 'email' | 'created_at'> & { email?: string };
export type Invitation = InvitationListAnswer['invitations'][number];
export type Session = SessionListAnswer['sessions'][number];
/* A conversation with all that is known of its newest chat. */
export type ChatAbout = ChatGetAnswer;
export type CannedAnswer = AnswerListAnswer['answers'][number];
/* A promise: what is owed to a customer. */
export type Owed = PromiseListAnswer['promises'][number];
export type Team = TeamListAnswer['teams'][number];
export type PageView = TrailListAnswer['pages'][number];
export type AuditLine = AuditListAnswer['lines'][number];

/* A colleague who looks at a conversation. */
export interface Viewer {
	id: number;
	name: string;
	composing: boolean;
}

/* RFC 9457. */
export interface Problem {
	type: string;
	title: string;
	status: number;
	detail?: string;
	field?: string;
	/* Of what is refused for many reasons: which, and in which line of the field. */
	code?: string;
	line?: number;
}

export type DeskEvent =
	| { event: 'item.added'; conversation: string; item: Item }
	| { event: 'chat.changed'; chat: Chat }
	| { event: 'person.changed'; person: Person }
	| { event: 'reading.moved'; conversation: string; side: 'visitor' | 'staff'; delivered: number; seen: number }
	| { event: 'presence'; conversation: string; who: Viewer[] }
	| { event: 'line.moved'; conversation: string; place: number; wait_ms: number; open: boolean }
	| { event: 'typing'; conversation: string; who: { kind: AuthorKind; name?: string }; on: boolean }
	| { event: string; [field: string]: unknown };

// Made by tools/docgen from the command table: never edited.

export interface ConversationItemsAsk {
  conversation: string;
  /** the cursor: items after this seq */
  since?: number;
  limit?: number;
}

export interface ConversationItemsAnswer {
  items: {
    /** its place in the conversation, from 1 */
    seq: number;
    kind: "message" | "note" | "started" | "taken" | "released" | "handed" | "ended";
    author: {
      kind: "visitor" | "person" | "system";
      name?: string;
      /** of a person; towards staff only */
      id?: number;
    };
    /** whom it concerns: who a handed chat went to */
    about?: {
      kind: "visitor" | "person" | "system";
      name?: string;
      /** of a person; towards staff only */
      id?: number;
    };
    text?: string;
    /** of a note: the seq of the one it corrects */
    corrects?: number;
    /** what its sender called it */
    caller_id?: string;
    at: string;
    /** true: for staff only */
    internal?: boolean;
  }[];
  /** the cursor to go on from */
  head: number;
  /** whether there are more items now */
  more: boolean;
}

export interface ChatStartAsk {
  /** the caller's own id: the same again when it repeats */
  id: string;
  name?: string;
  email?: string;
  topic?: string;
  /** the address of the page that the visitor is on */
  page?: string;
  /** becomes the first message */
  text?: string;
}

export interface ChatStartAnswer {
  conversation: string;
  /** the seq of the newest item */
  head: number;
  /** in the waiting line, from 1 */
  place: number;
}

export interface ChatVisitAsk {
}

export interface ChatVisitAnswer {
  visitor: string;
  name?: string;
  email?: string;
  /** left out: there is none yet */
  conversation?: string;
  state?: "waiting" | "offered" | "owned" | "closed";
  advisor?: string;
  place?: number;
}

export interface ChatListAsk {
  view: "waiting" | "mine" | "all" | "closed";
  /** the `chat` of the last row of the page before */
  before?: number;
  limit?: number;
}

export interface ChatListAnswer {
  chats: {
    conversation: string;
    state: "waiting" | "offered" | "owned" | "closed";
    visitor: {
      name?: string;
      email?: string;
    };
    topic?: string;
    /** the page that it was started from */
    page?: string;
    owner?: {
      id: number;
      name: string;
    };
    started_at: string;
    waiting_since: string;
    taken_at?: string;
    ended_at?: string;
    /** in the waiting line, from 1 */
    place?: number;
    /** the newest seq that the row knows of; of two rows the higher is newer */
    version: number;
    /** the newest message */
    last?: {
      author_kind: "visitor" | "person" | "system";
      text: string;
      at: string;
    };
    /** what `before` goes by */
    chat: number;
  }[];
  more: boolean;
}

export interface ChatGetAsk {
  conversation: string;
}

export interface ChatGetAnswer {
  conversation: string;
  state: "waiting" | "offered" | "owned" | "closed";
  visitor: {
    name?: string;
    email?: string;
  };
  topic?: string;
  /** the page that it was started from */
  page?: string;
  owner?: {
    id: number;
    name: string;
  };
  started_at: string;
  waiting_since: string;
  taken_at?: string;
  ended_at?: string;
  /** in the waiting line, from 1 */
  place?: number;
  /** the newest seq that the row knows of; of two rows the higher is newer */
  version: number;
  /** the newest message */
  last?: {
    author_kind: "visitor" | "person" | "system";
    text: string;
    at: string;
  };
  /** what `before` goes by */
  chat: number;
}

export interface ChatTakeAsk {
  conversation: string;
  /** the caller's own id: the same again when it repeats */
  id?: string;
}

export interface ChatTakeAnswer {
  conversation: string;
  state: "waiting" | "offered" | "owned" | "closed";
  visitor: {
    name?: string;
    email?: string;
  };
  topic?: string;
  /** the page that it was started from */
  page?: string;
  owner?: {
    id: number;
    name: string;
  };
  started_at: string;
  waiting_since: string;
  taken_at?: string;
  ended_at?: string;
  /** in the waiting line, from 1 */
  place?: number;
  /** the newest seq that the row knows of; of two rows the higher is newer */
  version: number;
  /** the newest message */
  last?: {
    author_kind: "visitor" | "person" | "system";
    text: string;
    at: string;
  };
  /** what `before` goes by */
  chat: number;
}

export interface ChatReleaseAsk {
  conversation: string;
  /** the caller's own id: the same again when it repeats */
  id?: string;
}

export interface ChatReleaseAnswer {
  conversation: string;
  state: "waiting" | "offered" | "owned" | "closed";
  visitor: {
    name?: string;
    email?: string;
  };
  topic?: string;
  /** the page that it was started from */
  page?: string;
  owner?: {
    id: number;
    name: string;
  };
  started_at: string;
  waiting_since: string;
  taken_at?: string;
  ended_at?: string;
  /** in the waiting line, from 1 */
  place?: number;
  /** the newest seq that the row knows of; of two rows the higher is newer */
  version: number;
  /** the newest message */
  last?: {
    author_kind: "visitor" | "person" | "system";
    text: string;
    at: string;
  };
  /** what `before` goes by */
  chat: number;
}

export interface ChatHandAsk {
  conversation: string;
  /** the caller's own id: the same again when it repeats */
  id?: string;
  /** the colleague: a person's id */
  to: number;
}

export interface ChatHandAnswer {
  conversation: string;
  state: "waiting" | "offered" | "owned" | "closed";
  visitor: {
    name?: string;
    email?: string;
  };
  topic?: string;
  /** the page that it was started from */
  page?: string;
  owner?: {
    id: number;
    name: string;
  };
  started_at: string;
  waiting_since: string;
  taken_at?: string;
  ended_at?: string;
  /** in the waiting line, from 1 */
  place?: number;
  /** the newest seq that the row knows of; of two rows the higher is newer */
  version: number;
  /** the newest message */
  last?: {
    author_kind: "visitor" | "person" | "system";
    text: string;
    at: string;
  };
  /** what `before` goes by */
  chat: number;
}

export interface ChatEndAsk {
  conversation: string;
  /** the caller's own id: the same again when it repeats */
  id?: string;
}

export interface ChatEndAnswer {
}

export interface MessageSendAsk {
  conversation: string;
  /** the caller's own id: the same again when it repeats */
  id: string;
  /** what is said */
  text: string;
}

export interface MessageSendAnswer {
  /** its place in the conversation */
  seq: number;
  at: string;
}

export interface NoteAddAsk {
  conversation: string;
  /** the caller's own id: the same again when it repeats */
  id: string;
  text: string;
  /** seq of the note that this one corrects */
  corrects?: number;
}

export interface NoteAddAnswer {
  seq: number;
  at: string;
}

export interface TicketMakeAsk {
}

export interface TicketMakeAnswer {
  /** opens one socket, once, within 30 seconds */
  ticket: string;
}

export interface VisitorStartAsk {
  /** answer the token too, for a browser that keeps no cookies */
  token?: boolean;
}

export interface VisitorStartAnswer {
  /** for Authorization: Bearer; only where it was asked for */
  token?: string;
}

export interface Item {
  /** its place in the conversation, from 1 */
  seq: number;
  kind: "message" | "note" | "started" | "taken" | "released" | "handed" | "ended";
  author: {
    kind: "visitor" | "person" | "system";
    name?: string;
    /** of a person; towards staff only */
    id?: number;
  };
  /** whom it concerns: who a handed chat went to */
  about?: {
    kind: "visitor" | "person" | "system";
    name?: string;
    /** of a person; towards staff only */
    id?: number;
  };
  text?: string;
  /** of a note: the seq of the one it corrects */
  corrects?: number;
  /** what its sender called it */
  caller_id?: string;
  at: string;
  /** true: for staff only */
  internal?: boolean;
}

export interface ChatRow {
  conversation: string;
  state: "waiting" | "offered" | "owned" | "closed";
  visitor: {
    name?: string;
    email?: string;
  };
  topic?: string;
  /** the page that it was started from */
  page?: string;
  owner?: {
    id: number;
    name: string;
  };
  started_at: string;
  waiting_since: string;
  taken_at?: string;
  ended_at?: string;
  /** in the waiting line, from 1 */
  place?: number;
  /** the newest seq that the row knows of; of two rows the higher is newer */
  version: number;
  /** the newest message */
  last?: {
    author_kind: "visitor" | "person" | "system";
    text: string;
    at: string;
  };
  /** what `before` goes by */
  chat: number;
}

export interface ItemAddedEvent {
  conversation: string;
  item: {
    /** its place in the conversation, from 1 */
    seq: number;
    kind: "message" | "note" | "started" | "taken" | "released" | "handed" | "ended";
    author: {
      kind: "visitor" | "person" | "system";
      name?: string;
      /** of a person; towards staff only */
      id?: number;
    };
    /** whom it concerns: who a handed chat went to */
    about?: {
      kind: "visitor" | "person" | "system";
      name?: string;
      /** of a person; towards staff only */
      id?: number;
    };
    text?: string;
    /** of a note: the seq of the one it corrects */
    corrects?: number;
    /** what its sender called it */
    caller_id?: string;
    at: string;
    /** true: for staff only */
    internal?: boolean;
  };
}

export interface ChatChangedEvent {
  chat: {
    conversation: string;
    state: "waiting" | "offered" | "owned" | "closed";
    visitor: {
      name?: string;
      email?: string;
    };
    topic?: string;
    /** the page that it was started from */
    page?: string;
    owner?: {
      id: number;
      name: string;
    };
    started_at: string;
    waiting_since: string;
    taken_at?: string;
    ended_at?: string;
    /** in the waiting line, from 1 */
    place?: number;
    /** the newest seq that the row knows of; of two rows the higher is newer */
    version: number;
    /** the newest message */
    last?: {
      author_kind: "visitor" | "person" | "system";
      text: string;
      at: string;
    };
    /** what `before` goes by */
    chat: number;
  };
}

export interface PersonChangedEvent {
  person: {
    id: number;
    name: string;
    role: "administrator" | "lead" | "advisor" | "backup" | "consultant" | "production";
    status: "online" | "away";
    is_disabled: boolean;
  };
}

export interface SettingChangedEvent {
}

export interface Commands {
  /** Reads the log of a conversation after a cursor. `GET /api/v1/conversations/{conversation}/items` */
  "conversation.items": { asks: ConversationItemsAsk; answers: ConversationItemsAnswer };
  /** A visitor asks to be talked to and joins the waiting line. `POST /api/v1/chats` */
  "chat.start": { asks: ChatStartAsk; answers: ChatStartAnswer };
  /** What a visitor's page needs after a reload: who it is, and its conversation. `GET /api/v1/visitor` */
  "chat.visit": { asks: ChatVisitAsk; answers: ChatVisitAnswer };
  /** Lists chats: who waits (longest first), one's own, all open ones, closed ones. `GET /api/v1/chats` */
  "chat.list": { asks: ChatListAsk; answers: ChatListAnswer };
  /** One conversation with its newest chat. `GET /api/v1/conversations/{conversation}` */
  "chat.get": { asks: ChatGetAsk; answers: ChatGetAnswer };
  /** Takes a waiting chat; one wins, the others are told who. `POST /api/v1/conversations/{conversation}/take` */
  "chat.take": { asks: ChatTakeAsk; answers: ChatTakeAnswer };
  /** Puts a chat back into the waiting line, at its old place. `POST /api/v1/conversations/{conversation}/release` */
  "chat.release": { asks: ChatReleaseAsk; answers: ChatReleaseAnswer };
  /** Hands a chat to a colleague who is online. `POST /api/v1/conversations/{conversation}/hand` */
  "chat.hand": { asks: ChatHandAsk; answers: ChatHandAnswer };
  /** Ends a chat; ending a closed one changes nothing. `POST /api/v1/conversations/{conversation}/end` */
  "chat.end": { asks: ChatEndAsk; answers: ChatEndAnswer };
  /** Says something to the customer, or to the desk; acknowledged once it is on disk. `POST /api/v1/conversations/{conversation}/messages` */
  "message.send": { asks: MessageSendAsk; answers: MessageSendAnswer };
  /** Writes a note beside the messages, for staff; it can never be changed or deleted. `POST /api/v1/conversations/{conversation}/notes` */
  "note.add": { asks: NoteAddAsk; answers: NoteAddAnswer };
  /** Makes a ticket for one WebSocket, which then acts as whoever made it. `POST /api/v1/tickets` */
  "ticket.make": { asks: TicketMakeAsk; answers: TicketMakeAnswer };
  /** Becomes a visitor, or stays the one that the cookie or token names. `POST /api/v1/visitors` */
  "visitor.start": { asks: VisitorStartAsk; answers: VisitorStartAnswer };
}

/** The door of every command: method and path. */
export const doors = {
  "conversation.items": "GET /api/v1/conversations/{conversation}/items",
  "chat.start": "POST /api/v1/chats",
  "chat.visit": "GET /api/v1/visitor",
  "chat.list": "GET /api/v1/chats",
  "chat.get": "GET /api/v1/conversations/{conversation}",
  "chat.take": "POST /api/v1/conversations/{conversation}/take",
  "chat.release": "POST /api/v1/conversations/{conversation}/release",
  "chat.hand": "POST /api/v1/conversations/{conversation}/hand",
  "chat.end": "POST /api/v1/conversations/{conversation}/end",
  "message.send": "POST /api/v1/conversations/{conversation}/messages",
  "note.add": "POST /api/v1/conversations/{conversation}/notes",
  "ticket.make": "POST /api/v1/tickets",
  "visitor.start": "POST /api/v1/visitors",
} as const;

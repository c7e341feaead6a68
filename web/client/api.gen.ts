// Made by tools/docgen from the command table: never edited.

export interface ConversationItemsAsk {
  conversation: string;
  /** the cursor: items after this seq */
  since?: number;
  limit?: number;
}

export interface ConversationItemsAnswer {
  items: Array<{
    /** its place in the conversation, from 1 */
    seq: number;
    kind: "message" | "note" | "started" | "taken" | "released" | "handed" | "ended" | "joined" | "left" | "whisper" | "file" | "reopened" | "warned" | "form" | "promised" | "kept" | "rated";
    author: {
      kind: "visitor" | "person" | "system";
      name?: string;
      /** of a person; towards staff only */
      id?: number;
    };
    /** whom it concerns: who a handed chat went to, who joined or left */
    about?: {
      kind: "person" | "team";
      name?: string;
      /** of a person or team; towards staff only */
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
    /** of a file: GET /files/{key}/{name} has its bytes */
    file?: {
      key: string;
      name: string;
      /** by its content: image/png */
      type: string;
      size: number;
      /** of a picture */
      width?: number;
      height?: number;
    };
  }>;
  /** the cursor to go on from */
  head: number;
  /** whether there are more items now */
  more: boolean;
  /** how far each side has come */
  readings: {
    visitor?: {
      delivered: number;
      seen: number;
    };
    staff?: {
      delivered: number;
      seen: number;
    };
  };
}

export interface ChatStartAsk {
  /** the caller's own id: the same again when it repeats */
  id: string;
  /** where the widget stands; left out: that of the desk's own pages */
  site?: string;
  name?: string;
  email?: string;
  topic?: string;
  /** the address of the page that the visitor is on; without what follows a #, and left out where it is no address of a page */
  page?: string;
  /** that the page speaks */
  language?: string;
  /** to the site's own fields */
  answers?: Array<{
    /** of the site's own field */
    label: string;
    /** of a check: yes or no; of a choice: one of them */
    value: string;
  }>;
  /** becomes the first message */
  text?: string;
}

export interface ChatStartAnswer {
  conversation: string;
  /** the seq of the newest item */
  head: number;
  /** in the waiting line, from 1 */
  place: number;
  /** an estimate; 0 is soon */
  wait_ms: number;
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
  /** while it waits: an estimate; 0 is soon */
  wait_ms: number;
  ended_at?: string;
  /** the chat has ended and can be opened again */
  can_reopen: boolean;
}

export interface ChatListAsk {
  view: "waiting" | "mine" | "all" | "closed";
  /** the `chat` of the last row of the page before */
  before?: number;
  limit?: number;
  /** of the view waiting: this team's only (without `place`) */
  team?: number;
}

export interface ChatListAnswer {
  chats: Array<{
    conversation: string;
    state: "waiting" | "offered" | "owned" | "closed";
    channel: "chat" | "form";
    visitor: {
      name?: string;
      email?: string;
      /** what the host site calls it, signed */
      customer?: string;
      /** since when: what is older was not said by somebody known */
      verified_at?: string;
      /** the host site has signed for who it is */
      verified: boolean;
      /** the name too */
      name_verified?: boolean;
      /** the address too */
      email_verified?: boolean;
    };
    topic?: string;
    /** the page that it was started from */
    page?: string;
    /** that the visitor's page speaks */
    language?: string;
    /** the name of where it comes from */
    site?: string;
    owner?: {
      id: number;
      name: string;
    };
    /** the team that it waits for, or came to */
    team?: {
      id: number;
      name: string;
    };
    /** in whose line it stands */
    pool?: number;
    /** while it is offered: who is asked */
    offer?: {
      person: number;
      name: string;
      expires_at: string;
    };
    /** the higher stand before the others */
    priority: number;
    /** nobody said a word for a while: it does not count */
    is_quiet: boolean;
    /** colleagues who joined in */
    guests: Array<{
      id: number;
      name: string;
    }>;
    /** what you are in it; in the view mine, and of one conversation */
    as?: "owner" | "guest";
    started_at: string;
    waiting_since: string;
    taken_at?: string;
    ended_at?: string;
    /** in the waiting line, from 1 */
    place?: number;
    /** what became of it, once it has ended */
    outcome?: "solved" | "answered" | "owed" | "gone" | "spam";
    /** messages of the visitor that staff has not seen */
    unread: number;
    /** since when the visitor waits for a word */
    unanswered_since?: string;
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
  }>;
  more: boolean;
}

export interface ChatGetAsk {
  conversation: string;
}

export interface ChatGetAnswer {
  conversation: string;
  state: "waiting" | "offered" | "owned" | "closed";
  channel: "chat" | "form";
  visitor: {
    name?: string;
    email?: string;
    /** what the host site calls it, signed */
    customer?: string;
    /** since when: what is older was not said by somebody known */
    verified_at?: string;
    /** the host site has signed for who it is */
    verified: boolean;
    /** the name too */
    name_verified?: boolean;
    /** the address too */
    email_verified?: boolean;
  };
  topic?: string;
  /** the page that it was started from */
  page?: string;
  /** that the visitor's page speaks */
  language?: string;
  /** the name of where it comes from */
  site?: string;
  owner?: {
    id: number;
    name: string;
  };
  /** the team that it waits for, or came to */
  team?: {
    id: number;
    name: string;
  };
  /** in whose line it stands */
  pool?: number;
  /** while it is offered: who is asked */
  offer?: {
    person: number;
    name: string;
    expires_at: string;
  };
  /** the higher stand before the others */
  priority: number;
  /** nobody said a word for a while: it does not count */
  is_quiet: boolean;
  /** colleagues who joined in */
  guests: Array<{
    id: number;
    name: string;
  }>;
  /** what you are in it; in the view mine, and of one conversation */
  as?: "owner" | "guest";
  started_at: string;
  waiting_since: string;
  taken_at?: string;
  ended_at?: string;
  /** in the waiting line, from 1 */
  place?: number;
  /** what became of it, once it has ended */
  outcome?: "solved" | "answered" | "owed" | "gone" | "spam";
  /** messages of the visitor that staff has not seen */
  unread: number;
  /** since when the visitor waits for a word */
  unanswered_since?: string;
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
  /** what it answered beforehand */
  answers: Array<{
    /** of the site's own field */
    label: string;
    /** of a check: yes or no; of a choice: one of them */
    value: string;
  }>;
  /** the network that it comes from */
  address?: string;
  /** its browser, as that calls itself */
  agent?: string;
  rating?: {
    score: number;
    comment?: string;
    at: string;
  };
  /** what is owed in this conversation and not yet kept */
  promises: number;
}

export interface ChatTakeAsk {
  conversation: string;
  /** the caller's own id: the same again when it repeats */
  id?: string;
}

export interface ChatTakeAnswer {
  conversation: string;
  state: "waiting" | "offered" | "owned" | "closed";
  channel: "chat" | "form";
  visitor: {
    name?: string;
    email?: string;
    /** what the host site calls it, signed */
    customer?: string;
    /** since when: what is older was not said by somebody known */
    verified_at?: string;
    /** the host site has signed for who it is */
    verified: boolean;
    /** the name too */
    name_verified?: boolean;
    /** the address too */
    email_verified?: boolean;
  };
  topic?: string;
  /** the page that it was started from */
  page?: string;
  /** that the visitor's page speaks */
  language?: string;
  /** the name of where it comes from */
  site?: string;
  owner?: {
    id: number;
    name: string;
  };
  /** the team that it waits for, or came to */
  team?: {
    id: number;
    name: string;
  };
  /** in whose line it stands */
  pool?: number;
  /** while it is offered: who is asked */
  offer?: {
    person: number;
    name: string;
    expires_at: string;
  };
  /** the higher stand before the others */
  priority: number;
  /** nobody said a word for a while: it does not count */
  is_quiet: boolean;
  /** colleagues who joined in */
  guests: Array<{
    id: number;
    name: string;
  }>;
  /** what you are in it; in the view mine, and of one conversation */
  as?: "owner" | "guest";
  started_at: string;
  waiting_since: string;
  taken_at?: string;
  ended_at?: string;
  /** in the waiting line, from 1 */
  place?: number;
  /** what became of it, once it has ended */
  outcome?: "solved" | "answered" | "owed" | "gone" | "spam";
  /** messages of the visitor that staff has not seen */
  unread: number;
  /** since when the visitor waits for a word */
  unanswered_since?: string;
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
  channel: "chat" | "form";
  visitor: {
    name?: string;
    email?: string;
    /** what the host site calls it, signed */
    customer?: string;
    /** since when: what is older was not said by somebody known */
    verified_at?: string;
    /** the host site has signed for who it is */
    verified: boolean;
    /** the name too */
    name_verified?: boolean;
    /** the address too */
    email_verified?: boolean;
  };
  topic?: string;
  /** the page that it was started from */
  page?: string;
  /** that the visitor's page speaks */
  language?: string;
  /** the name of where it comes from */
  site?: string;
  owner?: {
    id: number;
    name: string;
  };
  /** the team that it waits for, or came to */
  team?: {
    id: number;
    name: string;
  };
  /** in whose line it stands */
  pool?: number;
  /** while it is offered: who is asked */
  offer?: {
    person: number;
    name: string;
    expires_at: string;
  };
  /** the higher stand before the others */
  priority: number;
  /** nobody said a word for a while: it does not count */
  is_quiet: boolean;
  /** colleagues who joined in */
  guests: Array<{
    id: number;
    name: string;
  }>;
  /** what you are in it; in the view mine, and of one conversation */
  as?: "owner" | "guest";
  started_at: string;
  waiting_since: string;
  taken_at?: string;
  ended_at?: string;
  /** in the waiting line, from 1 */
  place?: number;
  /** what became of it, once it has ended */
  outcome?: "solved" | "answered" | "owed" | "gone" | "spam";
  /** messages of the visitor that staff has not seen */
  unread: number;
  /** since when the visitor waits for a word */
  unanswered_since?: string;
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

export interface ChatTransferAsk {
  conversation: string;
  /** the caller's own id: the same again when it repeats */
  id?: string;
  /** the colleague: a person's id; or else `team` */
  to?: number;
  /** a team's id; or else `to` */
  team?: number;
  /** is written as a note, for staff */
  note?: string;
}

export interface ChatTransferAnswer {
  conversation: string;
  state: "waiting" | "offered" | "owned" | "closed";
  channel: "chat" | "form";
  visitor: {
    name?: string;
    email?: string;
    /** what the host site calls it, signed */
    customer?: string;
    /** since when: what is older was not said by somebody known */
    verified_at?: string;
    /** the host site has signed for who it is */
    verified: boolean;
    /** the name too */
    name_verified?: boolean;
    /** the address too */
    email_verified?: boolean;
  };
  topic?: string;
  /** the page that it was started from */
  page?: string;
  /** that the visitor's page speaks */
  language?: string;
  /** the name of where it comes from */
  site?: string;
  owner?: {
    id: number;
    name: string;
  };
  /** the team that it waits for, or came to */
  team?: {
    id: number;
    name: string;
  };
  /** in whose line it stands */
  pool?: number;
  /** while it is offered: who is asked */
  offer?: {
    person: number;
    name: string;
    expires_at: string;
  };
  /** the higher stand before the others */
  priority: number;
  /** nobody said a word for a while: it does not count */
  is_quiet: boolean;
  /** colleagues who joined in */
  guests: Array<{
    id: number;
    name: string;
  }>;
  /** what you are in it; in the view mine, and of one conversation */
  as?: "owner" | "guest";
  started_at: string;
  waiting_since: string;
  taken_at?: string;
  ended_at?: string;
  /** in the waiting line, from 1 */
  place?: number;
  /** what became of it, once it has ended */
  outcome?: "solved" | "answered" | "owed" | "gone" | "spam";
  /** messages of the visitor that staff has not seen */
  unread: number;
  /** since when the visitor waits for a word */
  unanswered_since?: string;
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

export interface ChatPriorityAsk {
  conversation: string;
  /** the caller's own id: the same again when it repeats */
  id?: string;
  /** 0 is that of everybody */
  priority: number;
}

export interface ChatPriorityAnswer {
  conversation: string;
  state: "waiting" | "offered" | "owned" | "closed";
  channel: "chat" | "form";
  visitor: {
    name?: string;
    email?: string;
    /** what the host site calls it, signed */
    customer?: string;
    /** since when: what is older was not said by somebody known */
    verified_at?: string;
    /** the host site has signed for who it is */
    verified: boolean;
    /** the name too */
    name_verified?: boolean;
    /** the address too */
    email_verified?: boolean;
  };
  topic?: string;
  /** the page that it was started from */
  page?: string;
  /** that the visitor's page speaks */
  language?: string;
  /** the name of where it comes from */
  site?: string;
  owner?: {
    id: number;
    name: string;
  };
  /** the team that it waits for, or came to */
  team?: {
    id: number;
    name: string;
  };
  /** in whose line it stands */
  pool?: number;
  /** while it is offered: who is asked */
  offer?: {
    person: number;
    name: string;
    expires_at: string;
  };
  /** the higher stand before the others */
  priority: number;
  /** nobody said a word for a while: it does not count */
  is_quiet: boolean;
  /** colleagues who joined in */
  guests: Array<{
    id: number;
    name: string;
  }>;
  /** what you are in it; in the view mine, and of one conversation */
  as?: "owner" | "guest";
  started_at: string;
  waiting_since: string;
  taken_at?: string;
  ended_at?: string;
  /** in the waiting line, from 1 */
  place?: number;
  /** what became of it, once it has ended */
  outcome?: "solved" | "answered" | "owed" | "gone" | "spam";
  /** messages of the visitor that staff has not seen */
  unread: number;
  /** since when the visitor waits for a word */
  unanswered_since?: string;
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

export interface ChatInviteAsk {
  conversation: string;
  /** the caller's own id: the same again when it repeats */
  id?: string;
  /** the colleague, who is online */
  person: number;
}

export interface ChatInviteAnswer {
  conversation: string;
  state: "waiting" | "offered" | "owned" | "closed";
  channel: "chat" | "form";
  visitor: {
    name?: string;
    email?: string;
    /** what the host site calls it, signed */
    customer?: string;
    /** since when: what is older was not said by somebody known */
    verified_at?: string;
    /** the host site has signed for who it is */
    verified: boolean;
    /** the name too */
    name_verified?: boolean;
    /** the address too */
    email_verified?: boolean;
  };
  topic?: string;
  /** the page that it was started from */
  page?: string;
  /** that the visitor's page speaks */
  language?: string;
  /** the name of where it comes from */
  site?: string;
  owner?: {
    id: number;
    name: string;
  };
  /** the team that it waits for, or came to */
  team?: {
    id: number;
    name: string;
  };
  /** in whose line it stands */
  pool?: number;
  /** while it is offered: who is asked */
  offer?: {
    person: number;
    name: string;
    expires_at: string;
  };
  /** the higher stand before the others */
  priority: number;
  /** nobody said a word for a while: it does not count */
  is_quiet: boolean;
  /** colleagues who joined in */
  guests: Array<{
    id: number;
    name: string;
  }>;
  /** what you are in it; in the view mine, and of one conversation */
  as?: "owner" | "guest";
  started_at: string;
  waiting_since: string;
  taken_at?: string;
  ended_at?: string;
  /** in the waiting line, from 1 */
  place?: number;
  /** what became of it, once it has ended */
  outcome?: "solved" | "answered" | "owed" | "gone" | "spam";
  /** messages of the visitor that staff has not seen */
  unread: number;
  /** since when the visitor waits for a word */
  unanswered_since?: string;
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

export interface ChatLeaveAsk {
  conversation: string;
  /** the caller's own id: the same again when it repeats */
  id?: string;
  /** the guest who leaves; left out: oneself */
  person?: number;
}

export interface ChatLeaveAnswer {
  conversation: string;
  state: "waiting" | "offered" | "owned" | "closed";
  channel: "chat" | "form";
  visitor: {
    name?: string;
    email?: string;
    /** what the host site calls it, signed */
    customer?: string;
    /** since when: what is older was not said by somebody known */
    verified_at?: string;
    /** the host site has signed for who it is */
    verified: boolean;
    /** the name too */
    name_verified?: boolean;
    /** the address too */
    email_verified?: boolean;
  };
  topic?: string;
  /** the page that it was started from */
  page?: string;
  /** that the visitor's page speaks */
  language?: string;
  /** the name of where it comes from */
  site?: string;
  owner?: {
    id: number;
    name: string;
  };
  /** the team that it waits for, or came to */
  team?: {
    id: number;
    name: string;
  };
  /** in whose line it stands */
  pool?: number;
  /** while it is offered: who is asked */
  offer?: {
    person: number;
    name: string;
    expires_at: string;
  };
  /** the higher stand before the others */
  priority: number;
  /** nobody said a word for a while: it does not count */
  is_quiet: boolean;
  /** colleagues who joined in */
  guests: Array<{
    id: number;
    name: string;
  }>;
  /** what you are in it; in the view mine, and of one conversation */
  as?: "owner" | "guest";
  started_at: string;
  waiting_since: string;
  taken_at?: string;
  ended_at?: string;
  /** in the waiting line, from 1 */
  place?: number;
  /** what became of it, once it has ended */
  outcome?: "solved" | "answered" | "owed" | "gone" | "spam";
  /** messages of the visitor that staff has not seen */
  unread: number;
  /** since when the visitor waits for a word */
  unanswered_since?: string;
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
  /** what it was about; staff only, as what follows */
  topic?: string;
  outcome?: "solved" | "answered" | "owed" | "gone" | "spam";
  /** what the desk owes the customer: becomes a promise */
  owed?: string;
  /** the customer's, where none is known */
  email?: string;
}

export interface ChatEndAnswer {
}

export interface ChatReopenAsk {
  conversation: string;
  /** the caller's own id: the same again when it repeats */
  id?: string;
}

export interface ChatReopenAnswer {
  state: "waiting" | "offered" | "owned" | "closed";
  advisor?: string;
  place?: number;
}

export interface OfferDeclineAsk {
  conversation: string;
  /** the caller's own id: the same again when it repeats */
  id?: string;
}

export interface OfferDeclineAnswer {
  conversation: string;
  state: "waiting" | "offered" | "owned" | "closed";
  channel: "chat" | "form";
  visitor: {
    name?: string;
    email?: string;
    /** what the host site calls it, signed */
    customer?: string;
    /** since when: what is older was not said by somebody known */
    verified_at?: string;
    /** the host site has signed for who it is */
    verified: boolean;
    /** the name too */
    name_verified?: boolean;
    /** the address too */
    email_verified?: boolean;
  };
  topic?: string;
  /** the page that it was started from */
  page?: string;
  /** that the visitor's page speaks */
  language?: string;
  /** the name of where it comes from */
  site?: string;
  owner?: {
    id: number;
    name: string;
  };
  /** the team that it waits for, or came to */
  team?: {
    id: number;
    name: string;
  };
  /** in whose line it stands */
  pool?: number;
  /** while it is offered: who is asked */
  offer?: {
    person: number;
    name: string;
    expires_at: string;
  };
  /** the higher stand before the others */
  priority: number;
  /** nobody said a word for a while: it does not count */
  is_quiet: boolean;
  /** colleagues who joined in */
  guests: Array<{
    id: number;
    name: string;
  }>;
  /** what you are in it; in the view mine, and of one conversation */
  as?: "owner" | "guest";
  started_at: string;
  waiting_since: string;
  taken_at?: string;
  ended_at?: string;
  /** in the waiting line, from 1 */
  place?: number;
  /** what became of it, once it has ended */
  outcome?: "solved" | "answered" | "owed" | "gone" | "spam";
  /** messages of the visitor that staff has not seen */
  unread: number;
  /** since when the visitor waits for a word */
  unanswered_since?: string;
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

export interface RoutingWallAsk {
}

export interface RoutingWallAnswer {
  /** everybody's first, then by the name of the team */
  pools: Array<{
    pool: number;
    /** left out: everybody who is in no team with a pool */
    team?: number;
    team_name?: string;
    /** that count: owned and not quiet, and offered */
    chats: number;
    cap: number;
    /** people who could be given one more chat */
    able: number;
    /** chats that nobody has, the offered ones too */
    waiting: number;
    /** of these, how many somebody is asked to take */
    offered: number;
    /** since when the one waits who waits longest */
    longest_since?: string;
    /** an estimate for who comes now */
    wait_ms: number;
    /** a back-up may sign in beyond the size */
    calls_for_help: boolean;
  }>;
  /** chats that somebody has */
  owned: number;
  /** of these, how many do not count, since nobody said a word for a while */
  quiet: number;
}

export interface LineStateAsk {
  /** left out: that of the desk's own pages */
  site?: string;
}

export interface LineStateAnswer {
  /** a chat can be started now; otherwise a form can be left */
  open: boolean;
  /** why it is not open */
  reason?: "hours" | "nobody" | "full";
  /** outside of the hours: when it opens */
  opens_at?: string;
  /** an estimate for who starts a chat now; 0 is soon */
  wait_ms: number;
  /** somebody has room at once */
  is_free: boolean;
}

export interface FormSendAsk {
  /** the caller's own id: the same again when it repeats */
  id: string;
  /** left out: that of the desk's own pages */
  site?: string;
  name?: string;
  /** where the answer goes */
  email: string;
  topic?: string;
  /** the address of the page that the visitor is on */
  page?: string;
  /** that the page speaks */
  language?: string;
  /** to the site's own fields */
  answers?: Array<{
    /** of the site's own field */
    label: string;
    /** of a check: yes or no; of a choice: one of them */
    value: string;
  }>;
  /** becomes a message */
  text: string;
}

export interface FormSendAnswer {
  conversation: string;
  /** the seq of the newest item */
  head: number;
  /** by when somebody answers */
  due_at: string;
}

export interface RatingGiveAsk {
  conversation: string;
  /** the caller's own id: the same again when it repeats */
  id?: string;
  /** 5 is best */
  score: number;
  comment?: string;
}

export interface RatingGiveAnswer {
}

export interface PromiseListAsk {
  view: "open" | "mine" | "overdue";
  /** the `promise` of the last row of the page before */
  after?: number;
  limit?: number;
}

export interface PromiseListAnswer {
  promises: Array<{
    promise: number;
    conversation: string;
    visitor: {
      name?: string;
      email?: string;
    };
    /** what it comes from: the end of a chat, or a form */
    source: "chat" | "form";
    /** what is owed */
    what: string;
    /** who promised it; left out: nobody yet */
    owner?: {
      id: number;
      name: string;
    };
    made_at: string;
    due_at: string;
    kept_at?: string;
    kept_by?: {
      id: number;
      name: string;
    };
  }>;
  more: boolean;
}

export interface PromiseKeepAsk {
  promise: number;
  /** the caller's own id: the same again when it repeats */
  id?: string;
}

export interface PromiseKeepAnswer {
  promise: number;
  conversation: string;
  visitor: {
    name?: string;
    email?: string;
  };
  /** what it comes from: the end of a chat, or a form */
  source: "chat" | "form";
  /** what is owed */
  what: string;
  /** who promised it; left out: nobody yet */
  owner?: {
    id: number;
    name: string;
  };
  made_at: string;
  due_at: string;
  kept_at?: string;
  kept_by?: {
    id: number;
    name: string;
  };
}

export interface BlockAddAsk {
  /** the caller's own id: the same again when it repeats */
  id?: string;
  /** of the visitor */
  conversation: string;
  /** the visitor, or the address that it comes from */
  kind: "visitor" | "address";
  /** left out: until it is lifted */
  hours?: number;
  /** for colleagues */
  reason: string;
}

export interface BlockAddAnswer {
  block: number;
  kind: "visitor" | "address";
  visitor_name?: string;
  /** of a visitor: its newest */
  conversation?: string;
  address?: string;
  reason: string;
  made_by: {
    id: number;
    name: string;
  };
  made_at: string;
  /** left out: until it is lifted */
  until?: string;
}

export interface BlockListAsk {
  /** the `block` of the last row of the page before */
  before?: number;
  limit?: number;
}

export interface BlockListAnswer {
  blocks: Array<{
    block: number;
    kind: "visitor" | "address";
    visitor_name?: string;
    /** of a visitor: its newest */
    conversation?: string;
    address?: string;
    reason: string;
    made_by: {
      id: number;
      name: string;
    };
    made_at: string;
    /** left out: until it is lifted */
    until?: string;
  }>;
  more: boolean;
}

export interface BlockLiftAsk {
  block: number;
  /** the caller's own id: the same again when it repeats */
  id?: string;
}

export interface BlockLiftAnswer {
}

export interface MessageSendAsk {
  conversation: string;
  /** the caller's own id: the same again when it repeats */
  id: string;
  /** what is said */
  text: string;
  /** staff: the generation of the draft that this was */
  draft?: number;
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
  /** the generation of the draft that this was */
  draft?: number;
}

export interface NoteAddAnswer {
  seq: number;
  at: string;
}

export interface WhisperAddAsk {
  conversation: string;
  /** the caller's own id: the same again when it repeats */
  id: string;
  /** what is whispered */
  text: string;
  /** the generation of the draft that this was */
  draft?: number;
}

export interface WhisperAddAnswer {
  seq: number;
  at: string;
}

export interface AnswerListAsk {
  /** what shortcut, title or text must hold */
  search?: string;
  /** what the shortcut must begin with */
  shortcut?: string;
  /** the `id` of the last row of the page before */
  before?: number;
  limit?: number;
}

export interface AnswerListAnswer {
  answers: Array<{
    id: number;
    shortcut: string;
    title: string;
    text: string;
    scope: "own" | "team" | "all";
    team?: number;
    team_name?: string;
    /** a name */
    changed_by: string;
    changed_at: string;
    is_mine_to_change: boolean;
  }>;
  more: boolean;
}

export interface AnswerAddAsk {
  /** the caller's own id: the same again when it repeats */
  id?: string;
  /** what is typed behind the slash: a-z, 0-9 and -; free once among one's own, a team's, and those of all */
  shortcut: string;
  title: string;
  /** may hold {{visitor.name}}, {{me.name}}, {{desk.name}} and {{topic}}, which the page fills in */
  text: string;
  /** who uses it; `all` is for leads to write */
  scope: "own" | "team" | "all";
  /** with the scope team */
  team?: number;
}

export interface AnswerAddAnswer {
  /** its id */
  answer: number;
}

export interface AnswerChangeAsk {
  answer: number;
  /** what is typed behind the slash: a-z, 0-9 and -; free once among one's own, a team's, and those of all */
  shortcut?: string;
  title?: string;
  /** may hold {{visitor.name}}, {{me.name}}, {{desk.name}} and {{topic}}, which the page fills in */
  text?: string;
}

export interface AnswerChangeAnswer {
}

export interface AnswerArchiveAsk {
  answer: number;
}

export interface AnswerArchiveAnswer {
}

export interface FileStartAsk {
  conversation: string;
  /** the caller's own id: the same again when it repeats */
  id: string;
  /** what is harmful in it is taken out */
  name: string;
  /** in bytes */
  size: number;
}

export interface FileStartAnswer {
  file: string;
  /** what every part but the last has */
  part_bytes: number;
  /** how many are there already */
  parts: number;
}

export interface FilePartAsk {
  conversation: string;
  file: string;
  /** from 0 */
  number: number;
  bytes: Blob;
}

export interface FilePartAnswer {
}

export interface FileFinishAsk {
  conversation: string;
  file: string;
  /** SHA-256 of the SHA-256s of all parts in their order, in hex */
  digest?: string;
}

export interface FileFinishAnswer {
  /** its place in the conversation */
  seq: number;
  at: string;
  file: {
    key: string;
    name: string;
    /** by its content: image/png */
    type: string;
    size: number;
    /** of a picture */
    width?: number;
    height?: number;
  };
}

export interface FileGetAsk {
  file: string;
  name: string;
}

export interface FileGetAnswer {
  file: string;
  name: string;
  type: string;
  size: number;
}

export interface ReadingSetAsk {
  conversation: string;
  /** the seq up to which the page has the log */
  delivered?: number;
  /** the seq up to which somebody looked at it */
  seen?: number;
}

export interface ReadingSetAnswer {
  delivered: number;
  seen: number;
}

export interface DraftSetAsk {
  conversation: string;
  mode: "message" | "note" | "whisper";
  /** of the draft that is being written; 1 where none is known */
  generation: number;
  /** blank or absent: there is none any more */
  text?: string;
}

export interface DraftSetAnswer {
  conversation: string;
  mode: "message" | "note" | "whisper";
  /** higher than what was given: that one was sent */
  generation: number;
  text: string;
  changed_at: string;
}

export interface DraftListAsk {
  /** only of this one, and those without text too, for their generation */
  conversation?: string;
  /** the conversation of the last row of the page before; with `before_mode` */
  before?: string;
  /** the mode of that row */
  before_mode?: "message" | "note" | "whisper";
  limit?: number;
}

export interface DraftListAnswer {
  drafts: Array<{
    conversation: string;
    mode: "message" | "note" | "whisper";
    /** higher than what was given: that one was sent */
    generation: number;
    text: string;
    changed_at: string;
  }>;
  /** there are further ones: fewer than `limit` come where their texts are long */
  more: boolean;
}

export interface PushKeyAsk {
}

export interface PushKeyAnswer {
  /** for `applicationServerKey`: a browser that has a subscription for another one makes a new one */
  key: string;
}

export interface PushAddAsk {
  /** an https address */
  endpoint: string;
  /** the browser's public key */
  p256dh: string;
  auth: string;
  /** of the words to show */
  language: string;
}

export interface PushAddAnswer {
  push: number;
}

export interface PushListAsk {
}

export interface PushListAnswer {
  pushes: Array<{
    push: number;
    /** the browser, as it calls itself */
    agent: string;
    created_at: string;
    /** of the session that asks */
    is_this: boolean;
  }>;
}

export interface PushRemoveAsk {
  push: number;
}

export interface PushRemoveAnswer {
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
  /** whose widget it is; left out: the desk's own page */
  site?: string;
  /** that the widget speaks */
  language?: string;
}

export interface VisitorStartAnswer {
  /** for Authorization: Bearer; only where it was asked for */
  token?: string;
}

export interface VisitorIdentifyAsk {
  site: string;
  /** what the site's page signed */
  token: string;
  /** answer the visitor's token too */
  bearer?: boolean;
}

export interface VisitorIdentifyAnswer {
  /** for Authorization: Bearer; only where it was asked for */
  token?: string;
}

export interface VisitorLeaveAsk {
}

export interface VisitorLeaveAnswer {
}

export interface SessionStartAsk {
  email: string;
  password: string;
}

export interface SessionStartAnswer {
  person: {
    id: number;
    email: string;
    name: string;
    role: "administrator" | "lead" | "advisor" | "backup" | "consultant" | "production";
    status: "online" | "away" | "winding" | "line" | "phone" | "offline";
    /** the session that asks */
    session: number;
  };
}

export interface SessionEndAsk {
}

export interface SessionEndAnswer {
}

export interface SessionListAsk {
}

export interface SessionListAnswer {
  sessions: Array<{
    session: number;
    /** where it was started from */
    address: string;
    /** the browser, as it calls itself */
    agent: string;
    created_at: string;
    /** when it was used, or a page of it was open, to some seconds */
    seen_at: string;
    /** the session that asks */
    is_this: boolean;
  }>;
}

export interface SessionStopAsk {
  session: number;
}

export interface SessionStopAnswer {
}

export interface PersonPasswordAsk {
  old: string;
  new: string;
}

export interface PersonPasswordAnswer {
  person: {
    id: number;
    email: string;
    name: string;
    role: "administrator" | "lead" | "advisor" | "backup" | "consultant" | "production";
    status: "online" | "away" | "winding" | "line" | "phone" | "offline";
    /** the session that asks */
    session: number;
  };
}

export interface PersonMeAsk {
}

export interface PersonMeAnswer {
  id: number;
  email: string;
  name: string;
  role: "administrator" | "lead" | "advisor" | "backup" | "consultant" | "production";
  status: "online" | "away" | "winding" | "line" | "phone" | "offline";
  /** the session that asks */
  session: number;
}

export interface PersonListAsk {
}

export interface PersonListAnswer {
  people: Array<{
    id: number;
    email: string;
    name: string;
    role: "administrator" | "lead" | "advisor" | "backup" | "consultant" | "production";
    status: "online" | "away" | "winding" | "line" | "phone" | "offline";
    is_disabled: boolean;
    created_at: string;
  }>;
}

export interface PersonRoleAsk {
  person: number;
  role: "administrator" | "lead" | "advisor" | "backup" | "consultant" | "production";
}

export interface PersonRoleAnswer {
}

export interface PersonDisableAsk {
  person: number;
}

export interface PersonDisableAnswer {
}

export interface PersonEnableAsk {
  person: number;
}

export interface PersonEnableAnswer {
}

export interface InvitationMakeAsk {
  email: string;
  name: string;
  role: "administrator" | "lead" | "advisor" | "backup" | "consultant" | "production";
}

export interface InvitationMakeAnswer {
  /** shown this once: hand it on; it works once */
  link: string;
  expires_at: string;
}

export interface InvitationListAsk {
}

export interface InvitationListAnswer {
  invitations: Array<{
    invitation: number;
    email: string;
    name: string;
    role: "administrator" | "lead" | "advisor" | "backup" | "consultant" | "production";
    /** left out: the command line */
    made_by?: string;
    made_at: string;
    expires_at: string;
  }>;
}

export interface InvitationWithdrawAsk {
  invitation: number;
}

export interface InvitationWithdrawAnswer {
}

export interface InvitationAcceptAsk {
  /** of the link, after the # */
  token: string;
  /** left out: as the invitation says */
  name?: string;
  password: string;
}

export interface InvitationAcceptAnswer {
  person: {
    id: number;
    email: string;
    name: string;
    role: "administrator" | "lead" | "advisor" | "backup" | "consultant" | "production";
    status: "online" | "away" | "winding" | "line" | "phone" | "offline";
    /** the session that asks */
    session: number;
  };
}

export interface ResetMakeAsk {
  person: number;
}

export interface ResetMakeAnswer {
  /** shown this once: hand it on; it works once */
  link: string;
  expires_at: string;
}

export interface ResetUseAsk {
  /** of the link, after the # */
  token: string;
  password: string;
}

export interface ResetUseAnswer {
}

export interface TrailAddAsk {
  /** of the page; what follows a # is left out */
  url: string;
  title?: string;
}

export interface TrailAddAnswer {
}

export interface TrailListAsk {
  conversation: string;
}

export interface TrailListAnswer {
  /** newest first */
  pages: Array<{
    url: string;
    title?: string;
    at: string;
  }>;
}

export interface TeamListAsk {
}

export interface TeamListAnswer {
  teams: Array<{
    id: number;
    name: string;
    /** ids of people */
    members: Array<number>;
    is_archived?: boolean;
  }>;
}

export interface TeamAddAsk {
  /** the caller's own id: the same again when it repeats */
  id: string;
  name: string;
  /** ids of people */
  members?: Array<number>;
}

export interface TeamAddAnswer {
  id: number;
  name: string;
  /** ids of people */
  members: Array<number>;
  is_archived?: boolean;
}

export interface TeamChangeAsk {
  team: number;
  /** left out: stays */
  name?: string;
  /** left out: stay; else these and no others */
  members?: Array<number>;
}

export interface TeamChangeAnswer {
  id: number;
  name: string;
  /** ids of people */
  members: Array<number>;
  is_archived?: boolean;
}

export interface TeamArchiveAsk {
  team: number;
}

export interface TeamArchiveAnswer {
}

export interface PoolListAsk {
}

export interface PoolListAnswer {
  pools: Array<{
    id: number;
    /** left out: of everybody else */
    team?: number;
    team_name?: string;
    size: number;
    /** chats that its people have together at most */
    cap: number;
    /** seats */
    used: number;
    /** seats beyond the size: back-ups, hand-overs */
    extra: number;
    chats: number;
    /** people who wait for a seat */
    line: number;
    is_removed?: boolean;
  }>;
}

export interface PoolAddAsk {
  /** the caller's own id: the same again when it repeats */
  id: string;
  team: number;
  size: number;
  cap: number;
}

export interface PoolAddAnswer {
  id: number;
  /** left out: of everybody else */
  team?: number;
  team_name?: string;
  size: number;
  /** chats that its people have together at most */
  cap: number;
  /** seats */
  used: number;
  /** seats beyond the size: back-ups, hand-overs */
  extra: number;
  chats: number;
  /** people who wait for a seat */
  line: number;
  is_removed?: boolean;
}

export interface PoolRemoveAsk {
  pool: number;
}

export interface PoolRemoveAnswer {
}

export interface PersonAbilitiesAsk {
  person: number;
}

export interface PersonAbilitiesAnswer {
  person: number;
  /** left out: the desk's setting chats_each */
  cap?: number;
  /** none: any */
  topics: Array<string>;
  /** none: any */
  languages: Array<string>;
}

export interface PersonAbilitiesChangeAsk {
  person: number;
  /** 0: the desk's setting chats_each; left out: stays */
  cap?: number;
  /** left out: stay; none: any */
  topics?: Array<string>;
  /** left out: stay; none: any */
  languages?: Array<string>;
}

export interface PersonAbilitiesChangeAnswer {
  person: number;
  /** left out: the desk's setting chats_each */
  cap?: number;
  /** none: any */
  topics: Array<string>;
  /** none: any */
  languages: Array<string>;
}

export interface SeatStatusAsk {
  status: "online" | "away" | "phone" | "offline";
  /** of away and phone: why */
  reason?: string;
  /** of those too: when one wants to be back */
  back_at?: string;
}

export interface SeatStatusAnswer {
  status: "online" | "away" | "winding" | "line" | "phone" | "offline";
  seat: "none" | "own" | "backup" | "handover";
  /** in the line for seats */
  place?: number;
  reason?: string;
  back_at?: string;
  /** chats that one takes at a time */
  cap: number;
  /** chats that count */
  load: number;
}

export interface SeatFreeAsk {
  person: number;
  reason: string;
}

export interface SeatFreeAnswer {
}

export interface PoolChangeAsk {
  pool: number;
  /** left out: stays */
  size?: number;
  /** left out: stays */
  cap?: number;
}

export interface PoolChangeAnswer {
  id: number;
  /** left out: of everybody else */
  team?: number;
  team_name?: string;
  size: number;
  /** chats that its people have together at most */
  cap: number;
  /** seats */
  used: number;
  /** seats beyond the size: back-ups, hand-overs */
  extra: number;
  chats: number;
  /** people who wait for a seat */
  line: number;
  is_removed?: boolean;
}

export interface SeatBoardAsk {
}

export interface SeatBoardAnswer {
  /** who is on duty: pool by pool, seats first, then the line in its order */
  people: Array<{
    id: number;
    name: string;
    role: "administrator" | "lead" | "advisor" | "backup" | "consultant" | "production";
    status: "online" | "away" | "winding" | "line" | "phone" | "offline";
    seat: "none" | "own" | "backup" | "handover";
    /** in the line for seats */
    place?: number;
    reason?: string;
    /** when they want to be back */
    back_at?: string;
    /** in this status; left out of who is offline */
    since?: string;
    /** what the line for seats is ordered by */
    line_since?: string;
    /** not heard of since then */
    gone_since?: string;
    /** chats that count */
    load: number;
    cap: number;
    /** all that they have, the quiet ones too */
    chats: number;
    pool?: number;
    /** the end of their shift */
    ends_at?: string;
    /** of the board, who stands in the line: when a seat is expected to free, by the shifts */
    expected_at?: string;
  }>;
  pools: Array<{
    id: number;
    /** left out: of everybody else */
    team?: number;
    team_name?: string;
    size: number;
    /** chats that its people have together at most */
    cap: number;
    /** seats */
    used: number;
    /** seats beyond the size: back-ups, hand-overs */
    extra: number;
    chats: number;
    /** people who wait for a seat */
    line: number;
    is_removed?: boolean;
  }>;
}

export interface SeatLogAsk {
  /** left out: all pools */
  pool?: number;
  /** whose seat; left out: everybody's */
  person?: number;
  /** lines older than this one's `id` */
  before?: number;
  limit?: number;
}

export interface SeatLogAnswer {
  lines: Array<{
    id: number;
    at: string;
    pool: number;
    /** whose seat; left out: the pool's line */
    person?: {
      id: number;
      name: string;
    };
    /** who did it; left out: the desk itself */
    by?: {
      id: number;
      name: string;
    };
    what: "took" | "waits" | "let in" | "extra" | "regular" | "away" | "back" | "phone" | "left" | "freed" | "gone" | "heard" | "lost" | "signed out" | "winds down" | "stays" | "passed" | "pool changed";
    why?: string;
  }>;
  more: boolean;
}

export interface SiteListAsk {
}

export interface SiteListAnswer {
  sites: Array<{
    site: string;
    name: string;
    team?: number;
    language: string;
    version: number;
    has_secret: boolean;
    seen_at?: string;
    seen_url?: string;
    is_archived?: boolean;
  }>;
}

export interface SiteGetAsk {
  site: string;
}

export interface SiteGetAnswer {
  site: string;
  version: number;
  name: string;
  /** whose chats they are; left out: everybody's */
  team?: number;
  /** a language tag, such as en or pt-BR */
  language: string;
  theme: "auto" | "light" | "dark";
  /** such as #1f5f5b */
  colour: string;
  /** where the launcher stands, as one reads */
  side: "end" | "start";
  launcher: "bubble" | "label" | "none";
  ask_name: "optional" | "no" | "required";
  ask_email: "optional" | "no" | "required";
  ask_topic: "optional" | "no" | "required";
  consent_url?: string;
  bulletin?: string;
  /** visitors of this site who wait at a time; the next is given a form */
  max_waiting: number;
  is_inviting: boolean;
  /** of pages that may show it, such as https://shop.example */
  origins: Array<string>;
  /** its own words; what is left out the widget says itself */
  texts: Array<{
    language: string;
    name: "greeting" | "waiting" | "offline" | "launcher" | "title" | "consent" | "invitation";
    text: string;
  }>;
  /** none: always open */
  hours: Array<{
    /** 1 is Monday */
    weekday: number;
    /** of the day, in the desk's time zone */
    from_minute: number;
    to_minute: number;
  }>;
  fields: Array<{
    label: string;
    kind: "line" | "text" | "choice" | "check";
    /** of the kind choice */
    choices?: Array<string>;
    is_required?: boolean;
  }>;
  invites: Array<{
    /** the beginning of the page's path */
    path: string;
    /** on the page */
    seconds: number;
    /** only who has been there before */
    is_returning?: boolean;
  }>;
  /** of identities */
  has_secret: boolean;
  /** of the desk's own pages */
  is_own: boolean;
  /** when the widget was last seen on a page */
  seen_at?: string;
  seen_url?: string;
  created_at: string;
  is_archived: boolean;
}

export interface SiteAddAsk {
  /** the caller's own id: the same again when it repeats */
  id: string;
  name: string;
  /** whose chats they are; left out: everybody's */
  team?: number;
  /** a language tag, such as en or pt-BR */
  language: string;
  theme?: "auto" | "light" | "dark";
  /** such as #1f5f5b */
  colour?: string;
  /** where the launcher stands, as one reads */
  side?: "end" | "start";
  launcher?: "bubble" | "label" | "none";
  ask_name?: "optional" | "no" | "required";
  ask_email?: "optional" | "no" | "required";
  ask_topic?: "optional" | "no" | "required";
  consent_url?: string;
  bulletin?: string;
  /** visitors of this site who wait at a time; the next is given a form */
  max_waiting?: number;
  is_inviting?: boolean;
  /** of pages that may show it, such as https://shop.example */
  origins?: Array<string>;
  /** its own words; what is left out the widget says itself */
  texts?: Array<{
    language: string;
    name: "greeting" | "waiting" | "offline" | "launcher" | "title" | "consent" | "invitation";
    text: string;
  }>;
  /** none: always open */
  hours?: Array<{
    /** 1 is Monday */
    weekday: number;
    /** of the day, in the desk's time zone */
    from_minute: number;
    to_minute: number;
  }>;
  fields?: Array<{
    label: string;
    kind: "line" | "text" | "choice" | "check";
    /** of the kind choice */
    choices?: Array<string>;
    is_required?: boolean;
  }>;
  invites?: Array<{
    /** the beginning of the page's path */
    path: string;
    /** on the page */
    seconds: number;
    /** only who has been there before */
    is_returning?: boolean;
  }>;
}

export interface SiteAddAnswer {
  site: string;
  version: number;
  name: string;
  /** whose chats they are; left out: everybody's */
  team?: number;
  /** a language tag, such as en or pt-BR */
  language: string;
  theme: "auto" | "light" | "dark";
  /** such as #1f5f5b */
  colour: string;
  /** where the launcher stands, as one reads */
  side: "end" | "start";
  launcher: "bubble" | "label" | "none";
  ask_name: "optional" | "no" | "required";
  ask_email: "optional" | "no" | "required";
  ask_topic: "optional" | "no" | "required";
  consent_url?: string;
  bulletin?: string;
  /** visitors of this site who wait at a time; the next is given a form */
  max_waiting: number;
  is_inviting: boolean;
  /** of pages that may show it, such as https://shop.example */
  origins: Array<string>;
  /** its own words; what is left out the widget says itself */
  texts: Array<{
    language: string;
    name: "greeting" | "waiting" | "offline" | "launcher" | "title" | "consent" | "invitation";
    text: string;
  }>;
  /** none: always open */
  hours: Array<{
    /** 1 is Monday */
    weekday: number;
    /** of the day, in the desk's time zone */
    from_minute: number;
    to_minute: number;
  }>;
  fields: Array<{
    label: string;
    kind: "line" | "text" | "choice" | "check";
    /** of the kind choice */
    choices?: Array<string>;
    is_required?: boolean;
  }>;
  invites: Array<{
    /** the beginning of the page's path */
    path: string;
    /** on the page */
    seconds: number;
    /** only who has been there before */
    is_returning?: boolean;
  }>;
  /** of identities */
  has_secret: boolean;
  /** of the desk's own pages */
  is_own: boolean;
  /** when the widget was last seen on a page */
  seen_at?: string;
  seen_url?: string;
  created_at: string;
  is_archived: boolean;
}

export interface SiteChangeAsk {
  site: string;
  /** as it was read: refused (state) where somebody was quicker */
  version: number;
  name: string;
  /** whose chats they are; left out: everybody's */
  team?: number;
  /** a language tag, such as en or pt-BR */
  language: string;
  theme?: "auto" | "light" | "dark";
  /** such as #1f5f5b */
  colour?: string;
  /** where the launcher stands, as one reads */
  side?: "end" | "start";
  launcher?: "bubble" | "label" | "none";
  ask_name?: "optional" | "no" | "required";
  ask_email?: "optional" | "no" | "required";
  ask_topic?: "optional" | "no" | "required";
  consent_url?: string;
  bulletin?: string;
  /** visitors of this site who wait at a time; the next is given a form */
  max_waiting?: number;
  is_inviting?: boolean;
  /** of pages that may show it, such as https://shop.example */
  origins?: Array<string>;
  /** its own words; what is left out the widget says itself */
  texts?: Array<{
    language: string;
    name: "greeting" | "waiting" | "offline" | "launcher" | "title" | "consent" | "invitation";
    text: string;
  }>;
  /** none: always open */
  hours?: Array<{
    /** 1 is Monday */
    weekday: number;
    /** of the day, in the desk's time zone */
    from_minute: number;
    to_minute: number;
  }>;
  fields?: Array<{
    label: string;
    kind: "line" | "text" | "choice" | "check";
    /** of the kind choice */
    choices?: Array<string>;
    is_required?: boolean;
  }>;
  invites?: Array<{
    /** the beginning of the page's path */
    path: string;
    /** on the page */
    seconds: number;
    /** only who has been there before */
    is_returning?: boolean;
  }>;
}

export interface SiteChangeAnswer {
  site: string;
  version: number;
  name: string;
  /** whose chats they are; left out: everybody's */
  team?: number;
  /** a language tag, such as en or pt-BR */
  language: string;
  theme: "auto" | "light" | "dark";
  /** such as #1f5f5b */
  colour: string;
  /** where the launcher stands, as one reads */
  side: "end" | "start";
  launcher: "bubble" | "label" | "none";
  ask_name: "optional" | "no" | "required";
  ask_email: "optional" | "no" | "required";
  ask_topic: "optional" | "no" | "required";
  consent_url?: string;
  bulletin?: string;
  /** visitors of this site who wait at a time; the next is given a form */
  max_waiting: number;
  is_inviting: boolean;
  /** of pages that may show it, such as https://shop.example */
  origins: Array<string>;
  /** its own words; what is left out the widget says itself */
  texts: Array<{
    language: string;
    name: "greeting" | "waiting" | "offline" | "launcher" | "title" | "consent" | "invitation";
    text: string;
  }>;
  /** none: always open */
  hours: Array<{
    /** 1 is Monday */
    weekday: number;
    /** of the day, in the desk's time zone */
    from_minute: number;
    to_minute: number;
  }>;
  fields: Array<{
    label: string;
    kind: "line" | "text" | "choice" | "check";
    /** of the kind choice */
    choices?: Array<string>;
    is_required?: boolean;
  }>;
  invites: Array<{
    /** the beginning of the page's path */
    path: string;
    /** on the page */
    seconds: number;
    /** only who has been there before */
    is_returning?: boolean;
  }>;
  /** of identities */
  has_secret: boolean;
  /** of the desk's own pages */
  is_own: boolean;
  /** when the widget was last seen on a page */
  seen_at?: string;
  seen_url?: string;
  created_at: string;
  is_archived: boolean;
}

export interface SiteArchiveAsk {
  site: string;
}

export interface SiteArchiveAnswer {
}

export interface SiteOwnAsk {
  site: string;
}

export interface SiteOwnAnswer {
}

export interface SiteSecretAsk {
  site: string;
}

export interface SiteSecretAnswer {
  /** shown this once: the key of the signatures */
  secret: string;
}

export interface SiteSeenAsk {
  site: string;
  /** of the page that shows the widget */
  url: string;
}

export interface SiteSeenAnswer {
}

export interface SiteWidgetAsk {
  site: string;
  /** of the visitor's page */
  language?: string;
}

export interface SiteWidgetAnswer {
  site: string;
  /** what the desk is called */
  desk: string;
  name: string;
  /** of the words */
  language: string;
  /** that the site has words of its own in; the first is its own */
  languages: Array<string>;
  theme: "auto" | "light" | "dark";
  /** such as #1f5f5b */
  colour: string;
  /** where the launcher stands, as one reads */
  side: "end" | "start";
  launcher: "bubble" | "label" | "none";
  ask_name: "optional" | "no" | "required";
  ask_email: "optional" | "no" | "required";
  ask_topic: "optional" | "no" | "required";
  consent_url?: string;
  bulletin?: string;
  /** of the hours */
  time_zone: string;
  /** the site's own; what is missing the widget says itself */
  words: Array<{
    name: "greeting" | "waiting" | "offline" | "launcher" | "title" | "consent" | "invitation";
    text: string;
  }>;
  /** none: always open */
  hours: Array<{
    /** 1 is Monday */
    weekday: number;
    /** of the day, in the desk's time zone */
    from_minute: number;
    to_minute: number;
  }>;
  fields: Array<{
    label: string;
    kind: "line" | "text" | "choice" | "check";
    /** of the kind choice */
    choices?: Array<string>;
    is_required?: boolean;
  }>;
  invites: Array<{
    /** the beginning of the page's path */
    path: string;
    /** on the page */
    seconds: number;
    /** only who has been there before */
    is_returning?: boolean;
  }>;
}

export interface ShiftListAsk {
  /** a day; left out: today */
  from?: string;
  days?: number;
  /** of one person only */
  person?: number;
  /** of the people of one pool only */
  pool?: number;
}

export interface ShiftListAnswer {
  /** the desk's */
  time_zone: string;
  days: Array<{
    day: string;
    /** 1 is Monday */
    weekday: number;
    starts_at: string;
    ends_at: string;
    /** its name */
    holiday?: string;
  }>;
  /** who may have shifts, by name */
  people: Array<{
    id: number;
    name: string;
    pool: number;
  }>;
  /** weekly ones in force on one of the days */
  shifts: Array<{
    shift: number;
    person: number;
    /** 1 is Monday */
    weekday: number;
    /** of the day, on the desk's clocks */
    from_minute: number;
    /** may run past midnight */
    minutes: number;
    first_day: string;
    /** left out: until further notice */
    last_day?: string;
  }>;
  exceptions: Array<{
    exception: number;
    person: number;
    day: string;
    kind: "off" | "extra";
    /** of an extra one; else 0 */
    from_minute: number;
    /** of an extra one */
    minutes?: number;
    reason?: string;
  }>;
  /** what comes of all that on those days, also what began the day before and goes on, as they begin */
  times: Array<{
    person: number;
    /** the weekly one that it comes of */
    shift?: number;
    /** or the extra one */
    exception?: number;
    /** on which it begins */
    day: string;
    /** of the day, on the desk's clocks */
    from_minute: number;
    /** by the clock on the wall */
    minutes: number;
    starts_at: string;
    ends_at: string;
  }>;
}

export interface ShiftAddAsk {
  /** the caller's own id: the same again when it repeats */
  id: string;
  person: number;
  /** 1 is Monday */
  weekday: number;
  /** of the day, on the desk's clocks */
  from_minute: number;
  /** may run past midnight */
  minutes: number;
  /** left out: today */
  first_day?: string;
  /** left out: until further notice */
  last_day?: string;
}

export interface ShiftAddAnswer {
  shift: number;
  person: number;
  /** 1 is Monday */
  weekday: number;
  /** of the day, on the desk's clocks */
  from_minute: number;
  /** may run past midnight */
  minutes: number;
  first_day: string;
  /** left out: until further notice */
  last_day?: string;
}

export interface ShiftChangeAsk {
  shift: number;
  /** 1 is Monday */
  weekday: number;
  /** of the day, on the desk's clocks */
  from_minute: number;
  /** may run past midnight */
  minutes: number;
  /** left out: stays */
  first_day?: string;
  /** left out: until further notice */
  last_day?: string;
  /** what was before that day stays: another shift is answered */
  from_day?: string;
  /** whose it becomes; left out: stays */
  person?: number;
}

export interface ShiftChangeAnswer {
  shift: number;
  person: number;
  /** 1 is Monday */
  weekday: number;
  /** of the day, on the desk's clocks */
  from_minute: number;
  /** may run past midnight */
  minutes: number;
  first_day: string;
  /** left out: until further notice */
  last_day?: string;
}

export interface ShiftRemoveAsk {
  shift: number;
  /** what was before that day stays; left out: all is removed */
  from_day?: string;
}

export interface ShiftRemoveAnswer {
}

export interface ShiftExceptAsk {
  /** the caller's own id: the same again when it repeats */
  id: string;
  person: number;
  day: string;
  /** off: weekly shifts of that day fall away; extra: one more */
  kind: "off" | "extra";
  /** of an extra one, which has both */
  from_minute?: number;
  /** of an extra one */
  minutes?: number;
  reason?: string;
}

export interface ShiftExceptAnswer {
  exception: number;
  person: number;
  day: string;
  kind: "off" | "extra";
  /** of an extra one; else 0 */
  from_minute: number;
  /** of an extra one */
  minutes?: number;
  reason?: string;
}

export interface ShiftChangeDayAsk {
  /** the caller's own id: the same again when it repeats */
  id: string;
  shift: number;
  day: string;
  /** of what is there instead, which has both */
  from_minute?: number;
  /** of that; left out: the shift falls away */
  minutes?: number;
  /** on which that is; left out: on the same */
  to_day?: string;
  /** whose that is; left out: the same person's */
  person?: number;
  reason?: string;
}

export interface ShiftChangeDayAnswer {
  /** the day off, the other weekly shifts of that day as extra ones, and what is there instead */
  exceptions: Array<{
    exception: number;
    person: number;
    day: string;
    kind: "off" | "extra";
    /** of an extra one; else 0 */
    from_minute: number;
    /** of an extra one */
    minutes?: number;
    reason?: string;
  }>;
}

export interface ShiftExceptionChangeAsk {
  exception: number;
  /** of an extra one, which has both */
  from_minute?: number;
  /** of an extra one */
  minutes?: number;
  /** to which an extra one moves; left out: stays */
  day?: string;
  /** whose an extra one becomes; left out: stays */
  person?: number;
  reason?: string;
}

export interface ShiftExceptionChangeAnswer {
  exception: number;
  person: number;
  day: string;
  kind: "off" | "extra";
  /** of an extra one; else 0 */
  from_minute: number;
  /** of an extra one */
  minutes?: number;
  reason?: string;
}

export interface ShiftExceptionRemoveAsk {
  exception: number;
  /** exceptions that go with it, all or none */
  others?: Array<number>;
}

export interface ShiftExceptionRemoveAnswer {
}

export interface ShiftCoverageAsk {
  /** left out: everybody's */
  pool?: number;
  /** a day; left out: today */
  from?: string;
  days?: number;
  /** minutes by which suggested starts differ: 15 or 30 */
  step?: number;
}

export interface ShiftCoverageAnswer {
  pool: number;
  seats: number;
  /** the desk's */
  time_zone: string;
  /** of real time: 46 or 50 on the days when the clocks change */
  half_hours: Array<{
    at: string;
    /** on shift all the time */
    people: number;
    /** on shift at some time */
    most: number;
    /** somebody is to be there */
    is_wanted: boolean;
  }>;
  /** nobody is on shift, and somebody is to be */
  gaps: Array<{
    starts_at: string;
    ends_at: string;
  }>;
  /** more people than seats */
  crowds: Array<{
    starts_at: string;
    ends_at: string;
    /** at most */
    people: number;
  }>;
  /** weekly shifts that had better begin earlier or later */
  suggestions: Array<{
    shift: number;
    person: number;
    /** 1 is Monday */
    weekday: number;
    /** at which it had better begin */
    from_minute: number;
  }>;
  /** a week, by the weekly shifts as they are */
  week: {
    gap_minutes: number;
    /** a minute counts for each person without a seat */
    crowd_minutes: number;
  };
  /** and as they are suggested */
  suggested: {
    gap_minutes: number;
    /** a minute counts for each person without a seat */
    crowd_minutes: number;
  };
}

export interface ShiftExportAsk {
  /** one person's */
  person?: number;
  /** instead; left out: own; everybody: for a lead */
  whose?: "own" | "everybody";
}

export interface ShiftExportAnswer {
  /** text/calendar (RFC 5545) */
  calendar: string;
}

export interface ShiftImportAsk {
  /** the caller's own id: the same again when it repeats */
  id: string;
  /** whose shifts they become */
  person: number;
  /** text/calendar (RFC 5545) */
  calendar: string;
  /** answers the same, and keeps nothing */
  is_trial?: boolean;
}

export interface ShiftImportAnswer {
  /** weekly ones that are new */
  shifts: number;
  /** new days off and extra shifts */
  exceptions: number;
  /** of both, what was there already */
  known: number;
  left_out: number;
  /** at most 200 of what was left out, in the order of the calendar */
  skipped: Array<{
    /** of the calendar */
    line: number;
    /** as the calendar calls it */
    what?: string;
    /** why */
    code: "not_event" | "cancelled" | "changed_since" | "outdated" | "unread_line" | "no_start" | "no_end" | "said_twice" | "two_lengths" | "two_kinds" | "ends_first" | "bad_date" | "bad_time" | "bad_length" | "not_by_minutes" | "too_short" | "too_long" | "not_weekly" | "not_every_week" | "not_by_weekdays" | "other_repeating" | "unread_repeating" | "too_often" | "other_weekday" | "repeated_day_off" | "free_day" | "long_leave" | "unknown_zone" | "other_clocks" | "doubled_hour" | "meets";
    /** the same in English */
    why: string;
    /** whose fault it is, such as DTSTART */
    property?: string;
    /** the time zone, as the calendar calls it */
    zone?: string;
    /** the other shift */
    meets?: {
      /** may run past midnight */
      minutes: number;
      /** of the day, on the desk's clocks */
      from_minute: number;
      /** of a weekly one; 1 is Monday */
      weekday?: number;
      /** of another one */
      day?: string;
    };
  }>;
}

export type ShiftImportCode = "no_calendar" | "not_calendar" | "not_open" | "too_deep" | "unended" | "many_events" | "many_shifts" | "many_days";

export interface HolidayListAsk {
  /** a day; left out: today */
  from?: string;
}

export interface HolidayListAnswer {
  holidays: Array<{
    day: string;
    name: string;
  }>;
}

export interface HolidaySetAsk {
  /** of the desk's time zone, such as 2026-12-25 */
  day: string;
  name: string;
}

export interface HolidaySetAnswer {
}

export interface HolidayRemoveAsk {
  day: string;
}

export interface HolidayRemoveAnswer {
}

export interface DeskOpenAsk {
  /** the one-time code that the console showed */
  code: string;
  /** the first administrator's */
  email: string;
  name: string;
  password: string;
  /** what the desk is called */
  desk: string;
  language: string;
  time_zone: string;
}

export interface DeskOpenAnswer {
  person: {
    id: number;
    email: string;
    name: string;
    role: "administrator" | "lead" | "advisor" | "backup" | "consultant" | "production";
    status: "online" | "away" | "winding" | "line" | "phone" | "offline";
    /** the session that asks */
    session: number;
  };
}

export interface SettingGetAsk {
}

export interface SettingGetAnswer {
  name: string;
  language: string;
  time_zone: string;
  /** the site of the desk's own pages */
  site?: string;
  /** false: the desk waits for its first administrator */
  is_set_up: boolean;
  /** somebody is online who answers customers */
  is_online: boolean;
}

export interface SettingListAsk {
}

export interface SettingListAnswer {
  name: string;
  language: string;
  time_zone: string;
  /** the site of the desk's own pages */
  site?: string;
  /** chats that an advisor holds well at a time */
  chats_each: number;
  /** visitors may wait while nobody is online */
  wait_for_somebody: boolean;
  /** waiting chats are offered to one advisor after the other; otherwise they pick */
  offers: boolean;
  /** nobody exceeds a cap, and an offered chat is only for who is asked */
  strict: boolean;
  /** how long an advisor is asked to take a chat */
  offer_seconds: number;
  /** how long a visitor waits for somebody of the team, topic and language */
  wishes_seconds: number;
  /** how long a visitor waits before the back-ups are asked for help */
  backup_seconds: number;
  /** without a word: then a chat does not count; 0: it always does */
  quiet_minutes: number;
  /** without a word: then the visitor is told that the chat will be closed; 0: never */
  quiet_warn_minutes: number;
  /** without a word: then the chat is closed; 0: never */
  quiet_close_minutes: number;
  /** before the end of a shift: from then on no new chats */
  wind_down_minutes: number;
  /** seats of a pool beyond its size while somebody winds down */
  handover_seats: number;
}

export interface SettingChangeAsk {
  name?: string;
  /** a language tag, such as en or pt-BR */
  language?: string;
  /** an IANA name, such as Europe/Lisbon */
  time_zone?: string;
  /** how many chats an advisor holds at a time who has no cap of their own */
  chats_each?: number;
  /** yes: visitors may wait while nobody is online; no: they are offered the form */
  wait_for_somebody?: "yes" | "no";
  /** yes: waiting chats are offered to one advisor after the other; no: they pick from the line */
  offers?: "yes" | "no";
  /** yes: nobody exceeds a cap, and an offered chat is only for who is asked */
  strict?: "yes" | "no";
  /** how long an advisor is asked to take a chat */
  offer_seconds?: number;
  /** how long a visitor waits for somebody of the team, topic and language */
  wishes_seconds?: number;
  /** how long a visitor waits before the back-ups are asked for help */
  backup_seconds?: number;
  /** without a word: then a chat does not count; 0: it always does */
  quiet_minutes?: number;
  /** without a word: then the visitor is told that the chat will be closed; 0: never */
  quiet_warn_minutes?: number;
  /** without a word: then the chat is closed; 0: never */
  quiet_close_minutes?: number;
  /** before the end of a shift: from then on no new chats */
  wind_down_minutes?: number;
  /** seats of a pool beyond its size while somebody winds down */
  handover_seats?: number;
}

export interface SettingChangeAnswer {
}

export interface AuditListAsk {
  /** the `id` of the last line of the page before */
  before?: number;
  limit?: number;
}

export interface AuditListAnswer {
  lines: Array<{
    /** what `before` goes by */
    id: number;
    at: string;
    actor_kind: "nobody" | "visitor" | "person" | "system";
    /** who it was, of the staff */
    person?: number;
    /** that person's name */
    name?: string;
    command: string;
    /** which thing; empty: the desk itself */
    object: string;
    says: string;
  }>;
  more: boolean;
}

export interface StatusGetAsk {
}

export interface StatusGetAnswer {
  version: string;
  commit: string;
  started_at: string;
  /** what of the confinement is not in force; left out: nothing */
  lacks?: string;
  /** open connections of visitors and staff */
  sockets: number;
  store: {
    /** sqlite or postgres */
    engine: string;
    schema: number;
    /** its file; 0 where it is on a server */
    bytes: number;
    /** not yet moved from the log to the file */
    log_bytes: number;
    /** the disk of the data folder; 0: not known */
    disk_bytes: number;
    disk_free_bytes: number;
    /** left out: not known */
    backed_up_at?: string;
  };
  writer: {
    /** commands that wait */
    queued: number;
    /** since the start, as all that follow */
    commits: number;
    /** over 100 ms */
    slow_commits: number;
    /** how long one took, on average */
    commit_us: number;
    /** commands that failed */
    failed: number;
  };
  desk: {
    /** chats in the line */
    waiting: number;
    /** of who waits longest */
    waiting_since?: string;
    owned: number;
    /** people who answer customers */
    online: number;
    /** promises whose time is over */
    overdue: number;
    /** sites whose widget was never seen on a page of theirs */
    unseen: Array<{
      site: string;
      name: string;
    }>;
  };
}

export interface HealthCheckAsk {
}

export interface HealthCheckAnswer {
  ok: boolean;
  version: string;
}

export interface Item {
  /** its place in the conversation, from 1 */
  seq: number;
  kind: "message" | "note" | "started" | "taken" | "released" | "handed" | "ended" | "joined" | "left" | "whisper" | "file" | "reopened" | "warned" | "form" | "promised" | "kept" | "rated";
  author: {
    kind: "visitor" | "person" | "system";
    name?: string;
    /** of a person; towards staff only */
    id?: number;
  };
  /** whom it concerns: who a handed chat went to, who joined or left */
  about?: {
    kind: "person" | "team";
    name?: string;
    /** of a person or team; towards staff only */
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
  /** of a file: GET /files/{key}/{name} has its bytes */
  file?: {
    key: string;
    name: string;
    /** by its content: image/png */
    type: string;
    size: number;
    /** of a picture */
    width?: number;
    height?: number;
  };
}

export interface ChatRow {
  conversation: string;
  state: "waiting" | "offered" | "owned" | "closed";
  channel: "chat" | "form";
  visitor: {
    name?: string;
    email?: string;
    /** what the host site calls it, signed */
    customer?: string;
    /** since when: what is older was not said by somebody known */
    verified_at?: string;
    /** the host site has signed for who it is */
    verified: boolean;
    /** the name too */
    name_verified?: boolean;
    /** the address too */
    email_verified?: boolean;
  };
  topic?: string;
  /** the page that it was started from */
  page?: string;
  /** that the visitor's page speaks */
  language?: string;
  /** the name of where it comes from */
  site?: string;
  owner?: {
    id: number;
    name: string;
  };
  /** the team that it waits for, or came to */
  team?: {
    id: number;
    name: string;
  };
  /** in whose line it stands */
  pool?: number;
  /** while it is offered: who is asked */
  offer?: {
    person: number;
    name: string;
    expires_at: string;
  };
  /** the higher stand before the others */
  priority: number;
  /** nobody said a word for a while: it does not count */
  is_quiet: boolean;
  /** colleagues who joined in */
  guests: Array<{
    id: number;
    name: string;
  }>;
  /** what you are in it; in the view mine, and of one conversation */
  as?: "owner" | "guest";
  started_at: string;
  waiting_since: string;
  taken_at?: string;
  ended_at?: string;
  /** in the waiting line, from 1 */
  place?: number;
  /** what became of it, once it has ended */
  outcome?: "solved" | "answered" | "owed" | "gone" | "spam";
  /** messages of the visitor that staff has not seen */
  unread: number;
  /** since when the visitor waits for a word */
  unanswered_since?: string;
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
    kind: "message" | "note" | "started" | "taken" | "released" | "handed" | "ended" | "joined" | "left" | "whisper" | "file" | "reopened" | "warned" | "form" | "promised" | "kept" | "rated";
    author: {
      kind: "visitor" | "person" | "system";
      name?: string;
      /** of a person; towards staff only */
      id?: number;
    };
    /** whom it concerns: who a handed chat went to, who joined or left */
    about?: {
      kind: "person" | "team";
      name?: string;
      /** of a person or team; towards staff only */
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
    /** of a file: GET /files/{key}/{name} has its bytes */
    file?: {
      key: string;
      name: string;
      /** by its content: image/png */
      type: string;
      size: number;
      /** of a picture */
      width?: number;
      height?: number;
    };
  };
}

export interface ReadingMovedEvent {
  conversation: string;
  side: "visitor" | "staff";
  delivered: number;
  seen: number;
}

export interface ChatChangedEvent {
  chat: {
    conversation: string;
    state: "waiting" | "offered" | "owned" | "closed";
    channel: "chat" | "form";
    visitor: {
      name?: string;
      email?: string;
      /** what the host site calls it, signed */
      customer?: string;
      /** since when: what is older was not said by somebody known */
      verified_at?: string;
      /** the host site has signed for who it is */
      verified: boolean;
      /** the name too */
      name_verified?: boolean;
      /** the address too */
      email_verified?: boolean;
    };
    topic?: string;
    /** the page that it was started from */
    page?: string;
    /** that the visitor's page speaks */
    language?: string;
    /** the name of where it comes from */
    site?: string;
    owner?: {
      id: number;
      name: string;
    };
    /** the team that it waits for, or came to */
    team?: {
      id: number;
      name: string;
    };
    /** in whose line it stands */
    pool?: number;
    /** while it is offered: who is asked */
    offer?: {
      person: number;
      name: string;
      expires_at: string;
    };
    /** the higher stand before the others */
    priority: number;
    /** nobody said a word for a while: it does not count */
    is_quiet: boolean;
    /** colleagues who joined in */
    guests: Array<{
      id: number;
      name: string;
    }>;
    /** what you are in it; in the view mine, and of one conversation */
    as?: "owner" | "guest";
    started_at: string;
    waiting_since: string;
    taken_at?: string;
    ended_at?: string;
    /** in the waiting line, from 1 */
    place?: number;
    /** what became of it, once it has ended */
    outcome?: "solved" | "answered" | "owed" | "gone" | "spam";
    /** messages of the visitor that staff has not seen */
    unread: number;
    /** since when the visitor waits for a word */
    unanswered_since?: string;
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

export interface BackupAlertedEvent {
  pool: number;
  /** left out: the pool of everybody */
  team?: number;
  team_name?: string;
  waiting: number;
  longest_since?: string;
}

export interface AnswerChangedEvent {
  answer: number;
}

export interface PersonChangedEvent {
  person: {
    id: number;
    name: string;
    role: "administrator" | "lead" | "advisor" | "backup" | "consultant" | "production";
    status: "online" | "away" | "winding" | "line" | "phone" | "offline";
    is_disabled: boolean;
  };
}

export interface SeatChangedEvent {
  person: {
    id: number;
    name: string;
    role: "administrator" | "lead" | "advisor" | "backup" | "consultant" | "production";
    status: "online" | "away" | "winding" | "line" | "phone" | "offline";
    seat: "none" | "own" | "backup" | "handover";
    /** in the line for seats */
    place?: number;
    reason?: string;
    /** when they want to be back */
    back_at?: string;
    /** in this status; left out of who is offline */
    since?: string;
    /** what the line for seats is ordered by */
    line_since?: string;
    /** not heard of since then */
    gone_since?: string;
    /** chats that count */
    load: number;
    cap: number;
    /** all that they have, the quiet ones too */
    chats: number;
    pool?: number;
    /** the end of their shift */
    ends_at?: string;
    /** of the board, who stands in the line: when a seat is expected to free, by the shifts */
    expected_at?: string;
  };
}

export interface PoolChangedEvent {
  pool: {
    id: number;
    /** left out: of everybody else */
    team?: number;
    team_name?: string;
    size: number;
    /** chats that its people have together at most */
    cap: number;
    /** seats */
    used: number;
    /** seats beyond the size: back-ups, hand-overs */
    extra: number;
    chats: number;
    /** people who wait for a seat */
    line: number;
    is_removed?: boolean;
  };
}

export interface PromiseChangedEvent {
  promise: {
    promise: number;
    conversation: string;
    visitor: {
      name?: string;
      email?: string;
    };
    /** what it comes from: the end of a chat, or a form */
    source: "chat" | "form";
    /** what is owed */
    what: string;
    /** who promised it; left out: nobody yet */
    owner?: {
      id: number;
      name: string;
    };
    made_at: string;
    due_at: string;
    kept_at?: string;
    kept_by?: {
      id: number;
      name: string;
    };
  };
}

export interface LineMovedEvent {
  conversation: string;
  /** in the waiting line, from 1 */
  place: number;
  /** an estimate; 0 is soon */
  wait_ms: number;
  /** the desk still answers: it is within the hours, and somebody is there */
  open: boolean;
}

export interface TrailAddedEvent {
  conversation: string;
  page: {
    url: string;
    title?: string;
    at: string;
  };
}

export interface TeamChangedEvent {
  team: {
    id: number;
    name: string;
    /** ids of people */
    members: Array<number>;
    is_archived?: boolean;
  };
}

export interface SiteChangedEvent {
  site: {
    site: string;
    name: string;
    team?: number;
    language: string;
    version: number;
    has_secret: boolean;
    seen_at?: string;
    seen_url?: string;
    is_archived?: boolean;
  };
}

export interface ShiftChangedEvent {
  person: number;
}

export interface HolidayChangedEvent {
  day: string;
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
  /** Lists chats: who waits (the highest priority first, then longest first), one's own, all open ones, closed ones. `GET /api/v1/chats` */
  "chat.list": { asks: ChatListAsk; answers: ChatListAnswer };
  /** One conversation with its newest chat. `GET /api/v1/conversations/{conversation}` */
  "chat.get": { asks: ChatGetAsk; answers: ChatGetAnswer };
  /** Takes a waiting chat; one wins, the others are told who. `POST /api/v1/conversations/{conversation}/take` */
  "chat.take": { asks: ChatTakeAsk; answers: ChatTakeAnswer };
  /** Puts a chat back into the waiting line, at its old place. `POST /api/v1/conversations/{conversation}/release` */
  "chat.release": { asks: ChatReleaseAsk; answers: ChatReleaseAnswer };
  /** Hands a chat to a colleague who is online, or to a team's waiting line; with a note. `POST /api/v1/conversations/{conversation}/transfer` */
  "chat.transfer": { asks: ChatTransferAsk; answers: ChatTransferAnswer };
  /** Lets a waiting chat stand before all of a lower priority. `POST /api/v1/conversations/{conversation}/priority` */
  "chat.priority": { asks: ChatPriorityAsk; answers: ChatPriorityAnswer };
  /** Asks a colleague who is online to join in: a guest may speak, and sees the chat among theirs. `POST /api/v1/conversations/{conversation}/invite` */
  "chat.invite": { asks: ChatInviteAsk; answers: ChatInviteAnswer };
  /** A guest leaves a chat; its owner or a lead may ask one to. `POST /api/v1/conversations/{conversation}/leave` */
  "chat.leave": { asks: ChatLeaveAsk; answers: ChatLeaveAnswer };
  /** Ends a chat; ending a closed one changes nothing. What is owed needs the customer's address. `POST /api/v1/conversations/{conversation}/end` */
  "chat.end": { asks: ChatEndAsk; answers: ChatEndAnswer };
  /** A visitor goes on with a chat that ended within the last half hour. `POST /api/v1/conversations/{conversation}/reopen` */
  "chat.reopen": { asks: ChatReopenAsk; answers: ChatReopenAnswer };
  /** Declines a chat that one is asked to take: the next is asked. Accepting is chat.take. `POST /api/v1/conversations/{conversation}/decline` */
  "offer.decline": { asks: OfferDeclineAsk; answers: OfferDeclineAnswer };
  /** How it is now, pool by pool: room, who waits, and how long. `GET /api/v1/wall` */
  "routing.wall": { asks: RoutingWallAsk; answers: RoutingWallAnswer };
  /** Whether the desk of a site can answer now, why not, when again, and how long the wait is. `GET /api/v1/line` */
  "line.state": { asks: LineStateAsk; answers: LineStateAnswer };
  /** Leaves a message that is answered by e-mail; also while the desk is open. `POST /api/v1/forms` */
  "form.send": { asks: FormSendAsk; answers: FormSendAnswer };
  /** A visitor says how its chat was, once it has ended; again within half an hour replaces it. `POST /api/v1/conversations/{conversation}/rating` */
  "rating.give": { asks: RatingGiveAsk; answers: RatingGiveAnswer };
  /** What is owed to customers and not yet kept, first due first: all, one's own, or overdue. `GET /api/v1/promises` */
  "promise.list": { asks: PromiseListAsk; answers: PromiseListAnswer };
  /** Marks a promise as kept; again changes nothing. `POST /api/v1/promises/{promise}/keep` */
  "promise.keep": { asks: PromiseKeepAsk; answers: PromiseKeepAnswer };
  /** Blocks a visitor or its address, and ends its chat. `POST /api/v1/blocks` */
  "block.add": { asks: BlockAddAsk; answers: BlockAddAnswer };
  /** The blocks that are in force, newest first. `GET /api/v1/blocks` */
  "block.list": { asks: BlockListAsk; answers: BlockListAnswer };
  /** Lifts a block: by who made it, or a lead. `POST /api/v1/blocks/{block}/lift` */
  "block.lift": { asks: BlockLiftAsk; answers: BlockLiftAnswer };
  /** Says something to the customer, or to the desk; acknowledged once it is on disk. `POST /api/v1/conversations/{conversation}/messages` */
  "message.send": { asks: MessageSendAsk; answers: MessageSendAnswer };
  /** Writes a note beside the messages, for staff; it can never be changed or deleted. `POST /api/v1/conversations/{conversation}/notes` */
  "note.add": { asks: NoteAddAsk; answers: NoteAddAnswer };
  /** A lead or a guest says something to who has the chat, or is answered: never shown to the visitor. `POST /api/v1/conversations/{conversation}/whispers` */
  "whisper.add": { asks: WhisperAddAsk; answers: WhisperAddAnswer };
  /** Lists the canned answers that one may use, newest change first. `GET /api/v1/answers` */
  "answer.list": { asks: AnswerListAsk; answers: AnswerListAnswer };
  /** Adds a canned answer: one's own, a team's by its members or a lead, of all by a lead. `POST /api/v1/answers` */
  "answer.add": { asks: AnswerAddAsk; answers: AnswerAddAnswer };
  /** Changes a canned answer; what is left out stays. `POST /api/v1/answers/{answer}` */
  "answer.change": { asks: AnswerChangeAsk; answers: AnswerChangeAnswer };
  /** Archives a canned answer; its shortcut is free again. `POST /api/v1/answers/{answer}/archive` */
  "answer.archive": { asks: AnswerArchiveAsk; answers: AnswerArchiveAnswer };
  /** Begins to send a file; the same id goes on with the same file. `POST /api/v1/conversations/{conversation}/files` */
  "file.start": { asks: FileStartAsk; answers: FileStartAnswer };
  /** Puts one part of a file; again with the same bytes changes nothing. `PUT /api/v1/conversations/{conversation}/files/{file}/parts/{number}` */
  "file.part": { asks: FilePartAsk; answers: FilePartAnswer };
  /** Adds a file whose parts are all there to the conversation; again it answers the same. `POST /api/v1/conversations/{conversation}/files/{file}/finish` */
  "file.finish": { asks: FileFinishAsk; answers: FileFinishAnswer };
  /** The bytes of a file, to who may see its conversation; a single range too. `GET /files/{file}/{name}` */
  "file.get": { asks: FileGetAsk; answers: FileGetAnswer };
  /** Says how far one's side has come; a step back changes nothing. `POST /api/v1/conversations/{conversation}/reading` */
  "reading.set": { asks: ReadingSetAsk; answers: ReadingSetAnswer };
  /** Keeps what one began to write; answers the draft as it is now. `POST /api/v1/conversations/{conversation}/draft` */
  "draft.set": { asks: DraftSetAsk; answers: DraftSetAnswer };
  /** Lists one's own drafts, the newest first. `GET /api/v1/me/drafts` */
  "draft.list": { asks: DraftListAsk; answers: DraftListAnswer };
  /** Says the desk's public key, for browsers that subscribe to pushes. `GET /api/v1/push/key` */
  "push.key": { asks: PushKeyAsk; answers: PushKeyAnswer };
  /** Tells this session's browser by push while no page is open; in the place of what it had. `POST /api/v1/me/pushes` */
  "push.add": { asks: PushAddAsk; answers: PushAddAnswer };
  /** Lists one's own browsers that are told by push, the newest first. `GET /api/v1/me/pushes` */
  "push.list": { asks: PushListAsk; answers: PushListAnswer };
  /** Tells one of one's own browsers no more. `DELETE /api/v1/me/pushes/{push}` */
  "push.remove": { asks: PushRemoveAsk; answers: PushRemoveAnswer };
  /** Makes a ticket for one WebSocket, which then acts as whoever made it. `POST /api/v1/tickets` */
  "ticket.make": { asks: TicketMakeAsk; answers: TicketMakeAnswer };
  /** Becomes a visitor, or stays the one that the cookie or token names. `POST /api/v1/visitors` */
  "visitor.start": { asks: VisitorStartAsk; answers: VisitorStartAnswer };
  /** Becomes the visitor whom a page of the site has named and signed, with its conversation. `POST /api/v1/visitors/identify` */
  "visitor.identify": { asks: VisitorIdentifyAsk; answers: VisitorIdentifyAnswer };
  /** Takes the visitor's cookie back: the browser knows nobody any more. The chat goes on until somebody ends it. `DELETE /api/v1/visitor` */
  "visitor.leave": { asks: VisitorLeaveAsk; answers: VisitorLeaveAnswer };
  /** Signs a member of staff in. `POST /api/v1/session` */
  "session.start": { asks: SessionStartAsk; answers: SessionStartAnswer };
  /** Signs out. `DELETE /api/v1/session` */
  "session.end": { asks: SessionEndAsk; answers: SessionEndAnswer };
  /** Lists one's own sessions, the last used first. `GET /api/v1/sessions` */
  "session.list": { asks: SessionListAsk; answers: SessionListAnswer };
  /** Ends one of one's own sessions, with its open sockets. `DELETE /api/v1/sessions/{session}` */
  "session.stop": { asks: SessionStopAsk; answers: SessionStopAnswer };
  /** Changes one's password; all other sessions end and this one gets a new cookie. `POST /api/v1/me/password` */
  "person.password": { asks: PersonPasswordAsk; answers: PersonPasswordAnswer };
  /** Who is asking. `GET /api/v1/me` */
  "person.me": { asks: PersonMeAsk; answers: PersonMeAnswer };
  /** Lists who belongs to the desk, by name. `GET /api/v1/people` */
  "person.list": { asks: PersonListAsk; answers: PersonListAnswer };
  /** Gives somebody another role, and ends their sessions. `POST /api/v1/people/{person}/role` */
  "person.role": { asks: PersonRoleAsk; answers: PersonRoleAnswer };
  /** Disables an account, and ends its sessions. `POST /api/v1/people/{person}/disable` */
  "person.disable": { asks: PersonDisableAsk; answers: PersonDisableAnswer };
  /** Lets a disabled account sign in again. `POST /api/v1/people/{person}/enable` */
  "person.enable": { asks: PersonEnableAsk; answers: PersonEnableAnswer };
  /** Invites somebody, and answers a link to hand on; a new one replaces the one before. `POST /api/v1/invitations` */
  "invitation.make": { asks: InvitationMakeAsk; answers: InvitationMakeAnswer };
  /** Lists the open invitations, newest first. `GET /api/v1/invitations` */
  "invitation.list": { asks: InvitationListAsk; answers: InvitationListAnswer };
  /** Withdraws an invitation: its link opens nothing any more. `DELETE /api/v1/invitations/{invitation}` */
  "invitation.withdraw": { asks: InvitationWithdrawAsk; answers: InvitationWithdrawAnswer };
  /** Joins the desk by an invitation, with a password of one's own, and signs in. `POST /api/v1/invitations/accept` */
  "invitation.accept": { asks: InvitationAcceptAsk; answers: InvitationAcceptAnswer };
  /** Answers a link with which somebody can set a new password. `POST /api/v1/people/{person}/reset` */
  "reset.make": { asks: ResetMakeAsk; answers: ResetMakeAnswer };
  /** Sets a new password by a link, and ends every session. `POST /api/v1/resets/use` */
  "reset.use": { asks: ResetUseAsk; answers: ResetUseAnswer };
  /** The visitor has come to a page. Nothing happens where it has no conversation yet. `POST /api/v1/trail` */
  "trail.add": { asks: TrailAddAsk; answers: TrailAddAnswer };
  /** The last pages that the visitor of a conversation went through, newest first. `GET /api/v1/conversations/{conversation}/trail` */
  "trail.list": { asks: TrailListAsk; answers: TrailListAnswer };
  /** Lists the teams and who is in them, by name. `GET /api/v1/teams` */
  "team.list": { asks: TeamListAsk; answers: TeamListAnswer };
  /** Adds a team. `POST /api/v1/teams` */
  "team.add": { asks: TeamAddAsk; answers: TeamAddAnswer };
  /** Changes a team's name or who is in it. `PUT /api/v1/teams/{team}` */
  "team.change": { asks: TeamChangeAsk; answers: TeamChangeAnswer };
  /** Archives a team: nothing is handed to it any more. `POST /api/v1/teams/{team}/archive` */
  "team.archive": { asks: TeamArchiveAsk; answers: TeamArchiveAnswer };
  /** Lists the pools of seats, everybody's first. `GET /api/v1/pools` */
  "pool.list": { asks: PoolListAsk; answers: PoolListAnswer };
  /** Gives a team a pool of seats of its own; its people go there with their next signing in. `POST /api/v1/pools` */
  "pool.add": { asks: PoolAddAsk; answers: PoolAddAnswer };
  /** Takes a team's pool of seats away; nobody of it may be on duty. `DELETE /api/v1/pools/{pool}` */
  "pool.remove": { asks: PoolRemoveAsk; answers: PoolRemoveAnswer };
  /** How many chats somebody takes at a time, about which topics and in which languages. `GET /api/v1/people/{person}/abilities` */
  "person.abilities": { asks: PersonAbilitiesAsk; answers: PersonAbilitiesAnswer };
  /** Changes how many chats somebody takes at a time, and which. `PUT /api/v1/people/{person}/abilities` */
  "person.abilities_change": { asks: PersonAbilitiesChangeAsk; answers: PersonAbilitiesChangeAnswer };
  /** Takes a seat, or a place in the line for one; says that one is away or on the phone; gives the seat back. `POST /api/v1/me/status` */
  "seat.status": { asks: SeatStatusAsk; answers: SeatStatusAnswer };
  /** Frees somebody's seat, or place in the line; their chats go back to the line first. `POST /api/v1/people/{person}/free` */
  "seat.free": { asks: SeatFreeAsk; answers: SeatFreeAnswer };
  /** Changes how many seats a pool has, or how many chats. One made smaller than its use drains. `PUT /api/v1/pools/{pool}` */
  "pool.change": { asks: PoolChangeAsk; answers: PoolChangeAnswer };
  /** Who is on duty, who winds down with how many chats left and until when, who waits for a seat; and the pools. `GET /api/v1/seats` */
  "seat.board": { asks: SeatBoardAsk; answers: SeatBoardAnswer };
  /** Everything that happened to seats, the newest first. `GET /api/v1/seats/log` */
  "seat.log": { asks: SeatLogAsk; answers: SeatLogAnswer };
  /** Lists the sites that are not archived, by name. `GET /api/v1/sites` */
  "site.list": { asks: SiteListAsk; answers: SiteListAnswer };
  /** Everything about one site. `GET /api/v1/sites/{site}` */
  "site.get": { asks: SiteGetAsk; answers: SiteGetAnswer };
  /** Adds a site; what is left out is as on a new one. `POST /api/v1/sites` */
  "site.add": { asks: SiteAddAsk; answers: SiteAddAnswer };
  /** Replaces everything of a site: what is left out is as on a new one. `PUT /api/v1/sites/{site}` */
  "site.change": { asks: SiteChangeAsk; answers: SiteChangeAnswer };
  /** Archives a site: its widget is there no more. `POST /api/v1/sites/{site}/archive` */
  "site.archive": { asks: SiteArchiveAsk; answers: SiteArchiveAnswer };
  /** Makes a site that of the desk's own pages. `POST /api/v1/sites/{site}/own` */
  "site.own": { asks: SiteOwnAsk; answers: SiteOwnAnswer };
  /** Makes a new secret by which the site's pages sign who a visitor is; the one before counts no more. `POST /api/v1/sites/{site}/secret` */
  "site.secret": { asks: SiteSecretAsk; answers: SiteSecretAnswer };
  /** By the panel: it was opened on that page. Noted once an hour, for pages of the site's origins. `POST /api/v1/sites/{site}/seen` */
  "site.seen": { asks: SiteSeenAsk; answers: SiteSeenAnswer };
  /** What the widget of a site looks like, says and asks; the same for everybody. `GET /api/v1/sites/{site}/widget` */
  "site.widget": { asks: SiteWidgetAsk; answers: SiteWidgetAnswer };
  /** Who works when, on some days. `GET /api/v1/shifts` */
  "shift.list": { asks: ShiftListAsk; answers: ShiftListAnswer };
  /** Adds a weekly shift. `POST /api/v1/shifts` */
  "shift.add": { asks: ShiftAddAsk; answers: ShiftAddAnswer };
  /** Changes a weekly shift, or whose it is, from a day on or as if it had always been so. `PUT /api/v1/shifts/{shift}` */
  "shift.change": { asks: ShiftChangeAsk; answers: ShiftChangeAnswer };
  /** Ends a weekly shift before a day, or removes it. `POST /api/v1/shifts/{shift}/remove` */
  "shift.remove": { asks: ShiftRemoveAsk; answers: ShiftRemoveAnswer };
  /** Makes one day of somebody otherwise: off, or with an extra shift. `POST /api/v1/shifts/exceptions` */
  "shift.except": { asks: ShiftExceptAsk; answers: ShiftExceptAnswer };
  /** Makes a weekly shift otherwise on one day, moves it from that day to another one or to somebody else, or lets it fall away on it. `POST /api/v1/shifts/{shift}/day` */
  "shift.change_day": { asks: ShiftChangeDayAsk; answers: ShiftChangeDayAnswer };
  /** Gives an extra shift other times, another day or to somebody else; or an exception another reason. `PUT /api/v1/shifts/exceptions/{exception}` */
  "shift.exception_change": { asks: ShiftExceptionChangeAsk; answers: ShiftExceptionChangeAnswer };
  /** Takes an exception back, or several at once. `DELETE /api/v1/shifts/exceptions/{exception}` */
  "shift.exception_remove": { asks: ShiftExceptionRemoveAsk; answers: ShiftExceptionRemoveAnswer };
  /** People on shift against the seats of a pool: gaps, crowds, and better starts. `GET /api/v1/shifts/coverage` */
  "shift.coverage": { asks: ShiftCoverageAsk; answers: ShiftCoverageAnswer };
  /** Somebody's shifts as a calendar for other programs; everybody's for a lead. `GET /api/v1/shifts/calendar` */
  "shift.export": { asks: ShiftExportAsk; answers: ShiftExportAnswer };
  /** Adds what a calendar of another program has to somebody's shifts, and lists what it cannot. `POST /api/v1/shifts/calendar` */
  "shift.import": { asks: ShiftImportAsk; answers: ShiftImportAnswer };
  /** Lists the desk's holidays from a day on. `GET /api/v1/holidays` */
  "holiday.list": { asks: HolidayListAsk; answers: HolidayListAnswer };
  /** Makes a day a holiday, or gives it another name. `PUT /api/v1/holidays/{day}` */
  "holiday.set": { asks: HolidaySetAsk; answers: HolidaySetAnswer };
  /** Makes a holiday a day like others. `DELETE /api/v1/holidays/{day}` */
  "holiday.remove": { asks: HolidayRemoveAsk; answers: HolidayRemoveAnswer };
  /** Opens a new desk with the first code: makes its administrator, and signs them in. `POST /api/v1/setup` */
  "desk.open": { asks: DeskOpenAsk; answers: DeskOpenAnswer };
  /** What everybody may know of the desk. `GET /api/v1/desk` */
  "setting.get": { asks: SettingGetAsk; answers: SettingGetAnswer };
  /** All settings of the desk, among them how chats are handed out. `GET /api/v1/settings` */
  "setting.list": { asks: SettingListAsk; answers: SettingListAnswer };
  /** Changes the desk's settings; what is left out stays. `PUT /api/v1/desk` */
  "setting.change": { asks: SettingChangeAsk; answers: SettingChangeAnswer };
  /** Lists who did what, newest first. `GET /api/v1/audit` */
  "audit.list": { asks: AuditListAsk; answers: AuditListAnswer };
  /** How the desk is: store, disk, writer, line, sites, confinement. `GET /api/v1/status` */
  "status.get": { asks: StatusGetAsk; answers: StatusGetAnswer };
  /** Says that the desk can take work; 503 while it stops or cannot. `GET /healthz` */
  "health.check": { asks: HealthCheckAsk; answers: HealthCheckAnswer };
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
  "chat.transfer": "POST /api/v1/conversations/{conversation}/transfer",
  "chat.priority": "POST /api/v1/conversations/{conversation}/priority",
  "chat.invite": "POST /api/v1/conversations/{conversation}/invite",
  "chat.leave": "POST /api/v1/conversations/{conversation}/leave",
  "chat.end": "POST /api/v1/conversations/{conversation}/end",
  "chat.reopen": "POST /api/v1/conversations/{conversation}/reopen",
  "offer.decline": "POST /api/v1/conversations/{conversation}/decline",
  "routing.wall": "GET /api/v1/wall",
  "line.state": "GET /api/v1/line",
  "form.send": "POST /api/v1/forms",
  "rating.give": "POST /api/v1/conversations/{conversation}/rating",
  "promise.list": "GET /api/v1/promises",
  "promise.keep": "POST /api/v1/promises/{promise}/keep",
  "block.add": "POST /api/v1/blocks",
  "block.list": "GET /api/v1/blocks",
  "block.lift": "POST /api/v1/blocks/{block}/lift",
  "message.send": "POST /api/v1/conversations/{conversation}/messages",
  "note.add": "POST /api/v1/conversations/{conversation}/notes",
  "whisper.add": "POST /api/v1/conversations/{conversation}/whispers",
  "answer.list": "GET /api/v1/answers",
  "answer.add": "POST /api/v1/answers",
  "answer.change": "POST /api/v1/answers/{answer}",
  "answer.archive": "POST /api/v1/answers/{answer}/archive",
  "file.start": "POST /api/v1/conversations/{conversation}/files",
  "file.part": "PUT /api/v1/conversations/{conversation}/files/{file}/parts/{number}",
  "file.finish": "POST /api/v1/conversations/{conversation}/files/{file}/finish",
  "file.get": "GET /files/{file}/{name}",
  "reading.set": "POST /api/v1/conversations/{conversation}/reading",
  "draft.set": "POST /api/v1/conversations/{conversation}/draft",
  "draft.list": "GET /api/v1/me/drafts",
  "push.key": "GET /api/v1/push/key",
  "push.add": "POST /api/v1/me/pushes",
  "push.list": "GET /api/v1/me/pushes",
  "push.remove": "DELETE /api/v1/me/pushes/{push}",
  "ticket.make": "POST /api/v1/tickets",
  "visitor.start": "POST /api/v1/visitors",
  "visitor.identify": "POST /api/v1/visitors/identify",
  "visitor.leave": "DELETE /api/v1/visitor",
  "session.start": "POST /api/v1/session",
  "session.end": "DELETE /api/v1/session",
  "session.list": "GET /api/v1/sessions",
  "session.stop": "DELETE /api/v1/sessions/{session}",
  "person.password": "POST /api/v1/me/password",
  "person.me": "GET /api/v1/me",
  "person.list": "GET /api/v1/people",
  "person.role": "POST /api/v1/people/{person}/role",
  "person.disable": "POST /api/v1/people/{person}/disable",
  "person.enable": "POST /api/v1/people/{person}/enable",
  "invitation.make": "POST /api/v1/invitations",
  "invitation.list": "GET /api/v1/invitations",
  "invitation.withdraw": "DELETE /api/v1/invitations/{invitation}",
  "invitation.accept": "POST /api/v1/invitations/accept",
  "reset.make": "POST /api/v1/people/{person}/reset",
  "reset.use": "POST /api/v1/resets/use",
  "trail.add": "POST /api/v1/trail",
  "trail.list": "GET /api/v1/conversations/{conversation}/trail",
  "team.list": "GET /api/v1/teams",
  "team.add": "POST /api/v1/teams",
  "team.change": "PUT /api/v1/teams/{team}",
  "team.archive": "POST /api/v1/teams/{team}/archive",
  "pool.list": "GET /api/v1/pools",
  "pool.add": "POST /api/v1/pools",
  "pool.remove": "DELETE /api/v1/pools/{pool}",
  "person.abilities": "GET /api/v1/people/{person}/abilities",
  "person.abilities_change": "PUT /api/v1/people/{person}/abilities",
  "seat.status": "POST /api/v1/me/status",
  "seat.free": "POST /api/v1/people/{person}/free",
  "pool.change": "PUT /api/v1/pools/{pool}",
  "seat.board": "GET /api/v1/seats",
  "seat.log": "GET /api/v1/seats/log",
  "site.list": "GET /api/v1/sites",
  "site.get": "GET /api/v1/sites/{site}",
  "site.add": "POST /api/v1/sites",
  "site.change": "PUT /api/v1/sites/{site}",
  "site.archive": "POST /api/v1/sites/{site}/archive",
  "site.own": "POST /api/v1/sites/{site}/own",
  "site.secret": "POST /api/v1/sites/{site}/secret",
  "site.seen": "POST /api/v1/sites/{site}/seen",
  "site.widget": "GET /api/v1/sites/{site}/widget",
  "shift.list": "GET /api/v1/shifts",
  "shift.add": "POST /api/v1/shifts",
  "shift.change": "PUT /api/v1/shifts/{shift}",
  "shift.remove": "POST /api/v1/shifts/{shift}/remove",
  "shift.except": "POST /api/v1/shifts/exceptions",
  "shift.change_day": "POST /api/v1/shifts/{shift}/day",
  "shift.exception_change": "PUT /api/v1/shifts/exceptions/{exception}",
  "shift.exception_remove": "DELETE /api/v1/shifts/exceptions/{exception}",
  "shift.coverage": "GET /api/v1/shifts/coverage",
  "shift.export": "GET /api/v1/shifts/calendar",
  "shift.import": "POST /api/v1/shifts/calendar",
  "holiday.list": "GET /api/v1/holidays",
  "holiday.set": "PUT /api/v1/holidays/{day}",
  "holiday.remove": "DELETE /api/v1/holidays/{day}",
  "desk.open": "POST /api/v1/setup",
  "setting.get": "GET /api/v1/desk",
  "setting.list": "GET /api/v1/settings",
  "setting.change": "PUT /api/v1/desk",
  "audit.list": "GET /api/v1/audit",
  "status.get": "GET /api/v1/status",
  "health.check": "GET /healthz",
} as const;
/** The least and the most of the numbers that commands take, and of the rows of lists. */
export const ranges = {
  "chat.start": { answers: [0, 10], },
  "chat.priority": { priority: [0, 9], },
  "form.send": { answers: [0, 10], },
  "rating.give": { score: [1, 5], },
  "block.add": { hours: [1, 8784], },
  "message.send": { draft: [1, 1000000000], },
  "note.add": { draft: [1, 1000000000], },
  "whisper.add": { draft: [1, 1000000000], },
  "file.start": { size: [1, 20971520], },
  "draft.set": { generation: [1, 1000000000], },
  "team.add": { members: [0, 200], },
  "team.change": { members: [0, 200], },
  "pool.add": { size: [0, 1000], cap: [0, 10000], },
  "person.abilities_change": { cap: [0, 20], topics: [0, 50], languages: [0, 50], },
  "pool.change": { size: [0, 1000], cap: [0, 10000], },
  "site.add": { max_waiting: [1, 10000], origins: [0, 20], texts: [0, 100], hours: [0, 28], fields: [0, 10], invites: [0, 10], },
  "site.change": { max_waiting: [1, 10000], origins: [0, 20], texts: [0, 100], hours: [0, 28], fields: [0, 10], invites: [0, 10], },
  "shift.add": { weekday: [1, 7], from_minute: [0, 1439], minutes: [15, 1440], },
  "shift.change": { weekday: [1, 7], from_minute: [0, 1439], minutes: [15, 1440], },
  "shift.except": { from_minute: [0, 1439], minutes: [15, 1440], },
  "shift.change_day": { from_minute: [0, 1439], minutes: [15, 1440], },
  "shift.exception_change": { from_minute: [0, 1439], minutes: [15, 1440], },
  "shift.exception_remove": { others: [0, 200], },
  "setting.change": { chats_each: [1, 20], offer_seconds: [10, 600], wishes_seconds: [0, 3600], backup_seconds: [0, 3600], quiet_minutes: [0, 1440], quiet_warn_minutes: [0, 1440], quiet_close_minutes: [0, 1440], wind_down_minutes: [0, 240], handover_seats: [0, 20], },
} as const;

-- The house: people, conversations with their log, chats, notes, audit.
--
-- Times are milliseconds since 1970 UTC. @id, @int, @blob and @strict stand for the words of the engine (sql/README.md).

CREATE TABLE setting (
	name       text NOT NULL PRIMARY KEY,
	value      text NOT NULL,
	changed_by @int,
	changed_at @int NOT NULL
) @strict;

-- Members of staff. password is an argon2id text, null until the invitation is accepted; email is lower case.
CREATE TABLE person (
	id          @id,
	email       text NOT NULL UNIQUE,
	name        text NOT NULL,
	role        text NOT NULL CHECK (role IN ('administrator', 'lead', 'advisor', 'backup', 'consultant', 'production')),
	password    text,
	status      text NOT NULL DEFAULT 'away' CHECK (status IN ('online', 'away')),
	created_at  @int NOT NULL,
	disabled_at @int
) @strict;

CREATE TABLE session (
	id           @id,
	token_digest @blob NOT NULL UNIQUE,
	person_id    @int NOT NULL REFERENCES person (id),
	address      text NOT NULL,
	agent        text NOT NULL,
	created_at   @int NOT NULL,
	seen_at      @int NOT NULL,
	ended_at     @int
) @strict;
CREATE INDEX session_of_person ON session (person_id, id) WHERE ended_at IS NULL;
-- Whether somebody has signed in from an address before: then strangers' wrong passwords do not hold them up.
CREATE INDEX session_of_address ON session (person_id, address);

-- One-time links and codes: the first-run code, invitations, password resets.
CREATE TABLE pass (
	id           @id,
	kind         text NOT NULL CHECK (kind IN ('first', 'invitation', 'reset')),
	token_digest @blob NOT NULL UNIQUE,
	person_id    @int REFERENCES person (id),
	email        text,
	name         text,
	role         text,
	made_by      @int REFERENCES person (id),
	made_at      @int NOT NULL,
	expires_at   @int NOT NULL,
	used_at      @int
) @strict;
CREATE INDEX pass_of_person ON pass (person_id) WHERE used_at IS NULL;
CREATE INDEX pass_open ON pass (kind, expires_at) WHERE used_at IS NULL;

-- Visitors get a row with their first chat. public_id is the 128-bit random id of their token.
CREATE TABLE visitor (
	id         @id,
	public_id  text NOT NULL UNIQUE,
	name       text,
	email      text,
	created_at @int NOT NULL
) @strict;

-- A conversation lasts; last_seq is the number of its newest item and moves by one with each.
CREATE TABLE conversation (
	id         @id,
	public_id  text NOT NULL UNIQUE,
	visitor_id @int NOT NULL REFERENCES visitor (id),
	last_seq   @int NOT NULL,
	created_at @int NOT NULL,
	changed_at @int NOT NULL
) @strict;
CREATE INDEX conversation_of_visitor ON conversation (visitor_id, id);

-- The log of a conversation: everything that happened in it, in one order, seq = 1..n. Nothing is changed or deleted.
-- kind: message, note (its text stands in table note), started, taken, released, handed, ended.
-- (The check is no IN: SQLite builds a temporary table for a list of three, with every item.)
-- about_id: the person that a handed or taken item is about. caller_id: the sender's own id, unique per sender and conversation.
CREATE TABLE item (
	id              @id,
	conversation_id @int NOT NULL REFERENCES conversation (id),
	seq             @int NOT NULL,
	kind            text NOT NULL,
	is_internal     @int NOT NULL,
	author_kind     text NOT NULL CHECK (author_kind = 'visitor' OR author_kind = 'person' OR author_kind = 'system'),
	author_id       @int,
	about_id        @int,
	body            text,
	caller_id       text,
	at              @int NOT NULL
) @strict;
CREATE UNIQUE INDEX item_seq ON item (conversation_id, seq);
CREATE UNIQUE INDEX item_once ON item (conversation_id, author_kind, author_id, caller_id) WHERE caller_id IS NOT NULL;

-- A chat is one live session inside a conversation: exactly one of waiting, offered, owned, closed (P11).
CREATE TABLE chat (
	id              @id,
	conversation_id @int NOT NULL REFERENCES conversation (id),
	state           text NOT NULL CHECK (state IN ('waiting', 'offered', 'owned', 'closed')),
	owner_id        @int REFERENCES person (id),
	topic           text,
	page            text,
	caller_id       text NOT NULL,
	started_at      @int NOT NULL,
	waiting_since   @int NOT NULL,
	taken_at        @int,
	ended_at        @int,
	ended_by        text CHECK (ended_by IN ('visitor', 'person', 'system')),
	CHECK ((state = 'owned') = (owner_id IS NOT NULL AND ended_at IS NULL)),
	CHECK ((state = 'closed') = (ended_at IS NOT NULL))
) @strict;
CREATE UNIQUE INDEX chat_one_open ON chat (conversation_id) WHERE ended_at IS NULL;
CREATE INDEX chat_of_conversation ON chat (conversation_id, id);
CREATE INDEX chat_waiting ON chat (waiting_since, id) WHERE state = 'waiting';
CREATE INDEX chat_of_owner ON chat (owner_id, id) WHERE state = 'owned';
CREATE INDEX chat_open ON chat (id) WHERE ended_at IS NULL;
CREATE INDEX chat_closed ON chat (id) WHERE ended_at IS NOT NULL;

-- A chat as lists show it, with the newest message of its conversation.
CREATE VIEW chat_row AS
SELECT h.id AS chat, h.conversation_id, c.public_id AS conversation, h.state, v.name AS visitor_name, v.email AS visitor_email,
	h.topic, h.page, h.owner_id, p.name AS owner_name, h.started_at, h.waiting_since, h.taken_at, h.ended_at,
	c.last_seq AS version, m.author_kind AS last_kind, m.body AS last_text, m.at AS last_at
FROM chat h
JOIN conversation c ON c.id = h.conversation_id
JOIN visitor v ON v.id = c.visitor_id
LEFT JOIN person p ON p.id = h.owner_id
LEFT JOIN item m ON m.conversation_id = c.id AND m.seq = (SELECT i.seq FROM item i
	WHERE i.conversation_id = c.id AND i.kind = 'message' ORDER BY i.seq DESC LIMIT 1);

-- Notes are never changed or deleted, by anybody (triggers in 0001_house.*.sql). content is the digest of salt and text;
-- hash chains each note to the one before it (docs/decisions/0006-chains.md).
CREATE TABLE note (
	id              @id,
	item_id         @int NOT NULL UNIQUE REFERENCES item (id),
	conversation_id @int NOT NULL REFERENCES conversation (id),
	seq             @int NOT NULL,
	author_id       @int NOT NULL REFERENCES person (id),
	corrects_seq    @int,
	text            text NOT NULL,
	at              @int NOT NULL,
	salt            @blob NOT NULL,
	content         @blob NOT NULL,
	hash            @blob NOT NULL
) @strict;

-- Who did what: never changed or deleted either.
CREATE TABLE audit (
	id         @id,
	at         @int NOT NULL,
	actor_kind text NOT NULL,
	actor_id   @int,
	command    text NOT NULL,
	object     text NOT NULL,
	says       text NOT NULL,
	hash       @blob NOT NULL
) @strict;

-- The head of each chain: how many rows it has and the hash of the last, so that a cut-off end is seen.
CREATE TABLE chain (
	name   text NOT NULL PRIMARY KEY,
	length @int NOT NULL,
	head   @blob NOT NULL
) @strict;

-- The first answer to a caller's id.
CREATE TABLE receipt (
	caller    text NOT NULL,
	caller_id text NOT NULL,
	command   text NOT NULL,
	answer    text NOT NULL,
	at        @int NOT NULL,
	PRIMARY KEY (caller, caller_id)
) @strict;
CREATE INDEX receipt_by_age ON receipt (at);

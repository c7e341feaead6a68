-- Live chat, whole: sites, teams, files, receipts, drafts, canned answers, what is owed, blocks (docs/decisions/0013-live-chat.md).

-- Where the widget stands. What it looks like and says is one JSON-free row; lists hang on it.
CREATE TABLE site (
	id              @id,
	public_id       text NOT NULL UNIQUE,
	name            text NOT NULL,
	team_id         @int,
	language        text NOT NULL,
	theme           text NOT NULL DEFAULT 'auto' CHECK (theme = 'auto' OR theme = 'light' OR theme = 'dark'),
	colour          text NOT NULL DEFAULT '#1f5f5b',
	side            text NOT NULL DEFAULT 'end' CHECK (side = 'start' OR side = 'end'),
	launcher        text NOT NULL DEFAULT 'bubble' CHECK (launcher = 'bubble' OR launcher = 'label' OR launcher = 'none'),
	ask_name        text NOT NULL DEFAULT 'optional' CHECK (ask_name = 'no' OR ask_name = 'optional' OR ask_name = 'required'),
	ask_email       text NOT NULL DEFAULT 'optional' CHECK (ask_email = 'no' OR ask_email = 'optional' OR ask_email = 'required'),
	ask_topic       text NOT NULL DEFAULT 'no' CHECK (ask_topic = 'no' OR ask_topic = 'optional' OR ask_topic = 'required'),
	consent_url     text,
	max_waiting     @int NOT NULL DEFAULT 50,
	is_inviting     @int NOT NULL DEFAULT 0,
	bulletin        text,
	identity_secret @blob,
	seen_at         @int,
	seen_url        text,
	version         @int NOT NULL DEFAULT 1,
	created_at      @int NOT NULL,
	archived_at     @int
) @strict;

-- Origins of pages that may embed it: "https://shop.example".
CREATE TABLE site_origin (
	site_id  @int NOT NULL REFERENCES site (id),
	position @int NOT NULL,
	origin   text NOT NULL,
	PRIMARY KEY (site_id, position)
) @strict;

-- Its own words; what has no row is said in the widget's. name: greeting, waiting, offline, launcher, title, consent, invitation.
CREATE TABLE site_text (
	site_id  @int NOT NULL REFERENCES site (id),
	language text NOT NULL,
	name     text NOT NULL,
	text     text NOT NULL,
	PRIMARY KEY (site_id, language, name)
) @strict;

-- Its opening hours in the desk's time zone: weekday 1 (Monday) to 7, minutes of the day, until may be 1440. None: always open.
CREATE TABLE site_hours (
	site_id     @int NOT NULL REFERENCES site (id),
	position    @int NOT NULL,
	weekday     @int NOT NULL CHECK (weekday BETWEEN 1 AND 7),
	from_minute @int NOT NULL CHECK (from_minute BETWEEN 0 AND 1439),
	to_minute   @int NOT NULL CHECK (to_minute BETWEEN 1 AND 1440),
	PRIMARY KEY (site_id, position),
	CHECK (from_minute < to_minute)
) @strict;

-- Own fields of the pre-chat form. choices: one a line, of a kind 'choice'.
CREATE TABLE site_field (
	site_id     @int NOT NULL REFERENCES site (id),
	position    @int NOT NULL,
	label       text NOT NULL,
	kind        text NOT NULL CHECK (kind = 'line' OR kind = 'text' OR kind = 'choice' OR kind = 'check'),
	choices     text,
	is_required @int NOT NULL,
	PRIMARY KEY (site_id, position)
) @strict;

-- When the widget invites by itself: on pages whose path begins so, after so long, again or only returning visitors.
CREATE TABLE site_invite (
	site_id      @int NOT NULL REFERENCES site (id),
	position     @int NOT NULL,
	path         text NOT NULL,
	seconds      @int NOT NULL CHECK (seconds BETWEEN 0 AND 3600),
	is_returning @int NOT NULL,
	PRIMARY KEY (site_id, position)
) @strict;

CREATE TABLE team (
	id          @id,
	name        text NOT NULL,
	created_at  @int NOT NULL,
	archived_at @int
) @strict;

CREATE TABLE team_member (
	team_id   @int NOT NULL REFERENCES team (id),
	person_id @int NOT NULL REFERENCES person (id),
	PRIMARY KEY (team_id, person_id)
) @strict;
CREATE INDEX team_of_member ON team_member (person_id);

-- external_id: who the site site_id says, signed, that the visitor is; of name and e-mail what it signed as well.
ALTER TABLE visitor ADD COLUMN site_id @int REFERENCES site (id);
ALTER TABLE visitor ADD COLUMN external_id text;
ALTER TABLE visitor ADD COLUMN is_name_signed @int NOT NULL DEFAULT 0;
ALTER TABLE visitor ADD COLUMN is_email_signed @int NOT NULL DEFAULT 0;
ALTER TABLE visitor ADD COLUMN verified_at @int;
ALTER TABLE visitor ADD COLUMN language text;
CREATE UNIQUE INDEX visitor_of_external ON visitor (site_id, external_id) WHERE external_id IS NOT NULL;

-- Counters kept with each item: messages of the visitor that staff has not seen, and since when the visitor waits for a word.
ALTER TABLE conversation ADD COLUMN unread @int NOT NULL DEFAULT 0;
ALTER TABLE conversation ADD COLUMN unanswered_since @int;

-- channel: chat, or form: what was left when nobody could answer. address: the visitor's, for blocking.
ALTER TABLE chat ADD COLUMN channel text NOT NULL DEFAULT 'chat';
ALTER TABLE chat ADD COLUMN site_id @int REFERENCES site (id);
ALTER TABLE chat ADD COLUMN team_id @int REFERENCES team (id);
ALTER TABLE chat ADD COLUMN address text;
ALTER TABLE chat ADD COLUMN agent text;
ALTER TABLE chat ADD COLUMN language text;
ALTER TABLE chat ADD COLUMN outcome text;
ALTER TABLE chat ADD COLUMN reopened_at @int;

-- How long the last ones took: forms and visitors who did not wait were never taken, and may be many.
CREATE INDEX chat_taken ON chat (id) WHERE ended_at IS NOT NULL AND taken_at IS NOT NULL;
CREATE INDEX chat_waiting_of_team ON chat (team_id, waiting_since, id) WHERE state = 'waiting';

-- What about_id names: 'team', or null where it is a person.
ALTER TABLE item ADD COLUMN about_kind text;

-- What the visitor answered in the pre-chat form's own fields.
CREATE TABLE chat_answer (
	chat_id  @int NOT NULL REFERENCES chat (id),
	position @int NOT NULL,
	label    text NOT NULL,
	value    text NOT NULL,
	PRIMARY KEY (chat_id, position)
) @strict;

-- Colleagues whom the owner asked to join in. left_at is null only while the chat is owned, and never of its owner.
CREATE TABLE chat_guest (
	chat_id    @int NOT NULL REFERENCES chat (id),
	person_id  @int NOT NULL REFERENCES person (id),
	invited_by @int NOT NULL REFERENCES person (id),
	at         @int NOT NULL,
	left_at    @int,
	PRIMARY KEY (chat_id, person_id)
) @strict;
CREATE INDEX chat_guest_of_person ON chat_guest (person_id, chat_id) WHERE left_at IS NULL;
CREATE INDEX chat_guest_present ON chat_guest (chat_id) WHERE left_at IS NULL;

CREATE TABLE rating (
	chat_id @int NOT NULL PRIMARY KEY REFERENCES chat (id),
	score   @int NOT NULL CHECK (score BETWEEN 1 AND 5),
	comment text,
	at      @int NOT NULL
) @strict;

-- How far each side has come: sent <= delivered <= seen, and never back (P9). side: visitor, staff.
CREATE TABLE reading (
	conversation_id @int NOT NULL REFERENCES conversation (id),
	side            text NOT NULL CHECK (side = 'visitor' OR side = 'staff'),
	delivered_seq   @int NOT NULL,
	seen_seq        @int NOT NULL,
	changed_at      @int NOT NULL,
	PRIMARY KEY (conversation_id, side),
	CHECK (seen_seq <= delivered_seq)
) @strict;

-- Files lie in the database, in parts, so that one commit, one backup and one engine hold everything. seq: the item that shows it.
-- type, width and height follow from the content. digest: SHA-256 over the SHA-256 of each part. seq, type, digest and finished_at come together.
CREATE TABLE file (
	id              @id,
	public_id       text NOT NULL UNIQUE,
	conversation_id @int NOT NULL REFERENCES conversation (id),
	seq             @int,
	caller_id       text NOT NULL,
	author_kind     text NOT NULL,
	author_id       @int NOT NULL,
	name            text NOT NULL,
	size            @int NOT NULL,
	type            text,
	width           @int,
	height          @int,
	digest          @blob,
	created_at      @int NOT NULL,
	finished_at     @int,
	CHECK ((seq IS NULL) = (finished_at IS NULL)),
	CHECK ((type IS NULL) = (finished_at IS NULL)),
	CHECK ((digest IS NULL) = (finished_at IS NULL))
) @strict;
CREATE UNIQUE INDEX file_once ON file (conversation_id, author_kind, author_id, caller_id);
CREATE UNIQUE INDEX file_of_item ON file (conversation_id, seq) WHERE seq IS NOT NULL;
CREATE INDEX file_unfinished ON file (created_at) WHERE finished_at IS NULL;
CREATE INDEX file_of_conversation ON file (conversation_id, created_at);
CREATE INDEX file_by_day ON file (author_kind, created_at, size);

CREATE TABLE file_part (
	file_id @int NOT NULL REFERENCES file (id),
	number  @int NOT NULL,
	size    @int NOT NULL,
	digest  @blob NOT NULL,
	bytes   @blob NOT NULL,
	PRIMARY KEY (file_id, number)
) @strict;

-- Pages of the host site that a visitor went through while the widget knew of it.
CREATE TABLE page_view (
	id              @id,
	conversation_id @int NOT NULL REFERENCES conversation (id),
	url             text NOT NULL,
	title           text,
	at              @int NOT NULL
) @strict;
CREATE INDEX page_view_of_conversation ON page_view (conversation_id, id);

-- What somebody began to write. generation moves when it is sent, so that a late save never brings it back.
CREATE TABLE draft (
	person_id       @int NOT NULL REFERENCES person (id),
	conversation_id @int NOT NULL REFERENCES conversation (id),
	mode            text NOT NULL CHECK (mode = 'message' OR mode = 'note' OR mode = 'whisper'),
	generation      @int NOT NULL,
	text            text NOT NULL,
	changed_at      @int NOT NULL,
	PRIMARY KEY (person_id, conversation_id, mode)
) @strict;
CREATE INDEX draft_over ON draft (changed_at) WHERE text = '';
CREATE INDEX draft_of_person ON draft (person_id, changed_at) WHERE text <> '';

-- Canned answers. scope: own (of owner_id), team (of team_id), all. folded: what a search looks in, without capitals. A shortcut is
-- free once in each scope.
CREATE TABLE answer (
	id          @id,
	shortcut    text NOT NULL,
	title       text NOT NULL,
	text        text NOT NULL,
	scope       text NOT NULL CHECK (scope = 'own' OR scope = 'team' OR scope = 'all'),
	owner_id    @int NOT NULL REFERENCES person (id),
	team_id     @int REFERENCES team (id),
	folded      text NOT NULL,
	changed_by  @int NOT NULL REFERENCES person (id),
	changed_at  @int NOT NULL,
	archived_at @int,
	CHECK ((scope = 'team') = (team_id IS NOT NULL))
) @strict;
CREATE INDEX answer_in_use ON answer (changed_at, id) WHERE archived_at IS NULL;
CREATE UNIQUE INDEX answer_own ON answer (owner_id, shortcut) WHERE scope = 'own' AND archived_at IS NULL;
CREATE UNIQUE INDEX answer_of_team ON answer (team_id, shortcut) WHERE scope = 'team' AND archived_at IS NULL;
CREATE UNIQUE INDEX answer_of_all ON answer (shortcut) WHERE scope = 'all' AND archived_at IS NULL;

-- What is owed to a customer, by when. source: chat, form.
CREATE TABLE promise (
	id              @id,
	conversation_id @int NOT NULL REFERENCES conversation (id),
	chat_id         @int REFERENCES chat (id),
	source          text NOT NULL CHECK (source = 'chat' OR source = 'form'),
	what            text NOT NULL,
	owner_id        @int REFERENCES person (id),
	made_at         @int NOT NULL,
	due_at          @int NOT NULL,
	kept_at         @int,
	kept_by         @int REFERENCES person (id)
) @strict;
CREATE INDEX promise_open ON promise (due_at, id) WHERE kept_at IS NULL;
CREATE INDEX promise_of_conversation ON promise (conversation_id) WHERE kept_at IS NULL;

-- Whom the desk does not serve: a visitor or an address, until when (null: until it is lifted), and why.
CREATE TABLE block (
	id         @id,
	visitor_id @int REFERENCES visitor (id),
	address    text,
	reason     text NOT NULL,
	made_by    @int NOT NULL REFERENCES person (id),
	made_at    @int NOT NULL,
	until      @int,
	lifted_at  @int,
	lifted_by  @int REFERENCES person (id),
	CHECK ((visitor_id IS NULL) <> (address IS NULL))
) @strict;
CREATE INDEX block_of_visitor ON block (visitor_id) WHERE lifted_at IS NULL AND visitor_id IS NOT NULL;
CREATE INDEX block_of_address ON block (address) WHERE lifted_at IS NULL AND address IS NOT NULL;

-- Where a browser is told of what happens while its pages are closed (RFC 8030): of a session, and over with it.
CREATE TABLE push (
	id         @id,
	session_id @int NOT NULL UNIQUE REFERENCES session (id),
	endpoint   text NOT NULL UNIQUE,
	p256dh     @blob NOT NULL,
	auth       @blob NOT NULL,
	language   text NOT NULL,
	created_at @int NOT NULL
) @strict;

DROP VIEW chat_row;
CREATE VIEW chat_row AS
SELECT h.id AS chat, h.conversation_id, c.public_id AS conversation, h.state, h.channel, v.name AS visitor_name, v.email AS visitor_email,
	v.external_id AS visitor_external, v.verified_at AS visitor_verified_at, v.is_name_signed, v.is_email_signed, COALESCE(h.language, v.language) AS visitor_language,
	h.topic, h.page, h.owner_id, p.name AS owner_name, h.team_id, t.name AS team_name, h.site_id, s.name AS site_name,
	h.started_at, h.waiting_since, h.taken_at, h.ended_at, h.outcome, c.last_seq AS version, c.unread, c.unanswered_since,
	m.author_kind AS last_kind, m.body AS last_text, m.at AS last_at
FROM chat h
JOIN conversation c ON c.id = h.conversation_id
JOIN visitor v ON v.id = c.visitor_id
LEFT JOIN person p ON p.id = h.owner_id
LEFT JOIN team t ON t.id = h.team_id
LEFT JOIN site s ON s.id = h.site_id
LEFT JOIN item m ON m.conversation_id = c.id AND m.seq = (SELECT i.seq FROM item i
	WHERE i.conversation_id = c.id AND (i.kind = 'message' OR i.kind = 'file') ORDER BY i.seq DESC LIMIT 1);

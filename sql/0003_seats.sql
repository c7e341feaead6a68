-- Seats, shifts and routing (docs/decisions/0016-seats.md).

-- A pool of seats: of one team, or (team_id null) of everybody else. Since the log names it, it is never deleted: one that was removed
-- takes nobody on, until its team is given one again. used, extra and chats are counters, kept in the same
-- transaction: seats taken of the pool's own, seats beyond its size, and chats of its people that count (owned and not quiet, and
-- offered).
CREATE TABLE pool (
	id      @id,
	team_id @int UNIQUE REFERENCES team (id),
	size    @int NOT NULL CHECK (size >= 0),
	cap     @int NOT NULL CHECK (cap >= 0),
	used    @int NOT NULL DEFAULT 0 CHECK (used >= 0),
	extra   @int NOT NULL DEFAULT 0 CHECK (extra >= 0),
	chats   @int NOT NULL DEFAULT 0 CHECK (chats >= 0),
	removed_at @int,
	CHECK (removed_at IS NULL OR team_id IS NOT NULL)
) @strict;
CREATE UNIQUE INDEX pool_of_everybody ON pool (COALESCE(team_id, 0));
INSERT INTO pool (team_id, size, cap) VALUES (NULL, 50, 200);

-- Who is on duty: has a seat, or stands in the line for one. Whoever has no row is offline; person.status says the same word.
-- state: online, away, winding (each with a seat); line, phone (without one: both keep the place by line_since).
-- load: chats that count. free_since: since when nothing new was given to them. gone_since: not heard of since then.
-- is_able: may be offered a chat now, as far as it is theirs: online, heard of, load below cap. Kept with those, since the index of
-- candidates goes by it.
-- ends_at: the end of the shift that they are in, as far as is known; look_at: when the desk has to look at their shifts again;
-- stays_past: the end of a shift that they said they would stay past.
CREATE TABLE duty (
	person_id  @int NOT NULL PRIMARY KEY REFERENCES person (id),
	pool_id    @int NOT NULL REFERENCES pool (id),
	state      text NOT NULL CHECK (state = 'online' OR state = 'away' OR state = 'winding' OR state = 'line' OR state = 'phone'),
	seat       text NOT NULL CHECK (seat = 'none' OR seat = 'own' OR seat = 'backup' OR seat = 'handover'),
	since      @int NOT NULL,
	line_since @int,
	reason     text,
	back_at    @int,
	gone_since @int,
	cap        @int NOT NULL CHECK (cap >= 0),
	load       @int NOT NULL DEFAULT 0 CHECK (load >= 0),
	free_since @int NOT NULL,
	is_able    @int NOT NULL DEFAULT 0,
	ends_at    @int,
	look_at    @int,
	stays_past @int,
	CHECK ((seat = 'none') = (state = 'line' OR state = 'phone')),
	CHECK ((line_since IS NOT NULL) = (seat = 'none'))
) @strict;
CREATE INDEX duty_candidates ON duty (pool_id, load, free_since, person_id) WHERE is_able = 1;
CREATE INDEX duty_line ON duty (pool_id, line_since, person_id) WHERE state = 'line';
CREATE INDEX duty_of_pool ON duty (pool_id, person_id);
CREATE INDEX duty_winding ON duty (pool_id, person_id) WHERE state = 'winding';
CREATE INDEX duty_look ON duty (look_at, person_id) WHERE look_at IS NOT NULL;
CREATE INDEX duty_gone ON duty (gone_since, person_id) WHERE gone_since IS NOT NULL;

-- Everything that happened to seats, for the lead to read; rows are only ever added. person_id: whose seat; by_id: who did it, or null
-- for the desk itself.
CREATE TABLE seat_log (
	id        @id,
	at        @int NOT NULL,
	pool_id   @int NOT NULL REFERENCES pool (id),
	person_id @int REFERENCES person (id),
	by_id     @int REFERENCES person (id),
	what      text NOT NULL,
	why       text
) @strict;
CREATE INDEX seat_log_of_pool ON seat_log (pool_id, id);
CREATE INDEX seat_log_of_person ON seat_log (person_id, id);

-- Chats that one person holds at most; null: the desk's setting chats_each.
ALTER TABLE person ADD COLUMN cap @int;
-- The words of status have become those of duty, and nobody is signed in to live chat before they do it anew: so it is a new column.
ALTER TABLE person DROP COLUMN status;
ALTER TABLE person ADD COLUMN status text NOT NULL DEFAULT 'offline'
	CHECK (status = 'online' OR status = 'away' OR status = 'winding' OR status = 'line' OR status = 'phone' OR status = 'offline');

-- What a person can: topics and languages. Without a row of a kind: any.
CREATE TABLE skill (
	person_id @int NOT NULL REFERENCES person (id),
	kind      text NOT NULL CHECK (kind = 'topic' OR kind = 'language'),
	value     text NOT NULL,
	PRIMARY KEY (person_id, kind, value)
) @strict;

-- Who was asked to take which chat, and what came of it: accepted, declined, expired, withdrawn; or released:
-- it was theirs, and they put it back.
CREATE TABLE offer (
	id         @id,
	chat_id    @int NOT NULL REFERENCES chat (id),
	person_id  @int NOT NULL REFERENCES person (id),
	offered_at @int NOT NULL,
	expires_at @int NOT NULL,
	ended_at   @int,
	outcome    text,
	CHECK ((ended_at IS NULL) = (outcome IS NULL))
) @strict;
CREATE UNIQUE INDEX offer_open ON offer (chat_id) WHERE ended_at IS NULL;
CREATE INDEX offer_due ON offer (expires_at, id) WHERE ended_at IS NULL;
CREATE INDEX offer_of_person ON offer (person_id, id) WHERE ended_at IS NULL;
CREATE INDEX offer_of_chat ON offer (chat_id, id);

-- pool_id: in whose line it stands. offered_to: a waiting chat that somebody is asked to take, the person of its open offer; to
-- everybody else such a chat is `offered`. asked_after: who was asked by a later offer than this one is not asked again, until
-- everybody was. is_quiet: nobody said a word for a while, so it does not count. spoke_at: of an owned one, when somebody last said a word, or it was
-- given to somebody: as far as was looked (the log knows the rest; a message writes nothing here). warned_at: the visitor was told that
-- it will be closed. alerted_at: the back-ups were asked for help because of it.
ALTER TABLE chat ADD COLUMN pool_id @int REFERENCES pool (id);
ALTER TABLE chat ADD COLUMN priority @int NOT NULL DEFAULT 0 CHECK (priority BETWEEN 0 AND 9);
ALTER TABLE chat ADD COLUMN offered_to @int REFERENCES person (id);
ALTER TABLE chat ADD COLUMN asked_after @int NOT NULL DEFAULT 0;
ALTER TABLE chat ADD COLUMN is_quiet @int NOT NULL DEFAULT 0;
ALTER TABLE chat ADD COLUMN spoke_at @int;
ALTER TABLE chat ADD COLUMN warned_at @int;
ALTER TABLE chat ADD COLUMN alerted_at @int;
UPDATE chat SET pool_id = (SELECT id FROM pool WHERE team_id IS NULL), spoke_at = COALESCE(reopened_at, taken_at, started_at) WHERE ended_at IS NULL;
-- The line of a pool (the state is in it, and in that of a site, so that SQLite counts without reading rows); those of it whom nobody is
-- asked to take; who waits longest, of all and of those for whom no help was asked; and the whole line.
CREATE INDEX chat_standing ON chat (pool_id, priority DESC, waiting_since, id, state) WHERE state = 'waiting';
CREATE INDEX chat_line ON chat (pool_id, priority DESC, waiting_since, id) WHERE state = 'waiting' AND offered_to IS NULL;
CREATE INDEX chat_longest ON chat (pool_id, waiting_since, id) WHERE state = 'waiting';
CREATE INDEX chat_helpless ON chat (pool_id, waiting_since, id) WHERE state = 'waiting' AND alerted_at IS NULL;
DROP INDEX chat_waiting;
CREATE INDEX chat_waiting ON chat (priority DESC, waiting_since, id) WHERE state = 'waiting';
DROP INDEX chat_waiting_of_team;
CREATE INDEX chat_waiting_of_team ON chat (team_id, priority DESC, waiting_since, id) WHERE state = 'waiting';
CREATE INDEX chat_waiting_of_site ON chat (site_id, state) WHERE state = 'waiting';
CREATE INDEX chat_silent ON chat (spoke_at, id) WHERE state = 'owned';
CREATE INDEX chat_loud ON chat (spoke_at, id) WHERE state = 'owned' AND is_quiet = 0;
CREATE INDEX chat_unwarned ON chat (spoke_at, id) WHERE state = 'owned' AND warned_at IS NULL;
CREATE INDEX chat_alerted ON chat (pool_id, alerted_at) WHERE alerted_at IS NOT NULL;

-- Changes of its chats that add nothing to the log, such as offers: so that of two rows of a list it is known which is newer.
ALTER TABLE conversation ADD COLUMN revision @int NOT NULL DEFAULT 0;

-- Sessions that last, by their last sign: those that are over are kept, and nobody looks for the unused ones among them.
CREATE INDEX session_unused ON session (seen_at) WHERE ended_at IS NULL;

DROP VIEW chat_row;
CREATE VIEW chat_row AS
SELECT h.id AS chat, h.conversation_id, c.public_id AS conversation, h.state, h.channel, v.name AS visitor_name, v.email AS visitor_email,
	v.external_id AS visitor_external, v.verified_at AS visitor_verified_at, v.is_name_signed, v.is_email_signed, COALESCE(h.language, v.language) AS visitor_language,
	h.topic, h.page, h.owner_id, p.name AS owner_name, h.team_id, t.name AS team_name, h.site_id, s.name AS site_name,
	h.started_at, h.waiting_since, h.taken_at, h.ended_at, h.outcome, c.last_seq + c.revision AS version, c.unread, c.unanswered_since,
	m.author_kind AS last_kind, m.body AS last_text, m.at AS last_at,
	h.pool_id, h.priority, h.is_quiet, h.offered_to, q.name AS offered_name, o.expires_at AS offered_until
FROM chat h
JOIN conversation c ON c.id = h.conversation_id
JOIN visitor v ON v.id = c.visitor_id
LEFT JOIN person p ON p.id = h.owner_id
LEFT JOIN team t ON t.id = h.team_id
LEFT JOIN site s ON s.id = h.site_id
LEFT JOIN person q ON q.id = h.offered_to
LEFT JOIN offer o ON h.offered_to IS NOT NULL AND o.chat_id = h.id AND o.ended_at IS NULL
LEFT JOIN item m ON m.conversation_id = c.id AND m.seq = (SELECT i.seq FROM item i
	WHERE i.conversation_id = c.id AND (i.kind = 'message' OR i.kind = 'file') ORDER BY i.seq DESC LIMIT 1);

-- Weekly shifts. weekday 1 (Monday) to 7, of its first minute; a shift may run past midnight. Days are days of the desk's time zone,
-- as texts YYYY-MM-DD; last_day null: until further notice.
CREATE TABLE shift (
	id          @id_once,
	person_id   @int NOT NULL REFERENCES person (id),
	weekday     @int NOT NULL CHECK (weekday BETWEEN 1 AND 7),
	from_minute @int NOT NULL CHECK (from_minute BETWEEN 0 AND 1439),
	minutes     @int NOT NULL CHECK (minutes BETWEEN 15 AND 1440),
	first_day   text NOT NULL,
	last_day    text
) @strict;
CREATE INDEX shift_of_person ON shift (person_id, weekday);

-- One day that is otherwise: off (that person's weekly shifts that begin on that day fall away), or extra (one more).
CREATE TABLE shift_exception (
	id          @id_once,
	person_id   @int NOT NULL REFERENCES person (id),
	day         text NOT NULL,
	kind        text NOT NULL CHECK (kind = 'off' OR kind = 'extra'),
	from_minute @int,
	minutes     @int,
	reason      text,
	CHECK ((kind = 'extra') = (from_minute IS NOT NULL AND minutes IS NOT NULL))
) @strict;
CREATE INDEX shift_exception_of_day ON shift_exception (day, person_id);
CREATE INDEX shift_exception_of_person ON shift_exception (person_id, day);
CREATE UNIQUE INDEX shift_off ON shift_exception (person_id, day) WHERE kind = 'off';

-- Days on which weekly shifts fall away and that are no business days.
CREATE TABLE holiday (
	day  text NOT NULL PRIMARY KEY,
	name text NOT NULL
) @strict;

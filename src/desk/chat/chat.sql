-- Chats. The state machine stands in the WHERE of the updates.

-- :of(conversation int) -> one (id int, state text, owner_id int?, owner_name text?)
SELECT c.id, c.state, c.owner_id, p.name FROM chat c LEFT JOIN person p ON p.id = c.owner_id
WHERE c.conversation_id = :conversation AND c.ended_at IS NULL;

-- :count_waiting() -> count int
SELECT count(*) FROM chat WHERE state = 'waiting';

-- How many wait before this one.
-- :count_before(since int, id int) -> count int
SELECT count(*) FROM chat WHERE state = 'waiting' AND (waiting_since < :since OR (waiting_since = :since AND id < :id));

-- :count_owned(person int) -> count int
SELECT count(*) FROM chat WHERE state = 'owned' AND owner_id = :person;

-- :add(conversation int, site int?, team int?, topic text?, page text?, language text?, address text?, agent text?, caller text, at int) -> id int
INSERT INTO chat (conversation_id, state, site_id, team_id, topic, page, language, address, agent, caller_id, started_at, waiting_since)
VALUES (:conversation, 'waiting', :site, :team, :topic, :page, :language, :address, :agent, :caller, :at, :at) RETURNING id;

-- :take(id int, owner int, at int) -> changed
UPDATE chat SET state = 'owned', owner_id = :owner, taken_at = COALESCE(taken_at, :at) WHERE id = :id AND state = 'waiting';

-- :release(id int, owner int) -> changed
UPDATE chat SET state = 'waiting', owner_id = NULL WHERE id = :id AND state = 'owned' AND owner_id = :owner;

-- :end(id int, by text, topic text?, outcome text?, at int) -> changed
UPDATE chat SET state = 'closed', ended_at = :at, ended_by = :by, topic = COALESCE(:topic, topic), outcome = :outcome
WHERE id = :id AND ended_at IS NULL;

-- Open chats of a visitor, or from an address.
-- :open_of(visitor int, address text) -> many (conversation text)
SELECT c.public_id FROM chat h JOIN conversation c ON c.id = h.conversation_id
WHERE h.ended_at IS NULL AND (c.visitor_id = :visitor OR h.address = :address) ORDER BY h.id;

-- The newest chat of a conversation.
-- :newest(conversation int) -> one (id int, channel text, owner int?, site int?, ended_at int?, address text?, agent text?)
SELECT id, channel, owner_id, site_id, ended_at, address, agent FROM chat WHERE conversation_id = :conversation ORDER BY id DESC LIMIT 1;

-- :reopen(id int, state text, owner int?, address text?, at int) -> changed
UPDATE chat SET state = :state, owner_id = :owner, ended_at = NULL, ended_by = NULL, outcome = NULL, address = COALESCE(:address, address),
	waiting_since = :at, reopened_at = :at
WHERE id = :id AND ended_at IS NOT NULL;

-- Who may be given chats: active, in a role that answers.
-- :person(id int) -> one (name text, role text, status text, disabled_at int?)
SELECT name, role, status, disabled_at FROM person WHERE id = :id;

-- Owned chats whose owner does not answer customers any more. (ended_at is named for the index of open chats: without it
-- every chat there ever was is read.)
-- :orphans(max int) -> many (id int, conversation text, owner int)
SELECT h.id, c.public_id, h.owner_id FROM chat h
JOIN conversation c ON c.id = h.conversation_id
JOIN person p ON p.id = h.owner_id
WHERE h.ended_at IS NULL AND h.state = 'owned' AND (p.disabled_at IS NOT NULL OR p.role NOT IN ('administrator', 'lead', 'advisor', 'backup'))
ORDER BY h.id LIMIT :max;

-- The newest chat of a conversation, as lists show it.
-- :row(conversation int) -> one (chat int, conversation text, state text, channel text, visitor_name text?, visitor_email text?, verified_at int?, external text?, name_signed bool, email_signed bool, language text?, topic text?, page text?, owner_id int?, owner_name text?, team_id int?, team_name text?, site_name text?, started_at int, waiting_since int, taken_at int?, ended_at int?, outcome text?, version int, unread int, unanswered_since int?, last_kind text?, last_text text?, last_at int?)
SELECT chat, conversation, state, channel, visitor_name, visitor_email, visitor_verified_at, visitor_external, is_name_signed, is_email_signed, visitor_language, topic, page,
	owner_id, owner_name, team_id, team_name, site_name, started_at, waiting_since, taken_at, ended_at, outcome, version,
	unread, unanswered_since, last_kind, last_text, last_at
FROM chat_row
WHERE conversation_id = :conversation ORDER BY chat DESC LIMIT 1;

-- Where a row of the waiting line stands.
-- :place_of(id int) -> one (since int)
SELECT waiting_since FROM chat WHERE id = :id;

-- :list_waiting(since int, after int, max int) -> many like row
SELECT chat, conversation, state, channel, visitor_name, visitor_email, visitor_verified_at, visitor_external, is_name_signed, is_email_signed, visitor_language, topic, page,
	owner_id, owner_name, team_id, team_name, site_name, started_at, waiting_since, taken_at, ended_at, outcome, version,
	unread, unanswered_since, last_kind, last_text, last_at
FROM chat_row
WHERE state = 'waiting' AND (waiting_since > :since OR (waiting_since = :since AND chat > :after))
ORDER BY waiting_since, chat LIMIT :max;

-- :list_waiting_of_team(team int, since int, after int, max int) -> many like row
SELECT chat, conversation, state, channel, visitor_name, visitor_email, visitor_verified_at, visitor_external, is_name_signed, is_email_signed, visitor_language, topic, page,
	owner_id, owner_name, team_id, team_name, site_name, started_at, waiting_since, taken_at, ended_at, outcome, version,
	unread, unanswered_since, last_kind, last_text, last_at
FROM chat_row
WHERE state = 'waiting' AND team_id = :team AND (waiting_since > :since OR (waiting_since = :since AND chat > :after))
ORDER BY waiting_since, chat LIMIT :max;

-- Those that I own, and those in which I am a guest.
-- :list_mine(me int, before int, max int) -> many like row
SELECT chat, conversation, state, channel, visitor_name, visitor_email, visitor_verified_at, visitor_external, is_name_signed, is_email_signed, visitor_language, topic, page,
	owner_id, owner_name, team_id, team_name, site_name, started_at, waiting_since, taken_at, ended_at, outcome, version,
	unread, unanswered_since, last_kind, last_text, last_at
FROM chat_row
WHERE chat IN (SELECT id FROM chat WHERE state = 'owned' AND owner_id = :me
	UNION ALL SELECT chat_id FROM chat_guest WHERE person_id = :me AND left_at IS NULL)
	AND chat < :before ORDER BY chat DESC LIMIT :max;

-- :list_all(before int, max int) -> many like row
SELECT chat, conversation, state, channel, visitor_name, visitor_email, visitor_verified_at, visitor_external, is_name_signed, is_email_signed, visitor_language, topic, page,
	owner_id, owner_name, team_id, team_name, site_name, started_at, waiting_since, taken_at, ended_at, outcome, version,
	unread, unanswered_since, last_kind, last_text, last_at
FROM chat_row
WHERE ended_at IS NULL AND chat < :before ORDER BY chat DESC LIMIT :max;

-- :list_closed(before int, max int) -> many like row
SELECT chat, conversation, state, channel, visitor_name, visitor_email, visitor_verified_at, visitor_external, is_name_signed, is_email_signed, visitor_language, topic, page,
	owner_id, owner_name, team_id, team_name, site_name, started_at, waiting_since, taken_at, ended_at, outcome, version,
	unread, unanswered_since, last_kind, last_text, last_at
FROM chat_row
WHERE ended_at IS NOT NULL AND chat < :before ORDER BY chat DESC LIMIT :max;

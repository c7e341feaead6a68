-- Chats. The state machine stands in the WHERE of the updates.

-- :of(conversation int) -> one (id int, state text, owner_id int?, owner_name text?, pool_id int?, offered_to int?, is_quiet bool, is_warned bool)
SELECT c.id, c.state, c.owner_id, p.name, c.pool_id, c.offered_to, c.is_quiet, CASE WHEN c.warned_at IS NULL THEN 0 ELSE 1 END FROM chat c LEFT JOIN person p ON p.id = c.owner_id
WHERE c.conversation_id = :conversation AND c.ended_at IS NULL;

-- How many of a pool's line stand before this one.
-- :count_before(pool int, priority int, since int, id int) -> count int
SELECT (SELECT count(*) FROM chat WHERE state = 'waiting' AND pool_id = :pool AND priority > :priority)
	+ (SELECT count(*) FROM chat WHERE state = 'waiting' AND pool_id = :pool AND priority = :priority AND waiting_since < :since)
	+ (SELECT count(*) FROM chat WHERE state = 'waiting' AND pool_id = :pool AND priority = :priority AND waiting_since = :since AND id < :id);

-- :priority_set(id int, priority int) -> changed
UPDATE chat SET priority = :priority WHERE id = :id AND state = 'waiting';

-- :count_owned(person int) -> count int
SELECT count(*) FROM chat WHERE state = 'owned' AND owner_id = :person;

-- Behind everybody who waits, also where the clock was set back.
-- :add(conversation int, site int?, team int?, pool int, topic text?, page text?, language text?, address text?, agent text?, caller text, at int) -> id int
INSERT INTO chat (conversation_id, state, site_id, team_id, pool_id, topic, page, language, address, agent, caller_id, started_at, waiting_since)
VALUES (:conversation, 'waiting', :site, :team, :pool, :topic, :page, :language, :address, :agent, :caller, :at,
	COALESCE((SELECT h.waiting_since FROM chat h WHERE h.pool_id = :pool AND h.priority = 0 AND h.state = 'waiting' AND h.waiting_since > :at
		ORDER BY h.waiting_since DESC LIMIT 1), :at)) RETURNING id;

-- :take(id int, owner int, at int) -> changed
UPDATE chat SET state = 'owned', owner_id = :owner, taken_at = COALESCE(taken_at, :at), spoke_at = :at
WHERE id = :id AND state = 'waiting';

-- :release(id int, owner int) -> changed
UPDATE chat SET state = 'waiting', owner_id = NULL, is_quiet = 0, warned_at = NULL
WHERE id = :id AND state = 'owned' AND owner_id = :owner;

-- :end(id int, by text, topic text?, outcome text?, at int) -> changed
UPDATE chat SET state = 'closed', ended_at = :at, ended_by = :by, topic = COALESCE(:topic, topic), outcome = :outcome,
	is_quiet = 0, warned_at = NULL
WHERE id = :id AND ended_at IS NULL;

-- Open chats of a visitor, or from an address.
-- :open_of(visitor int, address text) -> many (conversation text)
SELECT c.public_id FROM chat h JOIN conversation c ON c.id = h.conversation_id
WHERE h.ended_at IS NULL AND (c.visitor_id = :visitor OR h.address = :address) ORDER BY h.id;

-- The newest chat of a conversation.
-- :newest(conversation int) -> one (id int, channel text, owner int?, site int?, team int?, ended_at int?, address text?, agent text?)
SELECT id, channel, owner_id, site_id, team_id, ended_at, address, agent FROM chat WHERE conversation_id = :conversation ORDER BY id DESC LIMIT 1;

-- Behind everybody who waits, too.
-- :reopen(id int, state text, owner int?, pool int, address text?, at int) -> changed
UPDATE chat SET state = :state, owner_id = :owner, ended_at = NULL, ended_by = NULL, outcome = NULL, address = COALESCE(:address, address),
	pool_id = :pool, waiting_since = COALESCE((SELECT h.waiting_since + 1 FROM chat h WHERE h.pool_id = :pool AND h.priority = chat.priority
		AND h.state = 'waiting' AND h.waiting_since >= :at ORDER BY h.waiting_since DESC LIMIT 1), :at), reopened_at = :at, spoke_at = :at, alerted_at = NULL
WHERE id = :id AND ended_at IS NOT NULL;

-- Who may be given chats: active, in a role that answers.
-- :person(id int) -> one (name text, role text, status text, disabled_at int?, gone_since int?)
SELECT name, role, status, disabled_at, (SELECT gone_since FROM duty WHERE person_id = :id) FROM person WHERE id = :id;

-- Its words count again.
-- :wake(id int, at int)
UPDATE chat SET is_quiet = 0, warned_at = NULL, spoke_at = :at WHERE id = :id AND state = 'owned';

-- Chats that one person has.
-- :owned_by(person int) -> many (id int, conversation text, owner int)
SELECT h.id, c.public_id, h.owner_id FROM chat h JOIN conversation c ON c.id = h.conversation_id
WHERE h.state = 'owned' AND h.owner_id = :person ORDER BY h.id;

-- Chats that one person is asked to take.
-- :offered_to(person int) -> many (chat int, conversation text)
SELECT o.chat_id, c.public_id FROM offer o JOIN chat h ON h.id = o.chat_id JOIN conversation c ON c.id = h.conversation_id
WHERE o.person_id = :person AND o.ended_at IS NULL ORDER BY o.id;

-- Owned chats whose owner does not answer customers any more. (ended_at is named for the index of open chats: without it
-- every chat there ever was is read.)
-- :orphans(max int) -> many like owned_by
SELECT h.id, c.public_id, h.owner_id FROM chat h
JOIN conversation c ON c.id = h.conversation_id
JOIN person p ON p.id = h.owner_id
WHERE h.ended_at IS NULL AND h.state = 'owned' AND (p.disabled_at IS NOT NULL OR p.role NOT IN ('administrator', 'lead', 'advisor', 'backup'))
ORDER BY h.id LIMIT :max;

-- The newest chat of a conversation, as lists show it. The chat first, then its row: a server that has counted nothing yet would make the rows of all of the conversation's chats.
-- :row(conversation int) -> one (chat int, conversation text, state text, channel text, visitor_name text?, visitor_email text?, verified_at int?, external text?, name_signed bool, email_signed bool, language text?, topic text?, page text?, owner_id int?, owner_name text?, team_id int?, team_name text?, site_name text?, started_at int, waiting_since int, taken_at int?, ended_at int?, outcome text?, version int, unread int, unanswered_since int?, last_kind text?, last_text text?, last_at int?, pool_id int?, priority int, is_quiet bool, offered_to int?, offered_name text?, offered_until int?)
SELECT chat, conversation, state, channel, visitor_name, visitor_email, visitor_verified_at, visitor_external, is_name_signed, is_email_signed, visitor_language, topic, page,
	owner_id, owner_name, team_id, team_name, site_name, started_at, waiting_since, taken_at, ended_at, outcome, version,
	unread, unanswered_since, last_kind, last_text, last_at, pool_id, priority, is_quiet, offered_to, offered_name, offered_until
FROM chat_row
WHERE chat = (SELECT id FROM chat WHERE conversation_id = :conversation ORDER BY id DESC LIMIT 1);

-- Where a row of the waiting line stands.
-- :place_of(id int) -> one (priority int, since int)
SELECT priority, waiting_since FROM chat WHERE id = :id;

-- :list_waiting(priority int, since int, after int, max int) -> many like row
SELECT chat, conversation, state, channel, visitor_name, visitor_email, visitor_verified_at, visitor_external, is_name_signed, is_email_signed, visitor_language, topic, page,
	owner_id, owner_name, team_id, team_name, site_name, started_at, waiting_since, taken_at, ended_at, outcome, version,
	unread, unanswered_since, last_kind, last_text, last_at, pool_id, priority, is_quiet, offered_to, offered_name, offered_until
FROM chat_row
WHERE state = 'waiting' AND (priority < :priority OR (priority = :priority AND (waiting_since > :since OR (waiting_since = :since AND chat > :after))))
ORDER BY priority DESC, waiting_since, chat LIMIT :max;

-- :list_waiting_of_team(team int, priority int, since int, after int, max int) -> many like row
SELECT chat, conversation, state, channel, visitor_name, visitor_email, visitor_verified_at, visitor_external, is_name_signed, is_email_signed, visitor_language, topic, page,
	owner_id, owner_name, team_id, team_name, site_name, started_at, waiting_since, taken_at, ended_at, outcome, version,
	unread, unanswered_since, last_kind, last_text, last_at, pool_id, priority, is_quiet, offered_to, offered_name, offered_until
FROM chat_row
WHERE state = 'waiting' AND team_id = :team
	AND (priority < :priority OR (priority = :priority AND (waiting_since > :since OR (waiting_since = :since AND chat > :after))))
ORDER BY priority DESC, waiting_since, chat LIMIT :max;

-- Those that I own, and those in which I am a guest.
-- :list_mine(me int, before int, max int) -> many like row
SELECT chat, conversation, state, channel, visitor_name, visitor_email, visitor_verified_at, visitor_external, is_name_signed, is_email_signed, visitor_language, topic, page,
	owner_id, owner_name, team_id, team_name, site_name, started_at, waiting_since, taken_at, ended_at, outcome, version,
	unread, unanswered_since, last_kind, last_text, last_at, pool_id, priority, is_quiet, offered_to, offered_name, offered_until
FROM chat_row
WHERE chat IN (SELECT id FROM chat WHERE state = 'owned' AND owner_id = :me
	UNION ALL SELECT chat_id FROM chat_guest WHERE person_id = :me AND left_at IS NULL)
	AND chat < :before ORDER BY chat DESC LIMIT :max;

-- :list_all(before int, max int) -> many like row
SELECT chat, conversation, state, channel, visitor_name, visitor_email, visitor_verified_at, visitor_external, is_name_signed, is_email_signed, visitor_language, topic, page,
	owner_id, owner_name, team_id, team_name, site_name, started_at, waiting_since, taken_at, ended_at, outcome, version,
	unread, unanswered_since, last_kind, last_text, last_at, pool_id, priority, is_quiet, offered_to, offered_name, offered_until
FROM chat_row
WHERE ended_at IS NULL AND chat < :before ORDER BY chat DESC LIMIT :max;

-- :list_closed(before int, max int) -> many like row
SELECT chat, conversation, state, channel, visitor_name, visitor_email, visitor_verified_at, visitor_external, is_name_signed, is_email_signed, visitor_language, topic, page,
	owner_id, owner_name, team_id, team_name, site_name, started_at, waiting_since, taken_at, ended_at, outcome, version,
	unread, unanswered_since, last_kind, last_text, last_at, pool_id, priority, is_quiet, offered_to, offered_name, offered_until
FROM chat_row
WHERE ended_at IS NOT NULL AND chat < :before ORDER BY chat DESC LIMIT :max;

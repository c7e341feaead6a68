-- Routing: reads of the line, of people and of what is due.

-- What waits in a pool: how many, how many of these are offered, and since when the longest.
-- :line(pool int) -> waiting int, offered int, longest int?
SELECT count(*), count(offered_to), min(waiting_since) FROM chat WHERE state = 'waiting' AND pool_id = :pool;

-- :able(pool int) -> able int
SELECT count(*) FROM duty WHERE is_able = 1 AND pool_id = :pool AND load >= 0;

-- :owned() -> owned int, quiet int
SELECT count(*), count(CASE WHEN is_quiet = 1 THEN 1 END) FROM chat WHERE state = 'owned';

-- When help was called last, and how long the one waits who waits longest of those whom nobody is asked to take.
-- :help(pool int) -> one (alerted int?, longest int?, lonely int?, able int)
SELECT (SELECT max(alerted_at) FROM chat WHERE pool_id = p.id AND alerted_at IS NOT NULL),
	(SELECT waiting_since FROM chat WHERE state = 'waiting' AND pool_id = p.id ORDER BY waiting_since, id LIMIT 1),
	(SELECT waiting_since FROM chat WHERE state = 'waiting' AND pool_id = p.id AND offered_to IS NULL ORDER BY waiting_since, id LIMIT 1),
	CASE WHEN p.chats < p.cap AND EXISTS (SELECT 1 FROM duty WHERE is_able = 1 AND pool_id = p.id AND load >= 0) THEN 1 ELSE 0 END
FROM pool p WHERE p.id = :pool;

-- ---- Offers ----

-- Pools in which one more could be offered. (load is named for the index of those who are able: without it everybody on duty is read.)
-- :pools() -> many (id int, chats int, cap int)
SELECT p.id, p.chats, p.cap FROM pool p
WHERE p.chats < p.cap AND EXISTS (SELECT 1 FROM chat WHERE state = 'waiting' AND offered_to IS NULL AND pool_id = p.id)
	AND EXISTS (SELECT 1 FROM duty WHERE is_able = 1 AND pool_id = p.id AND load >= 0)
ORDER BY p.id;

-- The head of a pool's line. team: only where the pool is not that team's own.
-- :heads(pool int, max int) -> many (chat int, conversation text, since int, asked_after int, team int?, topic text?, language text?)
SELECT h.id, c.public_id, h.waiting_since, h.asked_after,
	CASE WHEN EXISTS (SELECT 1 FROM pool p WHERE p.id = h.pool_id AND p.team_id = h.team_id) THEN NULL ELSE h.team_id END,
	h.topic, COALESCE(h.language, v.language)
FROM chat h JOIN conversation c ON c.id = h.conversation_id JOIN visitor v ON v.id = c.visitor_id
WHERE h.state = 'waiting' AND h.offered_to IS NULL AND h.pool_id = :pool
ORDER BY h.priority DESC, h.waiting_since, h.id LIMIT :max;

-- Who was asked, of these.
-- :asked(pool int, max int) -> many (chat int, person int)
SELECT o.chat_id, o.person_id FROM offer o
JOIN (SELECT id, asked_after FROM chat WHERE state = 'waiting' AND offered_to IS NULL AND pool_id = :pool
	ORDER BY priority DESC, waiting_since, id LIMIT :max) h ON o.chat_id = h.id
WHERE o.id > h.asked_after AND (o.outcome = 'declined' OR o.outcome = 'expired' OR o.outcome = 'released');

-- Who could be given one more, in their order.
-- :people(pool int, max int) -> many (person int)
SELECT person_id FROM duty WHERE is_able = 1 AND pool_id = :pool ORDER BY load, free_since, person_id LIMIT :max;

-- What they can, and the teams that they are in.
-- :skills(pool int, max int) -> many (person int, kind text, value text)
SELECT person_id, kind, value FROM skill
WHERE person_id IN (SELECT person_id FROM duty WHERE is_able = 1 AND pool_id = :pool ORDER BY load, free_since, person_id LIMIT :max);

-- :teams(pool int, max int) -> many (person int, team int)
SELECT person_id, team_id FROM team_member
WHERE person_id IN (SELECT person_id FROM duty WHERE is_able = 1 AND pool_id = :pool ORDER BY load, free_since, person_id LIMIT :max);

-- Offers whose time is over.
-- :expired(now int, max int) -> many (chat int, conversation text)
SELECT o.chat_id, c.public_id FROM offer o JOIN chat h ON h.id = o.chat_id JOIN conversation c ON c.id = h.conversation_id
WHERE o.ended_at IS NULL AND o.expires_at <= :now ORDER BY o.expires_at, o.id LIMIT :max;

-- Somebody set the clock back, or the setting is shorter now: no offer lasts longer from now than one that is made now.
-- :long(latest int, max int) -> many like expired
SELECT o.chat_id, c.public_id FROM offer o JOIN chat h ON h.id = o.chat_id JOIN conversation c ON c.id = h.conversation_id
WHERE o.ended_at IS NULL AND o.expires_at > :latest ORDER BY o.expires_at, o.id LIMIT :max;

-- :shorten(chat int, latest int)
UPDATE offer SET expires_at = :latest WHERE chat_id = :chat AND ended_at IS NULL;

-- Offers to whoever cannot take it any more; with is_over 1 all.
-- :stale(is_over int, max int) -> many like expired
SELECT o.chat_id, c.public_id FROM offer o JOIN chat h ON h.id = o.chat_id JOIN conversation c ON c.id = h.conversation_id
LEFT JOIN duty d ON d.person_id = o.person_id
WHERE o.ended_at IS NULL AND (:is_over = 1 OR d.person_id IS NULL OR d.state <> 'online' OR d.gone_since IS NOT NULL)
ORDER BY o.expires_at, o.id LIMIT :max;

-- ---- Help ----

-- :pools_that_wait() -> many (id int, team int?, team_name text?)
SELECT p.id, p.team_id, t.name FROM pool p LEFT JOIN team t ON t.id = p.team_id
WHERE EXISTS (SELECT 1 FROM chat WHERE state = 'waiting' AND pool_id = p.id) ORDER BY p.id;

-- The one who waits longest of those for whom no help was called; of those whom nobody is asked to take only, with is_lonely 1.
-- :helpless(pool int, is_lonely int) -> one (chat int, since int)
SELECT id, waiting_since FROM chat
WHERE state = 'waiting' AND alerted_at IS NULL AND pool_id = :pool AND (:is_lonely = 0 OR offered_to IS NULL)
ORDER BY waiting_since, id LIMIT 1;

-- :alerted(chat int, at int)
UPDATE chat SET alerted_at = :at WHERE id = :chat;

-- ---- Quiet ----

-- Owned chats in which nobody said a word since then, as far as was looked; and when somebody really did.
-- :loud(before int, max int) -> many (chat int, conversation text, owner int, spoke_at int, said_at int?)
SELECT h.id, c.public_id, h.owner_id, h.spoke_at, (SELECT i.at FROM item i
	WHERE i.conversation_id = c.id AND (i.kind = 'message' OR i.kind = 'file') ORDER BY i.seq DESC LIMIT 1)
FROM chat h JOIN conversation c ON c.id = h.conversation_id
WHERE h.state = 'owned' AND h.is_quiet = 0 AND h.spoke_at <= :before ORDER BY h.spoke_at, h.id LIMIT :max;

-- :unwarned(before int, max int) -> many like loud
SELECT h.id, c.public_id, h.owner_id, h.spoke_at, (SELECT i.at FROM item i
	WHERE i.conversation_id = c.id AND (i.kind = 'message' OR i.kind = 'file') ORDER BY i.seq DESC LIMIT 1)
FROM chat h JOIN conversation c ON c.id = h.conversation_id
WHERE h.state = 'owned' AND h.warned_at IS NULL AND h.spoke_at <= :before ORDER BY h.spoke_at, h.id LIMIT :max;

-- :silent(before int, max int) -> many like loud
SELECT h.id, c.public_id, h.owner_id, h.spoke_at, (SELECT i.at FROM item i
	WHERE i.conversation_id = c.id AND (i.kind = 'message' OR i.kind = 'file') ORDER BY i.seq DESC LIMIT 1)
FROM chat h JOIN conversation c ON c.id = h.conversation_id
WHERE h.state = 'owned' AND h.spoke_at <= :before ORDER BY h.spoke_at, h.id LIMIT :max;

-- :spoke(chat int, at int)
UPDATE chat SET spoke_at = :at WHERE id = :chat;

-- :quiet(chat int)
UPDATE chat SET is_quiet = 1 WHERE id = :chat;

-- :warned(chat int, at int)
UPDATE chat SET warned_at = :at WHERE id = :chat;

-- ---- What comes next ----

-- Whether anybody waits; the first end of an offer; since when the first of the owned chats is silent, of each kind.
-- :due() -> waiting int, expires int?, loud int?, unwarned int?, silent int?
SELECT CASE WHEN EXISTS (SELECT 1 FROM chat WHERE state = 'waiting') THEN 1 ELSE 0 END,
	(SELECT min(expires_at) FROM offer WHERE ended_at IS NULL),
	(SELECT min(spoke_at) FROM chat WHERE state = 'owned' AND is_quiet = 0),
	(SELECT min(spoke_at) FROM chat WHERE state = 'owned' AND warned_at IS NULL),
	(SELECT min(spoke_at) FROM chat WHERE state = 'owned');

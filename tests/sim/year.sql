-- What the year looks at, behind the desk's back: none of the desk's own queries.

-- :pools() -> many (id int, team int?, size int, cap int, used int, extra int, chats int, is_removed bool)
SELECT id, team_id, size, cap, used, extra, chats, CASE WHEN removed_at IS NULL THEN 0 ELSE 1 END FROM pool ORDER BY id;

-- :settings() -> many (name text, value text)
SELECT name, value FROM setting;

-- Everybody of staff, on duty or not.
-- :duties() -> many (person int, status text, pool int?, state text?, seat text?, line_since int?, gone_since int?, cap int?, load int?, able bool)
SELECT p.id, p.status, d.pool_id, d.state, d.seat, d.line_since, d.gone_since, d.cap, d.load, COALESCE(d.is_able, 0)
FROM person p LEFT JOIN duty d ON d.person_id = p.id ORDER BY p.id;

-- :chats() -> many (id int, conversation text, state text, owner int?, offered_to int?, pool int?, team int?, priority int, waiting_since int, quiet bool, topic text?, language text?)
SELECT h.id, c.public_id, h.state, h.owner_id, h.offered_to, h.pool_id, h.team_id, h.priority, h.waiting_since, h.is_quiet, h.topic, h.language
FROM chat h JOIN conversation c ON c.id = h.conversation_id WHERE h.ended_at IS NULL ORDER BY h.id;

-- :offers() -> many (id int, chat int, person int, expires_at int)
SELECT id, chat_id, person_id, expires_at FROM offer WHERE ended_at IS NULL ORDER BY expires_at, id;

-- :offer(id int) -> one (expires_at int, ended_at int?, outcome text?)
SELECT expires_at, ended_at, outcome FROM offer WHERE id = :id;

-- :log_after(id int) -> many (id int, at int, pool int, person int?, by int?, what text, why text?)
SELECT id, at, pool_id, person_id, by_id, what, why FROM seat_log WHERE id > :id ORDER BY id;

-- Everything at the end: what no single step showed.
-- :wrong() -> many (rule text, row int)
SELECT 'offer: expired before its time', id FROM offer WHERE outcome = 'expired' AND ended_at < expires_at
UNION ALL
SELECT 'offer: accepted twice for the same taking', max(o.id) FROM offer o WHERE o.outcome = 'accepted' GROUP BY o.chat_id, o.ended_at HAVING count(*) > 1
UNION ALL
SELECT 'offer: ended before it was made', id FROM offer WHERE ended_at < offered_at - 1000000
UNION ALL
SELECT 'offer: open, and its chat does not wait for that person', o.id FROM offer o JOIN chat h ON h.id = o.chat_id
WHERE o.ended_at IS NULL AND (h.state <> 'waiting' OR h.offered_to IS NULL OR h.offered_to <> o.person_id);

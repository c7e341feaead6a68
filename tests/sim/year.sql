-- What the year looks at, behind the desk's back: none of the desk's own queries.

-- All that a look goes by, in one way to the store and back: of each kind what the columns are called is said beside it.
-- :look(log int) -> many (kind int, id int, pool int?, person int?, team int?, n1 int?, n2 int?, n3 int?, n4 int?, n5 int?, is_so bool, t1 text?, t2 text?, t3 text?, t4 text?)
-- 1, settings: t1 name, t2 value
SELECT CAST(1 AS bigint), CAST(0 AS bigint), CAST(NULL AS bigint), CAST(NULL AS bigint), CAST(NULL AS bigint), CAST(NULL AS bigint), CAST(NULL AS bigint),
	CAST(NULL AS bigint), CAST(NULL AS bigint), CAST(NULL AS bigint), CAST(0 AS bigint), name, value, CAST(NULL AS text), CAST(NULL AS text) FROM setting
-- 2, pools: n1 size, n2 cap, n3 used, n4 extra, n5 chats, is_so removed
UNION ALL SELECT 2, id, NULL, NULL, team_id, size, cap, used, extra, chats, CASE WHEN removed_at IS NULL THEN 0 ELSE 1 END, NULL, NULL, NULL, NULL FROM pool
-- 3, everybody of staff, on duty or not: n1 line_since, n2 gone_since, n3 cap, n4 load, is_so able, t1 status, t2 state, t3 seat
UNION ALL SELECT 3, p.id, d.pool_id, p.id, NULL, d.line_since, d.gone_since, d.cap, d.load, NULL, COALESCE(d.is_able, 0), p.status, d.state, d.seat, NULL
FROM person p LEFT JOIN duty d ON d.person_id = p.id
-- 4, chats: person the owner, n1 offered_to, n2 priority, n3 waiting_since, is_so quiet, t1 conversation, t2 state, t3 topic, t4 language
UNION ALL SELECT 4, h.id, h.pool_id, h.owner_id, h.team_id, h.offered_to, h.priority, h.waiting_since, NULL, NULL, h.is_quiet, c.public_id, h.state, h.topic, h.language
FROM chat h JOIN conversation c ON c.id = h.conversation_id WHERE h.ended_at IS NULL
-- 5, offers: n1 chat, n2 expires_at
UNION ALL SELECT 5, id, NULL, person_id, NULL, chat_id, expires_at, NULL, NULL, NULL, 0, NULL, NULL, NULL, NULL FROM offer WHERE ended_at IS NULL
-- 6, the log of seats behind that line, more than one step ever adds (a server that has counted nothing would read all of it): t1 what, t2 why
UNION ALL SELECT 6, id, pool_id, person_id, NULL, NULL, NULL, NULL, NULL, NULL, 0, what, why, NULL, NULL
FROM (SELECT id, pool_id, person_id, what, why FROM seat_log WHERE id > :log ORDER BY id LIMIT 1000) AS newest
ORDER BY 1, 2;

-- :offer(id int) -> one (expires_at int, ended_at int?, outcome text?)
SELECT expires_at, ended_at, outcome FROM offer WHERE id = :id;

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

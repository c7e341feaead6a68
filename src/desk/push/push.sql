-- Pushes. One of a session that is over, or was not used since :after, is over as well.

-- :replace(session int, endpoint text)
DELETE FROM push WHERE session_id = :session OR endpoint = :endpoint;

-- :add(session int, endpoint text, p256dh blob, auth blob, language text, at int) -> id int
INSERT INTO push (session_id, endpoint, p256dh, auth, language, created_at) VALUES (:session, :endpoint, :p256dh, :auth, :language, :at)
RETURNING id;

-- All of a person but the newest.
-- :trim(person int, keep int)
DELETE FROM push WHERE session_id IN (SELECT id FROM session WHERE person_id = :person)
	AND id NOT IN (SELECT u.id FROM push u JOIN session s ON s.id = u.session_id WHERE s.person_id = :person ORDER BY u.id DESC LIMIT :keep);

-- :list(person int, after int) -> many (push int, session int, agent text, created_at int)
SELECT u.id, u.session_id, s.agent, u.created_at FROM push u JOIN session s ON s.id = u.session_id
WHERE s.person_id = :person AND s.ended_at IS NULL AND s.seen_at > :after ORDER BY u.id DESC;

-- :remove(id int, person int) -> changed
DELETE FROM push WHERE id = :id AND session_id IN (SELECT id FROM session WHERE person_id = :person);

-- :gone(id int)
DELETE FROM push WHERE id = :id;

-- :purge(before int, max int) -> changed
DELETE FROM push WHERE id IN (SELECT u.id FROM push u JOIN session s ON s.id = u.session_id
	WHERE s.ended_at IS NOT NULL OR s.seen_at <= :before ORDER BY u.id LIMIT :max);

-- :any(after int) -> count int
SELECT count(*) FROM (SELECT u.id FROM push u JOIN session s ON s.id = u.session_id
	WHERE s.ended_at IS NULL AND s.seen_at > :after LIMIT 1) AS found;

-- The chat of a conversation that is not closed.
-- :chat(conversation int) -> one (chat int, state text, owner int?, offered_to int?, team int?, conversation text, visitor text?)
SELECT h.id, h.state, h.owner_id, h.offered_to, h.team_id, c.public_id, v.name FROM chat h JOIN conversation c ON c.id = h.conversation_id
JOIN visitor v ON v.id = c.visitor_id WHERE h.conversation_id = :conversation AND h.state <> 'closed';

-- A chat that is or was offered.
-- :offered(chat int) -> one (conversation text, visitor text?, owner int?, offered_to int?, until int?)
SELECT c.public_id, v.name, h.owner_id, h.offered_to, o.expires_at FROM chat h JOIN conversation c ON c.id = h.conversation_id
JOIN visitor v ON v.id = c.visitor_id LEFT JOIN offer o ON o.chat_id = h.id AND o.ended_at IS NULL WHERE h.id = :chat;

-- :team_of_pool(pool int) -> one (name text?)
SELECT t.name FROM pool p LEFT JOIN team t ON t.id = p.team_id WHERE p.id = :pool;

-- Of a team's chat its members, of others everybody: who has a seat, or is not on duty; back-ups who are not are called by other means.
-- Nobody who has declined it in this round.
-- :takers(chat int, team int?, after int) -> many (person int)
SELECT DISTINCT s.person_id FROM push u JOIN session s ON s.id = u.session_id JOIN person p ON p.id = s.person_id
LEFT JOIN duty d ON d.person_id = p.id
WHERE s.ended_at IS NULL AND s.seen_at > :after AND p.disabled_at IS NULL
	AND CASE WHEN d.person_id IS NULL THEN p.role <> 'backup' ELSE d.seat <> 'none' END
	AND (CAST(:team AS bigint) IS NULL OR s.person_id IN (SELECT m.person_id FROM team_member m WHERE m.team_id = :team))
	AND s.person_id NOT IN (SELECT o.person_id FROM offer o JOIN chat h ON h.id = o.chat_id
		WHERE o.chat_id = :chat AND o.id > h.asked_after AND o.outcome = 'declined')
ORDER BY s.person_id;

-- Its owner and its guests.
-- :speakers(chat int, owner int, after int) -> many like takers
SELECT DISTINCT s.person_id FROM push u JOIN session s ON s.id = u.session_id JOIN person p ON p.id = s.person_id
WHERE s.ended_at IS NULL AND s.seen_at > :after AND p.disabled_at IS NULL
	AND (s.person_id = :owner OR s.person_id IN (SELECT g.person_id FROM chat_guest g WHERE g.chat_id = :chat AND g.left_at IS NULL))
ORDER BY s.person_id;

-- The back-ups of a pool who have no seat: of the pool of everybody (team null) those in whose teams there is no other. The same as
-- pool_of_person of duty.sql.
-- :backups(pool int, after int) -> many like takers
SELECT DISTINCT s.person_id FROM push u JOIN session s ON s.id = u.session_id JOIN person p ON p.id = s.person_id
WHERE s.ended_at IS NULL AND s.seen_at > :after AND p.disabled_at IS NULL AND p.role = 'backup'
	AND NOT EXISTS (SELECT 1 FROM duty d WHERE d.person_id = p.id AND d.seat <> 'none')
	AND :pool = COALESCE((SELECT min(q.id) FROM team_member m JOIN team t ON t.id = m.team_id JOIN pool q ON q.team_id = t.id
			WHERE m.person_id = p.id AND t.archived_at IS NULL AND q.removed_at IS NULL),
		(SELECT id FROM pool WHERE team_id IS NULL))
ORDER BY s.person_id;

-- :of_person(person int, after int) -> many (push int, person int, endpoint text, p256dh blob, auth blob, language text)
SELECT u.id, s.person_id, u.endpoint, u.p256dh, u.auth, u.language FROM push u JOIN session s ON s.id = u.session_id
JOIN person p ON p.id = s.person_id
WHERE s.person_id = :person AND s.ended_at IS NULL AND s.seen_at > :after AND p.disabled_at IS NULL ORDER BY u.id;

-- :get(id int, after int) -> one like of_person
SELECT u.id, s.person_id, u.endpoint, u.p256dh, u.auth, u.language FROM push u JOIN session s ON s.id = u.session_id
JOIN person p ON p.id = s.person_id
WHERE u.id = :id AND s.ended_at IS NULL AND s.seen_at > :after AND p.disabled_at IS NULL;

-- :sessions(person int, after int) -> many (session int)
SELECT id FROM session WHERE person_id = :person AND ended_at IS NULL AND seen_at > :after ORDER BY id;

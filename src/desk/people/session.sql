-- Sessions. ended_at is null while one lasts; one that was not used since :after is over as well.

-- :actor(token blob, after int) -> one (session int, person int, role text, seen_at int)
SELECT s.id, p.id, p.role, s.seen_at FROM session s JOIN person p ON p.id = s.person_id
WHERE s.token_digest = :token AND s.ended_at IS NULL AND s.seen_at > :after AND p.disabled_at IS NULL;

-- :actor_by_id(id int, after int) -> one like actor
SELECT s.id, p.id, p.role, s.seen_at FROM session s JOIN person p ON p.id = s.person_id
WHERE s.id = :id AND s.ended_at IS NULL AND s.seen_at > :after AND p.disabled_at IS NULL;

-- beyond: what is later was noted before somebody set the clock back.
-- :seen(id int, at int, before int, beyond int)
UPDATE session SET seen_at = :at WHERE id = :id AND ended_at IS NULL AND (seen_at <= :before OR seen_at > :beyond);

-- :add(token blob, person int, address text, agent text, at int) -> id int
INSERT INTO session (token_digest, person_id, address, agent, created_at, seen_at)
VALUES (:token, :person, :address, :agent, :at, :at)
RETURNING id;

-- :stop(id int, person int, at int) -> changed
UPDATE session SET ended_at = :at WHERE id = :id AND person_id = :person AND ended_at IS NULL;

-- :stop_all(person int, at int) -> many (id int)
UPDATE session SET ended_at = :at WHERE person_id = :person AND ended_at IS NULL RETURNING id;

-- All but the newest.
-- :stop_oldest(person int, keep int, at int) -> many (id int)
UPDATE session SET ended_at = :at WHERE person_id = :person AND ended_at IS NULL
	AND id NOT IN (SELECT id FROM session WHERE person_id = :person AND ended_at IS NULL ORDER BY id DESC LIMIT :keep)
RETURNING id;

-- Those that were not used for too long.
-- :stop_unused(before int, at int, max int) -> many (id int, person int)
UPDATE session SET ended_at = :at
WHERE id IN (SELECT id FROM session WHERE ended_at IS NULL AND seen_at <= :before ORDER BY seen_at LIMIT :max)
RETURNING id, person_id;

-- :list(person int, after int) -> many (session int, address text, agent text, created_at int, seen_at int)
SELECT id, address, agent, created_at, seen_at FROM session
WHERE person_id = :person AND ended_at IS NULL AND seen_at > :after
ORDER BY seen_at DESC, id DESC;

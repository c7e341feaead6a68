-- Seats. That no pool has more in use than its size stands in the WHERE of :take.

-- :take(pool int) -> changed
UPDATE pool SET used = used + 1 WHERE id = :pool AND used < size AND removed_at IS NULL;

-- The same for who comes: whoever is heard of in the line goes before.
-- :take_free(pool int, person int) -> changed
UPDATE pool SET used = used + 1 WHERE id = :pool AND used < size AND removed_at IS NULL
	AND NOT EXISTS (SELECT 1 FROM duty WHERE pool_id = :pool AND state = 'line' AND gone_since IS NULL AND person_id <> :person);

-- :take_extra(pool int)
UPDATE pool SET extra = extra + 1 WHERE id = :pool;

-- :give_back(pool int)
UPDATE pool SET used = used - 1 WHERE id = :pool;

-- :give_back_extra(pool int)
UPDATE pool SET extra = extra - 1 WHERE id = :pool;

-- The first in the line who is heard of.
-- :first(pool int) -> one (person int)
SELECT person_id FROM duty WHERE pool_id = :pool AND state = 'line' AND gone_since IS NULL
ORDER BY line_since, person_id LIMIT 1;

-- Behind everybody who stands there, or keeps a place, also where the clock was set back.
-- :line_end(pool int, at int) -> at int
SELECT COALESCE((SELECT max(line_since) + 1 FROM duty WHERE pool_id = :pool AND seat = 'none' AND line_since >= :at), :at);

-- Pools with a free seat for which somebody waits.
-- :with_room(max int) -> many (id int)
SELECT id FROM pool WHERE used < size AND removed_at IS NULL
	AND EXISTS (SELECT 1 FROM duty WHERE pool_id = pool.id AND state = 'line' AND gone_since IS NULL)
ORDER BY id LIMIT :max;

-- :has_room(pool int) -> has_room bool
SELECT CASE WHEN used < size THEN 1 ELSE 0 END FROM pool WHERE id = :pool;

-- Back-ups in the line who are heard of, where somebody waits (or no help is called).
-- :helpers(max int) -> many (person int)
SELECT d.person_id FROM pool q JOIN duty d ON d.pool_id = q.id AND d.state = 'line' AND d.gone_since IS NULL
JOIN person p ON p.id = d.person_id AND p.role = 'backup'
WHERE EXISTS (SELECT 1 FROM chat WHERE state = 'waiting' AND pool_id = q.id)
ORDER BY d.line_since, d.person_id LIMIT :max;

-- The first whose shift has begun, and goes on after a moment: of those a hand-over seat may be made.
-- :first_in_shift(pool int, after int) -> one (person int)
SELECT person_id FROM duty WHERE pool_id = :pool AND state = 'line' AND gone_since IS NULL AND ends_at > :after
ORDER BY line_since, person_id LIMIT 1;

-- :line(pool int, max int) -> many (person int)
SELECT person_id FROM duty WHERE pool_id = :pool AND state = 'line' ORDER BY line_since, person_id LIMIT :max;

-- Who had a hand-over seat first.
-- :first_handed_over(pool int) -> one (person int)
SELECT person_id FROM duty WHERE pool_id = :pool AND seat = 'handover' ORDER BY since, person_id LIMIT 1;

-- How many of the pool's own seats will be free when their chats are over (those without chats pass on at once, and what a pool has beyond
-- its size is nobody's next), and how many hand-over seats there are.
-- :handover(pool int) -> winding int, handed int
SELECT (SELECT count(*) FROM duty d WHERE d.pool_id = :pool AND d.state = 'winding' AND d.seat = 'own'
		AND EXISTS (SELECT 1 FROM chat h WHERE h.owner_id = d.person_id AND h.state = 'owned'))
		- (SELECT CASE WHEN used > size THEN used - size ELSE 0 END FROM pool WHERE id = :pool),
	(SELECT count(*) FROM duty WHERE pool_id = :pool AND seat = 'handover');

-- :role(person int) -> role text
SELECT role FROM person WHERE id = :person;

-- When each seat of a pool is expected to free, by the shifts.
-- :ends(pool int) -> many (at int)
SELECT ends_at FROM duty WHERE pool_id = :pool AND seat = 'own' AND ends_at IS NOT NULL
	AND (stays_past IS NULL OR stays_past <> ends_at)
ORDER BY ends_at, person_id;

-- Heard of and lost.

-- On duty, and of no session heard since: the last that was heard of them.
-- beyond: what is noted later is of a clock that was set back since, and says nothing.
-- :silent(after int, beyond int, max int) -> many (person int, seen_at int)
SELECT d.person_id, COALESCE((SELECT max(s.seen_at) FROM session s WHERE s.person_id = d.person_id AND s.ended_at IS NULL), :after)
FROM duty d
WHERE d.gone_since IS NULL AND NOT EXISTS (SELECT 1 FROM session s
	WHERE s.person_id = d.person_id AND s.ended_at IS NULL AND s.seen_at > :after AND s.seen_at <= :beyond)
ORDER BY d.person_id LIMIT :max;

-- :heard(after int, beyond int, max int) -> many (person int)
SELECT d.person_id FROM duty d
WHERE d.gone_since IS NOT NULL AND EXISTS (SELECT 1 FROM session s
	WHERE s.person_id = d.person_id AND s.ended_at IS NULL AND s.seen_at > :after AND s.seen_at <= :beyond)
ORDER BY d.person_id LIMIT :max;

-- :lost(before int, max int) -> many (person int)
SELECT person_id FROM duty WHERE gone_since IS NOT NULL AND gone_since <= :before ORDER BY gone_since, person_id LIMIT :max;

-- On duty, and signed in nowhere, or not one who answers any more.
-- :signed_out(max int) -> many (person int)
SELECT d.person_id FROM duty d JOIN person p ON p.id = d.person_id
WHERE p.disabled_at IS NOT NULL OR p.role NOT IN ('administrator', 'lead', 'advisor', 'backup')
	OR NOT EXISTS (SELECT 1 FROM session s WHERE s.person_id = d.person_id AND s.ended_at IS NULL)
ORDER BY d.person_id LIMIT :max;

-- Winding down.

-- :due(at int, max int) -> many (person int)
SELECT person_id FROM duty WHERE look_at IS NOT NULL AND look_at <= :at ORDER BY look_at, person_id LIMIT :max;

-- :looked(person int, look_at int)
UPDATE duty SET look_at = :look_at WHERE person_id = :person;

-- :look_again(at int) -> changed
UPDATE duty SET look_at = :at;

-- Those who wind down and have no chat left.
-- :finished(max int) -> many (person int)
SELECT d.person_id FROM duty d
WHERE d.state = 'winding' AND NOT EXISTS (SELECT 1 FROM chat h WHERE h.owner_id = d.person_id AND h.state = 'owned')
ORDER BY d.person_id LIMIT :max;

-- The log.

-- :note(at int, pool int, person int?, by int?, what text, why text?)
INSERT INTO seat_log (at, pool_id, person_id, by_id, what, why) VALUES (:at, :pool, :person, :by, :what, :why);

-- :log(before int, max int) -> many (id int, at int, pool int, person int?, name text?, by int?, by_name text?, what text, why text?)
SELECT l.id, l.at, l.pool_id, l.person_id, p.name, l.by_id, b.name, l.what, l.why
FROM seat_log l LEFT JOIN person p ON p.id = l.person_id LEFT JOIN person b ON b.id = l.by_id
WHERE l.id < :before ORDER BY l.id DESC LIMIT :max;

-- :log_of_pool(pool int, before int, max int) -> many like log
SELECT l.id, l.at, l.pool_id, l.person_id, p.name, l.by_id, b.name, l.what, l.why
FROM seat_log l LEFT JOIN person p ON p.id = l.person_id LEFT JOIN person b ON b.id = l.by_id
WHERE l.pool_id = :pool AND l.id < :before ORDER BY l.id DESC LIMIT :max;

-- :log_of_person(person int, pool int?, before int, max int) -> many like log
SELECT l.id, l.at, l.pool_id, l.person_id, p.name, l.by_id, b.name, l.what, l.why
FROM seat_log l LEFT JOIN person p ON p.id = l.person_id LEFT JOIN person b ON b.id = l.by_id
WHERE l.person_id = :person AND (CAST(:pool AS bigint) IS NULL OR l.pool_id = :pool) AND l.id < :before ORDER BY l.id DESC LIMIT :max;

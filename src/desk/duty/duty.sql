-- Duty and pools. Who is able: online, heard of, and with a load below the cap; :weigh says it once.

-- :get(person int) -> one (person int, pool int, state text, seat text, since int, line_since int?, reason text?, back_at int?,
--	gone_since int?, cap int, load int, ends_at int?, look_at int?, stays_past int?)
SELECT person_id, pool_id, state, seat, since, line_since, reason, back_at, gone_since, cap, load, ends_at, look_at, stays_past
FROM duty WHERE person_id = :person;

-- What they hold or are asked to take already counts at once.
-- :add(person int, pool int, state text, seat text, since int, line_since int?, cap int, free_since int)
--	-> load int
INSERT INTO duty (person_id, pool_id, state, seat, since, line_since, cap, free_since, load)
VALUES (:person, :pool, :state, :seat, :since, :line_since, :cap, :free_since,
	(SELECT count(*) FROM chat WHERE state = 'owned' AND owner_id = :person AND is_quiet = 0)
	+ (SELECT count(*) FROM offer WHERE person_id = :person AND ended_at IS NULL))
RETURNING load;

-- :change(person int, state text, seat text, since int, line_since int?, reason text?, back_at int?, gone_since int?, cap int,
--	ends_at int?, look_at int?, stays_past int?) -> changed
UPDATE duty SET state = :state, seat = :seat, since = :since, line_since = :line_since, reason = :reason, back_at = :back_at,
	gone_since = :gone_since, cap = :cap, ends_at = :ends_at, look_at = :look_at, stays_past = :stays_past
WHERE person_id = :person;

-- :weigh(person int)
UPDATE duty SET is_able = CASE WHEN state = 'online' AND gone_since IS NULL AND load < cap THEN 1 ELSE 0 END WHERE person_id = :person;

-- :remove(person int) -> changed
DELETE FROM duty WHERE person_id = :person;

-- :count_chat(person int, by int, at int) -> one (pool int)
UPDATE duty SET load = load + :by, free_since = CASE WHEN :by > 0 THEN :at ELSE free_since END,
	is_able = CASE WHEN state = 'online' AND gone_since IS NULL AND load + :by < cap THEN 1 ELSE 0 END
WHERE person_id = :person
RETURNING pool_id;

-- :count_in_pool(pool int, by int)
UPDATE pool SET chats = chats + :by WHERE id = :pool;

-- The lowest id of those of their teams, else everybody's.
-- :pool_of_person(person int) -> pool int
SELECT COALESCE((SELECT min(p.id) FROM team_member m JOIN team t ON t.id = m.team_id JOIN pool p ON p.team_id = t.id
		WHERE m.person_id = :person AND t.archived_at IS NULL AND p.removed_at IS NULL),
	(SELECT id FROM pool WHERE team_id IS NULL));

-- :pool_of_team(team int) -> pool int
SELECT COALESCE((SELECT id FROM pool WHERE team_id = :team AND removed_at IS NULL), (SELECT id FROM pool WHERE team_id IS NULL));

-- :is_full(pool int) -> is_full bool
SELECT CASE WHEN chats >= cap THEN 1 ELSE 0 END FROM pool WHERE id = :pool;

-- :own_cap(person int) -> one (cap int?)
SELECT cap FROM person WHERE id = :person;

-- Those on duty whose cap is not what it should be: a person's own, else the desk's.
-- :other_caps(desk int, max int) -> many (person int)
SELECT d.person_id FROM duty d JOIN person p ON p.id = d.person_id WHERE d.cap <> COALESCE(p.cap, :desk) ORDER BY d.person_id LIMIT :max;

-- :cap_set(person int, cap int)
UPDATE duty SET cap = :cap WHERE person_id = :person;

-- :row(person int) -> one (id int, name text, role text, status text, seat text, place int, reason text?, back_at int?, since int?,
--	line_since int?, gone_since int?, load int, cap int, chats int, pool int?, ends_at int?)
SELECT p.id, p.name, p.role, COALESCE(d.state, 'offline'), COALESCE(d.seat, 'none'),
	CASE WHEN d.state = 'line' THEN 1 + (SELECT count(*) FROM duty o WHERE o.pool_id = d.pool_id AND o.state = 'line'
		AND (o.line_since < d.line_since OR (o.line_since = d.line_since AND o.person_id < d.person_id))) ELSE 0 END,
	d.reason, d.back_at, d.since, d.line_since, d.gone_since, COALESCE(d.load, 0), COALESCE(d.cap, 0),
	(SELECT count(*) FROM chat h WHERE h.owner_id = p.id AND h.state = 'owned'), d.pool_id, d.ends_at
FROM person p LEFT JOIN duty d ON d.person_id = p.id WHERE p.id = :person;

-- :list() -> many like row
SELECT p.id, p.name, p.role, d.state, d.seat,
	CASE WHEN d.state = 'line' THEN row_number() OVER (PARTITION BY d.pool_id, d.state ORDER BY d.line_since, d.person_id) ELSE 0 END,
	d.reason, d.back_at, d.since, d.line_since, d.gone_since, d.load, d.cap,
	(SELECT count(*) FROM chat h WHERE h.owner_id = p.id AND h.state = 'owned'), d.pool_id, d.ends_at
FROM duty d JOIN person p ON p.id = d.person_id
ORDER BY d.pool_id, CASE WHEN d.seat = 'none' THEN 1 ELSE 0 END, COALESCE(d.line_since, 0), p.name, p.id;

-- Every counter that is not what it counts.
-- :recount() -> wrong int
SELECT (SELECT count(*) FROM pool p
		WHERE p.used <> (SELECT count(*) FROM duty d WHERE d.pool_id = p.id AND d.seat = 'own')
		OR p.extra <> (SELECT count(*) FROM duty d WHERE d.pool_id = p.id AND (d.seat = 'backup' OR d.seat = 'handover'))
		OR p.chats <> (SELECT COALESCE(sum(d.load), 0) FROM duty d WHERE d.pool_id = p.id))
	+ (SELECT count(*) FROM duty d
		WHERE d.load <> (SELECT count(*) FROM chat h WHERE h.owner_id = d.person_id AND h.state = 'owned' AND h.is_quiet = 0)
			+ (SELECT count(*) FROM offer o WHERE o.person_id = d.person_id AND o.ended_at IS NULL)
		OR d.is_able <> CASE WHEN d.state = 'online' AND d.gone_since IS NULL AND d.load < d.cap THEN 1 ELSE 0 END)
	+ (SELECT count(*) FROM person p
		WHERE p.status <> COALESCE((SELECT d.state FROM duty d WHERE d.person_id = p.id), 'offline'));

-- Pools.

-- :pools() -> many (id int, team int?, team_name text?, size int, cap int, used int, extra int, chats int, line int, is_removed bool)
SELECT p.id, p.team_id, t.name, p.size, p.cap, p.used, p.extra, p.chats,
	(SELECT count(*) FROM duty d WHERE d.pool_id = p.id AND d.state = 'line'), CASE WHEN p.removed_at IS NULL THEN 0 ELSE 1 END
FROM pool p LEFT JOIN team t ON t.id = p.team_id
WHERE p.removed_at IS NULL
ORDER BY CASE WHEN p.team_id IS NULL THEN 0 ELSE 1 END, t.name, p.id;

-- :pool(id int) -> one like pools
SELECT p.id, p.team_id, t.name, p.size, p.cap, p.used, p.extra, p.chats,
	(SELECT count(*) FROM duty d WHERE d.pool_id = p.id AND d.state = 'line'), CASE WHEN p.removed_at IS NULL THEN 0 ELSE 1 END
FROM pool p LEFT JOIN team t ON t.id = p.team_id
WHERE p.id = :id;

-- A team has at most one: that which was removed is used again. Nothing comes back where it has one.
-- :pool_add(team int, size int, cap int) -> one (id int)
INSERT INTO pool (team_id, size, cap) VALUES (:team, :size, :cap)
ON CONFLICT (team_id) DO UPDATE SET size = excluded.size, cap = excluded.cap, removed_at = NULL WHERE pool.removed_at IS NOT NULL
RETURNING id;

-- :pool_change(id int, size int, cap int)
UPDATE pool SET size = :size, cap = :cap WHERE id = :id;

-- :pool_remove(id int, at int) -> changed
UPDATE pool SET removed_at = :at WHERE id = :id AND team_id IS NOT NULL AND removed_at IS NULL
	AND NOT EXISTS (SELECT 1 FROM duty WHERE pool_id = :id);

-- Chats that are not over stand in the line of everybody from now on.
-- :chats_to_everybody(pool int)
UPDATE chat SET pool_id = (SELECT id FROM pool WHERE team_id IS NULL) WHERE ended_at IS NULL AND pool_id = :pool;

-- Those of a team that was given a pool stand in its line.
-- :chats_to_pool(pool int, team int)
UPDATE chat SET pool_id = :pool WHERE ended_at IS NULL AND team_id = :team;

-- What a person can.

-- :skills(person int) -> many (kind text, value text)
SELECT kind, value FROM skill WHERE person_id = :person ORDER BY kind, value;

-- :skills_clear(person int, kind text)
DELETE FROM skill WHERE person_id = :person AND kind = :kind;

-- :skill_add(person int, kind text, value text)
INSERT INTO skill (person_id, kind, value) VALUES (:person, :kind, :value) ON CONFLICT (person_id, kind, value) DO NOTHING;

-- :own_cap_set(person int, cap int?)
UPDATE person SET cap = :cap WHERE id = :person;

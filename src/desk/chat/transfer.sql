-- Handing a chat on. The place in the line (waiting_since) stays: nobody is put back for having been sent to others.

-- :to_person(id int, owner int, at int) -> changed
UPDATE chat SET state = 'owned', owner_id = :owner, taken_at = COALESCE(taken_at, :at), spoke_at = :at, is_quiet = 0, warned_at = NULL
WHERE id = :id AND state IN ('waiting', 'owned') AND (owner_id IS NULL OR owner_id <> :owner);

-- :to_team(id int, team int, pool int) -> changed
UPDATE chat SET state = 'waiting', owner_id = NULL, team_id = :team, pool_id = :pool, is_quiet = 0, warned_at = NULL
WHERE id = :id AND (state = 'owned' OR (state = 'waiting' AND (team_id IS NULL OR team_id <> :team)));

-- :team(id int) -> one (name text)
SELECT name FROM team WHERE id = :id AND archived_at IS NULL;

-- Status: counts of other nouns' rows, each by an index.

-- since: of the one who waits longest; 0 where nobody does.
-- :line() -> waiting int, since int, owned int
SELECT (SELECT count(*) FROM chat WHERE state = 'waiting'), (SELECT COALESCE(min(waiting_since), 0) FROM chat WHERE state = 'waiting'),
	(SELECT count(*) FROM chat WHERE ended_at IS NULL AND state = 'owned');

-- :people() -> online int
SELECT count(*) FROM duty WHERE state = 'online' AND gone_since IS NULL;

-- :overdue(now int) -> promises int
SELECT count(*) FROM promise WHERE kept_at IS NULL AND due_at < :now;

-- :unseen(max int) -> many (site text, name text)
SELECT public_id, name FROM site WHERE archived_at IS NULL AND seen_at IS NULL ORDER BY name, id LIMIT :max;

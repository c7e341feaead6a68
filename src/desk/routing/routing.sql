-- Routing: reads of the line, of people and of what is due.

-- What waits in a pool: how many, how many of these are offered, and since when the longest.
-- :line(pool int) -> waiting int, offered int, longest int?
SELECT count(*), count(offered_to), min(waiting_since) FROM chat WHERE state = 'waiting' AND pool_id = :pool;

-- :able(pool int) -> able int
SELECT count(*) FROM duty WHERE is_able = 1 AND pool_id = :pool;

-- :owned() -> owned int, quiet int
SELECT count(*), count(CASE WHEN is_quiet = 1 THEN 1 END) FROM chat WHERE state = 'owned';

-- When help was called last, and how long the one waits who waits longest of those whom nobody is asked to take.
-- :help(pool int) -> one (alerted int?, longest int?, lonely int?, able int)
SELECT (SELECT max(alerted_at) FROM chat WHERE pool_id = p.id AND alerted_at IS NOT NULL),
	(SELECT min(waiting_since) FROM chat WHERE state = 'waiting' AND pool_id = p.id),
	(SELECT min(waiting_since) FROM chat WHERE state = 'waiting' AND pool_id = p.id AND offered_to IS NULL),
	CASE WHEN p.chats < p.cap AND EXISTS (SELECT 1 FROM duty WHERE is_able = 1 AND pool_id = p.id) THEN 1 ELSE 0 END
FROM pool p WHERE p.id = :pool;

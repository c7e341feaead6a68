-- Blocks: in force until `until` (null: for ever) or until lifted.

-- :is_blocked(visitor int, address text, now int) -> blocked bool
SELECT CASE WHEN EXISTS (SELECT 1 FROM block WHERE lifted_at IS NULL AND visitor_id IS NOT NULL AND visitor_id = :visitor
		AND (until IS NULL OR until > :now))
	OR EXISTS (SELECT 1 FROM block WHERE lifted_at IS NULL AND address IS NOT NULL AND address = :address
		AND (until IS NULL OR until > :now)) THEN 1 ELSE 0 END;

-- Where the newest chat of a conversation came from.
-- :address(conversation int) -> one (address text?)
SELECT address FROM chat WHERE conversation_id = :conversation ORDER BY id DESC LIMIT 1;

-- Addresses from which somebody of the desk is signed in.
-- :staff_addresses(max int) -> many (address text)
SELECT DISTINCT address FROM session WHERE ended_at IS NULL ORDER BY address LIMIT :max;

-- What is in force against the same.
-- :lift_same(visitor int?, address text?, by int, at int)
UPDATE block SET lifted_at = :at, lifted_by = :by
WHERE lifted_at IS NULL AND (visitor_id = :visitor OR address = :address);

-- :add(visitor int?, address text?, reason text, by int, at int, until int?) -> id int
INSERT INTO block (visitor_id, address, reason, made_by, made_at, until)
VALUES (:visitor, :address, :reason, :by, :at, :until) RETURNING id;

-- :count(now int) -> count int
SELECT count(*) FROM block WHERE lifted_at IS NULL AND (until IS NULL OR until > :now);

-- :lift(id int, by int, at int) -> changed
UPDATE block SET lifted_at = :at, lifted_by = :by WHERE id = :id AND lifted_at IS NULL;

-- :row(id int) -> one (id int, visitor int?, visitor_name text?, conversation text?, address text?, reason text, made_by int, maker_name text, made_at int, until int?)
SELECT b.id, b.visitor_id, v.name,
	(SELECT c.public_id FROM conversation c WHERE c.visitor_id = b.visitor_id ORDER BY c.id DESC LIMIT 1),
	b.address, b.reason, b.made_by, p.name, b.made_at, b.until
FROM block b JOIN person p ON p.id = b.made_by LEFT JOIN visitor v ON v.id = b.visitor_id
WHERE b.id = :id;

-- :list(now int, before int, max int) -> many like row
SELECT b.id, b.visitor_id, v.name,
	(SELECT c.public_id FROM conversation c WHERE c.visitor_id = b.visitor_id ORDER BY c.id DESC LIMIT 1),
	b.address, b.reason, b.made_by, p.name, b.made_at, b.until
FROM block b JOIN person p ON p.id = b.made_by LEFT JOIN visitor v ON v.id = b.visitor_id
WHERE b.lifted_at IS NULL AND (b.until IS NULL OR b.until > :now) AND b.id < :before
ORDER BY b.id DESC LIMIT :max;

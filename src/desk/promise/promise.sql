-- Promises: kept_at is null while one is open.

-- :add(conversation int, chat int?, source text, what text, owner int?, made int, due int) -> id int
INSERT INTO promise (conversation_id, chat_id, source, what, owner_id, made_at, due_at)
VALUES (:conversation, :chat, :source, :what, :owner, :made, :due) RETURNING id;

-- :count_open(conversation int) -> count int
SELECT count(*) FROM promise WHERE conversation_id = :conversation AND kept_at IS NULL;

-- :keep(id int, by int, at int) -> changed
UPDATE promise SET kept_at = :at, kept_by = :by WHERE id = :id AND kept_at IS NULL;

-- :row(id int) -> one (id int, conversation text, name text?, email text?, source text, what text, owner int?, owner_name text?, made_at int, due_at int, kept_at int?, kept_by int?, keeper_name text?)
SELECT r.id, c.public_id, v.name, v.email, r.source, r.what, r.owner_id, o.name, r.made_at, r.due_at, r.kept_at, r.kept_by, k.name
FROM promise r
JOIN conversation c ON c.id = r.conversation_id
JOIN visitor v ON v.id = c.visitor_id
LEFT JOIN person o ON o.id = r.owner_id
LEFT JOIN person k ON k.id = r.kept_by
WHERE r.id = :id;

-- Open ones that are due before :until, after a place in the list; of one owner, where there is one.
-- :list(due int, after int, until int, owner int, max int) -> many like row
SELECT r.id, c.public_id, v.name, v.email, r.source, r.what, r.owner_id, o.name, r.made_at, r.due_at, r.kept_at, r.kept_by, k.name
FROM promise r
JOIN conversation c ON c.id = r.conversation_id
JOIN visitor v ON v.id = c.visitor_id
LEFT JOIN person o ON o.id = r.owner_id
LEFT JOIN person k ON k.id = r.kept_by
WHERE r.kept_at IS NULL AND (r.due_at > :due OR (r.due_at = :due AND r.id > :after)) AND r.due_at < :until
	AND (:owner = 0 OR r.owner_id = :owner)
ORDER BY r.due_at, r.id LIMIT :max;

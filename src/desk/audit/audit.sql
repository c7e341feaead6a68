-- The audit log, and what the check of both chains reads.

-- :add(id int, at int, actor_kind text, actor int?, command text, object text, says text, hash blob)
INSERT INTO audit (id, at, actor_kind, actor_id, command, object, says, hash)
VALUES (:id, :at, :actor_kind, :actor, :command, :object, :says, :hash);

-- Newest first, older than :before.
-- :list(before int, max int) -> many (id int, at int, actor_kind text, person int?, name text?, command text, object text, says text)
SELECT a.id, a.at, a.actor_kind, a.actor_id, p.name, a.command, a.object, a.says
FROM audit a LEFT JOIN person p ON p.id = a.actor_id
WHERE a.id < :before ORDER BY a.id DESC LIMIT :max;

-- :lines(after int, max int) -> many (id int, at int, actor_kind text, actor int?, command text, object text, says text, hash blob)
SELECT id, at, actor_kind, actor_id, command, object, says, hash FROM audit WHERE id > :after ORDER BY id LIMIT :max;

-- Notes, and whether the item of each says the same.
-- :notes(after int, max int) -> many (id int, item int, conversation text?, seq int, author int, corrects int?, text text,
--	at int, salt blob, content blob, hash blob, is_in_log bool)
SELECT n.id, n.item_id, c.public_id, n.seq, n.author_id, n.corrects_seq, n.text, n.at, n.salt, n.content, n.hash,
	CASE WHEN i.conversation_id = n.conversation_id AND i.seq = n.seq AND i.kind = 'note' AND i.is_internal = 1
		AND i.author_kind = 'person' AND i.author_id = n.author_id AND i.at = n.at AND i.body IS NULL THEN 1 ELSE 0 END
FROM note n LEFT JOIN conversation c ON c.id = n.conversation_id LEFT JOIN item i ON i.id = n.item_id
WHERE n.id > :after ORDER BY n.id LIMIT :max;

-- Items that say that there is a note where there is none.
-- :bare_items(after int, up_to int) -> many (id int)
SELECT i.id FROM item i
WHERE i.id > :after AND i.id <= :up_to AND i.kind = 'note' AND NOT EXISTS (SELECT 1 FROM note n WHERE n.item_id = i.id)
ORDER BY i.id LIMIT 1;

-- :last_item() -> id int
SELECT COALESCE(MAX(id), 0) FROM item;

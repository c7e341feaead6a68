-- Readings: they only rise.

-- The newest item up to this one that both sides can see; 0 when there is none.
-- :public_seq(conversation int, seq int) -> seq_out int
SELECT COALESCE((SELECT seq FROM item WHERE conversation_id = :conversation AND seq <= :seq AND is_internal = 0
	ORDER BY seq DESC LIMIT 1), 0);

-- :get(conversation int, side text) -> one (delivered int, seen int)
SELECT delivered_seq, seen_seq FROM reading WHERE conversation_id = :conversation AND side = :side;

-- :put(conversation int, side text, delivered int, seen int, at int)
INSERT INTO reading (conversation_id, side, delivered_seq, seen_seq, changed_at)
VALUES (:conversation, :side, :delivered, :seen, :at)
ON CONFLICT (conversation_id, side) DO UPDATE
SET delivered_seq = excluded.delivered_seq, seen_seq = excluded.seen_seq, changed_at = excluded.changed_at
WHERE reading.delivered_seq <= excluded.delivered_seq AND reading.seen_seq <= excluded.seen_seq;

-- Who has the newest chat, or was asked to join in.
-- :reads_for_staff(conversation int, person int) -> reads bool
SELECT CASE WHEN EXISTS (SELECT 1 FROM chat h
	WHERE h.id = (SELECT max(n.id) FROM chat n WHERE n.conversation_id = :conversation)
	AND (h.owner_id = :person OR EXISTS (SELECT 1 FROM chat_guest g
		WHERE g.chat_id = h.id AND g.person_id = :person AND g.left_at IS NULL)))
THEN 1 ELSE 0 END;

-- What the visitor said behind what staff has seen.
-- :recount(conversation int, seen int)
UPDATE conversation SET unread = (SELECT count(*) FROM item i
	WHERE i.conversation_id = :conversation AND i.seq > :seen AND i.author_kind = 'visitor' AND (i.kind = 'message' OR i.kind = 'file'))
WHERE id = :conversation;

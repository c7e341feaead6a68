-- Guests of chats. Who came again after leaving has the same row.

-- :find(chat int, person int) -> one (name text)
SELECT p.name FROM chat_guest g JOIN person p ON p.id = g.person_id
WHERE g.chat_id = :chat AND g.person_id = :person AND g.left_at IS NULL;

-- :count(chat int) -> count int
SELECT count(*) FROM chat_guest WHERE chat_id = :chat AND left_at IS NULL;

-- :add(chat int, person int, by int, at int)
INSERT INTO chat_guest (chat_id, person_id, invited_by, at) VALUES (:chat, :person, :by, :at)
ON CONFLICT (chat_id, person_id) DO UPDATE SET invited_by = excluded.invited_by, at = excluded.at, left_at = NULL;

-- :leave(chat int, person int, at int) -> changed
UPDATE chat_guest SET left_at = :at WHERE chat_id = :chat AND person_id = :person AND left_at IS NULL;

-- :leave_all(chat int, at int)
UPDATE chat_guest SET left_at = :at WHERE chat_id = :chat AND left_at IS NULL;

-- Guests of a page of chats. Those of others between them are passed over by who asks.
-- :present(first int, last int) -> many (chat int, person int, name text)
SELECT g.chat_id, g.person_id, p.name FROM chat_guest g JOIN person p ON p.id = g.person_id
WHERE g.left_at IS NULL AND g.chat_id BETWEEN :first AND :last ORDER BY g.chat_id, g.at, g.person_id;

-- Guests who do not answer customers any more. (Sorted by a plus, so that not all guests there ever were are read in their order.)
-- :orphans(max int) -> many (chat int, conversation text, person int, name text)
SELECT g.chat_id, c.public_id, g.person_id, p.name FROM chat_guest g
JOIN chat h ON h.id = g.chat_id
JOIN conversation c ON c.id = h.conversation_id
JOIN person p ON p.id = g.person_id
WHERE g.left_at IS NULL AND (p.disabled_at IS NOT NULL OR p.role NOT IN ('administrator', 'lead', 'advisor', 'backup'))
ORDER BY +g.chat_id, g.person_id LIMIT :max;

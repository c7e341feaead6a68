-- Drafts. The generation only rises.

-- Besides this one.
-- :count_others(person int, conversation int, mode text) -> count int
SELECT count(*) FROM draft WHERE person_id = :person AND text <> '' AND NOT (conversation_id = :conversation AND mode = :mode);

-- Changes nothing where the generation is over.
-- :set(person int, conversation int, mode text, generation int, text text, at int)
INSERT INTO draft (person_id, conversation_id, mode, generation, text, changed_at)
VALUES (:person, :conversation, :mode, :generation, :text, :at)
ON CONFLICT (person_id, conversation_id, mode) DO UPDATE
SET generation = excluded.generation, text = excluded.text, changed_at = excluded.changed_at
WHERE draft.generation <= excluded.generation;

-- :get(person int, conversation int, mode text) -> generation int, text text, at int
SELECT generation, text, changed_at FROM draft WHERE person_id = :person AND conversation_id = :conversation AND mode = :mode;

-- Where a row stands in the list.
-- :place(person int, conversation int, mode text) -> one (at int)
SELECT changed_at FROM draft WHERE person_id = :person AND conversation_id = :conversation AND mode = :mode;

-- Those after that place.
-- :list(person int, at int, conversation int, mode text, max int) -> many (conversation_key text, mode_of text, generation int, text text, changed int)
SELECT c.public_id, d.mode, d.generation, d.text, d.changed_at FROM draft d JOIN conversation c ON c.id = d.conversation_id
WHERE d.person_id = :person AND d.text <> '' AND d.changed_at <= :at
	AND (d.changed_at < :at OR d.conversation_id > :conversation OR (d.conversation_id = :conversation AND d.mode > :mode))
ORDER BY d.changed_at DESC, d.conversation_id, d.mode LIMIT :max;

-- :list_of(person int, conversation int) -> many like list
SELECT c.public_id, d.mode, d.generation, d.text, d.changed_at FROM draft d JOIN conversation c ON c.id = d.conversation_id
WHERE d.person_id = :person AND d.conversation_id = :conversation ORDER BY d.mode;

-- :purge(before int, max int) -> changed
DELETE FROM draft WHERE (person_id, conversation_id, mode) IN (SELECT person_id, conversation_id, mode FROM draft
	WHERE text = '' AND changed_at < :before ORDER BY changed_at LIMIT :max);

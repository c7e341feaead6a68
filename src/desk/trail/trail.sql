-- Pages that visitors went through.

-- :newest(conversation int) -> one (url text)
SELECT url FROM page_view WHERE conversation_id = :conversation ORDER BY id DESC LIMIT 1;

-- :add(conversation int, url text, title text?, at int)
INSERT INTO page_view (conversation_id, url, title, at) VALUES (:conversation, :url, :title, :at);

-- Forgets all but the newest.
-- :cut(conversation int, kept int)
DELETE FROM page_view WHERE conversation_id = :conversation AND id NOT IN (SELECT p.id FROM page_view p
	WHERE p.conversation_id = :conversation ORDER BY p.id DESC LIMIT :kept);

-- :list(conversation int, max int) -> many (url text, title text?, at int)
SELECT url, title, at FROM page_view WHERE conversation_id = :conversation ORDER BY id DESC LIMIT :max;

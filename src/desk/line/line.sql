-- The line: reads of chats, people and sites.

-- :site(key text) -> one (id int, team int?, ask_name text, ask_email text, ask_topic text, max_waiting int)
SELECT id, team_id, ask_name, ask_email, ask_topic, max_waiting FROM site WHERE public_id = :key AND archived_at IS NULL;

-- One of that id, also an archived one.
-- :site_by_id(id int) -> one like site
SELECT id, team_id, ask_name, ask_email, ask_topic, max_waiting FROM site WHERE id = :id;

-- :spans(site int) -> many (weekday int, opens int, closes int)
SELECT weekday, from_minute, to_minute FROM site_hours WHERE site_id = :site ORDER BY position;

-- :fields(site int) -> many (label text, kind text, choices text?, is_required bool)
SELECT label, kind, choices, is_required FROM site_field WHERE site_id = :site ORDER BY position;

-- :answer_add(chat int, position int, label text, value text)
INSERT INTO chat_answer (chat_id, position, label, value) VALUES (:chat, :position, :label, :value);

-- :answers(chat int) -> many (label text, value text)
SELECT label, value FROM chat_answer WHERE chat_id = :chat ORDER BY position;

-- How many of a site wait.
-- :waiting_of(site int) -> count int
SELECT count(*) FROM chat WHERE state = 'waiting' AND site_id = :site;

-- :waiting() -> count int
SELECT count(*) FROM chat WHERE state = 'waiting';

-- Who is online and heard of, and how many chats they have.
-- :online() -> people int, taken int
SELECT (SELECT count(*) FROM duty WHERE state = 'online' AND gone_since IS NULL),
	(SELECT count(*) FROM chat h JOIN person p ON p.id = h.owner_id WHERE h.ended_at IS NULL AND h.state = 'owned'
		AND p.status = 'online');

-- How long the last chats took that somebody took.
-- :lengths(max int) -> many (ms int)
SELECT ended_at - taken_at FROM chat WHERE ended_at IS NOT NULL AND taken_at IS NOT NULL ORDER BY id DESC LIMIT :max;

-- :list(max int) -> many (topic int, conversation text, site int?)
SELECT h.conversation_id, c.public_id, h.site_id FROM chat h JOIN conversation c ON c.id = h.conversation_id
WHERE h.state = 'waiting' ORDER BY h.waiting_since, h.id LIMIT :max;

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

-- How many stand in the line of a pool.
-- :waiting_in(pool int) -> count int
SELECT count(*) FROM chat WHERE state = 'waiting' AND pool_id = :pool;

-- Who of a pool is online and heard of, how many chats they can hold together and do; and those of the whole pool, with its cap.
-- :online(pool int) -> people int, places int, taken int, chats int, cap int
SELECT count(d.person_id), CAST(COALESCE(sum(d.cap), 0) AS bigint), CAST(COALESCE(sum(d.load), 0) AS bigint), p.chats, p.cap
FROM pool p LEFT JOIN duty d ON d.pool_id = p.id AND d.state = 'online' AND d.gone_since IS NULL
WHERE p.id = :pool GROUP BY p.id, p.chats, p.cap;

-- How long the last chats took that somebody took.
-- :lengths(max int) -> many (ms int)
SELECT ended_at - taken_at FROM chat WHERE ended_at IS NOT NULL AND taken_at IS NOT NULL ORDER BY id DESC LIMIT :max;

-- Pool by pool, each in its order.
-- :list(max int) -> many (topic int, conversation text, site int?, pool int)
SELECT h.conversation_id, c.public_id, h.site_id, h.pool_id FROM chat h JOIN conversation c ON c.id = h.conversation_id
WHERE h.state = 'waiting' ORDER BY h.pool_id, h.priority DESC, h.waiting_since, h.id LIMIT :max;

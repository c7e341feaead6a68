-- Files and their parts.

-- :add(key text, conversation int, caller text, author_kind text, author int, name text, size int, at int)
INSERT INTO file (public_id, conversation_id, caller_id, author_kind, author_id, name, size, created_at)
VALUES (:key, :conversation, :caller, :author_kind, :author, :name, :size, :at);

-- What a sender has begun under this id.
-- :again(conversation int, author_kind text, author int, caller text) -> one (key text, size int, parts int)
SELECT f.public_id, f.size, (SELECT count(*) FROM file_part p WHERE p.file_id = f.id) FROM file f
WHERE f.conversation_id = :conversation AND f.author_kind = :author_kind AND f.author_id = :author AND f.caller_id = :caller;

-- How many there are in a conversation; of this sender, how many are not finished, and how much it began since.
-- :use(conversation int, author_kind text, author int, since int) -> files int, open int, bytes int
SELECT (SELECT count(*) FROM file WHERE conversation_id = :conversation),
	(SELECT count(*) FROM file WHERE conversation_id = :conversation AND finished_at IS NULL
		AND author_kind = :author_kind AND author_id = :author),
	(SELECT CAST(COALESCE(sum(size), 0) AS bigint) FROM file WHERE conversation_id = :conversation AND created_at > :since
		AND author_kind = :author_kind AND author_id = :author);

-- What all visitors together began since, of the newest :max.
-- :use_of_visitors(since int, max int) -> files int, bytes int
SELECT count(*), CAST(COALESCE(sum(size), 0) AS bigint) FROM (SELECT size FROM file
	WHERE author_kind = 'visitor' AND created_at > :since ORDER BY created_at DESC LIMIT :max) AS day;

-- :find(key text, conversation int, author_kind text, author int) -> one (id int, caller text, name text, size int, seq int?, at int?, type text?, width int?, height int?)
SELECT f.id, f.caller_id, f.name, f.size, f.seq, f.finished_at, f.type, f.width, f.height FROM file f
WHERE f.public_id = :key AND f.conversation_id = :conversation AND f.author_kind = :author_kind AND f.author_id = :author;

-- :part_add(file int, number int, size int, digest blob, bytes blob)
INSERT INTO file_part (file_id, number, size, digest, bytes) VALUES (:file, :number, :size, :digest, :bytes);

-- :part_digest(file int, number int) -> one (digest blob)
SELECT digest FROM file_part WHERE file_id = :file AND number = :number;

-- :part_digests(file int) -> many (number int, digest blob)
SELECT number, digest FROM file_part WHERE file_id = :file ORDER BY number;

-- :part_bytes(file int, number int) -> one (bytes blob)
SELECT bytes FROM file_part WHERE file_id = :file AND number = :number;

-- :finish(id int, seq int, type text, width int?, height int?, digest blob, at int) -> changed
UPDATE file SET seq = :seq, type = :type, width = :width, height = :height, digest = :digest, finished_at = :at
WHERE id = :id AND finished_at IS NULL;

-- A finished file, and whose conversation it is in.
-- :get(key text) -> one (id int, visitor text, name text, type text, size int)
SELECT f.id, v.public_id, f.name, f.type, f.size FROM file f
JOIN conversation c ON c.id = f.conversation_id JOIN visitor v ON v.id = c.visitor_id
WHERE f.public_id = :key AND f.finished_at IS NOT NULL;

-- :purge_parts(before int, max int) -> changed
DELETE FROM file_part WHERE (file_id, number) IN (SELECT p.file_id, p.number FROM file f JOIN file_part p ON p.file_id = f.id
	WHERE f.finished_at IS NULL AND f.created_at < :before LIMIT :max);

-- :purge(before int, max int) -> changed
DELETE FROM file WHERE id IN (SELECT f.id FROM file f WHERE f.finished_at IS NULL AND f.created_at < :before
	AND NOT EXISTS (SELECT 1 FROM file_part p WHERE p.file_id = f.id) LIMIT :max);

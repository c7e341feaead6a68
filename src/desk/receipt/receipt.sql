-- Receipts: the first answer to a caller's id.

-- :find(caller text, id text) -> one (command text, answer text)
SELECT command, answer FROM receipt WHERE caller = :caller AND caller_id = :id;

-- :keep(caller text, id text, command text, answer text, at int)
INSERT INTO receipt (caller, caller_id, command, answer, at) VALUES (:caller, :id, :command, :answer, :at);

-- :purge(before int, max int) -> changed
DELETE FROM receipt WHERE (caller, caller_id) IN (SELECT caller, caller_id FROM receipt WHERE at < :before ORDER BY at LIMIT :max);

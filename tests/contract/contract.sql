-- What the contract of stores asks of every engine, on the real tables.

-- :put(name text, value text, by int?, at int)
INSERT INTO setting (name, value, changed_by, changed_at) VALUES (:name, :value, :by, :at)
ON CONFLICT (name) DO UPDATE SET value = excluded.value, changed_by = excluded.changed_by, changed_at = excluded.changed_at;

-- :add(name text, value text, at int) -> value text
INSERT INTO setting (name, value, changed_at) VALUES (:name, :value, :at) RETURNING value;

-- :add_unless(name text, value text, at int) -> one (value text)
INSERT INTO setting (name, value, changed_at) VALUES (:name, :value, :at) ON CONFLICT (name) DO NOTHING RETURNING value;

-- :get(name text) -> one (value text, by int?, at int)
SELECT value, changed_by, changed_at FROM setting WHERE name = :name;

-- :list() -> many (name text, value text)
SELECT name, value FROM setting ORDER BY name;

-- :list_backwards(max int) -> many (name text)
SELECT name FROM setting ORDER BY name DESC LIMIT :max;

-- :touch(at int) -> changed
UPDATE setting SET changed_at = :at;

-- :touch_and_tell(at int) -> many (name text)
UPDATE setting SET changed_at = :at RETURNING name;

-- :forget(name text) -> changed
DELETE FROM setting WHERE name = :name;

-- :count() -> count int
SELECT count(*) FROM setting;

-- :chain_put(name text, length int, head blob)
INSERT INTO chain (name, length, head) VALUES (:name, :length, :head)
ON CONFLICT (name) DO UPDATE SET length = excluded.length, head = excluded.head;

-- :chain_get(name text) -> one (length int, head blob)
SELECT length, head FROM chain WHERE name = :name;

-- :visitor_add(public_id text, name text?, email text?, at int) -> id int
INSERT INTO visitor (public_id, name, email, created_at) VALUES (:public_id, :name, :email, :at) RETURNING id;

-- :visitor_get(id int) -> one (name text?, email text?, has_name bool)
SELECT name, email, CASE WHEN name IS NULL THEN 0 ELSE 1 END FROM visitor WHERE id = :id;

-- :person_add(email text, name text, role text, status text, at int) -> id int
INSERT INTO person (email, name, role, status, created_at) VALUES (:email, :name, :role, :status, :at) RETURNING id;

-- :conversation_add(public_id text, visitor int, at int) -> id int
INSERT INTO conversation (public_id, visitor_id, last_seq, created_at, changed_at) VALUES (:public_id, :visitor, 0, :at, :at) RETURNING id;

-- :item_add(conversation int, seq int, kind text, internal bool, author_kind text, author int?, caller text?, body text?, at int) -> id int
INSERT INTO item (conversation_id, seq, kind, is_internal, author_kind, author_id, caller_id, body, at)
VALUES (:conversation, :seq, :kind, :internal, :author_kind, :author, :caller, :body, :at) RETURNING id;

-- :item_change(id int) -> changed
UPDATE item SET at = at + 1 WHERE id = :id;

-- :item_remove(id int) -> changed
DELETE FROM item WHERE id = :id;

-- :item_get(id int) -> one (seq int, internal bool, author int?, body text?, at int)
SELECT seq, is_internal, author_id, body, at FROM item WHERE id = :id;

-- :note_add(id int, item int, conversation int, author int, corrects int?, text text, at int, salt blob)
INSERT INTO note (id, item_id, conversation_id, seq, author_id, corrects_seq, text, at, salt, content, hash)
VALUES (:id, :item, :conversation, 1, :author, :corrects, :text, :at, :salt, :salt, :salt);

-- :note_change(id int) -> changed
UPDATE note SET text = 'another' WHERE id = :id;

-- :note_remove(id int) -> changed
DELETE FROM note WHERE id = :id;

-- :note_get(id int) -> one (text text, corrects int?)
SELECT text, corrects_seq FROM note WHERE id = :id;

-- :audit_add(id int, at int, hash blob)
INSERT INTO audit (id, at, actor_kind, command, object, says, hash) VALUES (:id, :at, 'system', 'contract.test', '', 'was here', :hash);

-- :audit_change(id int) -> changed
UPDATE audit SET says = 'was never here' WHERE id = :id;

-- :audit_remove(id int) -> changed
DELETE FROM audit WHERE id = :id;

-- :audit_get(id int) -> one (says text)
SELECT says FROM audit WHERE id = :id;

-- :chat_add(conversation int, state text, owner int?, at int) -> id int
INSERT INTO chat (conversation_id, state, owner_id, caller_id, started_at, waiting_since)
VALUES (:conversation, :state, :owner, 'contract-1', :at, :at) RETURNING id;

-- Of two that look for the same, one finds it.
-- :chat_take(id int, owner int) -> changed
UPDATE chat SET state = 'owned', owner_id = :owner WHERE id = :id AND state = 'waiting';

-- :sums() -> many (part text, total int, place int)
WITH parts AS (SELECT substr(name, 1, 1) AS part, changed_at FROM setting)
SELECT part, CAST(sum(changed_at) AS bigint), row_number() OVER (ORDER BY part DESC) FROM parts GROUP BY part ORDER BY part;

-- Whole tables, for moving a desk from one store to another (app/copy.c). The key of each comes first.

-- :settings(name text, max int) -> many (name text, value text, by int?, at int)
SELECT name, value, changed_by, changed_at FROM setting WHERE name > :name AND name <> 'copy.unfinished' ORDER BY name LIMIT :max;
-- :put_setting(name text, value text, by int?, at int)
INSERT INTO setting (name, value, changed_by, changed_at) VALUES (:name, :value, :by, :at)
ON CONFLICT (name) DO UPDATE SET value = excluded.value, changed_by = excluded.changed_by, changed_at = excluded.changed_at;

-- :people(id int, max int) -> many (id int, email text, name text, role text, password text?, status text, created int, disabled int?)
SELECT id, email, name, role, password, status, created_at, disabled_at FROM person WHERE id > :id ORDER BY id LIMIT :max;
-- :put_person(id int, email text, name text, role text, password text?, status text, created int, disabled int?)
INSERT INTO person (id, email, name, role, password, status, created_at, disabled_at)
VALUES (:id, :email, :name, :role, :password, :status, :created, :disabled);
-- :last_person() -> id int
SELECT COALESCE(max(id), 0) FROM person;

-- :sessions(id int, max int) -> many (id int, token blob, person int, address text, agent text, created int, seen int, ended int?)
SELECT id, token_digest, person_id, address, agent, created_at, seen_at, ended_at FROM session WHERE id > :id ORDER BY id LIMIT :max;
-- :put_session(id int, token blob, person int, address text, agent text, created int, seen int, ended int?)
INSERT INTO session (id, token_digest, person_id, address, agent, created_at, seen_at, ended_at)
VALUES (:id, :token, :person, :address, :agent, :created, :seen, :ended);
-- :last_session() -> id int
SELECT COALESCE(max(id), 0) FROM session;

-- :passes(id int, max int) -> many (id int, kind text, token blob, person int?, email text?, name text?, role text?, by int?,
--	at int, expires int, used int?)
SELECT id, kind, token_digest, person_id, email, name, role, made_by, made_at, expires_at, used_at FROM pass
WHERE id > :id ORDER BY id LIMIT :max;
-- :put_pass(id int, kind text, token blob, person int?, email text?, name text?, role text?, by int?, at int, expires int, used int?)
INSERT INTO pass (id, kind, token_digest, person_id, email, name, role, made_by, made_at, expires_at, used_at)
VALUES (:id, :kind, :token, :person, :email, :name, :role, :by, :at, :expires, :used);
-- :last_pass() -> id int
SELECT COALESCE(max(id), 0) FROM pass;

-- :visitors(id int, max int) -> many (id int, key text, name text?, email text?, at int)
SELECT id, public_id, name, email, created_at FROM visitor WHERE id > :id ORDER BY id LIMIT :max;
-- :put_visitor(id int, key text, name text?, email text?, at int)
INSERT INTO visitor (id, public_id, name, email, created_at) VALUES (:id, :key, :name, :email, :at);
-- :last_visitor() -> id int
SELECT COALESCE(max(id), 0) FROM visitor;

-- :conversations(id int, max int) -> many (id int, key text, visitor int, last_seq int, created int, changed int)
SELECT id, public_id, visitor_id, last_seq, created_at, changed_at FROM conversation WHERE id > :id ORDER BY id LIMIT :max;
-- :put_conversation(id int, key text, visitor int, last_seq int, created int, changed int)
INSERT INTO conversation (id, public_id, visitor_id, last_seq, created_at, changed_at)
VALUES (:id, :key, :visitor, :last_seq, :created, :changed);
-- :last_conversation() -> id int
SELECT COALESCE(max(id), 0) FROM conversation;

-- :items(id int, max int) -> many (id int, conversation int, seq int, kind text, internal int, author_kind text, author int?,
--	about_kind text?, about int?, body text?, caller text?, at int)
SELECT id, conversation_id, seq, kind, is_internal, author_kind, author_id, about_kind, about_id, body, caller_id, at FROM item
WHERE id > :id ORDER BY id LIMIT :max;
-- :put_item(id int, conversation int, seq int, kind text, internal int, author_kind text, author int?,
--	about_kind text?, about int?, body text?,
--	caller text?, at int)
INSERT INTO item (id, conversation_id, seq, kind, is_internal, author_kind, author_id, about_kind, about_id, body, caller_id, at)
VALUES (:id, :conversation, :seq, :kind, :internal, :author_kind, :author, :about_kind, :about, :body, :caller, :at);
-- :last_item() -> id int
SELECT COALESCE(max(id), 0) FROM item;

-- :chats(id int, max int) -> many (id int, conversation int, state text, owner int?, topic text?, page text?, caller text,
--	started int, waiting_since int, taken int?, ended int?, ended_by text?)
SELECT id, conversation_id, state, owner_id, topic, page, caller_id, started_at, waiting_since, taken_at, ended_at, ended_by FROM chat
WHERE id > :id ORDER BY id LIMIT :max;
-- :put_chat(id int, conversation int, state text, owner int?, topic text?, page text?, caller text, started int,
--	waiting_since int, taken int?, ended int?, ended_by text?)
INSERT INTO chat (id, conversation_id, state, owner_id, topic, page, caller_id, started_at, waiting_since, taken_at, ended_at, ended_by)
VALUES (:id, :conversation, :state, :owner, :topic, :page, :caller, :started, :waiting_since, :taken, :ended, :ended_by);
-- :last_chat() -> id int
SELECT COALESCE(max(id), 0) FROM chat;

-- :notes(id int, max int) -> many (id int, item int, conversation int, seq int, author int, corrects int?, text text, at int,
--	salt blob, content blob, hash blob)
SELECT id, item_id, conversation_id, seq, author_id, corrects_seq, text, at, salt, content, hash FROM note
WHERE id > :id ORDER BY id LIMIT :max;
-- :put_note(id int, item int, conversation int, seq int, author int, corrects int?, text text, at int, salt blob, content blob, hash blob)
INSERT INTO note (id, item_id, conversation_id, seq, author_id, corrects_seq, text, at, salt, content, hash)
VALUES (:id, :item, :conversation, :seq, :author, :corrects, :text, :at, :salt, :content, :hash);
-- :last_note() -> id int
SELECT COALESCE(max(id), 0) FROM note;

-- :audit(id int, max int) -> many (id int, at int, actor_kind text, actor int?, command text, object text, says text, hash blob)
SELECT id, at, actor_kind, actor_id, command, object, says, hash FROM audit WHERE id > :id ORDER BY id LIMIT :max;
-- :put_audit(id int, at int, actor_kind text, actor int?, command text, object text, says text, hash blob)
INSERT INTO audit (id, at, actor_kind, actor_id, command, object, says, hash)
VALUES (:id, :at, :actor_kind, :actor, :command, :object, :says, :hash);
-- :last_audit() -> id int
SELECT COALESCE(max(id), 0) FROM audit;

-- :chains(name text, max int) -> many (name text, length int, head blob)
SELECT name, length, head FROM chain WHERE name > :name ORDER BY name LIMIT :max;
-- :put_chain(name text, length int, head blob)
INSERT INTO chain (name, length, head) VALUES (:name, :length, :head)
ON CONFLICT (name) DO UPDATE SET length = excluded.length, head = excluded.head;

-- :receipts(caller text, id text, max int) -> many (caller text, id text, command text, answer text, at int)
SELECT caller, caller_id, command, answer, at FROM receipt WHERE (caller, caller_id) > (:caller, :id)
ORDER BY caller, caller_id LIMIT :max;
-- :put_receipt(caller text, id text, command text, answer text, at int)
INSERT INTO receipt (caller, caller_id, command, answer, at) VALUES (:caller, :id, :command, :answer, :at)
ON CONFLICT (caller, caller_id) DO UPDATE SET command = excluded.command, answer = excluded.answer, at = excluded.at;

-- New rows go on behind the newest that came over. SQLite does that by itself.
-- :go_on() -> at int
SELECT 0;

-- Whether there is anything in the store that a copy would mix with.
-- :is_used() -> is_used bool
SELECT CASE WHEN EXISTS (SELECT 1 FROM person) OR EXISTS (SELECT 1 FROM visitor) OR EXISTS (SELECT 1 FROM audit) THEN 1 ELSE 0 END;

-- Says where a copy into this store comes from, until it is whole.
-- :unfinished() -> one (origin text)
SELECT value FROM setting WHERE name = 'copy.unfinished';
-- :begin(origin text, at int)
INSERT INTO setting (name, value, changed_at) VALUES ('copy.unfinished', :origin, :at)
ON CONFLICT (name) DO UPDATE SET value = excluded.value, changed_at = excluded.changed_at;
-- :finish()
DELETE FROM setting WHERE name = 'copy.unfinished';

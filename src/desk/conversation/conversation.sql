-- Conversations and their log.

-- :find(key text) -> one (id int, visitor_id int, visitor text, visitor_name text?, visitor_email text?, last_seq int, created_at int)
SELECT c.id, c.visitor_id, v.public_id, v.name, v.email, c.last_seq, c.created_at
FROM conversation c JOIN visitor v ON v.id = c.visitor_id
WHERE c.public_id = :key;

-- The newest conversation of a visitor.
-- :find_of_visitor(visitor text) -> one (id int, key text, visitor_id int, visitor_name text?, visitor_email text?, last_seq int, created_at int)
SELECT c.id, c.public_id, c.visitor_id, v.name, v.email, c.last_seq, c.created_at
FROM visitor v JOIN conversation c ON c.visitor_id = v.id
WHERE v.public_id = :visitor ORDER BY c.id DESC LIMIT 1;

-- A visitor's row, with what is newly known of it; what its site signed goes before what it says itself.
-- :visitor_put(visitor text, name text?, email text?, at int) -> id int, name text?, email text?
INSERT INTO visitor (public_id, name, email, created_at) VALUES (:visitor, :name, :email, :at)
ON CONFLICT (public_id) DO UPDATE SET
	name = CASE WHEN visitor.is_name_signed = 1 THEN visitor.name ELSE COALESCE(excluded.name, visitor.name) END,
	email = CASE WHEN visitor.is_email_signed = 1 THEN visitor.email ELSE COALESCE(excluded.email, visitor.email) END
RETURNING id, name, email;

-- :add(key text, visitor_id int, at int) -> id int
INSERT INTO conversation (public_id, visitor_id, last_seq, created_at, changed_at) VALUES (:key, :visitor_id, 0, :at, :at)
RETURNING id;

-- The number of the newest item moves by one; from here on no other writer moves it until the commit. (Two statements and no
-- RETURNING on this road: SQLite makes a temporary table for it each time, which is a tenth of a message's cost.)
-- asks: 1, the visitor says something; answers: 1, staff does. Else 0.
-- :move(id int, at int, asks int, answers int)
UPDATE conversation SET last_seq = last_seq + 1, changed_at = :at, unread = unread + :asks,
	unanswered_since = CASE WHEN :answers > 0 THEN NULL WHEN :asks > 0 THEN COALESCE(unanswered_since, :at) ELSE unanswered_since END
WHERE id = :id;

-- :last_seq(id int) -> seq int
SELECT last_seq FROM conversation WHERE id = :id;

-- :item_add(conversation int, seq int, kind text, internal bool, author_kind text, author int?, about_kind text?, about int?, body text?, caller text?, at int)
INSERT INTO item (conversation_id, seq, kind, is_internal, author_kind, author_id, about_kind, about_id, body, caller_id, at)
VALUES (:conversation, :seq, :kind, :internal, :author_kind, :author, :about_kind, :about, :body, :caller, :at);

-- :item_row(conversation int, seq int) -> id int
SELECT id FROM item WHERE conversation_id = :conversation AND seq = :seq;

-- :sent(conversation int, author_kind text, author int, caller text) -> one (seq int, at int, kind text)
SELECT seq, at, kind FROM item
WHERE conversation_id = :conversation AND author_kind = :author_kind AND author_id = :author AND caller_id = :caller;

-- Items after a cursor. The text of a note stands in its own table.
-- :items(conversation int, since int, with_internal bool, max int) -> many (seq int, kind text, author_kind text, author_name text?, author_id int?, about_kind text?, about_id int?, about_name text?, text text?, corrects int?, caller_id text?, at int, internal bool, file_key text?, file_type text?, file_size int?, file_width int?, file_height int?)
SELECT i.seq, i.kind, i.author_kind,
	CASE i.author_kind WHEN 'person' THEN p.name WHEN 'visitor' THEN v.name END,
	CASE i.author_kind WHEN 'person' THEN i.author_id END,
	CASE WHEN i.about_id IS NOT NULL THEN COALESCE(i.about_kind, 'person') END, i.about_id, COALESCE(t.name, a.name), COALESCE(i.body, n.text), n.corrects_seq, i.caller_id, i.at, i.is_internal,
	f.public_id, f.type, f.size, f.width, f.height
FROM item i
LEFT JOIN person p ON i.author_kind = 'person' AND p.id = i.author_id
LEFT JOIN visitor v ON i.author_kind = 'visitor' AND v.id = i.author_id
LEFT JOIN person a ON i.about_kind IS NULL AND a.id = i.about_id
LEFT JOIN team t ON i.about_kind = 'team' AND t.id = i.about_id
LEFT JOIN note n ON i.kind = 'note' AND n.item_id = i.id
LEFT JOIN file f ON i.kind = 'file' AND f.conversation_id = i.conversation_id AND f.seq = i.seq
WHERE i.conversation_id = :conversation AND i.seq > :since AND i.is_internal <= :with_internal
ORDER BY i.seq LIMIT :max;

-- How far each side has come: reading.h.
-- :readings(conversation int) -> many (side text, delivered int, seen int)
SELECT side, delivered_seq, seen_seq FROM reading WHERE conversation_id = :conversation;

-- :person_name(id int) -> name text
SELECT name FROM person WHERE id = :id;

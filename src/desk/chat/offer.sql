-- Offers. One that is open has no end; a chat has one of these at most, and then its person stands in chat.offered_to.

-- :add(chat int, person int, at int, expires int) -> id int
INSERT INTO offer (chat_id, person_id, offered_at, expires_at) VALUES (:chat, :person, :at, :expires) RETURNING id;

-- :put_back(chat int, person int, at int, outcome text)
INSERT INTO offer (chat_id, person_id, offered_at, expires_at, ended_at, outcome) VALUES (:chat, :person, :at, :at, :at, :outcome);

-- :end(chat int, outcome text, at int) -> one (person int)
UPDATE offer SET ended_at = :at, outcome = :outcome WHERE chat_id = :chat AND ended_at IS NULL RETURNING person_id;

-- :ask(chat int, person int) -> changed
UPDATE chat SET offered_to = :person WHERE id = :chat AND state = 'waiting' AND offered_to IS NULL;

-- :ask_nobody(chat int)
UPDATE chat SET offered_to = NULL WHERE id = :chat;

-- :forget(chat int)
UPDATE chat SET asked_after = COALESCE((SELECT max(id) FROM offer WHERE chat_id = :chat), 0) WHERE id = :chat;

-- :move(chat int)
UPDATE conversation SET revision = revision + 1 WHERE id = (SELECT conversation_id FROM chat WHERE id = :chat);

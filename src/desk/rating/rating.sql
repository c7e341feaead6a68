-- Ratings: one a chat.

-- The newest chat of a conversation.
-- :chat(conversation int) -> one (id int, channel text, ended_at int?)
SELECT id, channel, ended_at FROM chat WHERE conversation_id = :conversation ORDER BY id DESC LIMIT 1;

-- :find(chat int) -> one (score int, comment text?, at int)
SELECT score, comment, at FROM rating WHERE chat_id = :chat;

-- :put(chat int, score int, comment text?, at int)
INSERT INTO rating (chat_id, score, comment, at) VALUES (:chat, :score, :comment, :at)
ON CONFLICT (chat_id) DO UPDATE SET score = excluded.score, comment = excluded.comment, at = excluded.at;

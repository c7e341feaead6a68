-- Notes: only ever added to; triggers refuse the rest.

-- :add(id int, item int, conversation int, seq int, author int, corrects int?, text text, at int, salt blob, content blob, hash blob)
INSERT INTO note (id, item_id, conversation_id, seq, author_id, corrects_seq, text, at, salt, content, hash)
VALUES (:id, :item, :conversation, :seq, :author, :corrects, :text, :at, :salt, :content, :hash);

-- :find(conversation int, seq int) -> one (id int)
SELECT n.id FROM item i JOIN note n ON n.item_id = i.id WHERE i.conversation_id = :conversation AND i.seq = :seq;

-- What tests look up behind the desk's back.

-- Every row that breaks a rule of the house. max_owned: LIMIT_ADVISOR_CHATS; max_guests: LIMIT_CHAT_GUESTS.
-- :wrong(max_owned int, max_guests int) -> many (rule text, row int)
SELECT 'conversation: last_seq is not the number of its items', c.id FROM conversation c
WHERE c.last_seq <> (SELECT count(*) FROM item i WHERE i.conversation_id = c.id)
	OR c.last_seq <> (SELECT COALESCE(max(i.seq), 0) FROM item i WHERE i.conversation_id = c.id)
	OR EXISTS (SELECT 1 FROM item i WHERE i.conversation_id = c.id AND i.seq < 1)
UNION ALL
SELECT 'conversation: is empty', id FROM conversation WHERE last_seq < 1
UNION ALL
SELECT 'conversation: more than one chat is open', conversation_id FROM chat WHERE state <> 'closed'
GROUP BY conversation_id HAVING count(*) > 1
UNION ALL
SELECT 'chat: not exactly one of waiting, offered, owned, closed', id FROM chat
WHERE state NOT IN ('waiting', 'offered', 'owned', 'closed')
	OR (state = 'owned') <> (owner_id IS NOT NULL AND ended_at IS NULL)
	OR (state = 'closed') <> (ended_at IS NOT NULL) OR (ended_at IS NULL) <> (ended_by IS NULL)
	OR (state = 'owned' AND taken_at IS NULL)
UNION ALL
SELECT 'chat: its state is not what the log says', h.id
FROM chat h JOIN item i ON i.conversation_id = h.conversation_id
WHERE h.id = (SELECT max(o.id) FROM chat o WHERE o.conversation_id = h.conversation_id)
	AND i.seq = (SELECT max(s.seq) FROM item s WHERE s.conversation_id = h.conversation_id
		AND s.kind IN ('started', 'taken', 'released', 'handed', 'ended', 'reopened', 'form'))
	AND NOT ((i.kind IN ('started', 'released') AND h.state IN ('waiting', 'offered'))
		OR (i.kind IN ('taken', 'handed') AND i.about_kind IS NULL AND h.state = 'owned' AND h.owner_id = i.about_id)
		OR (i.kind = 'handed' AND i.about_kind = 'team' AND h.state IN ('waiting', 'offered') AND h.team_id = i.about_id)
		OR (i.kind = 'reopened' AND ((i.about_id IS NULL AND h.state IN ('waiting', 'offered'))
			OR (h.state = 'owned' AND h.owner_id = i.about_id)))
		OR (i.kind IN ('ended', 'form') AND h.state = 'closed'))
UNION ALL
SELECT 'conversation: chats and their beginnings and ends in the log differ', c.id FROM conversation c
WHERE (SELECT count(*) FROM chat h WHERE h.conversation_id = c.id)
	<> (SELECT count(*) FROM item i WHERE i.conversation_id = c.id AND i.kind IN ('started', 'form'))
	OR (SELECT count(*) FROM chat h WHERE h.conversation_id = c.id AND h.ended_at IS NOT NULL)
	<> (SELECT COALESCE(sum(CASE i.kind WHEN 'reopened' THEN -1 ELSE 1 END), 0) FROM item i
		WHERE i.conversation_id = c.id AND i.kind IN ('ended', 'reopened', 'form'))
UNION ALL
SELECT 'person: owns more chats than allowed', owner_id FROM chat WHERE state = 'owned'
GROUP BY owner_id HAVING count(*) > :max_owned
UNION ALL
SELECT 'pool: a seat is free while somebody who is heard of waits for one', p.id FROM pool p
WHERE p.used < p.size AND p.removed_at IS NULL
	AND EXISTS (SELECT 1 FROM duty d WHERE d.pool_id = p.id AND d.state = 'line' AND d.gone_since IS NULL)
UNION ALL
SELECT 'chat: a guest where nobody owns it, or its owner is one', g.chat_id FROM chat_guest g JOIN chat h ON h.id = g.chat_id
WHERE g.left_at IS NULL AND (h.state <> 'owned' OR h.owner_id = g.person_id)
UNION ALL
SELECT 'chat: more guests than allowed', chat_id FROM chat_guest WHERE left_at IS NULL
GROUP BY chat_id HAVING count(*) > :max_guests
UNION ALL
SELECT 'item: what is for staff is not internal, or something else is', id FROM item
WHERE (kind IN ('note', 'whisper', 'promised', 'kept', 'rated')) <> (is_internal = 1)
UNION ALL
SELECT 'item: a visitor spoke in another''s conversation', i.id FROM item i JOIN conversation c ON c.id = i.conversation_id
WHERE i.author_kind = 'visitor' AND (i.author_id IS NULL OR i.author_id <> c.visitor_id)
UNION ALL
SELECT 'item: its author or whom it is about does not exist', i.id FROM item i
WHERE (i.author_kind = 'person' AND NOT EXISTS (SELECT 1 FROM person p WHERE p.id = i.author_id))
	OR (i.about_id IS NOT NULL AND i.about_kind IS NULL AND NOT EXISTS (SELECT 1 FROM person p WHERE p.id = i.about_id))
	OR (i.about_kind = 'team' AND NOT EXISTS (SELECT 1 FROM team t WHERE t.id = i.about_id))
	OR (i.about_kind IS NOT NULL AND (i.about_kind <> 'team' OR i.about_id IS NULL))
UNION ALL
SELECT 'item: was sent twice', max(id) FROM item WHERE caller_id IS NOT NULL
GROUP BY conversation_id, author_kind, author_id, caller_id HAVING count(*) > 1
UNION ALL
SELECT 'item: a message without text, or something else with one', id FROM item WHERE (kind IN ('message', 'file', 'whisper', 'promised', 'kept', 'rated')) <> (body IS NOT NULL)
UNION ALL
SELECT 'conversation: unread is not what the visitor said and staff has not seen', c.id FROM conversation c
WHERE c.unread <> (SELECT count(*) FROM item i WHERE i.conversation_id = c.id AND i.author_kind = 'visitor' AND i.kind IN ('message', 'file')
	AND i.seq > COALESCE((SELECT r.seen_seq FROM reading r WHERE r.conversation_id = c.id AND r.side = 'staff'), 0))
UNION ALL
SELECT 'conversation: unanswered_since is not the first word after the last one of staff', c.id FROM conversation c
WHERE COALESCE(c.unanswered_since, 0) <> COALESCE((SELECT i.at FROM item i WHERE i.conversation_id = c.id AND i.author_kind = 'visitor'
	AND i.kind IN ('message', 'file') AND i.seq > COALESCE((SELECT max(s.seq) FROM item s
		WHERE s.conversation_id = c.id AND s.author_kind = 'person' AND s.kind IN ('message', 'file')), 0)
	ORDER BY i.seq LIMIT 1), 0)
UNION ALL
SELECT 'reading: not sent <= delivered <= seen', r.conversation_id FROM reading r JOIN conversation c ON c.id = r.conversation_id
WHERE r.seen_seq > r.delivered_seq OR r.delivered_seq > c.last_seq OR r.seen_seq < 0
UNION ALL
SELECT 'file: finished, and not whole or without its item', f.id FROM file f
WHERE f.finished_at IS NOT NULL AND (f.size <> (SELECT COALESCE(sum(length(p.bytes)), 0) FROM file_part p WHERE p.file_id = f.id)
	OR NOT EXISTS (SELECT 1 FROM item i WHERE i.conversation_id = f.conversation_id AND i.seq = f.seq AND i.kind = 'file'
		AND i.author_kind = f.author_kind AND i.author_id = f.author_id AND i.caller_id = f.caller_id))
UNION ALL
SELECT 'item: a file without its file', i.id FROM item i
WHERE i.kind = 'file' AND NOT EXISTS (SELECT 1 FROM file f WHERE f.conversation_id = i.conversation_id AND f.seq = i.seq)
UNION ALL
SELECT 'note: without its item', n.id FROM note n WHERE NOT EXISTS (SELECT 1 FROM item i
	WHERE i.id = n.item_id AND i.kind = 'note' AND i.conversation_id = n.conversation_id AND i.seq = n.seq AND i.at = n.at)
UNION ALL
SELECT 'item: a note without its text', i.id FROM item i
WHERE i.kind = 'note' AND NOT EXISTS (SELECT 1 FROM note n WHERE n.item_id = i.id)
UNION ALL
SELECT 'session: of a disabled person lasts', s.id FROM session s JOIN person p ON p.id = s.person_id
WHERE s.ended_at IS NULL AND p.disabled_at IS NOT NULL
UNION ALL
SELECT 'person: nobody can administer the desk', count(*) FROM person
HAVING count(*) > 0 AND sum(CASE WHEN role = 'administrator' AND disabled_at IS NULL THEN 1 ELSE 0 END) = 0;

-- The log of a conversation as it stands in the tables.
-- :items(conversation text, since int) -> many (seq int, kind text, internal bool, author_kind text, author int?, about int?, text text?, corrects int?, caller text?, at int)
SELECT i.seq, i.kind, i.is_internal, i.author_kind, i.author_id, i.about_id, COALESCE(i.body, n.text), n.corrects_seq, i.caller_id, i.at
FROM conversation c JOIN item i ON i.conversation_id = c.id LEFT JOIN note n ON n.item_id = i.id
WHERE c.public_id = :conversation AND i.seq > :since ORDER BY i.seq;

-- The newest chat of a conversation.
-- :chat(conversation text) -> one (state text, owner int?, team int?, chats int, guests int)
SELECT h.state, h.owner_id, h.team_id, (SELECT count(*) FROM chat o WHERE o.conversation_id = c.id),
	(SELECT count(*) FROM chat_guest g WHERE g.chat_id = h.id AND g.left_at IS NULL)
FROM conversation c JOIN chat h ON h.conversation_id = c.id
WHERE c.public_id = :conversation ORDER BY h.id DESC LIMIT 1;

-- How much of everything there is.
-- :counts() -> visitors int, conversations int, items int, chats int, notes int, lines int, receipts int
SELECT (SELECT count(*) FROM visitor), (SELECT count(*) FROM conversation), (SELECT count(*) FROM item),
	(SELECT count(*) FROM chat), (SELECT count(*) FROM note), (SELECT count(*) FROM audit), (SELECT count(*) FROM receipt);

-- A number that another commit makes another one: of a server, the count of commits that changed something.
-- :version() -> version int
SELECT CAST(COALESCE(sum(number), 0) AS bigint) FROM commit_mark;

-- Every note and audit line, as a text that differs when anything in it does.
-- :kept() -> many (line text)
SELECT 'note ' || n.id || ' ' || n.item_id || ' ' || n.conversation_id || ' ' || n.seq || ' ' || n.author_id || ' ' ||
	COALESCE(n.corrects_seq, 0) || ' ' || n.text || ' ' || n.at || ' ' || encode(n.salt, 'hex') || encode(n.content, 'hex') || encode(n.hash, 'hex')
FROM note n
UNION ALL
SELECT 'audit ' || a.id || ' ' || a.at || ' ' || a.actor_kind || ' ' || COALESCE(a.actor_id, 0) || ' ' || a.command || ' ' ||
	a.object || ' ' || a.says || ' ' || encode(a.hash, 'hex') FROM audit a;

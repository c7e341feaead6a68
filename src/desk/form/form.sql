-- Forms: chats that are closed from the beginning.

-- :add(conversation int, site int?, team int?, topic text?, page text?, address text?, agent text?, language text?, caller text, at int) -> id int
INSERT INTO chat (conversation_id, state, channel, site_id, team_id, topic, page, address, agent, language, caller_id,
	started_at, waiting_since, ended_at, ended_by)
VALUES (:conversation, 'closed', 'form', :site, :team, :topic, :page, :address, :agent, :language, :caller, :at, :at, :at, 'visitor')
RETURNING id;

-- Forms that nobody has answered.
-- :count_open(conversation int) -> count int
SELECT count(*) FROM promise WHERE conversation_id = :conversation AND kept_at IS NULL AND source = 'form';

-- Where PostgreSQL has words of its own.

-- :kept
SELECT 'note ' || n.id || ' ' || n.item_id || ' ' || n.conversation_id || ' ' || n.seq || ' ' || n.author_id || ' ' ||
	COALESCE(n.corrects_seq, 0) || ' ' || n.text || ' ' || n.at || ' ' || encode(n.salt || n.content || n.hash, 'hex')
FROM note n
UNION ALL
SELECT 'audit ' || a.id || ' ' || a.at || ' ' || a.actor_kind || ' ' || COALESCE(a.actor_id, 0) || ' ' || a.command || ' ' ||
	a.object || ' ' || a.says || ' ' || encode(a.hash, 'hex') FROM audit a;

-- Counts all commits that changed something.
-- :version
SELECT COALESCE(sum(number), 0)::bigint FROM commit_mark;

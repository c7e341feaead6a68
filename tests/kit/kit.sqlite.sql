-- Where SQLite has words of its own.

-- :kept
SELECT 'note ' || n.id || ' ' || n.item_id || ' ' || n.conversation_id || ' ' || n.seq || ' ' || n.author_id || ' ' ||
	COALESCE(n.corrects_seq, 0) || ' ' || n.text || ' ' || n.at || ' ' || hex(n.salt) || hex(n.content) || hex(n.hash)
FROM note n
UNION ALL
SELECT 'audit ' || a.id || ' ' || a.at || ' ' || a.actor_kind || ' ' || COALESCE(a.actor_id, 0) || ' ' || a.command || ' ' ||
	a.object || ' ' || a.says || ' ' || hex(a.hash) FROM audit a;

-- :version
SELECT data_version FROM pragma_data_version;

-- What PostgreSQL needs for itself: the items, notes and audit lines cannot be changed or deleted, by anybody.
CREATE FUNCTION row_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION '% are never % (%)', TG_ARGV[0], CASE TG_OP WHEN 'UPDATE' THEN 'changed' ELSE 'deleted' END, TG_TABLE_NAME;
END $$;
CREATE TRIGGER item_is_kept BEFORE UPDATE OR DELETE ON item FOR EACH ROW EXECUTE FUNCTION row_is_kept('items');
CREATE TRIGGER note_is_kept BEFORE UPDATE OR DELETE ON note FOR EACH ROW EXECUTE FUNCTION row_is_kept('notes');
CREATE TRIGGER audit_is_kept BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION row_is_kept('audit lines');
CREATE TRIGGER item_is_kept_whole BEFORE TRUNCATE ON item EXECUTE FUNCTION row_is_kept('items');
CREATE TRIGGER note_is_kept_whole BEFORE TRUNCATE ON note EXECUTE FUNCTION row_is_kept('notes');
CREATE TRIGGER audit_is_kept_whole BEFORE TRUNCATE ON audit EXECUTE FUNCTION row_is_kept('audit lines');

-- How many commits of each writing session there were, by which one is asked for a commit whose answer got lost.
CREATE TABLE commit_mark (
	name   text NOT NULL PRIMARY KEY,
	number bigint NOT NULL,
	at     bigint NOT NULL
);

-- What SQLite needs for itself: the items, notes and audit lines cannot be changed or deleted, by anybody.
CREATE TRIGGER item_is_kept_update BEFORE UPDATE ON item BEGIN SELECT RAISE(ABORT, 'items are never changed'); END;
CREATE TRIGGER item_is_kept_delete BEFORE DELETE ON item BEGIN SELECT RAISE(ABORT, 'items are never deleted'); END;
CREATE TRIGGER note_is_kept_update BEFORE UPDATE ON note BEGIN SELECT RAISE(ABORT, 'notes are never changed'); END;
CREATE TRIGGER note_is_kept_delete BEFORE DELETE ON note BEGIN SELECT RAISE(ABORT, 'notes are never deleted'); END;
CREATE TRIGGER audit_is_kept_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'audit lines are never changed'); END;
CREATE TRIGGER audit_is_kept_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'audit lines are never deleted'); END;
-- INSERT OR REPLACE deletes without firing the triggers above.
CREATE TRIGGER item_is_kept_replace BEFORE INSERT ON item
WHEN EXISTS (SELECT 1 FROM item WHERE id = NEW.id)
	OR EXISTS (SELECT 1 FROM item WHERE conversation_id = NEW.conversation_id AND seq = NEW.seq)
	OR EXISTS (SELECT 1 FROM item WHERE conversation_id = NEW.conversation_id AND author_kind = NEW.author_kind
		AND author_id = NEW.author_id AND caller_id = NEW.caller_id)
BEGIN SELECT RAISE(ABORT, 'items are never replaced'); END;
CREATE TRIGGER note_is_kept_replace BEFORE INSERT ON note
WHEN EXISTS (SELECT 1 FROM note WHERE id = NEW.id OR item_id = NEW.item_id)
BEGIN SELECT RAISE(ABORT, 'notes are never replaced'); END;
CREATE TRIGGER audit_is_kept_replace BEFORE INSERT ON audit
WHEN EXISTS (SELECT 1 FROM audit WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'audit lines are never replaced'); END;

-- Canned answers.

-- Those that a person may use: their own, those of their teams (or, for a lead, of every team), those of all.
-- :list(me int, is_lead bool, pattern text, prefix text, at int, before int, max int) -> many (id int, shortcut text, title text, text text, scope text, owner int, team int?, team_name text?, is_member bool, changed_by text, changed_at int)
SELECT a.id, a.shortcut, a.title, a.text, a.scope, a.owner_id, a.team_id, t.name, CASE WHEN m.team_id IS NULL THEN 0 ELSE 1 END, p.name, a.changed_at
FROM answer a
JOIN person p ON p.id = a.changed_by
LEFT JOIN team t ON t.id = a.team_id
LEFT JOIN team_member m ON m.team_id = a.team_id AND m.person_id = :me
WHERE a.archived_at IS NULL
	AND (a.scope = 'all' OR (a.scope = 'own' AND a.owner_id = :me)
		OR (a.scope = 'team' AND t.archived_at IS NULL AND (m.team_id IS NOT NULL OR :is_lead = 1)))
	AND a.folded LIKE :pattern ESCAPE '\' AND a.shortcut LIKE :prefix ESCAPE '\'
	AND (a.changed_at < :at OR (a.changed_at = :at AND a.id < :before))
ORDER BY a.changed_at DESC, a.id DESC LIMIT :max;

-- :changed_at(id int) -> one (at int)
SELECT changed_at FROM answer WHERE id = :id;

-- :find(id int, me int) -> one (shortcut text, title text, text text, scope text, owner int, team int?, is_member bool, archived int?)
SELECT a.shortcut, a.title, a.text, a.scope, a.owner_id, a.team_id, CASE WHEN m.team_id IS NULL THEN 0 ELSE 1 END, a.archived_at
FROM answer a LEFT JOIN team_member m ON m.team_id = a.team_id AND m.person_id = :me
WHERE a.id = :id;

-- :count() -> count int
SELECT count(*) FROM answer WHERE archived_at IS NULL;

-- Who has this shortcut in that place already.
-- :taken(shortcut text, scope text, owner int, team int?, but int) -> one (id int)
SELECT id FROM answer
WHERE archived_at IS NULL AND shortcut = :shortcut AND scope = :scope AND id <> :but
	AND (scope = 'all' OR (scope = 'own' AND owner_id = :owner) OR (scope = 'team' AND team_id = :team))
LIMIT 1;

-- :team(id int, me int) -> one (is_member bool)
SELECT CASE WHEN m.team_id IS NULL THEN 0 ELSE 1 END
FROM team t LEFT JOIN team_member m ON m.team_id = t.id AND m.person_id = :me
WHERE t.id = :id AND t.archived_at IS NULL;

-- :add(shortcut text, title text, text text, scope text, owner int, team int?, folded text, at int) -> id int
INSERT INTO answer (shortcut, title, text, scope, owner_id, team_id, folded, changed_by, changed_at)
VALUES (:shortcut, :title, :text, :scope, :owner, :team, :folded, :owner, :at) RETURNING id;

-- :change(id int, shortcut text, title text, text text, folded text, by int, at int) -> changed
UPDATE answer SET shortcut = :shortcut, title = :title, text = :text, folded = :folded, changed_by = :by, changed_at = :at
WHERE id = :id AND archived_at IS NULL;

-- :archive(id int, by int, at int) -> changed
UPDATE answer SET archived_at = :at, changed_by = :by, changed_at = :at WHERE id = :id AND archived_at IS NULL;

-- :count_own(owner int) -> count int
SELECT count(*) FROM answer WHERE archived_at IS NULL AND scope = 'own' AND owner_id = :owner;

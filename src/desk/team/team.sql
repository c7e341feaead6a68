-- Teams and who is in them.

-- :add(name text, at int) -> id int
INSERT INTO team (name, created_at) VALUES (:name, :at) RETURNING id;

-- :find(id int) -> one (id int, name text, is_archived bool)
SELECT id, name, CASE WHEN archived_at IS NULL THEN 0 ELSE 1 END FROM team WHERE id = :id;

-- :list(max int) -> many (id int, name text)
SELECT id, name FROM team WHERE archived_at IS NULL ORDER BY name, id LIMIT :max;

-- :count() -> teams int
SELECT count(*) FROM team WHERE archived_at IS NULL;

-- :rename(id int, name text)
UPDATE team SET name = :name WHERE id = :id;

-- :archive(id int, at int) -> changed
UPDATE team SET archived_at = :at WHERE id = :id AND archived_at IS NULL;

-- :has_pool(id int) -> has_pool bool
SELECT CASE WHEN EXISTS (SELECT 1 FROM pool WHERE team_id = :id AND removed_at IS NULL) THEN 1 ELSE 0 END;

-- :members(team int) -> many (person int)
SELECT person_id FROM team_member WHERE team_id = :team ORDER BY person_id;

-- :all_members() -> many (team int, person int)
SELECT m.team_id, m.person_id FROM team_member m JOIN team t ON t.id = m.team_id
WHERE t.archived_at IS NULL ORDER BY m.team_id, m.person_id;

-- :member_add(team int, person int)
INSERT INTO team_member (team_id, person_id) VALUES (:team, :person) ON CONFLICT (team_id, person_id) DO NOTHING;

-- :members_clear(team int)
DELETE FROM team_member WHERE team_id = :team;

-- :person(id int) -> one (id int)
SELECT id FROM person WHERE id = :id;

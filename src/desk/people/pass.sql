-- Passes. used_at is null while one is open; one that was replaced or withdrawn counts as used.

-- :add(kind text, token blob, person int?, email text?, name text?, role text?, by int?, at int, expires int) -> id int
INSERT INTO pass (kind, token_digest, person_id, email, name, role, made_by, made_at, expires_at)
VALUES (:kind, :token, :person, :email, :name, :role, :by, :at, :expires)
RETURNING id;

-- :look(kind text, token blob, at int) -> one (id int)
SELECT id FROM pass WHERE token_digest = :token AND kind = :kind AND used_at IS NULL AND expires_at > :at;

-- :use(kind text, token blob, at int) -> one (person_id int?, email text?, name text?, role text?)
UPDATE pass SET used_at = :at WHERE token_digest = :token AND kind = :kind AND used_at IS NULL AND expires_at > :at
RETURNING person_id, email, name, role;

-- :end_kind(kind text, at int)
UPDATE pass SET used_at = :at WHERE kind = :kind AND used_at IS NULL;

-- :end_invitations(email text, at int)
UPDATE pass SET used_at = :at WHERE kind = 'invitation' AND email = :email AND used_at IS NULL;

-- :end_resets(person int, at int)
UPDATE pass SET used_at = :at WHERE person_id = :person AND used_at IS NULL;

-- What somebody made for others and nobody has used.
-- :end_made_by(person int, at int)
UPDATE pass SET used_at = :at WHERE made_by = :person AND used_at IS NULL;

-- :withdraw(id int, at int) -> changed
UPDATE pass SET used_at = :at WHERE id = :id AND kind = 'invitation' AND used_at IS NULL AND expires_at > :at;

-- :invitations(at int, max int) -> many (invitation int, email text, name text, role text, made_by text?, made_at int, expires_at int)
SELECT i.id, i.email, i.name, i.role, p.name, i.made_at, i.expires_at
FROM pass i LEFT JOIN person p ON p.id = i.made_by
WHERE i.kind = 'invitation' AND i.used_at IS NULL AND i.expires_at > :at
ORDER BY i.id DESC LIMIT :max;

-- Without one address, whose open invitation is about to be replaced.
-- :count_invitations(email text, at int) -> open int
SELECT count(*) FROM pass WHERE kind = 'invitation' AND used_at IS NULL AND expires_at > :at AND email <> :email;

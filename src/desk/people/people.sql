-- People. status is what desk/duty says that they are doing; password is an argon2id text.

-- Nothing comes back where the address is taken.
-- :add(email text, name text, role text, hash text, at int) -> one (id int)
INSERT INTO person (email, name, role, password, status, created_at) VALUES (:email, :name, :role, :hash, 'offline', :at)
ON CONFLICT (email) DO NOTHING
RETURNING id;

-- :row(id int) -> one (id int, name text, role text, status text, is_disabled bool)
SELECT id, name, role, status, CASE WHEN disabled_at IS NULL THEN 0 ELSE 1 END FROM person WHERE id = :id;

-- :list(max int) -> many (id int, email text, name text, role text, status text, is_disabled bool, created_at int)
SELECT id, email, name, role, status, CASE WHEN disabled_at IS NULL THEN 0 ELSE 1 END, created_at
FROM person ORDER BY name, id LIMIT :max;

-- :me(id int) -> one (id int, email text, name text, role text, status text)
SELECT id, email, name, role, status FROM person WHERE id = :id;

-- :count() -> people int
SELECT count(*) FROM person;

-- :has_email(email text) -> one (id int)
SELECT id FROM person WHERE email = :email;

-- Administrators who can sign in, without one of them.
-- :other_administrators(id int) -> others int
SELECT count(*) FROM person WHERE role = 'administrator' AND disabled_at IS NULL AND id <> :id;

-- Whether there is anybody, and anybody online who is heard of.
-- :any() -> is_any bool, is_online bool
SELECT CASE WHEN EXISTS (SELECT 1 FROM person) THEN 1 ELSE 0 END,
	CASE WHEN EXISTS (SELECT 1 FROM duty WHERE state = 'online' AND gone_since IS NULL) THEN 1 ELSE 0 END;

-- :status_put(id int, status text) -> changed
UPDATE person SET status = :status WHERE id = :id AND status <> :status;

-- :role_set(id int, role text)
UPDATE person SET role = :role WHERE id = :id;

-- :disable(id int, at int)
UPDATE person SET disabled_at = :at WHERE id = :id AND disabled_at IS NULL;

-- :enable(id int) -> changed
UPDATE person SET disabled_at = NULL WHERE id = :id AND disabled_at IS NOT NULL;

-- What log-in needs of an account that can sign in.
-- :account(email text, address text) -> one (id int, email text, hash text?, is_known_address bool)
SELECT id, email, password,
	CASE WHEN EXISTS (SELECT 1 FROM session s WHERE s.person_id = person.id AND s.address = :address) THEN 1 ELSE 0 END
FROM person WHERE email = :email AND disabled_at IS NULL;

-- :account_own(id int, address text) -> one like account
SELECT id, email, password,
	CASE WHEN EXISTS (SELECT 1 FROM session s WHERE s.person_id = person.id AND s.address = :address) THEN 1 ELSE 0 END
FROM person WHERE id = :id AND disabled_at IS NULL;

-- :has_password(id int, hash text) -> one (id int)
SELECT id FROM person WHERE id = :id AND password = :hash AND disabled_at IS NULL;

-- The one that was compared must be there still.
-- :password_change(id int, old text, hash text) -> changed
UPDATE person SET password = :hash WHERE id = :id AND password = :old AND disabled_at IS NULL;

-- :password_put(id int, hash text) -> changed
UPDATE person SET password = :hash WHERE id = :id AND disabled_at IS NULL;

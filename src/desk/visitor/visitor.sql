-- Visitors whom a site knows.

-- :known(site int, external text) -> one (id int, key text)
SELECT id, public_id FROM visitor WHERE site_id = :site AND external_id = :external;

-- Somebody unknown, by its public id.
-- :unknown(key text) -> one (id int)
SELECT id FROM visitor WHERE public_id = :key AND external_id IS NULL;

-- :add(key text, at int) -> id int
INSERT INTO visitor (public_id, created_at) VALUES (:key, :at) RETURNING id;

-- :move(id int, key text)
UPDATE visitor SET public_id = :key WHERE id = :id;

-- Whether something was said as somebody unknown since then, and nothing ever as somebody known, who was never blocked either.
-- :is_adoptable(unknown int, known int, since int) -> adoptable bool
SELECT CASE WHEN EXISTS (SELECT 1 FROM conversation WHERE visitor_id = :unknown AND changed_at > :since)
	AND NOT EXISTS (SELECT 1 FROM conversation WHERE visitor_id = :known)
	AND NOT EXISTS (SELECT 1 FROM block WHERE visitor_id = :known)
THEN 1 ELSE 0 END;

-- What a site signed goes before what was typed.
-- :take_words(unknown int, known int)
UPDATE visitor SET name = COALESCE((SELECT k.name FROM visitor k WHERE k.id = :known), name),
	email = COALESCE((SELECT k.email FROM visitor k WHERE k.id = :known), email),
	is_name_signed = (SELECT k.is_name_signed FROM visitor k WHERE k.id = :known),
	is_email_signed = (SELECT k.is_email_signed FROM visitor k WHERE k.id = :known)
WHERE id = :unknown;

-- :remove(id int)
DELETE FROM visitor WHERE id = :id;

-- What is signed now goes before what was; what was signed once and is not any more was said by the site all the same.
-- :put(id int, site int, external text, name text?, email text?, at int)
UPDATE visitor SET site_id = :site, external_id = :external, verified_at = :at,
	name = COALESCE(:name, name), is_name_signed = CASE WHEN :name IS NULL THEN is_name_signed ELSE 1 END,
	email = COALESCE(:email, email), is_email_signed = CASE WHEN :email IS NULL THEN is_email_signed ELSE 1 END
WHERE id = :id;

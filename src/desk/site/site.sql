-- Sites and the lists that hang on them. A site's key is its public id.

-- :add(key text, name text, language text, at int) -> id int
INSERT INTO site (public_id, name, language, created_at) VALUES (:key, :name, :language, :at) RETURNING id;

-- The version moves by one; nothing is changed when it is another than was read.
-- :put(id int, version int, name text, team int?, language text, theme text, colour text, side text, launcher text, ask_name text,
--	ask_email text, ask_topic text, consent_url text?, max_waiting int, is_inviting bool, bulletin text?) -> changed
UPDATE site SET version = version + 1, name = :name, team_id = :team, language = :language, theme = :theme, colour = :colour, side = :side,
	launcher = :launcher, ask_name = :ask_name, ask_email = :ask_email, ask_topic = :ask_topic, consent_url = :consent_url,
	max_waiting = :max_waiting, is_inviting = :is_inviting, bulletin = :bulletin
WHERE id = :id AND version = :version AND archived_at IS NULL;

-- :find(key text) -> one (id int, key text, name text, team int?, language text, theme text, colour text, side text, launcher text,
--	ask_name text, ask_email text, ask_topic text, consent_url text?, max_waiting int, is_inviting bool, bulletin text?,
--	has_secret bool, seen_at int?, seen_url text?, version int, created_at int, is_archived bool)
SELECT id, public_id, name, team_id, language, theme, colour, side, launcher, ask_name, ask_email, ask_topic, consent_url, max_waiting,
	is_inviting, bulletin, CASE WHEN identity_secret IS NULL THEN 0 ELSE 1 END, seen_at, seen_url, version, created_at,
	CASE WHEN archived_at IS NULL THEN 0 ELSE 1 END
FROM site WHERE public_id = :key;

-- :list(max int) -> many (id int, key text, name text, team int?, language text, seen_at int?, seen_url text?, version int,
--	has_secret bool)
SELECT id, public_id, name, team_id, language, seen_at, seen_url, version, CASE WHEN identity_secret IS NULL THEN 0 ELSE 1 END
FROM site WHERE archived_at IS NULL ORDER BY name, id LIMIT :max;

-- :count() -> sites int
SELECT count(*) FROM site WHERE archived_at IS NULL;

-- :archive(id int, at int) -> changed
UPDATE site SET archived_at = :at, version = version + 1 WHERE id = :id AND archived_at IS NULL;

-- :secret_put(id int, secret blob)
UPDATE site SET identity_secret = :secret, version = version + 1 WHERE id = :id;

-- :secret(id int) -> secret blob?
SELECT identity_secret FROM site WHERE id = :id;

-- Once in a while is enough.
-- :seen(id int, url text, at int, before int) -> changed
UPDATE site SET seen_at = :at, seen_url = :url WHERE id = :id AND (seen_at IS NULL OR seen_at <= :before);

-- :origins(site int) -> many (origin text)
SELECT origin FROM site_origin WHERE site_id = :site ORDER BY position;

-- Of every site that is in use, in the order of their keys.
-- :all_origins() -> many (key text, origin text?, seen_at int?)
SELECT s.public_id, o.origin, s.seen_at FROM site s LEFT JOIN site_origin o ON o.site_id = s.id
WHERE s.archived_at IS NULL ORDER BY s.public_id, o.position;

-- :origin_add(site int, position int, origin text)
INSERT INTO site_origin (site_id, position, origin) VALUES (:site, :position, :origin);

-- :origins_clear(site int)
DELETE FROM site_origin WHERE site_id = :site;

-- :texts(site int) -> many (language text, name text, text text)
SELECT language, name, text FROM site_text WHERE site_id = :site ORDER BY language, name;

-- :text_add(site int, language text, name text, text text) -> changed
INSERT INTO site_text (site_id, language, name, text) VALUES (:site, :language, :name, :text)
ON CONFLICT (site_id, language, name) DO NOTHING;

-- :texts_clear(site int)
DELETE FROM site_text WHERE site_id = :site;

-- :hours(site int) -> many (weekday int, from_minute int, to_minute int)
SELECT weekday, from_minute, to_minute FROM site_hours WHERE site_id = :site ORDER BY position;

-- :hours_add(site int, position int, weekday int, from_minute int, to_minute int)
INSERT INTO site_hours (site_id, position, weekday, from_minute, to_minute) VALUES (:site, :position, :weekday, :from_minute, :to_minute);

-- :hours_clear(site int)
DELETE FROM site_hours WHERE site_id = :site;

-- :fields(site int) -> many (label text, kind text, choices text?, is_required bool)
SELECT label, kind, choices, is_required FROM site_field WHERE site_id = :site ORDER BY position;

-- :field_add(site int, position int, label text, kind text, choices text?, is_required bool)
INSERT INTO site_field (site_id, position, label, kind, choices, is_required)
VALUES (:site, :position, :label, :kind, :choices, :is_required);

-- :fields_clear(site int)
DELETE FROM site_field WHERE site_id = :site;

-- :invites(site int) -> many (path text, seconds int, is_returning bool)
SELECT path, seconds, is_returning FROM site_invite WHERE site_id = :site ORDER BY position;

-- :invite_add(site int, position int, path text, seconds int, is_returning bool)
INSERT INTO site_invite (site_id, position, path, seconds, is_returning) VALUES (:site, :position, :path, :seconds, :is_returning);

-- :invites_clear(site int)
DELETE FROM site_invite WHERE site_id = :site;

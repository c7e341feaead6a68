-- Settings. A setting that was never set has no row.

-- :find(name text) -> one (value text)
SELECT value FROM setting WHERE name = :name;

-- :put(name text, value text, by int?, at int)
INSERT INTO setting (name, value, changed_by, changed_at) VALUES (:name, :value, :by, :at)
ON CONFLICT (name) DO UPDATE SET value = excluded.value, changed_by = excluded.changed_by, changed_at = excluded.changed_at;

-- :all() -> many (name text, value text)
SELECT name, value FROM setting;

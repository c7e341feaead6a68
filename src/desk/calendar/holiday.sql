-- Holidays. A day is a text, YYYY-MM-DD.

-- :list(from text, until text, max int) -> many (day text, name text)
SELECT day, name FROM holiday WHERE day >= :from AND day <= :until ORDER BY day LIMIT :max;

-- :find(day text) -> one (name text)
SELECT name FROM holiday WHERE day = :day;

-- :count() -> count int
SELECT count(*) FROM holiday;

-- :set(day text, name text)
INSERT INTO holiday (day, name) VALUES (:day, :name) ON CONFLICT (day) DO UPDATE SET name = excluded.name;

-- :remove(day text) -> changed
DELETE FROM holiday WHERE day = :day;

-- Shifts and their exceptions. Whose: of people who answer customers and are not disabled.

-- Who has or may have shifts: one (or everybody), of one pool (or of all). Which pool is a person's: as desk/duty/duty.sql says.
-- :people(person int, pool int, max int) -> many (id int, name text, pool int)
WITH who AS (
	SELECT p.id AS id, p.name AS name, COALESCE(
		(SELECT min(o.id) FROM team_member m JOIN team t ON t.id = m.team_id JOIN pool o ON o.team_id = t.id
			WHERE m.person_id = p.id AND t.archived_at IS NULL AND o.removed_at IS NULL),
		(SELECT o.id FROM pool o WHERE o.team_id IS NULL)) AS pool
	FROM person p
	WHERE p.disabled_at IS NULL AND p.role IN ('administrator', 'lead', 'advisor', 'backup') AND (:person = 0 OR p.id = :person)
)
SELECT id, name, pool FROM who WHERE :pool = 0 OR pool = :pool ORDER BY name, id LIMIT :max;

-- Weekly ones that are in force on one of the days.
-- :list(from text, until text) -> many (id int, person int, weekday int, from_minute int, minutes int, first_day text, last_day text?)
SELECT id, person_id, weekday, from_minute, minutes, first_day, last_day FROM shift
WHERE first_day <= :until AND (last_day IS NULL OR last_day >= :from)
ORDER BY person_id, weekday, from_minute, id;

-- :list_of(person int, from text, until text) -> many like list
SELECT id, person_id, weekday, from_minute, minutes, first_day, last_day FROM shift
WHERE person_id = :person AND first_day <= :until AND (last_day IS NULL OR last_day >= :from)
ORDER BY weekday, from_minute, id;

-- :find(id int) -> one like list
SELECT id, person_id, weekday, from_minute, minutes, first_day, last_day FROM shift WHERE id = :id;

-- :count(person int) -> count int
SELECT count(*) FROM shift WHERE person_id = :person;

-- :add(person int, weekday int, from_minute int, minutes int, first_day text, last_day text?) -> id int
INSERT INTO shift (person_id, weekday, from_minute, minutes, first_day, last_day)
VALUES (:person, :weekday, :from_minute, :minutes, :first_day, :last_day) RETURNING id;

-- :change(id int, person int, weekday int, from_minute int, minutes int, first_day text, last_day text?)
UPDATE shift SET person_id = :person, weekday = :weekday, from_minute = :from_minute, minutes = :minutes, first_day = :first_day, last_day = :last_day
WHERE id = :id;

-- One that was over before stays so.
-- :end(id int, last_day text)
UPDATE shift SET last_day = :last_day WHERE id = :id AND (last_day IS NULL OR last_day > :last_day);

-- :remove(id int)
DELETE FROM shift WHERE id = :id;

-- :exceptions(from text, until text) -> many (id int, person int, day text, kind text, from_minute int?, minutes int?, reason text?)
SELECT id, person_id, day, kind, from_minute, minutes, reason FROM shift_exception
WHERE day >= :from AND day <= :until ORDER BY person_id, day, kind, from_minute, id;

-- :exceptions_of(person int, from text, until text) -> many like exceptions
SELECT id, person_id, day, kind, from_minute, minutes, reason FROM shift_exception
WHERE person_id = :person AND day >= :from AND day <= :until ORDER BY day, kind, from_minute, id;

-- :exception(id int) -> one like exceptions
SELECT id, person_id, day, kind, from_minute, minutes, reason FROM shift_exception WHERE id = :id;

-- :exception_count(person int) -> count int
SELECT count(*) FROM shift_exception WHERE person_id = :person;

-- :off_add(person int, day text, reason text?) -> id int
INSERT INTO shift_exception (person_id, day, kind, reason) VALUES (:person, :day, 'off', :reason) RETURNING id;

-- :extra_add(person int, day text, from_minute int, minutes int, reason text?) -> id int
INSERT INTO shift_exception (person_id, day, kind, from_minute, minutes, reason)
VALUES (:person, :day, 'extra', :from_minute, :minutes, :reason) RETURNING id;

-- :extra_change(id int, person int, day text, from_minute int, minutes int)
UPDATE shift_exception SET person_id = :person, day = :day, from_minute = :from_minute, minutes = :minutes WHERE id = :id;

-- :exception_reason(id int, reason text?)
UPDATE shift_exception SET reason = :reason WHERE id = :id;

-- :exception_remove(id int)
DELETE FROM shift_exception WHERE id = :id;

-- The pool of everybody.
-- :everybody() -> pool int
SELECT id FROM pool WHERE team_id IS NULL;

-- When a pool is to be there: the opening hours of the sites whose chats stand in its line.
-- :hours(pool int) -> many (weekday int, from_minute int, to_minute int)
SELECT h.weekday, h.from_minute, h.to_minute
FROM site_hours h JOIN site s ON s.id = h.site_id
WHERE s.archived_at IS NULL AND :pool = COALESCE(
	(SELECT o.id FROM pool o JOIN team t ON t.id = o.team_id
		WHERE o.team_id = s.team_id AND o.removed_at IS NULL AND t.archived_at IS NULL),
	(SELECT o.id FROM pool o WHERE o.team_id IS NULL))
ORDER BY h.weekday, h.from_minute, h.to_minute;

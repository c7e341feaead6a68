-- What PostgreSQL needs of its own: its sequences do not look at the rows.

-- :go_on
SELECT setval(pg_get_serial_sequence('person', 'id'), (SELECT COALESCE(max(id), 0) + 1 FROM person), false)
	+ setval(pg_get_serial_sequence('session', 'id'), (SELECT COALESCE(max(id), 0) + 1 FROM session), false)
	+ setval(pg_get_serial_sequence('pass', 'id'), (SELECT COALESCE(max(id), 0) + 1 FROM pass), false)
	+ setval(pg_get_serial_sequence('visitor', 'id'), (SELECT COALESCE(max(id), 0) + 1 FROM visitor), false)
	+ setval(pg_get_serial_sequence('conversation', 'id'), (SELECT COALESCE(max(id), 0) + 1 FROM conversation), false)
	+ setval(pg_get_serial_sequence('item', 'id'), (SELECT COALESCE(max(id), 0) + 1 FROM item), false)
	+ setval(pg_get_serial_sequence('chat', 'id'), (SELECT COALESCE(max(id), 0) + 1 FROM chat), false);

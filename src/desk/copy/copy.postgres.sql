-- What PostgreSQL needs of its own: its sequences do not look at the rows.

-- :go_on
SELECT setval(pg_get_serial_sequence('person', 'id'), (SELECT COALESCE(max(id), 0) + 1 FROM person), false)
	+ setval(pg_get_serial_sequence('session', 'id'), (SELECT COALESCE(max(id), 0) + 1 FROM session), false)
	+ setval(pg_get_serial_sequence('pass', 'id'), (SELECT COALESCE(max(id), 0) + 1 FROM pass), false)
	+ setval(pg_get_serial_sequence('visitor', 'id'), (SELECT COALESCE(max(id), 0) + 1 FROM visitor), false)
	+ setval(pg_get_serial_sequence('conversation', 'id'), (SELECT COALESCE(max(id), 0) + 1 FROM conversation), false)
	+ setval(pg_get_serial_sequence('item', 'id'), (SELECT COALESCE(max(id), 0) + 1 FROM item), false)
	+ setval(pg_get_serial_sequence('chat', 'id'), (SELECT COALESCE(max(id), 0) + 1 FROM chat), false)
	+ setval(pg_get_serial_sequence('team', 'id'), (SELECT COALESCE(max(id), 0) + 1 FROM team), false)
	+ setval(pg_get_serial_sequence('site', 'id'), (SELECT COALESCE(max(id), 0) + 1 FROM site), false)
	+ setval(pg_get_serial_sequence('file', 'id'), (SELECT COALESCE(max(id), 0) + 1 FROM file), false)
	+ setval(pg_get_serial_sequence('page_view', 'id'), (SELECT COALESCE(max(id), 0) + 1 FROM page_view), false)
	+ setval(pg_get_serial_sequence('answer', 'id'), (SELECT COALESCE(max(id), 0) + 1 FROM answer), false)
	+ setval(pg_get_serial_sequence('promise', 'id'), (SELECT COALESCE(max(id), 0) + 1 FROM promise), false)
	+ setval(pg_get_serial_sequence('push', 'id'), (SELECT COALESCE(max(id), 0) + 1 FROM push), false)
	+ setval(pg_get_serial_sequence('block', 'id'), (SELECT COALESCE(max(id), 0) + 1 FROM block), false)
	+ setval(pg_get_serial_sequence('pool', 'id'), (SELECT COALESCE(max(id), 0) + 1 FROM pool), false)
	+ setval(pg_get_serial_sequence('seat_log', 'id'), (SELECT COALESCE(max(id), 0) + 1 FROM seat_log), false)
	+ setval(pg_get_serial_sequence('offer', 'id'), (SELECT COALESCE(max(id), 0) + 1 FROM offer), false)
	+ setval(pg_get_serial_sequence('shift', 'id'), (SELECT COALESCE(max(id), 0) + 1 FROM shift), false)
	+ setval(pg_get_serial_sequence('shift_exception', 'id'), (SELECT COALESCE(max(id), 0) + 1 FROM shift_exception), false);

/* The shapes of events: see event_shapes.h. */
#include "edge/event_shapes.h"

#include "desk/answer/answer.h"
#include "desk/calendar/holiday.h"
#include "desk/conversation/conversation.h"
#include "desk/duty/duty.h"
#include "desk/duty/pool.h"
#include "desk/line/line.h"
#include "desk/people/people.h"
#include "desk/reading/reading.h"
#include "desk/routing/routing.h"
#include "desk/shift/shift.h"
#include "desk/trail/trail.h"
#include "edge/json_out.h"
#include "edge/shapes.h"

static const struct field item_added[] = {
	FIELD_KEY(item_added, conversation),
	FIELD_OBJECT(item_added, item, item_fields),
	FIELD_END,
};

static const struct field reading_moved[] = {
	FIELD_KEY(reading_moved, conversation),
	FIELD_WORD(reading_moved, side, reading_sides),
	FIELD_INT(reading_moved, delivered, 0, INT64_MAX),
	FIELD_INT(reading_moved, seen, 0, INT64_MAX),
	FIELD_END,
};

/* The whole body under one name. */
static const struct field chat_changed[] = {
	{ .name = "chat", .type = FIELD_TYPE_OBJECT, .fields = chat_row_fields },
	FIELD_END,
};

static const struct field person_row_fields[] = {
	FIELD_INT(person_row, id, 1, INT64_MAX),
	FIELD_LINE(person_row, name, LIMIT_NAME_BYTES),
	FIELD_WORD(person_row, role, role_names + 1),
	FIELD_WORD(person_row, status, status_names),
	FIELD_BOOL(person_row, is_disabled),
	FIELD_END,
};

static const struct field person_changed[] = {
	{ .name = "person", .type = FIELD_TYPE_OBJECT, .fields = person_row_fields },
	FIELD_END,
};

static const struct field answer_changed[] = {
	FIELD_INT(answer_changed, answer, 1, INT64_MAX),
	FIELD_END,
};

static const struct field trail_added[] = {
	FIELD_KEY(trail_added, conversation),
	FIELD_OBJECT(trail_added, page, trail_page_fields),
	FIELD_END,
};

static const struct field team_changed[] = {
	{ .name = "team", .type = FIELD_TYPE_OBJECT, .fields = team_row_fields },
	FIELD_END,
};

static const struct field seat_changed[] = {
	{ .name = "person", .type = FIELD_TYPE_OBJECT, .fields = duty_row_fields },
	FIELD_END,
};

static const struct field pool_changed[] = {
	{ .name = "pool", .type = FIELD_TYPE_OBJECT, .fields = pool_fields },
	FIELD_END,
};

static const struct field site_changed[] = {
	{ .name = "site", .type = FIELD_TYPE_OBJECT, .fields = site_row_fields },
	FIELD_END,
};

static const struct field shift_changed[] = {
	FIELD_INT(shift_changed, person, 1, INT64_MAX),
	FIELD_END,
};

static const struct field holiday_changed[] = {
	FIELD_LINE(holiday_changed, day, CALENDAR_DAY_CHARS),
	FIELD_END,
};

static const struct field promise_changed[] = {
	{ .name = "promise", .type = FIELD_TYPE_OBJECT, .fields = promise_row_fields },
	FIELD_END,
};

static const struct field backup_alerted[] = {
	FIELD_INT(backup_alerted, pool, 1, INT64_MAX),
	FIELD_INT(backup_alerted, team, 1, INT64_MAX, OPTIONAL, .says = "left out: the pool of everybody"),
	FIELD_LINE(backup_alerted, team_name, LIMIT_NAME_BYTES, OPTIONAL),
	FIELD_INT(backup_alerted, waiting, 0, INT64_MAX),
	FIELD_TIME(backup_alerted, longest_since, OPTIONAL),
	FIELD_END,
};

static const struct field setting_changed[] = { FIELD_END };

const struct field *
event_shape(enum event_kind kind)
{
	static const struct field *const shapes[EVENT_KINDS] = {
		[EVENT_ITEM_ADDED] = item_added,
		[EVENT_READING_MOVED] = reading_moved,
		[EVENT_CHAT_CHANGED] = chat_changed,
		[EVENT_ANSWER_CHANGED] = answer_changed,
		[EVENT_PERSON_CHANGED] = person_changed,
		[EVENT_TRAIL_ADDED] = trail_added,
		[EVENT_TEAM_CHANGED] = team_changed,
		[EVENT_SEAT_CHANGED] = seat_changed,
		[EVENT_POOL_CHANGED] = pool_changed,
		[EVENT_SITE_CHANGED] = site_changed,
		[EVENT_PROMISE_CHANGED] = promise_changed,
		[EVENT_LINE_MOVED] = line_place_fields,
		[EVENT_SHIFT_CHANGED] = shift_changed,
		[EVENT_HOLIDAY_CHANGED] = holiday_changed,
		[EVENT_BACKUP_ALERTED] = backup_alerted,
		[EVENT_SETTING_CHANGED] = setting_changed,
	};

	return shapes[kind];
}

/* Appends the body's fields behind the event's name, in one object. */
static void
append(GString *out, enum event_kind kind, const void *body)
{
	gsize brace;

	g_string_append(out, "{\"event\":\"");
	g_string_append(out, event_row(kind)->name);
	g_string_append_c(out, '"');
	brace = out->len;
	json_out(out, event_shape(kind), body);
	if (out->str[brace + 1] == '}')
		g_string_erase(out, (gssize)brace, 1);
	else
		out->str[brace] = ',';
}

bool
event_out(GString *out, const struct event *event, enum audience audience)
{
	if (event_shape(event->kind) == NULL || event->body == NULL)
		return false;
	if (audience == AUDIENCE_STAFF || event->kind == EVENT_READING_MOVED || event->kind == EVENT_LINE_MOVED) {
		append(out, event->kind, event->body);
		return true;
	}
	if (event->kind != EVENT_ITEM_ADDED)
		return false;

	struct item_added added = *(const struct item_added *)event->body;

	if (added.item.internal)
		return false;
	item_hide(&added.item);
	append(out, EVENT_ITEM_ADDED, &added);
	return true;
}

/* JSON in: see json_in.h. */
#include "edge/json_in.h"

#include <string.h>
#include <talloc.h>

#include "base/clock.h"
#include "base/text.h"
#include "store/query.h"

/* What is being filled, and from what. */
struct source {
	const struct field *fields;
	json_t *body;
	const char *const *pairs;
	void *memory;
	void *record;
};

/* What else is JSON, and cannot be read. */
static const char *
what_is_wrong(const json_error_t *problem)
{
	switch (json_error_code(problem)) {
	case json_error_duplicate_key:
		return "a field is given twice";
	case json_error_numeric_overflow:
		return "a number is too large";
	case json_error_null_character:
	case json_error_null_byte_in_key:
		return "a text has a NUL";
	default:
		return "not JSON";
	}
}

json_t *
json_in_parse(const char *bytes, size_t size, GError **error)
{
	json_error_t problem;
	json_t *body;

	if (!text_depth_is_within(bytes, size, LIMIT_JSON_DEPTH)) {
		(void)refuse(error, REFUSED_SYNTAX, NULL, "JSON nested deeper than %d", LIMIT_JSON_DEPTH);
		return NULL;
	}
	body = json_loadb(bytes, size, JSON_REJECT_DUPLICATES, &problem);
	if (body == NULL) {
		(void)refuse(error, REFUSED_SYNTAX, NULL, "%s: line %d, column %d", what_is_wrong(&problem),
		    problem.line, problem.column);
		return NULL;
	}
	if (!json_is_object(body)) {
		json_decref(body);
		(void)refuse(error, REFUSED_SYNTAX, NULL, "wants one JSON object");
		return NULL;
	}
	return body;
}

static gboolean
wants(const struct field *field, const char *what, GError **error)
{
	return refuse(error, REFUSED_FIELD, field->name, "wants %s", what);
}

static gboolean
check_bytes(const struct field *field, size_t size, GError **error)
{
	if (size < (size_t)field->min || size > (size_t)field->max)
		return refuse(error, REFUSED_RANGE, field->name,
		    "wants %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT " bytes, got %zu", field->min, field->max, size);
	return TRUE;
}

static gboolean
in_int(const struct source *source, const struct field *field, int64_t number, GError **error)
{
	if (number < field->min || number > field->max)
		return refuse(error, REFUSED_RANGE, field->name,
		    "wants %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT ", got %" G_GINT64_FORMAT, field->min, field->max,
		    number);
	*(int64_t *)((char *)source->record + field->offset) = number;
	return TRUE;
}

static gboolean
check_word(const struct field *field, const char *text, GError **error)
{
	for (const char *const *word = field->words; *word != NULL; word++) {
		if (strcmp(*word, text) == 0)
			return TRUE;
	}

	g_autofree char *words = g_strjoinv(", ", (char **)field->words);

	return refuse(error, REFUSED_RANGE, field->name, "wants one of: %s", words);
}

static gboolean
check_line(const struct field *field, const char *text, GError **error)
{
	return text_is_clean(text, false)
	    ? TRUE
	    : wants(field, "one line without control characters and turns of direction", error);
}

/* What must have some bytes must have something to see in them. */
static gboolean
check_seen(const struct field *field, const char *text, GError **error)
{
	if (field->min > 0 && text_is_blank(text))
		return refuse(error, REFUSED_RANGE, field->name, "wants more than blanks");
	return TRUE;
}

/* The rules of each kind of text; `text` is trimmed where its kind is. */
static gboolean
check_text(const struct field *field, const char *text, GError **error)
{
	switch (field->type) {
	case FIELD_TYPE_TEXT:
		return text_is_clean(text, true) ? check_seen(field, text, error)
						 : wants(field, "text without control characters", error);
	case FIELD_TYPE_LINE:
		return check_line(field, text, error) && check_seen(field, text, error);
	case FIELD_TYPE_SECRET:
		return check_line(field, text, error);
	case FIELD_TYPE_EMAIL:
		return text_is_email(text) ? TRUE : wants(field, "an e-mail address", error);
	case FIELD_TYPE_CALLER:
		return text_is_key(text) ? TRUE : wants(field, "only A-Z a-z 0-9 - _", error);
	case FIELD_TYPE_KEY:
		return text_is_key(text) ? TRUE : refuse(error, REFUSED_UNKNOWN, field->name, "there is no such thing");
	default:
		return check_word(field, text, error);
	}
}

static bool
is_trimmed(const struct field *field)
{
	return field->type == FIELD_TYPE_LINE || field->type == FIELD_TYPE_EMAIL;
}

static gboolean
in_text(const struct source *source, const struct field *field, const char *given, size_t size, GError **error)
{
	char *text = talloc_strndup(source->memory, given, size);

	if (field->is_tidied)
		text_tidy(text);
	if (is_trimmed(field))
		text = g_strstrip(text);
	if (field->type == FIELD_TYPE_EMAIL)
		text_to_lower(text);
	if (field->type == FIELD_TYPE_KEY && strlen(text) != KEY_CHARS)
		return refuse(error, REFUSED_UNKNOWN, field->name, "there is no such thing");
	if ((field->words == NULL && !check_bytes(field, strlen(text), error)) || !check_text(field, text, error))
		return FALSE;
	*(const char **)((char *)source->record + field->offset) = text;
	return TRUE;
}

static const struct field *
field_named(const struct field *fields, const char *name)
{
	for (const struct field *field = fields; field != NULL && field->type != FIELD_TYPE_END; field++) {
		if (strcmp(field->name, name) == 0)
			return field;
	}
	return NULL;
}

static gboolean in_value(const struct source *source, const struct field *field, json_t *value, GError **error);

/* Lets go on with a field that stands inside of `where`, and is to be named so. */
static gboolean
in_inner(const struct source *source, const struct field *field, const char *where, json_t *row, GError **error)
{
	g_autofree char *path = g_strdup_printf("%s.%s", where, field->name);
	struct field named = *field;

	named.name = path;
	return in_value(source, &named, json_object_get(row, field->name), error);
}

static gboolean
in_object(const struct source *source, const char *where, json_t *row, GError **error)
{
	const char *name;
	json_t *value;

	if (!json_is_object(row))
		return refuse(error, REFUSED_FIELD, where, "wants an object");
	json_object_foreach(row, name, value)
	{
		g_autofree char *path = g_strdup_printf("%s.%s", where, name);

		if (field_named(source->fields, name) == NULL)
			return refuse(error, REFUSED_FIELD, path, "is not a field of this command");
	}
	for (const struct field *field = source->fields; field->type != FIELD_TYPE_END; field++) {
		if (!in_inner(source, field, where, row, error))
			return FALSE;
	}
	return TRUE;
}

/* One row of a list; `source` has its fields and its struct. */
static gboolean
in_row(const struct source *source, const struct field *list, const char *where, json_t *row, GError **error)
{
	struct field named = list->fields[0];

	if (!list->is_plain)
		return in_object(source, where, row, error);
	named.name = where;
	return in_value(source, &named, row, error);
}

static gboolean
in_rows(const struct source *source, const struct field *field, json_t *value, char *rows, GError **error)
{
	struct source inner = { .fields = field->fields, .memory = source->memory, .record = rows };
	size_t i;
	json_t *row;

	json_array_foreach(value, i, row)
	{
		g_autofree char *where = g_strdup_printf("%s[%zu]", field->name, i);

		inner.record = rows + i * field->size;
		if (!in_row(&inner, field, where, row, error))
			return FALSE;
	}
	return TRUE;
}

static gboolean
in_list(const struct source *source, const struct field *field, json_t *value, GError **error)
{
	size_t count = json_array_size(value);
	char *rows;

	g_assert(field->max > 0); /* what a stranger can make grow has a maximum */
	if (!json_is_array(value))
		return wants(field, "a list", error);
	if (count < (size_t)field->min || count > (size_t)field->max)
		return refuse(error, REFUSED_RANGE, field->name,
		    "wants %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT " rows, got %zu", field->min, field->max, count);
	rows = talloc_zero_size(source->memory, MAX(count * field->size, 1));
	if (!in_rows(source, field, value, rows, error))
		return FALSE;
	*(struct list *)((char *)source->record + field->offset) = (struct list) { rows, count };
	return TRUE;
}

/* "2026-03-30T16:50:00Z" or "…00.123Z": RFC 3339 in UTC, as it is answered. */
static gboolean
in_time(const struct source *source, const struct field *field, const char *text, GError **error)
{
	static const char shape[] = "dddd-dd-ddTdd:dd:dd.dddZ";
	size_t length = strlen(text);
	const char *at = text;

	for (const char *mark = shape; *mark != '\0' && length > 0; mark++) {
		if (length == sizeof "2026-03-30T16:50:00Z" - 1 && *mark == '.')
			mark = shape + sizeof shape - 2;
		if (*mark == 'd' ? !g_ascii_isdigit(*at) : *at != *mark)
			break;
		at++;
	}

	g_autoptr(GDateTime) moment = length == 0 || *at != '\0' ? NULL : g_date_time_new_from_iso8601(text, NULL);

	if (moment == NULL)
		return wants(field, "a time in UTC, such as 2026-03-30T16:50:00Z", error);
	*(int64_t *)((char *)source->record + field->offset) =
	    g_date_time_to_unix(moment) * MS_PER_SECOND + g_date_time_get_microsecond(moment) / 1000;
	return TRUE;
}

static gboolean
in_json(const struct source *source, const struct field *field, json_t *value, GError **error)
{
	switch (field->type) {
	case FIELD_TYPE_INT:
		return json_is_integer(value) ? in_int(source, field, json_integer_value(value), error)
					      : wants(field, "an integer", error);
	case FIELD_TYPE_BOOL:
		if (!json_is_boolean(value))
			return wants(field, "true or false", error);
		*(bool *)((char *)source->record + field->offset) = json_is_true(value);
		return TRUE;
	case FIELD_TYPE_LIST:
		return in_list(source, field, value, error);
	case FIELD_TYPE_TIME:
		return json_is_string(value) ? in_time(source, field, json_string_value(value), error)
					     : wants(field, "a text", error);
	case FIELD_TYPE_OBJECT:
	case FIELD_TYPE_BYTES:
		g_assert_not_reached(); /* no command takes one yet, or not in JSON */
	default:
		return json_is_string(value)
		    ? in_text(source, field, json_string_value(value), json_string_length(value), error)
		    : wants(field, "a text", error);
	}
}

/* A field of a path or query string, which has no types. */
static gboolean
in_pair(const struct source *source, const struct field *field, const char *value, GError **error)
{
	int64_t number;

	switch (field->type) {
	case FIELD_TYPE_INT:
		if (!text_to_int(value, &number))
			return field->place == PLACE_PATH
			    ? refuse(error, REFUSED_UNKNOWN, field->name, "there is no such thing")
			    : wants(field, "an integer", error);
		return in_int(source, field, number, error);
	case FIELD_TYPE_BOOL:
		if (strcmp(value, "true") != 0 && strcmp(value, "false") != 0)
			return wants(field, "true or false", error);
		*(bool *)((char *)source->record + field->offset) = *value == 't';
		return TRUE;
	default:
		if (!g_utf8_validate(value, -1, NULL))
			return wants(field, "UTF-8", error);
		return in_text(source, field, value, strlen(value), error);
	}
}

static const char *
pair_named(const char *const *pairs, const char *name)
{
	for (; pairs != NULL && pairs[0] != NULL; pairs += 2) {
		if (strcmp(pairs[0], name) == 0)
			return pairs[1];
	}
	return NULL;
}

static void
set_otherwise(const struct source *source, const struct field *field)
{
	char *at = (char *)source->record + field->offset;

	if (field->type == FIELD_TYPE_INT)
		*(int64_t *)at = field->otherwise;
	else if (field->type == FIELD_TYPE_BOOL)
		*(bool *)at = field->otherwise != 0;
}

/* They came beside the JSON, and stand in the record already. */
static gboolean
in_bytes(const struct source *source, const struct field *field, json_t *value, GError **error)
{
	const struct bytes *bytes = (const void *)((const char *)source->record + field->offset);

	if (value != NULL && !json_is_null(value))
		return wants(field, "a body of bytes", error);
	if (bytes->data == NULL)
		return refuse(error, REFUSED_FIELD, field->name, "is missing");
	return check_bytes(field, bytes->size, error);
}

/* `value` may be NULL: there is none. */
static gboolean
in_value(const struct source *source, const struct field *field, json_t *value, GError **error)
{
	if (field->type == FIELD_TYPE_BYTES)
		return in_bytes(source, field, value, error);
	if (value != NULL && !json_is_null(value))
		return in_json(source, field, value, error);
	if (!field->is_optional)
		return refuse(error, REFUSED_FIELD, field->name, "is missing");
	set_otherwise(source, field);
	return TRUE;
}

static gboolean
in_field(const struct source *source, const struct field *field, GError **error)
{
	const char *pair = pair_named(source->pairs, field->name);
	json_t *value = source->body == NULL ? NULL : json_object_get(source->body, field->name);

	return pair != NULL ? in_pair(source, field, pair, error) : in_value(source, field, value, error);
}

/* Every name in the body must be a field's that may stand there. */
static gboolean
body_is_known(const struct source *source, const char *const *passed_over, GError **error)
{
	const char *name;
	json_t *value;

	json_object_foreach(source->body, name, value)
	{
		const struct field *field = field_named(source->fields, name);

		if (field != NULL && (field->place == PLACE_BODY || source->pairs == NULL))
			continue;
		if (passed_over == NULL || !g_strv_contains(passed_over, name))
			return refuse(error, REFUSED_FIELD, name, "is not a field of this command");
	}
	return TRUE;
}

static gboolean
pairs_are_known(const struct source *source, GError **error)
{
	for (const char *const *pair = source->pairs; pair != NULL && pair[0] != NULL; pair += 2) {
		const struct field *field = field_named(source->fields, pair[0]);

		if (field == NULL || field->place == PLACE_BODY)
			return refuse(error, REFUSED_FIELD, pair[0], "is not a parameter of this command");
		if (pair_named(source->pairs, pair[0]) != pair[1])
			return refuse(error, REFUSED_FIELD, pair[0], "is given twice");
	}
	return TRUE;
}

gboolean
json_in(const struct field *fields, json_t *body, const char *const *pairs, const char *const *passed_over,
    void *memory, void *record, GError **error)
{
	struct source source = { fields, body, pairs, memory, record };

	if ((body != NULL && !body_is_known(&source, passed_over, error)) || !pairs_are_known(&source, error))
		return FALSE;
	for (const struct field *field = fields; field != NULL && field->type != FIELD_TYPE_END; field++) {
		if (!in_field(&source, field, error))
			return FALSE;
	}
	return TRUE;
}

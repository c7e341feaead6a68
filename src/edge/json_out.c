/* JSON out: see json_out.h. */
#include "edge/json_out.h"

#include <string.h>
#include <time.h>

#include "base/clock.h"

/* What must be escaped: the control characters, the quote and the backslash. DEL and U+2028 need not be. */
static bool
is_plain(unsigned char c)
{
	return c >= 0x20 && c != '"' && c != '\\';
}

static void
append_escape(GString *out, unsigned char c)
{
	switch (c) {
	case '"':
		g_string_append(out, "\\\"");
		break;
	case '\\':
		g_string_append(out, "\\\\");
		break;
	case '\n':
		g_string_append(out, "\\n");
		break;
	case '\t':
		g_string_append(out, "\\t");
		break;
	default:
		/* What is no UTF-8 got into the store past us. One such row must not close every socket that it is sent to. */
		g_string_append_printf(out, "\\u%04x", c < 0x80 ? c : 0xFFFDu);
	}
}

/* How many bytes from here on can stand as they are: plain ones and whole characters. */
static size_t
plain_run(const char *text)
{
	const char *at = text;

	for (;;) {
		if ((unsigned char)*at < 0x80) {
			if (!is_plain((unsigned char)*at))
				break;
			at++;
		} else {
			if ((gint32)g_utf8_get_char_validated(at, -1) < 0)
				break;
			at = g_utf8_next_char(at);
		}
	}
	return (size_t)(at - text);
}

void
json_out_text(GString *out, const char *text)
{
	if (text == NULL) {
		g_string_append(out, "null");
		return;
	}
	g_string_append_c(out, '"');
	while (*text != '\0') {
		size_t plain = plain_run(text);

		g_string_append_len(out, text, (gssize)plain);
		text += plain;
		if (*text != '\0')
			append_escape(out, (unsigned char)*text++);
	}
	g_string_append_c(out, '"');
}

static void
append_number(GString *out, int64_t number)
{
	char digits[24];

	g_string_append_len(out, digits, g_snprintf(digits, sizeof digits, "%" G_GINT64_FORMAT, number));
}

void
json_out_time(GString *out, int64_t ms)
{
	time_t seconds = (time_t)(ms / MS_PER_SECOND);
	char text[40];
	struct tm utc;

	if (ms <= 0) {
		g_string_append(out, "null");
		return;
	}
	gmtime_r(&seconds, &utc);
	g_string_append_len(out, text,
	    g_snprintf(text, sizeof text, "\"%04d-%02d-%02dT%02d:%02d:%02d.%03dZ\"", utc.tm_year + 1900, utc.tm_mon + 1,
		utc.tm_mday, utc.tm_hour, utc.tm_min, utc.tm_sec, (int)(ms % MS_PER_SECOND)));
}

static bool
is_absent(const struct field *field, const void *at)
{
	switch (field->type) {
	case FIELD_TYPE_INT:
	case FIELD_TYPE_TIME:
		return *(const int64_t *)at == 0;
	case FIELD_TYPE_BOOL:
		return !*(const bool *)at;
	case FIELD_TYPE_OBJECT:
		return is_absent(&field->fields[0], (const char *)at + field->fields[0].offset);
	case FIELD_TYPE_LIST:
		return ((const struct list *)at)->rows == NULL;
	default:
		return *(const char *const *)at == NULL;
	}
}

static void out_object(GString *out, const struct field *fields, const void *record, bool is_kept);
static void out_value(GString *out, const struct field *field, const void *at, bool is_kept);

static void
out_list(GString *out, const struct field *field, const struct list *list, bool is_kept)
{
	const char *row = list->rows;

	g_string_append_c(out, '[');
	for (size_t i = 0; i < list->count; i++, row += field->size) {
		if (i > 0)
			g_string_append_c(out, ',');
		if (field->is_plain)
			out_value(out, &field->fields[0], row + field->fields[0].offset, is_kept);
		else
			out_object(out, field->fields, row, is_kept);
	}
	g_string_append_c(out, ']');
}

static void
out_value(GString *out, const struct field *field, const void *at, bool is_kept)
{
	switch (field->type) {
	case FIELD_TYPE_INT:
		append_number(out, *(const int64_t *)at);
		break;
	case FIELD_TYPE_TIME:
		json_out_time(out, *(const int64_t *)at);
		break;
	case FIELD_TYPE_BOOL:
		g_string_append(out, *(const bool *)at ? "true" : "false");
		break;
	case FIELD_TYPE_OBJECT:
		out_object(out, field->fields, at, is_kept);
		break;
	case FIELD_TYPE_LIST:
		out_list(out, field, at, is_kept);
		break;
	case FIELD_TYPE_BYTES:
		json_out_text(out, NULL); /* bytes are taken and never answered */
		break;
	default:
		json_out_text(out, *(const char *const *)at);
	}
}

static void
out_object(GString *out, const struct field *fields, const void *record, bool is_kept)
{
	bool is_first = true;

	g_string_append_c(out, '{');
	for (const struct field *field = fields; field != NULL && field->type != FIELD_TYPE_END; field++) {
		const char *at = (const char *)record + field->offset;

		if ((field->is_optional && is_absent(field, at)) || (is_kept && field->type == FIELD_TYPE_SECRET))
			continue;
		g_string_append(out, is_first ? "\"" : ",\"");
		g_string_append(out, field->name);
		g_string_append(out, "\":");
		out_value(out, field, at, is_kept);
		is_first = false;
	}
	g_string_append_c(out, '}');
}

void
json_out(GString *out, const struct field *fields, const void *record)
{
	out_object(out, fields, record, false);
}

void
json_out_kept(GString *out, const struct field *fields, const void *record)
{
	out_object(out, fields, record, true);
}

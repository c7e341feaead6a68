/* Problems: see problem.h. */
#include "edge/problem.h"

#include <stdlib.h>

#include "base/error.h"

/* A queue that is full empties within a commit or two; a second is what Retry-After can say at least. */
#define RETRY_SECONDS 1

/* A stranger's field name may hold anything; JSON holds UTF-8 only. */
static void
set_text(json_t *document, const char *key, const char *text)
{
	g_autofree char *valid = g_utf8_make_valid(text, -1);

	json_object_set_new(document, key, json_string(valid));
}

json_t *
problem_of(const GError *error)
{
	const struct error_row *row = error_row(error_kind(error));
	g_autofree char *type = g_strconcat("urn:softanswer:", row->type, NULL);
	struct error_cause cause = error_cause(error);
	json_t *document = json_object();

	set_text(document, "type", type);
	set_text(document, "title", row->title);
	json_object_set_new(document, "status", json_integer(row->status));
	if (error_is_refusal(error)) {
		set_text(document, "detail", error->message);
		if (error_field(error) != NULL)
			set_text(document, "field", error_field(error));
		if (cause.code != NULL)
			set_text(document, "code", cause.code);
		if (cause.line > 0)
			json_object_set_new(document, "line", json_integer(cause.line));
	}
	return document;
}

char *
problem_text(const GError *error)
{
	json_t *document = problem_of(error);
	size_t size = json_dumpb(document, NULL, 0, JSON_COMPACT);
	char *text = g_malloc(size + 1);

	json_dumpb(document, text, size, JSON_COMPACT);
	text[size] = '\0';
	json_decref(document);
	return text;
}

int
problem_retry_seconds(const GError *error)
{
	return error_row(error_kind(error))->retry ? RETRY_SECONDS : 0;
}

/*
 * JSON in: a stranger's JSON into a struct, as field rows tell it; everything else is refused by name.
 *
 * Any thread; what is decoded lives in `memory`. The text is read by jansson: doubled fields, lone surrogates, NUL, numbers
 * out of 64 bits and nesting beyond LIMIT_JSON_DEPTH are refused there.
 */
#pragma once

#include <glib.h>
#include <jansson.h>

#include "edge/command.h"

/* The one object in these bytes; the caller gives it back with json_decref(). REFUSED_SYNTAX for anything else. */
CHECKED json_t *json_in_parse(const char *bytes, size_t size, GError **error);

/*
 * Fills `record` (zeroed) from `body` and from `pairs` (name, value, … up to NULL: of a path or a query string). Fields of the
 * path and query may stand in the body only when `pairs` is NULL (a socket's). The names in `passed_over` (up to NULL) are
 * the envelope's. The first thing that is wrong is the error; inside a list it is named with its place: "hours[2].weekday".
 */
CHECKED gboolean json_in(const struct field *fields, json_t *body, const char *const *pairs,
    const char *const *passed_over, void *memory, void *record, GError **error);

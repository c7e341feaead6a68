/*
 * JSON out: a struct as its field rows tell it. The one place that writes JSON, so that answers, events and documentation
 * cannot differ.
 *
 * An OPTIONAL field that is absent (NULL, 0, false, an object whose first field is absent) is left out; a text or time that is
 * absent but not OPTIONAL is null. Texts are UTF-8 already; a byte that is not becomes U+FFFD. Any thread; appends to a GString.
 */
#pragma once

#include <glib.h>

#include "edge/command.h"

/* Appends {…}. */
void json_out(GString *out, const struct field *fields, const void *record);

/* The same without the FIELD_TYPE_SECRET fields: for what is kept. */
void json_out_kept(GString *out, const struct field *fields, const void *record);

/* Appends a quoted text, or null. */
void json_out_text(GString *out, const char *text);

/* Appends "2026-03-30T16:50:00.000Z", quoted; 0 is null. */
void json_out_time(GString *out, int64_t ms);

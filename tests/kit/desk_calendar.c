/* Calendars of other programs: see desk_calendar.h. */
#include "tests/kit/desk_calendar.h"

const struct kit_answer *
calendar_import(struct shift_scene *scene, const struct kit_actor *whose, const char *calendar)
{
	g_autofree char *id = g_strdup_printf("import-%05u", ++scene->ids);

	return kit_do(scene->desk, scene->lea, "shift.import", "{s:s, s:I, s:s}", "id", id, "person",
	    (json_int_t)whose->person, "calendar", calendar);
}

/* " weekday 1 540+480", or with a day. */
static void
append_meeting(GString *text, const json_t *meets)
{
	const char *day = json_string_value(json_object_get(meets, "day"));

	if (meets == NULL)
		return;
	if (day != NULL)
		g_string_append_printf(text, " %s", day);
	else
		g_string_append_printf(
		    text, " weekday %" JSON_INTEGER_FORMAT, json_integer_value(json_object_get(meets, "weekday")));
	g_string_append_printf(text, " %" JSON_INTEGER_FORMAT "+%" JSON_INTEGER_FORMAT,
	    json_integer_value(json_object_get(meets, "from_minute")),
	    json_integer_value(json_object_get(meets, "minutes")));
}

const char *
calendar_left_out(const struct kit_answer *answer)
{
	g_autoptr(GString) text = g_string_new(NULL);
	json_t *row;
	size_t i;

	if (!answer->is_ok)
		kit_fail("refused: %s", kit_text(answer, "detail"));
	json_array_foreach(json_object_get(answer->body, "skipped"), i, row)
	{
		static const char *const more[] = { "property", "zone" };

		if (json_string_value(json_object_get(row, "why")) == NULL)
			kit_fail("without words");
		g_string_append_printf(text, "%s%" JSON_INTEGER_FORMAT ": %s", i > 0 ? ", " : "",
		    json_integer_value(json_object_get(row, "line")), json_string_value(json_object_get(row, "code")));
		for (size_t k = 0; k < G_N_ELEMENTS(more); k++) {
			if (json_object_get(row, more[k]) != NULL)
				g_string_append_printf(text, " %s", json_string_value(json_object_get(row, more[k])));
		}
		append_meeting(text, json_object_get(row, "meets"));
	}
	return g_intern_string(text->str);
}

const char *
calendar_imported(struct shift_scene *scene, const char *calendar)
{
	return calendar_left_out(calendar_import(scene, scene->ann, calendar));
}

const char *
calendar_exported(struct shift_scene *scene, const struct kit_actor *whose)
{
	const struct kit_answer *answer =
	    kit_do(scene->desk, whose, "shift.export", "{s:I}", "person", (json_int_t)whose->person);

	if (!answer->is_ok)
		kit_fail("no calendar: %s", kit_text(answer, "detail"));
	return g_intern_string(kit_text(answer, "calendar"));
}

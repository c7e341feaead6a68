/*
 * Calendars of other programs: read as they are, and imported on trial into a desk that has shifts of every kind. What is read has
 * days and minutes that a shift may have; what is imported is answered, or refused for a reason that is the calendar's.
 */
#include <string.h>
#include <talloc.h>

#include "base/limits.h"
#include "base/text.h"
#include "desk/calendar/calendar.h"
#include "desk/shift/icalendar.h"
#include "tests/fuzz/fuzz.h"
#include "tests/kit/desk_shift.h"

static void
check_time(const struct icalendar_time *time)
{
	char day[CALENDAR_DAY_CHARS + 1];

	calendar_day_text(time->day, day);
	g_assert(strcmp(day, "1970-01-02") > 0 && strcmp(day, "2199-12-30") < 0);
	g_assert(time->minute >= 0 && time->minute < MINUTES_PER_DAY);
}

static void
check_event(const struct icalendar_event *event)
{
	g_assert(event->line > 0);
	if (event->fault != FAULT_NONE)
		return;
	check_time(&event->start);
	if (event->has_end)
		check_time(&event->end);
	for (size_t i = 0; i < event->left_out.count; i++)
		check_time(&event->left_out.rows[i]);
	g_assert(event->duration_days >= 0 && event->duration_minutes >= 0 && (event->rule.weekdays & ~0xFEu) == 0);
	if (event->has_instead)
		check_time(&event->instead);
}

static void
check_read(const char *text)
{
	g_autoptr(GError) error = NULL;
	void *memory = talloc_new(NULL);
	struct icalendar calendar = { 0 };

	if (icalendar_read(text, LIMIT_CALENDAR_EVENTS, memory, &calendar, &error)) {
		g_assert(calendar.count <= LIMIT_CALENDAR_EVENTS);
		for (size_t i = 0; i < calendar.count; i++)
			check_event(&calendar.events[i]);
	} else {
		g_assert(error_kind(error) == REFUSED_RANGE && strcmp(error_field(error), "calendar") == 0);
	}
	talloc_free(memory);
}

static struct shift_scene *
scene(void)
{
	static struct shift_scene scene;

	if (scene.desk == NULL) {
		scene = shift_scene_begin("Europe/Berlin");
		shift_added(&scene, scene.ann, 2, 540, 480, "2026-01-01", NULL);
		shift_added(&scene, scene.ann, 7, 1320, 480, "2026-01-01", "2026-06-30");
		shift_off(&scene, scene.ann, "2026-04-07");
		shift_extra(&scene, scene.ann, "2026-04-09", 540, 60);
		shift_holiday(&scene, "2026-04-06");
	}
	return &scene;
}

static void
check_import(const char *text)
{
	struct shift_scene *it = scene();
	g_autofree char *id = g_strdup_printf("import-%05u", ++it->ids);
	const struct kit_answer *answer = kit_do(it->desk, it->lea, "shift.import", "{s:s, s:I, s:s, s:b}", "id", id,
	    "person", (json_int_t)it->ann->person, "calendar", text, "is_trial", 1);

	g_assert(answer->is_answered && (answer->is_ok || answer->status < 500));
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	g_autofree char *text = g_strndup((const char *)bytes, size);

	/* The door lets nothing else in. */
	if (!g_utf8_validate(text, -1, NULL) || !text_is_clean(text, true) || *text == '\0')
		return 0;
	check_read(text);
	check_import(text);
	return 0;
}

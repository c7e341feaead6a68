/* Shifts for other calendar programs: see shift.h. */
#include <string.h>
#include <talloc.h>

#include "base/limits.h"
#include "desk/calendar/holiday.h"
#include "desk/people/actor.h"
#include "desk/setting/setting.h"
#include "desk/shift/icalendar_write.h"
#include "desk/shift/shift_inside.h"

const char *const shift_whose[] = { "own", SHIFT_OF_EVERYBODY, NULL };

gboolean
shift_export(struct tx *tx, const struct shift_export_ask *ask, struct shift_export *answer, GError **error)
{
	g_autoptr(GTimeZone) zone = NULL;
	g_autoptr(GString) out = g_string_new(NULL);
	struct icalendar_words words = { .now = tx_now_ms(tx) };
	struct shift_people people;
	struct shift_plan plan;
	int64_t *ids;

	bool is_everybody = ask->person == 0 && ask->whose != NULL && strcmp(ask->whose, SHIFT_OF_EVERYBODY) == 0;
	int64_t person = is_everybody ? 0 : ask->person == 0 ? tx_actor(tx)->person_id : ask->person;

	if (is_everybody && !actor_may(tx_actor(tx), MAY_PLAN))
		return refuse(error, REFUSED_PERMISSION, "whose", "a lead exports the shifts of everybody");
	if ((person != 0 && !check_person(tx, person, error)) || !desk_zone(tx, &zone, error) ||
	    !setting_value(tx, SETTING_TIME_ZONE, &words.zone_name, error) ||
	    !setting_value(tx, SETTING_NAME, &words.desk, error) ||
	    !setting_value(tx, SETTING_SITE, &words.site, error) || !people_load(tx, person, 0, &people, &ids, error) ||
	    !plan_load(tx, person, DAY_MIN, DAY_MAX, &plan, error))
		return FALSE;
	plan_keep(tx, &plan, ids, people.count);
	plan.zone = zone;
	words.people = &people;
	icalendar_write(out, &plan, &words);
	if (out->len > LIMIT_CALENDAR_OUT_BYTES)
		return refuse(error, REFUSED_SIZE, "person", "is too much for one calendar: export one person's");
	answer->calendar = talloc_strdup(tx_memory(tx), out->str);
	return TRUE;
}

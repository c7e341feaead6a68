/* A desk with shifts: see desk_shift.h. */
#include "tests/kit/desk_shift.h"

#include "tests/kit/database.h"

struct shift_scene
shift_scene_begin(const char *time_zone)
{
	struct shift_scene scene = { .desk = kit_desk_begin(1) };

	scene.ann = kit_staff(scene.desk, "ann", ROLE_ADVISOR);
	scene.ben = kit_staff(scene.desk, "ben", ROLE_BACKUP);
	scene.lea = kit_staff(scene.desk, "lea", ROLE_LEAD);
	if (!kit_do(scene.desk, kit_administrator(scene.desk), "setting.change", "{s:s}", "time_zone", time_zone)
		 ->is_ok)
		kit_fail("%s is no time zone", time_zone);
	return scene;
}

const struct kit_answer *
shift_adds(struct shift_scene *scene, const struct kit_actor *whose, int weekday, int from_minute, int minutes,
    const char *first_day, const char *last_day)
{
	g_autofree char *id = g_strdup_printf("shift-%05u", ++scene->ids);

	return kit_do(scene->desk, scene->lea, "shift.add", "{s:s, s:I, s:i, s:i, s:i, s:s*, s:s*}", "id", id, "person",
	    (json_int_t)whose->person, "weekday", weekday, "from_minute", from_minute, "minutes", minutes, "first_day",
	    first_day, "last_day", last_day);
}

int64_t
shift_added(struct shift_scene *scene, const struct kit_actor *whose, int weekday, int from_minute, int minutes,
    const char *first_day, const char *last_day)
{
	const struct kit_answer *answer = shift_adds(scene, whose, weekday, from_minute, minutes, first_day, last_day);

	if (!answer->is_ok)
		kit_fail("no shift: %s", kit_text(answer, "detail"));
	return kit_int(answer, "shift");
}

const struct kit_answer *
shift_off(struct shift_scene *scene, const struct kit_actor *whose, const char *day)
{
	g_autofree char *id = g_strdup_printf("shift-%05u", ++scene->ids);

	return kit_do(scene->desk, scene->lea, "shift.except", "{s:s, s:I, s:s, s:s}", "id", id, "person",
	    (json_int_t)whose->person, "day", day, "kind", "off");
}

const struct kit_answer *
shift_extra(struct shift_scene *scene, const struct kit_actor *whose, const char *day, int from_minute, int minutes)
{
	g_autofree char *id = g_strdup_printf("shift-%05u", ++scene->ids);

	return kit_do(scene->desk, scene->lea, "shift.except", "{s:s, s:I, s:s, s:s, s:i, s:i}", "id", id, "person",
	    (json_int_t)whose->person, "day", day, "kind", "extra", "from_minute", from_minute, "minutes", minutes);
}

bool
shift_holiday(struct shift_scene *scene, const char *day)
{
	return kit_do(scene->desk, scene->lea, "holiday.set", "{s:s, s:s}", "day", day, "name", "Easter")->is_ok;
}

void
shift_plant(struct shift_scene *scene, const char *insert, int count)
{
	g_autofree char *sql = g_strdup_printf(
	    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d) %s", count, insert);
	g_autofree char *wrong = database_run(kit_path(scene->desk), sql);

	if (wrong != NULL)
		kit_fail("cannot plant: %s", wrong);
}

const char *
shift_times_text(struct shift_scene *scene, const char *from, int days)
{
	const struct kit_answer *answer =
	    kit_do(scene->desk, scene->ann, "shift.list", "{s:s, s:i}", "from", from, "days", days);
	g_autoptr(GString) text = g_string_new(NULL);
	json_t *row;
	size_t i;

	if (!answer->is_ok)
		kit_fail("no list: %s", kit_text(answer, "detail"));
	json_array_foreach(json_object_get(answer->body, "times"), i, row)
	{
		json_int_t person = json_integer_value(json_object_get(row, "person"));
		const char *starts = json_string_value(json_object_get(row, "starts_at"));
		const char *ends = json_string_value(json_object_get(row, "ends_at"));

		g_string_append_printf(text, "%s%s %.10s %.5s-%.5s", i > 0 ? ", " : "",
		    person == scene->ann->person ? "ann" : "ben", starts, starts + 11, ends + 11);
	}
	return g_intern_string(text->str);
}

int64_t
shift_utc(const char *text)
{
	g_autoptr(GDateTime) at = g_date_time_new_from_iso8601(text, NULL);

	return g_date_time_to_unix(at) * 1000;
}

struct look {
	int64_t person, at;
	struct shift_now now;
};

static gboolean
look(struct tx *tx, void *data, GError **error)
{
	struct look *it = data;

	return shift_now(tx, it->person, it->at, &it->now, error);
}

struct shift_now
kit_shift_now(struct kit_desk *desk, const struct kit_actor *who, int64_t at)
{
	struct look it = { .person = who->person, .at = at };

	kit_read(desk, look, &it);
	return it.now;
}

/* Lines of stories about shifts: see lines.h. */
#include <string.h>

#include "base/clock.h"
#include "tests/kit/desk_shift.h"
#include "tests/stories/lines.h"

/* Ada, whose session may have ended since the desk began. */
static const struct kit_actor *
administrator(struct play *play)
{
	const struct kit_actor *ada = kit_administrator(play->desk);

	kit_sign_in(play->desk, ada);
	return ada;
}

/* A command about somebody's shifts; `more` is taken over. */
static bool
about(struct play *play, const char *name, const char *command, const char *person, json_t *more)
{
	struct member *member = play_member(play, name), *whose = play_member(play, person);

	if (member == NULL || whose == NULL) {
		json_decref(more);
		return false;
	}
	json_object_set_new(more, "person", json_integer(whose->who->person));
	return play_send(play, member, command, more);
}

/* "Mondays": 1; 0 after play_wrong(). */
static int
weekday_of(struct play *play, const char *name)
{
	static const char *const names[] = { "Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays",
		"Sundays" };

	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		if (strcmp(names[i], name) == 0)
			return (int)i + 1;
	}
	play_wrong(play, "%s are no days", name);
	return 0;
}

/* From one hour to another, which may be the next morning's. */
static json_t *
hours(const char *from, const char *until)
{
	int minutes = 60 * (line_number(until) - line_number(from));

	return json_pack(
	    "{s:i, s:i}", "from_minute", 60 * line_number(from), "minutes", minutes > 0 ? minutes : minutes + 1440);
}

/* ---- How the desk is set ---- */

bool
line_clocks(struct play *play, char **words)
{
	(void)administrator(play);
	return line_set(play, "time_zone", json_string(words[0]));
}

bool
line_share_seats(struct play *play, char **words)
{
	(void)administrator(play);
	return line_pool(play, json_pack("{s:i}", "size", line_number(words[0])));
}

/* ---- What a lead does ---- */

bool
line_plan(struct play *play, char **words)
{
	int weekday = weekday_of(play, words[2]);
	json_t *more = hours(words[3], words[4]);

	json_object_set_new(more, "weekday", json_integer(weekday));
	json_object_set_new(more, "first_day", json_string("2026-01-01"));
	return about(play, words[0], "shift.add", words[1], more);
}

bool
line_give_off(struct play *play, char **words)
{
	return about(play, words[0], "shift.except", words[1], json_pack("{s:s, s:s}", "day", words[2], "kind", "off"));
}

bool
line_give_extra(struct play *play, char **words)
{
	json_t *more = hours(words[3], words[4]);

	json_object_set_new(more, "day", json_string(words[2]));
	json_object_set_new(more, "kind", json_string("extra"));
	return about(play, words[0], "shift.except", words[1], more);
}

bool
line_call_holiday(struct play *play, char **words)
{
	struct member *member = play_member(play, words[0]);

	return member != NULL &&
	    play_send(play, member, "holiday.set", json_pack("{s:s, s:s}", "day", words[1], "name", "A holiday"));
}

bool
line_import_of(struct play *play, char **words)
{
	struct member *member = play_member(play, words[0]), *from = play_member(play, words[1]);
	const struct kit_answer *answer = member == NULL || from == NULL
	    ? NULL
	    : kit_do(play->desk, member->who, "shift.export", "{s:I}", "person", (json_int_t)from->who->person);

	return answer != NULL && line_is_done(play, answer) &&
	    about(
		play, words[0], "shift.import", words[2], json_pack("{s:s}", "calendar", kit_text(answer, "calendar")));
}

/* ---- How things stand ---- */

static bool
look_at(struct play *play, const char *name, struct shift_now *now)
{
	struct member *member = play_member(play, name);

	if (member == NULL)
		return false;
	*now = kit_shift_now(play->desk, member->who, kit_now(play->desk));
	return true;
}

/* 2026-03-29 04:00 */
static char *
moment_text(int64_t at)
{
	g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc(at / MS_PER_SECOND);

	return g_date_time_format(time, "%Y-%m-%d %H:%M");
}

static bool
is_moment(struct play *play, int64_t at, const char *wanted)
{
	g_autofree char *seen = moment_text(at);

	return strcmp(seen, wanted) == 0 || play_wrong(play, "expected %s, seen %s", wanted, seen);
}

bool
line_works_until(struct play *play, char **words)
{
	struct shift_now now;
	int64_t hours_on;

	if (!look_at(play, words[0], &now))
		return false;
	hours_on = (now.ends_at - now.starts_at) / MS_PER_HOUR;
	if (!now.is_on)
		return play_wrong(play, "%s is not on shift", words[0]);
	return (hours_on == line_number(words[1]) ||
		   play_wrong(play, "expected %s hours, seen %" G_GINT64_FORMAT, words[1], hours_on)) &&
	    is_moment(play, now.ends_at, words[2]);
}

bool
line_works_not(struct play *play, char **words)
{
	struct shift_now now;

	return look_at(play, words[0], &now) && (!now.is_on || play_wrong(play, "%s is on shift", words[0]));
}

bool
line_works_again(struct play *play, char **words)
{
	struct shift_now now;

	return look_at(play, words[0], &now) && is_moment(play, now.next_starts_at, words[1]);
}

/* A list of the coverage; NULL after play_wrong(). */
static json_t *
coverage(struct play *play, const char *day, int days, const char *list)
{
	const struct kit_answer *answer = kit_do(play->desk, administrator(play), "shift.coverage", "{s:s, s:i, s:i}",
	    "from", day, "days", days, "step", 30);

	return line_is_done(play, answer) ? json_object_get(answer->body, list) : NULL;
}

/* One stretch of the day, in UTC; `from` NULL: none at all. */
static bool
is_stretch(struct play *play, const char *which, const char *day, const char *from, const char *until)
{
	json_t *rows = coverage(play, day, 1, which), *row = json_array_get(rows, 0);
	g_autofree char *starts = NULL, *ends = NULL;

	if (rows == NULL)
		return false;
	if (from == NULL)
		return json_array_size(rows) == 0 || play_wrong(play, "there are %zu", json_array_size(rows));
	starts = g_strdup_printf("T%02d:00:00.000Z", line_number(from));
	ends = g_strdup_printf("T%02d:00:00.000Z", line_number(until));
	return (json_array_size(rows) == 1 &&
		   g_str_has_suffix(json_string_value(json_object_get(row, "starts_at")), starts) &&
		   g_str_has_suffix(json_string_value(json_object_get(row, "ends_at")), ends)) ||
	    play_wrong(play, "expected one from %s to %s, seen %zu", starts, ends, json_array_size(rows));
}

bool
line_gap(struct play *play, char **words)
{
	return is_stretch(play, "gaps", words[0], words[1], words[2]);
}

bool
line_no_gap(struct play *play, char **words)
{
	return is_stretch(play, "gaps", words[0], NULL, NULL);
}

bool
line_crowd_on(struct play *play, char **words)
{
	return is_stretch(play, "crowds", words[0], words[1], words[2]);
}

bool
line_no_crowd_on(struct play *play, char **words)
{
	return is_stretch(play, "crowds", words[0], NULL, NULL);
}

/* The one thing that is suggested, for the week from today on. */
bool
line_suggests(struct play *play, char **words)
{
	g_autofree char *today = moment_text(kit_now(play->desk));
	struct member *member = play_member(play, words[0]);
	json_t *rows, *row;

	today[strlen("2026-03-30")] = '\0';
	if (member == NULL)
		return false;
	rows = coverage(play, today, 7, "suggestions");
	row = json_array_get(rows, 0);
	if (rows == NULL)
		return false;
	return (json_array_size(rows) == 1 &&
		   json_integer_value(json_object_get(row, "person")) == member->who->person &&
		   json_integer_value(json_object_get(row, "from_minute")) == line_number(words[1]) * 60) ||
	    play_wrong(play, "seen %zu others, the first at minute %" JSON_INTEGER_FORMAT, json_array_size(rows),
		json_integer_value(json_object_get(row, "from_minute")));
}

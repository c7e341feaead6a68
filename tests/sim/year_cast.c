/* Who is there in the year, and the clock on their wall: see year.h. Moments are found in another way than the desk's. */
#include <string.h>

#include "tests/sim/year_inside.h"

const char *const topics[] = { "returns", "sizes", "orders" };
const char *const languages[] = { "en", "de", "fr" };

/* ---- Berlin's wall ---- */

static bool
is_offset(const struct year *year, int64_t at, int64_t offset)
{
	gint interval = g_time_zone_find_interval(year->zone, G_TIME_TYPE_UNIVERSAL, at / SECOND);

	return g_time_zone_get_offset(year->zone, interval) * SECOND == offset;
}

int64_t
cast_moment(const struct year *year, int64_t day, int64_t minute)
{
	int64_t wall = day * DAY + minute * MINUTE;

	if (is_offset(year, wall - 2 * HOUR, 2 * HOUR))
		return wall - 2 * HOUR;
	if (is_offset(year, wall - HOUR, HOUR))
		return wall - HOUR;
	/* In the missing hour, which begins at one o'clock of London. */
	return wall - wall % DAY + HOUR;
}

int64_t
cast_day(const struct year *year, int64_t at)
{
	return (at + (is_offset(year, at, 2 * HOUR) ? 2 * HOUR : HOUR)) / DAY;
}

int
cast_weekday(int64_t day)
{
	return (int)((day + 3) % 7) + 1;
}

char *
cast_day_text(int64_t day)
{
	g_autoptr(GDateTime) midnight = g_date_time_new_from_unix_utc(day * DAY / SECOND);

	return g_date_time_format(midnight, "%Y-%m-%d");
}

/* ---- Shifts ---- */

/* Those that end when the next begins are one. */
void
cast_turn(struct year *year, struct staff *staff, int64_t day, int from, int minutes)
{
	struct turn turn = { cast_moment(year, day, from), cast_moment(year, day, from + minutes) };
	guint i = staff->turns->len;

	while (i > 0 && g_array_index(staff->turns, struct turn, i - 1).begins > turn.begins)
		i--;
	if (turn.begins < turn.ends)
		g_array_insert_val(staff->turns, i, turn);
}

static void
works(struct staff *staff, int weekday, int from, int minutes)
{
	staff->patterns[staff->pattern_count++] = (struct pattern) { weekday, from, minutes };
}

/*
 * Five hours each, begun at eight, ten, twelve or four, a few minutes apart; every second day, and some on Sundays. One works at
 * night, over midnight and the odd hours; another begins in them.
 */
static void
have_patterns(struct staff *staff)
{
	static const int starts[] = { 8 * 60, 10 * 60, 12 * 60, 16 * 60 };
	int from = starts[staff->index % 4] + staff->index / 4 * 15;

	if (staff->role == ROLE_BACKUP)
		return;
	if (staff->index == 7) {
		for (int weekday = 5; weekday <= 7; weekday++)
			works(staff, weekday, 22 * 60, 330);
		return;
	}
	for (int weekday = 1; weekday <= 6; weekday++) {
		if ((weekday + staff->index) % 2 == 0)
			works(staff, weekday, from, 300);
	}
	if (staff->index == 17)
		works(staff, 7, 150, 180);
	else if (staff->index % 5 == 2)
		works(staff, 7, from, 300);
}

static void
keep_patterns(struct year *year, const struct staff *staff)
{
	for (unsigned i = 0; i < staff->pattern_count; i++) {
		const struct pattern *pattern = &staff->patterns[i];

		post_lead(year, "shift.add",
		    json_pack("{s:s, s:I, s:i, s:i, s:i}", "id", post_id(year), "person",
			(json_int_t)staff->who->person, "weekday", pattern->weekday, "from_minute", pattern->from,
			"minutes", pattern->minutes));
	}
}

/* ---- People ---- */

static json_t *
words(const char *const *of, unsigned bits)
{
	json_t *list = json_array();

	for (unsigned i = 0; i < TOPICS; i++) {
		if (bits & 1u << i)
			json_array_append_new(list, json_string(of[i]));
	}
	return list;
}

void
cast_tell_abilities(struct year *year, const struct staff *staff)
{
	post_lead(year, "person.abilities_change",
	    json_pack("{s:I, s:I, s:o, s:o}", "person", (json_int_t)staff->who->person, "cap", (json_int_t)staff->cap,
		"topics", words(topics, staff->topics), "languages", words(languages, staff->languages)));
}

/* Orders, Repairs, Gifts; the last two people are back-ups. */
static const int teams_at_first[PEOPLE] = { 2, 2, 2, -1, -1, -1, -1, -1, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, -1, 0 };

static void
hire(struct year *year, int index)
{
	struct staff *staff = &year->people[index];
	g_autofree char *name = g_strdup_printf("person%02d", index);

	staff->index = index;
	staff->role = index >= 18 ? ROLE_BACKUP : index % 9 == 3 ? ROLE_LEAD : ROLE_ADVISOR;
	staff->team = teams_at_first[index];
	staff->cap = index % 6 == 5 ? 2 : 0;
	staff->who = kit_staff(year->desk, name, staff->role);
	staff->turns = g_array_new(FALSE, FALSE, sizeof(struct turn));
	staff_is_heard(year, staff);
	if (index % 3 == 1)
		staff->topics = 1u << index % TOPICS | 1u;
	if (index % 4 == 2)
		staff->languages = 3;
	year->person_index[staff->who->person] = (int8_t)index;
	have_patterns(staff);
}

static json_t *
members(const struct year *year, int team)
{
	json_t *list = json_array();

	for (int i = 0; i < PEOPLE; i++) {
		if (year->people[i].team == team)
			json_array_append_new(list, json_integer(year->people[i].who->person));
	}
	return list;
}

void
cast_tell_members(struct year *year, int team)
{
	post_lead(year, "team.change",
	    json_pack("{s:I, s:o}", "team", (json_int_t)year->teams[team], "members", members(year, team)));
}

static void
found_team(struct year *year, int number, const char *name, int size, int cap)
{
	year->teams[number] = kit_int(
	    post_lead(year, "team.add",
		json_pack("{s:s, s:s, s:o}", "id", post_id(year), "name", name, "members", members(year, number))),
	    "id");
	post_lead(year, "pool.add",
	    json_pack("{s:s, s:I, s:i, s:i}", "id", post_id(year), "team", (json_int_t)year->teams[number], "size",
		size, "cap", cap));
}

/* One for each team; the desk's own pages are everybody's. */
static void
open_site(struct year *year, int number, const char *name)
{
	json_t *body =
	    json_pack("{s:s, s:s, s:s, s:i}", "id", post_id(year), "name", name, "language", "en", "max_waiting", 400);

	if (number > 0)
		json_object_set_new(body, "team", json_integer(year->teams[number - 1]));
	year->sites[number] = g_strdup(kit_text(post_lead(year, "site.add", body), "site"));
}

static void
set_up(struct year *year)
{
	post_lead(year, "setting.change",
	    json_pack("{s:s, s:s, s:i, s:i, s:i}", "time_zone", "Europe/Berlin", "wait_for_somebody", "yes",
		"quiet_minutes", 10, "quiet_warn_minutes", 20, "quiet_close_minutes", 30));
	found_team(year, 0, "Orders", 2, 8);
	found_team(year, 1, "Repairs", 2, 6);
	found_team(year, 2, "Gifts", 1, 4);
	post_lead(year, "pool.remove", json_pack("{s:i}", "pool", POOLS));
	post_lead(year, "pool.change", json_pack("{s:i, s:i, s:i}", "pool", 1, "size", 3, "cap", 8));
	open_site(year, 0, "Everything");
	open_site(year, 1, "Orders");
	open_site(year, 2, "Repairs");
	open_site(year, 3, "Gifts");
}

void
cast_enter(struct year *year)
{
	memset(year->person_index, -1, sizeof year->person_index);
	for (int i = 0; i < PEOPLE; i++)
		hire(year, i);
	for (int i = 0; i < CALLERS; i++) {
		g_autofree char *name = g_strdup_printf("caller%03d", i);

		year->callers[i] = (struct caller) { .who = kit_visitor(year->desk, name), .index = i, .hurry = -1 };
	}
	year->caller_of = g_hash_table_new(g_str_hash, g_str_equal);
	set_up(year);
	for (int i = 0; i < PEOPLE; i++) {
		struct staff *staff = &year->people[i];

		keep_patterns(year, staff);
		cast_tell_abilities(year, staff);
		kit_do(year->desk, staff->who, "seat.status", "{s:s}", "status", "offline");
	}
	kit_do(year->desk, kit_administrator(year->desk), "seat.status", "{s:s}", "status", "offline");
}

void
cast_leave(struct year *year)
{
	for (int i = 0; i < PEOPLE; i++)
		g_array_unref(year->people[i].turns);
	for (int i = 0; i < CALLERS; i++)
		g_free(year->callers[i].key);
	for (size_t i = 0; i < G_N_ELEMENTS(year->sites); i++)
		g_free(year->sites[i]);
	g_hash_table_unref(year->caller_of);
}

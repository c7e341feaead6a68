/* The demo desk's seats and shifts: see demo_desk.h. A week with a gap, with crowds, a night and a day off, so that the planner has something to say. */
#include "app/demo_desk.h"

#define SEATS       2
#define CHATS       8
#define FIRST_DAYS  -14
#define AT(hour)    ((hour)*60)
#define DAY_SECONDS INT64_C(86400)

/* On each of those weekdays; 1 is Monday. */
struct demo_shift {
	enum demo_who who;
	int first, last, from_minute, minutes;
};

static const struct demo_shift shifts[] = {
	{ BEN, 1, 5, AT(8), 8 * 60 },
	{ CLEO, 1, 3, AT(8) + 30, 5 * 60 },
	{ LENA, 1, 2, AT(9), 8 * 60 },
	{ LENA, 4, 4, AT(11), 7 * 60 },
	{ LENA, 5, 5, AT(17), 7 * 60 + 30 },
};

/* A day as a text, so many days after the Monday of the week that `now_ms` is in. */
static char *
day_of_week(int64_t now_ms, int days)
{
	int64_t today = now_ms / 1000 / DAY_SECONDS, monday = today - (today + 3) % 7;
	g_autoptr(GDateTime) day = g_date_time_new_from_unix_utc((monday + days) * DAY_SECONDS);

	return g_date_time_format(day, "%Y-%m-%d");
}

static gboolean
few_seats(struct demo *demo, GError **error)
{
	if (!demo_send_as(demo, ANN, "pool.list", json_object(), error))
		return FALSE;

	json_t *pool = json_array_get(json_object_get(demo->answer, "pools"), 0);

	return demo_send_as(demo, ANN, "pool.change",
	    json_pack("{s:I, s:i, s:i}", "pool", json_integer_value(json_object_get(pool, "id")), "size", SEATS, "cap",
		CHATS),
	    error);
}

static gboolean
add_shift(struct demo *demo, const struct demo_shift *shift, int64_t now_ms, GError **error)
{
	g_autofree char *first_day = day_of_week(now_ms, FIRST_DAYS);

	for (int weekday = shift->first; weekday <= shift->last; weekday++) {
		if (!demo_send_as(demo, ANN, "shift.add",
			json_pack("{s:I, s:i, s:i, s:i, s:s}", "person", (json_int_t)demo->people[shift->who],
			    "weekday", weekday, "from_minute", shift->from_minute, "minutes", shift->minutes,
			    "first_day", first_day),
			error))
			return FALSE;
	}
	return TRUE;
}

/* Of the week that begins so many days after that Monday. */
static gboolean
add_exceptions(struct demo *demo, int64_t now_ms, int days, const char *why, GError **error)
{
	g_autofree char *wednesday = day_of_week(now_ms, days + 2), *saturday = day_of_week(now_ms, days + 5);

	return demo_send_as(demo, ANN, "shift.except",
		   json_pack("{s:I, s:s, s:s, s:s}", "person", (json_int_t)demo->people[CLEO], "day", wednesday, "kind",
		       "off", "reason", why),
		   error) &&
	    demo_send_as(demo, ANN, "shift.except",
		json_pack("{s:I, s:s, s:s, s:i, s:i, s:s}", "person", (json_int_t)demo->people[ANN], "day", saturday,
		    "kind", "extra", "from_minute", AT(10), "minutes", 4 * 60, "reason", "Market day"),
		error);
}

gboolean
demo_plan(struct demo *demo, int64_t now_ms, GError **error)
{
	if (!few_seats(demo, error))
		return FALSE;
	for (size_t i = 0; i < G_N_ELEMENTS(shifts); i++) {
		if (!add_shift(demo, &shifts[i], now_ms, error))
			return FALSE;
	}
	/* On a Sunday the week of some languages is the next one. */
	return add_exceptions(demo, now_ms, 0, "At the dentist’s", error) &&
	    add_exceptions(demo, now_ms, 7, "Moving house", error);
}

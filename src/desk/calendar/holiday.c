/* Holidays: see holiday.h. */
#include "desk/calendar/holiday.h"

#include <talloc.h>

#include "base/limits.h"
#include "desk/events.h"
#include "desk/setting/setting.h"
#include "sql/holiday_sql.h"
#include "store/tx.h"

#define LAST_DAY "9999-12-31"

gboolean
desk_zone(struct tx *tx, GTimeZone **zone, GError **error)
{
	const char *name;

	if (!setting_value(tx, SETTING_TIME_ZONE, &name, error))
		return FALSE;
	*zone = calendar_zone(name);
	return TRUE;
}

const char *
day_text(struct tx *tx, int64_t day)
{
	char text[CALENDAR_DAY_CHARS + 1];

	calendar_day_text(day, text);
	return tx_text(tx, "%s", text);
}

gboolean
desk_today(struct tx *tx, int64_t *day, GError **error)
{
	g_autoptr(GTimeZone) zone = NULL;

	if (!desk_zone(tx, &zone, error))
		return FALSE;
	*day = calendar_day(zone, tx_now_ms(tx));
	return TRUE;
}

gboolean
day_or_today(struct tx *tx, const char *text, const char *field, int64_t *day, GError **error)
{
	return text == NULL ? desk_today(tx, day, error) : calendar_day_ask(text, field, day, error);
}

gboolean
holiday_list(struct tx *tx, const struct holiday_list_ask *ask, struct holiday_list *answer, GError **error)
{
	struct holiday_sql_list_list found;
	struct holiday_row *rows;
	int64_t from;

	if (!day_or_today(tx, ask->from, "from", &from, error) ||
	    !holiday_sql_list(tx, day_text(tx, from), LAST_DAY, LIMIT_HOLIDAYS, &found, error))
		return FALSE;
	rows = talloc_array(tx_memory(tx), struct holiday_row, found.count);
	for (size_t i = 0; i < found.count; i++)
		rows[i] = (struct holiday_row) { found.rows[i].day, found.rows[i].name };
	answer->holidays = (struct holiday_rows) { rows, found.count };
	return TRUE;
}

static gboolean
tell(struct tx *tx, const char *day)
{
	struct holiday_changed *body = talloc(tx_memory(tx), struct holiday_changed);

	body->day = day;
	return tx_tell(tx, EVENT_HOLIDAY_CHANGED, 0, body);
}

gboolean
holiday_set(struct tx *tx, const struct holiday_row *ask, GError **error)
{
	struct holiday_sql_find *row;
	int64_t day, count;

	if (!calendar_day_ask(ask->day, "day", &day, error) || !holiday_sql_find(tx, ask->day, &row, error) ||
	    !holiday_sql_count(tx, &count, error))
		return FALSE;
	if (row == NULL && count >= LIMIT_HOLIDAYS)
		return refuse(error, REFUSED_STATE, NULL, "at most %d holidays: remove some", LIMIT_HOLIDAYS);
	return holiday_sql_set(tx, ask->day, ask->name, error) && tell(tx, ask->day);
}

gboolean
holiday_remove(struct tx *tx, const struct holiday_ask *ask, GError **error)
{
	int64_t day;
	int changed;

	if (!calendar_day_ask(ask->day, "day", &day, error) || !holiday_sql_remove(tx, ask->day, &changed, error))
		return FALSE;
	return changed == 0 ? tx_unremarkable(tx) : tell(tx, ask->day);
}

gboolean
holidays_of(struct tx *tx, int64_t from, int64_t until, struct holidays *holidays, GError **error)
{
	struct holiday_sql_list_list found;
	int64_t *days;

	if (!holiday_sql_list(tx, day_text(tx, from), day_text(tx, until), LIMIT_HOLIDAYS, &found, error))
		return FALSE;
	days = talloc_array(tx_memory(tx), int64_t, found.count);
	for (size_t i = 0; i < found.count; i++) {
		if (!calendar_day_read(found.rows[i].day, &days[i]))
			return fail(error, FAILED_STORE, "a holiday of no day: %s", found.rows[i].day);
	}
	*holidays = (struct holidays) { days, found.count };
	return TRUE;
}

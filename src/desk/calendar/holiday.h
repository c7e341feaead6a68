/*
 * Holidays: days of the desk that are no business days, and on which weekly shifts fall away.
 *
 * A day is a day of the desk's time zone, as a text ("2026-12-25"). Decisions run inside a tx and tell holiday.changed.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "desk/calendar/calendar.h"

struct tx;

struct holiday_row {
	const char *day, *name;
};
struct holiday_rows {
	struct holiday_row *rows;
	size_t count;
};
struct holiday_list {
	struct holiday_rows holidays;
};

struct holiday_list_ask {
	const char *from; /* NULL: today */
};

/* Those from a day on, in the order of their days. At most LIMIT_HOLIDAYS. */
CHECKED gboolean holiday_list(
    struct tx *tx, const struct holiday_list_ask *ask, struct holiday_list *answer, GError **error);

/* Makes a day a holiday, or gives it another name. REFUSED_STATE when there are LIMIT_HOLIDAYS. */
CHECKED gboolean holiday_set(struct tx *tx, const struct holiday_row *ask, GError **error);

struct holiday_ask {
	const char *day;
};

/* Body of holiday.changed. */
struct holiday_changed {
	const char *day;
};

/* A day that is none stays as it is. */
CHECKED gboolean holiday_remove(struct tx *tx, const struct holiday_ask *ask, GError **error);

/* The time zone of the desk's days; the caller gives it back (g_autoptr). */
CHECKED gboolean desk_zone(struct tx *tx, GTimeZone **zone, GError **error);

/* The day on which it is now there. And a day that was asked for, where it was; else today. */
CHECKED gboolean desk_today(struct tx *tx, int64_t *day, GError **error);
CHECKED gboolean day_or_today(struct tx *tx, const char *text, const char *field, int64_t *day, GError **error);

/* The day in tx_memory(), as a text. */
const char *day_text(struct tx *tx, int64_t day);

/* The holidays of some days, both included, in tx_memory(). */
CHECKED gboolean holidays_of(struct tx *tx, int64_t from, int64_t until, struct holidays *holidays, GError **error);

/* Hours: see hours.h. */
#include "desk/line/hours.h"

/* What a change of clocks takes from one week the next one has. */
#define LOOKAHEAD_DAYS 14

bool
hours_are_open(const struct hours *hours, GTimeZone *zone, int64_t now_ms)
{
	int weekday = calendar_weekday(calendar_day(zone, now_ms));
	int minute = calendar_minute(zone, now_ms);

	for (size_t i = 0; i < hours->count; i++) {
		const struct hours_span *span = &hours->spans[i];

		if (span->weekday == weekday && span->opens <= minute && minute < span->closes)
			return true;
	}
	return hours->count == 0;
}

/* When it opens on that day, later than now; INT64_MAX: not at all. */
static int64_t
opens_on(const struct hours *hours, GTimeZone *zone, int64_t day, int64_t now_ms)
{
	int64_t first = INT64_MAX;

	for (size_t i = 0; i < hours->count; i++) {
		const struct hours_span *span = &hours->spans[i];
		int64_t moment;

		if (span->weekday != calendar_weekday(day))
			continue;
		moment = calendar_moment(zone, day, span->opens);
		/* A span that lies in the gap of a change of clocks is none on that day. */
		if (moment > now_ms && moment < first && hours_are_open(hours, zone, moment))
			first = moment;
	}
	return first;
}

int64_t
hours_open_at(const struct hours *hours, GTimeZone *zone, int64_t now_ms)
{
	int64_t today = calendar_day(zone, now_ms);

	if (hours_are_open(hours, zone, now_ms))
		return now_ms;
	for (int64_t day = today; day <= today + LOOKAHEAD_DAYS; day++) {
		int64_t moment = opens_on(hours, zone, day, now_ms);

		if (moment != INT64_MAX)
			return moment;
	}
	return 0;
}

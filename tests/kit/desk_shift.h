/*
 * A desk with Ann, Ben and their lead Lea, whose shifts the tests lay out; on Monday 2026-03-30, 09:00 UTC, in any time zone.
 */
#pragma once

#include "desk/shift/shift.h"
#include "tests/kit/desk.h"

struct shift_scene {
	struct kit_desk *desk;
	const struct kit_actor *ann, *ben, *lea;
	unsigned ids;
};

struct shift_scene shift_scene_begin(const char *time_zone);

/* By Lea. A weekly shift; `first_day` and `last_day` may be NULL. shift_added() gives its id, and fails where it was refused. */
const struct kit_answer *shift_adds(struct shift_scene *scene, const struct kit_actor *whose, int weekday,
    int from_minute, int minutes, const char *first_day, const char *last_day);
int64_t shift_added(struct shift_scene *scene, const struct kit_actor *whose, int weekday, int from_minute, int minutes,
    const char *first_day, const char *last_day);

const struct kit_answer *shift_off(struct shift_scene *scene, const struct kit_actor *whose, const char *day);
const struct kit_answer *shift_extra(
    struct shift_scene *scene, const struct kit_actor *whose, const char *day, int from_minute, int minutes);
bool shift_holiday(struct shift_scene *scene, const char *day);

/* Behind the desk's back: "INSERT … SELECT … FROM n", for each i of n, which are so many. */
void shift_plant(struct shift_scene *scene, const char *insert, int count);

/* Whoever works on those days: "ann 2026-03-30 09:00-17:00, …", in UTC. Lives as long as the program. */
const char *shift_times_text(struct shift_scene *scene, const char *from, int days);

/* What somebody's shifts are at a moment. */
struct shift_now kit_shift_now(struct kit_desk *desk, const struct kit_actor *who, int64_t at);

/* The moment of a text such as 2026-03-30T09:00:00Z. */
int64_t shift_utc(const char *text);

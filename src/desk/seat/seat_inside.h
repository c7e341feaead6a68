/* What the files of this folder share: taking seats and giving them up. Nobody else includes this. */
#pragma once

#include "desk/seat/seat.h"

/* What happened, for the log: seat_happenings has each. */
#define SEAT_TOOK    "took"
#define SEAT_WAITS   "waits"
#define SEAT_LET_IN  "let in"
#define SEAT_EXTRA   "extra"
#define SEAT_REGULAR "regular"
#define SEAT_AWAY    "away"
#define SEAT_BACK    "back"
#define SEAT_PHONE   "phone"
#define SEAT_LEFT    "left"
#define SEAT_FREED   "freed"
#define SEAT_GONE    "gone"
#define SEAT_HEARD   "heard"
#define SEAT_LOST    "lost"
#define SEAT_OUT     "signed out"
#define SEAT_WINDS   "winds down"
#define SEAT_STAYS   "stays"
#define SEAT_PASSED  "passed"
#define SEAT_POOL    "pool changed"

/* One line of the log, in the actor's name; the desk's own where that is no person. `person` 0: of the pool alone. */
CHECKED gboolean seat_note(
    struct tx *tx, int64_t pool, int64_t person, const char *what, const char *why, GError **error);

static inline bool
seat_is_had(const struct duty *duty)
{
	return duty->person_id != 0 && g_strcmp0(duty->seat, SEAT_NONE) != 0;
}

/*
 * Who stands in the line with nothing free may be given a seat beyond the size, by rule; `duty` is changed where so, and is written by
 * whoever calls.
 */
CHECKED gboolean seat_take_extra(struct tx *tx, struct duty *duty, bool *is_taken, GError **error);

/* Whoever of the line could be given a hand-over seat is; `is_shorter` gets whether anybody was. */
CHECKED gboolean seat_hand_over(struct tx *tx, int64_t pool, bool *is_shorter, GError **error);

/* Somebody is out of the line: those behind stand one further ahead now, and the pool is not what it was. */
CHECKED gboolean seat_tell_line(struct tx *tx, int64_t pool, GError **error);

/* Whatever is free goes on: hand-over seats become the pool's own, then the line is let in, in its order. The line and the pool are told. */
CHECKED gboolean seat_pass_on(struct tx *tx, int64_t pool, GError **error);

/* What the shifts of somebody who comes on duty mean for them (winding.c). */
CHECKED gboolean seat_shift_begins(struct tx *tx, struct duty *duty, GError **error);

/* How long before the end of a shift its last minutes begin, by the setting. */
CHECKED gboolean seat_wind_down_ms(struct tx *tx, int64_t *ms, GError **error);

/* Whether somebody is in the last minutes of a shift, in which whoever has a seat winds down, or has stayed past its end. */
CHECKED gboolean seat_is_ending(struct tx *tx, const struct duty *duty, bool *is_ending, GError **error);

/* Gives chats back, then the seat or the place in the line, and lets the next in. `what` goes into the log. */
CHECKED gboolean seat_leave(struct tx *tx, const struct duty *duty, const char *what, const char *why, GError **error);

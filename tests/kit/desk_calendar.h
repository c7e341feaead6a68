/*
 * Calendars of other programs, for a desk with shifts: imported, and what becomes of them.
 */
#pragma once

#include "tests/kit/desk_shift.h"

/* By Lea. */
const struct kit_answer *calendar_import(
    struct shift_scene *scene, const struct kit_actor *whose, const char *calendar);

/* What an import left out, and all that is said of why: "3: code, 7: code DTSTART". Fails where it was refused. */
const char *calendar_left_out(const struct kit_answer *answer);

/* Both: Ann's. */
const char *calendar_imported(struct shift_scene *scene, const char *calendar);

const char *calendar_exported(struct shift_scene *scene, const struct kit_actor *whose);

/*
 * Plays the scenes of the demo desk (demo_scenes.h): every step a command, in the order of time over all scenes, so that lists,
 * logs and audit lines stand as real work leaves them.
 *
 * On the caller's thread.
 */
#pragma once

#include "app/demo_desk.h"

/* All that happened up to `now_ms`; the demo's clock stands at the last step then. */
CHECKED gboolean demo_play(struct demo *demo, int64_t now_ms, GError **error);

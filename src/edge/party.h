/*
 * Parties as others see them, inside the hub: the name of a session's person or of a visitor, for what is soft (typing, presence).
 *
 * It is asked of the desk in the party's own name, and remembered for a minute: names change seldom, and what needs them comes
 * often.
 */
#pragma once

#include "edge/watch.h"

/*
 * Calls `then` once the name of who watches is known (for a visitor: was asked for): at once, or when the desk has answered and it
 * is still watched.
 */
void party_named(struct watch *watch, void (*then)(struct watch *watch, bool on), bool on);

/*
 * The demo desk: four people of a small mail-order house, a week of finished chats and some that wait or are under way, for a first
 * look (`softanswer init --demo`). Who and where: demo_desk.h; what is said: demo_scenes.h; how it is played: demo_play.h.
 *
 * Everything goes in as commands, in the names of visitors and advisors and at times in the past, so that logs, chains and
 * receipts are such as real work leaves behind. Passwords are made by chance for each demo desk and written into the file
 * `demo-sign-in.txt` of the data folder (0600): there is no default account.
 *
 * On the caller's thread, before the desk serves anybody. Non-goal: filling a desk that is in use.
 */
#pragma once

#include <stdint.h>

#include "base/error.h"

struct store;

/*
 * Fills an empty store. `folder` is the data folder, `now_ms` the present. REFUSED_STATE when the desk has people already.
 */
CHECKED gboolean demo_fill(struct store *store, const char *folder, int64_t now_ms, GError **error);

/* How to sign in to the demo desk of that folder, a few lines of text; NULL when it is none. The caller frees. */
char *demo_sign_in(const char *folder);

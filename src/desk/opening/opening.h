/*
 * The opening: the first start of a desk, on which there is nobody yet.
 *
 * The console shows a one-time code (pass.h); whoever has it makes the first administrator, says what the desk is called and
 * is signed in. It works once: there is no default account and no second way in.
 */
#pragma once

#include "base/error.h"
#include "desk/people/session.h"

struct desk_open {
	const char *code;
	const char *email, *name;
	const char *password; /* the edge makes `hash` of it; the decision never looks at it */
	const char *desk, *language, *time_zone;
	const char *hash;
	const char *base_url; /* the edge's: where the desk's own pages are */
	struct session_place place;
};

/*
 * Makes the administrator, the settings, the first canned answers, the site of the desk's own pages and a session. REFUSED_STATE when there is somebody already, REFUSED_UNKNOWN
 * (field code) for a wrong, used or old code.
 */
CHECKED gboolean desk_open(struct tx *tx, const struct desk_open *ask, struct session_begun *answer, GError **error);

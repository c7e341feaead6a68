/*
 * The protocol's number: what pages and other clients are written against (docs/protocol.md).
 *
 * Every answer of the API carries it, with the program's version. A page that says it was made for a protocol older than the
 * oldest that is still spoken is told to reload.
 */
#pragma once

#include "base/error.h"

extern const int protocol_oldest; /* that is still spoken */

#define PROTOCOL_HEADER  "Softanswer-Version"  /* of an answer: "0.1.0; protocol=1" */
#define PROTOCOL_REQUEST "softanswer-protocol" /* of a request, in lower case: "1" */

extern const char protocol_text[]; /* of PROTOCOL_HEADER */

/* REFUSED_RELOAD for a number below `oldest`; `said` is what the request says, or NULL; what is no number is passed over. Pure. */
CHECKED gboolean protocol_check(const char *said, int oldest, GError **error);

/*
 * A link to a PostgreSQL server that can be cut: a small proxy on a socket of its own, in a thread.
 *
 * It looks for COMMIT in what the desk sends, and then does what it was told to do the next time.
 */
#pragma once

#include <stdbool.h>

enum link_cut {
	LINK_WHOLE,
	LINK_CUT_BEFORE, /* the server never sees it */
	LINK_CUT_INSIDE, /* it sees the first half of it */
	LINK_CUT_AFTER,  /* it sees and does it, and its answer gets lost */
};

struct kit_link;

/* To the server of tests/kit/with_postgres. */
struct kit_link *link_begin(void);
void link_end(struct kit_link *link);

/* The address `where` (database.h) by way of the link; the caller frees. */
char *link_address(const struct kit_link *link, const char *where);

/* What happens at the next COMMIT; and whether nobody gets through from that cut on, or from now. */
void link_cut_next(struct kit_link *link, enum link_cut cut, bool is_down_then);
void link_set_down(struct kit_link *link, bool is_down);

/*
 * Trails: the pages of the site that a visitor goes through, as far as the widget tells.
 *
 * Kept of visitors who have a conversation, the newest TRAIL_KEPT of each; for staff only, and a help, not a proof: the visitor's
 * browser says it. Decisions run inside a tx.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

struct tx;

#define TRAIL_KEPT 50

struct trail_add {
	const char *url, *title; /* title may be NULL */
};

struct trail_page {
	const char *url, *title;
	int64_t at;
};

/* Body of trail.added. */
struct trail_added {
	const char *conversation; /* public id */
	struct trail_page page;
};

/*
 * The acting visitor has come to a page. Nothing happens where it has no conversation, or was on that page already. REFUSED_RANGE
 * for what is no address of a page.
 */
CHECKED gboolean trail_add(struct tx *tx, const struct trail_add *ask, GError **error);

struct trail_ask {
	const char *conversation;
};
struct trail_pages {
	const struct trail_page *rows;
	size_t count;
};
struct trail {
	struct trail_pages pages; /* newest first */
};
CHECKED gboolean trail_list(struct tx *tx, const struct trail_ask *ask, struct trail *answer, GError **error);

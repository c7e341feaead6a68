/*
 * The parts of a site: the lists that hang on it, and what is right of all that somebody says of one. Inside of desk/site only.
 */
#pragma once

#include "desk/site/site.h"

/*
 * Checks everything that a decoder could not (origins, colours, languages, spans, choices), and fills in what was left out; origins
 * come back as browsers write them. REFUSED_RANGE or REFUSED_UNKNOWN with the place: "fields[0].choices".
 */
CHECKED gboolean site_parts_check(struct tx *tx, struct site *site, GError **error);

/* Puts the lists in the place of those that there were. */
CHECKED gboolean site_parts_put(struct tx *tx, int64_t row, const struct site *site, GError **error);

/* Fills in the lists of site->row. */
CHECKED gboolean site_parts_get(struct tx *tx, struct site *site, GError **error);

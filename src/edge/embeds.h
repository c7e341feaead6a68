/*
 * Embeds: which pages may show the widget of which site, as far as headers need it.
 *
 * A copy of what the store says (site_places()), read again whenever the bus tells of a site, so that a page of the panel costs no
 * read. It also remembers when the panel last said on which page it is, so that strangers cannot make the writer work by
 * saying so again and again. Loop thread.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "desk/site/site.h"
#include "edge/edge.h"

struct embeds;

/* Empty; listens to the edge's bus, so it must live as long as that. */
struct embeds *embeds_new(struct edge *edge);
void embeds_free(struct embeds *embeds);

/* Takes what the store says in the place of what is known. */
void embeds_put(struct embeds *embeds, const struct site_places *places);

/* Reads it from the store; it comes with the crew's answers. */
void embeds_read(struct embeds *embeds);

/* The origins that may show the site, with blanks between and one before; NULL: there is no such site. Lives until the next change. */
const char *embeds_sources(const struct embeds *embeds, const char *site);

/* Whether it is to be noted that a page shows the site: a page of it, and none within SITE_SEEN_MS. The next one is not for as long. */
bool embeds_is_due(struct embeds *embeds, const char *site, const char *url, int64_t now_ms);

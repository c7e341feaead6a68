/* Errands: see errand.h. */
#include "edge/errand.h"

#include <talloc.h>

#include "base/secret.h"
#include "desk/people/actor.h"

struct work
errand_of(const struct edge *edge, void *memory, gboolean (*run)(struct tx *tx, struct work *work, GError **error),
    void (*done)(struct work *work))
{
	static const struct actor desk_itself = { .kind = ACTOR_SYSTEM };
	struct work work = {
		.memory = memory, .actor = &desk_itself, .now_ms = clock_now_ms(edge->clock), .run = run, .done = done
	};

	secret_random(work.seed, sizeof work.seed);
	return work;
}

void
errand_end(struct work *work)
{
	g_clear_error(&work->error);
	talloc_free(work->memory);
}

/* Seen: see seen.h. */
#include "edge/seen.h"

#include <talloc.h>

#include "desk/people/session.h"

struct seen {
	struct work work; /* first */
	int64_t session_id;
};

static const struct actor desk = { .kind = ACTOR_SYSTEM };

static gboolean
run(struct tx *tx, struct work *work, GError **error)
{
	return session_seen(tx, ((struct seen *)work)->session_id, error);
}

static void
end(struct work *work)
{
	/* Where it could not be noted the next call tries again. */
	g_clear_error(&work->error);
	talloc_free(work->memory);
}

void
seen_at(struct edge *edge, int64_t session_id, int64_t at_ms)
{
	g_autoptr(GError) error = NULL;
	struct seen *seen = talloc_zero(NULL, struct seen);

	*seen = (struct seen) {
		.work = { .memory = seen, .actor = &desk, .now_ms = at_ms, .run = run, .done = end },
		.session_id = session_id,
	};
	if (!crew_write(edge->crew, &seen->work, &error))
		end(&seen->work);
}

void
seen_note(const struct call *call)
{
	if (!call->edge->is_stopping && session_is_due(&call->actor, call->work.now_ms))
		seen_at(call->edge, call->actor.session_id, call->work.now_ms);
}

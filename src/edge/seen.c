/* Seen: see seen.h. */
#include "edge/seen.h"

#include <inttypes.h>
#include <talloc.h>

#include "desk/people/session.h"
#include "edge/errand.h"

struct seen {
	struct work work; /* first */
	int64_t session_id;
};

static gboolean
run(struct tx *tx, struct work *work, GError **error)
{
	return session_seen(tx, ((struct seen *)work)->session_id, error);
}

void
seen_at(struct edge *edge, int64_t session_id, int64_t at_ms)
{
	g_autoptr(GError) error = NULL;
	struct seen *seen = talloc_zero(NULL, struct seen);
	const char *scope = talloc_asprintf(seen, "session %" PRId64, session_id);

	*seen = (struct seen) { errand_of(edge, seen, run, errand_end), session_id };
	seen->work.now_ms = at_ms;
	/* A number of this row only, which whoever reads it may find as it was or as it is. */
	seen->work.scope = work_scope(scope);
	/* Where it could not be noted the next call tries again. */
	if (!crew_write(edge->crew, &seen->work, &error))
		errand_end(&seen->work);
}

void
seen_note(const struct call *call)
{
	if (!call->edge->is_stopping && session_is_due(&call->actor, call->work.now_ms))
		seen_at(call->edge, call->actor.session_id, call->work.now_ms);
}

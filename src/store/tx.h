/*
 * A tx: one look at the store, or one change of it, at one moment, by one actor.
 *
 * A command runs inside a tx on the writer: what it wrote and what it told is kept or lost together. A read runs inside
 * a tx on a reader, where every writing query fails. Time, randomness and actor came in with the work, so running it
 * again does the same again. The tx lives as long as the run; its memory as long as the work.
 */
#pragma once

#include <glib.h>
#include <stdint.h>

#include "base/error.h"
#include "base/secret.h"

struct actor; /* desk/people/actor.h: the store only carries it */
struct tx;

/* The moment at which the command reached the desk. */
int64_t tx_now_ms(const struct tx *tx);

const struct actor *tx_actor(const struct tx *tx);

/*
 * From here on the run acts as `actor`, which lives in tx_memory(): for a stranger who has just shown who it is, so that what it
 * did is recorded in its name.
 */
void tx_act_as(struct tx *tx, const struct actor *actor);

/* A talloc context that lives until the command has been answered. What is allocated there is never freed by hand. */
void *tx_memory(const struct tx *tx);

/* The next public id, token or salt of this run; lives in tx_memory(). */
const char *tx_key(struct tx *tx);
const char *tx_token(struct tx *tx);
struct digest tx_salt(struct tx *tx);

/* printf into tx_memory(). */
const char *tx_text(struct tx *tx, const char *format, ...) G_GNUC_PRINTF(2, 3);

/*
 * Tells that something has happened: given to the bus after the commit, in the order of telling, and only then.
 * `kind` is of desk/events.def. `topic` is what subscribers filter by: the conversation's row id, or 0 for the whole
 * desk. `body` is the struct that events.def names for the kind, in tx_memory(). Always TRUE, so that it ends a decision.
 */
gboolean tx_tell(struct tx *tx, unsigned kind, int64_t topic, const void *body);

/*
 * For whoever records what was done (edge/call.h): which thing it was, where the command does not name it, such as "invitation 7";
 * lives in tx_memory(). And that there is nothing to record, since all was as it should be already. Always TRUE as well.
 */
gboolean tx_about(struct tx *tx, const char *thing);
gboolean tx_unremarkable(struct tx *tx);

/* What tx_about() said last; "" where it said nothing. */
const char *tx_thing(const struct tx *tx);

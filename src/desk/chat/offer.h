/*
 * Offers: who is asked to take which waiting chat, until when, and what came of it.
 *
 * A chat has at most one offer that is open, and only while it waits; it counts for who is asked (desk/duty) from the offer on, so
 * that accepting it changes no load. It keeps its place in the line all the while. Whoever declined, let the offer expire, or put
 * the chat back after having had it, *was asked*, and is not asked again in the same round.
 *
 * Bookkeeping only: who is asked is decided in desk/routing. Callers tell chat.changed. Inside a tx.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "store/tx.h"

#define OFFER_ACCEPTED "accepted"
#define OFFER_DECLINED "declined"
#define OFFER_EXPIRED  "expired"
#define OFFER_WITHDRAWN                                                                                                \
	"withdrawn" /* taken by somebody else, closed, handed on; or who was asked cannot take it any more */
#define OFFER_RELEASED "released"

struct offer_make {
	int64_t chat_id, person_id, expires_at;
	bool is_new_round; /* everybody was asked: they may be asked again */
};

/* The chat waits, and is offered to nobody. */
CHECKED gboolean offer_make(struct tx *tx, const struct offer_make *make, GError **error);

/* Ends the open offer of a chat; nothing happens where there is none. Unless it was accepted, the chat counts no more for who was asked. */
CHECKED gboolean offer_end(struct tx *tx, int64_t chat, const char *outcome, GError **error);

/* Notes that this person has had the chat and put it back. */
CHECKED gboolean offer_put_back(struct tx *tx, int64_t chat, int64_t person, GError **error);

/* All who were asked before may be asked again. */
CHECKED gboolean offer_forget(struct tx *tx, int64_t chat, GError **error);

/* The rows of the chat's conversation are newer from here on: for what changes a chat, and adds nothing to the log. */
CHECKED gboolean offer_move(struct tx *tx, int64_t chat, GError **error);

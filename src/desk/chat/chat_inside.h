/*
 * What the files of this folder share: finding a chat, whether somebody may have or move it, and recording what became of it.
 * Nobody else includes this.
 */
#pragma once

#include "desk/chat/chat.h"

/* The conversation that a command names, and its open chat. */
CHECKED gboolean chat_find(
    struct tx *tx, const char *key, struct conversation *conversation, struct chat *chat, GError **error);

struct chat_sql_row; /* sql/chat_sql.h */
struct chat_row chat_row_of(const struct chat_sql_row *row);

/* The newest chat of a conversation, as lists show it. */
CHECKED gboolean chat_row_now(
    struct tx *tx, const struct conversation *conversation, struct chat_row *answer, GError **error);

/* Ends every transition: what happened goes into the log, and the lists are told. */
CHECKED gboolean chat_record(struct tx *tx, struct conversation *conversation, const char *kind, struct author about,
    struct chat_row *answer, GError **error);

/*
 * Whether this person answers chats now, and whether they may be given this one; `field` is to blame when not. `author` gets
 * who it is.
 */
CHECKED gboolean chat_can_answer(
    struct tx *tx, int64_t person, const char *field, struct author *author, GError **error);
CHECKED gboolean chat_can_own(
    struct tx *tx, int64_t person, const struct chat *chat, const char *field, struct author *author, GError **error);

/*
 * After a chat has become another: it counts no more for who had it, or was asked to take it (`outcome` is what came of that);
 * or it counts for this person from now on. `was`: as it was before.
 */
CHECKED gboolean chat_leave_off(struct tx *tx, const struct chat *was, const char *outcome, GError **error);
CHECKED gboolean chat_pass_to(struct tx *tx, const struct chat *was, int64_t person, GError **error);

/* A chat is its owner's to hand on or end; a lead may do so for others. */
CHECKED gboolean chat_is_mine_to_move(struct tx *tx, const struct chat *chat, GError **error);

/* What the actor is in it, of a row with its guests; NULL: nothing. Pure. */
struct actor;
const char *chat_part_in(const struct chat_row *row, const struct actor *actor);

/* Whether it waits, offered to somebody or not; and its state as the visitor sees it, who is not told of offers. Pure. */
bool chat_waits(const struct chat_row *row);
const char *chat_state_for_visitor(const struct chat_row *row);

/* The place of a waiting chat in the line of its pool, from 1; 0 for one that does not wait. */
CHECKED gboolean chat_place(struct tx *tx, const struct chat_row *row, int64_t *place, GError **error);

/* Whether a chat that ended then (0: not yet) can still be opened again. Pure. */
bool chat_may_reopen(const char *channel, int64_t ended_at, int64_t now_ms);

/*
 * Ratings: what a visitor thought of its chat, 1 to 5 and a comment.
 *
 * It is about the newest chat of the conversation, once that has ended; forms are not rated. Given again within LIMIT_REOPEN_MINUTES
 * of the end it replaces the one before. Staff reads it as an internal item of the log: its text is the score and, on the
 * next line, the comment.
 */
#pragma once

#include "store/tx.h"

struct rating_give {
	const char *conversation;
	const char *id;      /* the caller's own, or NULL */
	int64_t score;       /* 1..5 */
	const char *comment; /* or NULL */
};
CHECKED gboolean rating_give(struct tx *tx, const struct rating_give *ask, GError **error);

/* The rating of a chat; score 0: none. */
struct rating {
	int64_t score;
	const char *comment;
	int64_t at;
};
CHECKED gboolean rating_get(struct tx *tx, int64_t chat, struct rating *rating, GError **error);

/*
 * The ledger: every item that a store holds, as SQLite or PostgreSQL alone reads it. For proof.c.
 */
#pragma once

#include "crowd.h"

struct row {
	unsigned place;
	int64_t seq;
	bool is_internal, is_message, is_file, is_hand, is_note;
	char *author_kind, *caller_id, *text, *says;
	int64_t author_id;
};

struct ledger {
	GPtrArray *items[CONVERSATIONS]; /* of struct row, by seq */
	GHashTable *by_id;               /* caller id -> how many rows */
	int64_t last_seqs[CONVERSATIONS];
};

/* Reads the store at `where` (tests/kit/database.h); what is wrong with it goes to `complaints` (of char *). */
void ledger_read(struct ledger *ledger, const char *where, const struct crowd *crowd, GPtrArray *complaints);
void ledger_clear(struct ledger *ledger);

/* The row of that seq; NULL where there is none. Only right where seq = 1..n, which has a check of its own. */
const struct row *row_at(const struct ledger *ledger, unsigned place, int64_t seq);

/* How many rows carry that caller's id. */
unsigned rows_named(const struct ledger *ledger, const char *caller_id);

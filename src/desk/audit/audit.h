/*
 * The audit log: who did what, and when. One line for every command whose row in the command table has an audit line,
 * written in the transaction of the command itself: there is no change without its line and no line without its change.
 *
 * Lines are never changed or deleted (triggers) and form a chain (chain.h). audit_verify() walks both chains and names
 * the first row that is not as it was written.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/secret.h"

struct tx;

/*
 * Adds a line in the actor's name: `command` is the name of its row, `object` says which thing ("" for the desk itself),
 * `says` is the audit line of the row. None of them holds what a customer or a colleague wrote.
 */
CHECKED gboolean audit_add(struct tx *tx, const char *command, const char *object, const char *says, GError **error);

struct audit_ask {
	int64_t before; /* lines older than this id; 0: from the newest */
	int64_t limit;  /* 1..LIMIT_PAGE_ROWS */
};

struct audit_line {
	int64_t id;
	int64_t at;
	const char *actor_kind; /* one of actor_kind_names */
	int64_t person;         /* who it was, of the staff; 0: nobody of the staff */
	const char *name;       /* that person's name now, or NULL */
	const char *command;
	const char *object;
	const char *says;
};
struct audit_lines {
	struct audit_line *rows;
	size_t count;
};
struct audit_page {
	struct audit_lines lines; /* newest first */
	bool more;
};

CHECKED gboolean audit_list(struct tx *tx, const struct audit_ask *ask, struct audit_page *answer, GError **error);

/*
 * What a check of the chains has found so far. Begin with one that is zeroed, outside of any tx_memory(): a check of a large
 * desk goes over many looks at the store.
 */
struct chain_report {
	bool is_done;
	bool is_whole;                       /* done, and nothing was found */
	int64_t notes, lines;                /* rows that were checked and found right */
	struct digest note_head, audit_head; /* of the whole chains: worth noting elsewhere */
	/* The first difference; empty and 0 when all is whole. */
	char table[8];  /* "note", "audit", "item" or "chain" */
	int64_t row;    /* its id; of a missing row the id it had; of "chain" how many rows its head claims */
	char says[160]; /* one sentence */
	/* How far the check is. */
	unsigned stage;
	int64_t after;
	struct digest head;
};

/*
 * Checks the next few rows, in order: every note with its item, then every audit line, then that no item lacks its note.
 * Call it again, each time in a new look at the store, until is_done. A difference is no error: FALSE only when the store
 * cannot be read. Rows that are added meanwhile are checked as well.
 */
CHECKED gboolean audit_verify_some(struct tx *tx, struct chain_report *report, GError **error);

/* The same to the end, in one look: for a small store, since all of it stays in memory. */
CHECKED gboolean audit_verify(struct tx *tx, struct chain_report *report, GError **error);

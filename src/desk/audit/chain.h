/*
 * Chains: rows of which none can be changed, removed, added in between or cut off at the end without being noticed.
 *
 * Every row holds a hash, BLAKE2b-256 of the hash before it and of the digest of its own content; the first follows on the
 * digest of the chain's name. The head, in table `chain`, holds how many rows there are and the last hash. There are two
 * chains: "note" and "audit". The rows of a chain are numbered 1, 2, 3 … by the chain itself: `id` in struct chain_link
 * is the row id to write, so a gap shows on every engine.
 *
 * Runs on the writer, inside the transaction of the row that it is for. Non-goal: to stop somebody who can rewrite the whole
 * store, with every hash in it: compare `softanswer audit verify`'s heads with ones that were noted elsewhere.
 */
#pragma once

#include <stdint.h>

#include "base/error.h"
#include "base/secret.h"

struct tx;

#define CHAIN_NOTE  "note"
#define CHAIN_AUDIT "audit"

struct chain_link {
	int64_t id;         /* of the row: its place in the chain, from 1 */
	struct digest hash; /* goes into the row */
};

/* Puts one more link on the chain: the caller writes the row with that id and hash in the same transaction. */
CHECKED gboolean chain_extend(
    struct tx *tx, const char *chain, const struct digest *content, struct chain_link *link, GError **error);

/* The hash that the first row follows on, and the one of a row with this content after `before`. Pure. */
struct digest chain_start(const char *chain);
struct digest chain_hash(const struct digest *before, const struct digest *content);

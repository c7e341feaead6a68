/*
 * Blocks: whom the desk does not serve, until when and why.
 *
 * A block is of one visitor, or of an address from which visitors come (of IPv6 the network of a household). While it is in force,
 * what a blocked visitor would begin is refused, in words that do not say who blocked it or why; and its open chats are ended
 * when it is blocked (block_api.c), so that messages need no check. Staff are never blocked: an address from which somebody is
 * signed in is refused, and the edge gives no address that stands for many (loopback, a listed proxy).
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "store/tx.h"

#define BLOCK_VISITOR "visitor"
#define BLOCK_ADDRESS "address"
extern const char *const block_kinds[]; /* up to NULL */

struct block_add {
	const char *id;
	const char *conversation; /* of the visitor */
	const char *kind;         /* one of block_kinds */
	int64_t hours;            /* 0: until it is lifted */
	const char *reason;
};

struct block_person {
	int64_t id;
	const char *name;
};
struct block_row {
	int64_t block;
	const char *kind;
	const char *visitor_name; /* of a visitor */
	const char *conversation; /* of a visitor: its newest */
	const char *address;      /* of an address */
	const char *reason;
	struct block_person made_by;
	int64_t made_at, until; /* until 0: until it is lifted */
	int64_t visitor_id;     /* not told */
};
struct block_rows {
	struct block_row *rows;
	size_t count;
};

/*
 * Blocks the visitor of a conversation, or the address that its newest chat came from; one that is in force is made longer or shorter.
 * REFUSED_STATE (field kind) for an address that is not known or from which staff is signed in, and past LIMIT_BLOCKS.
 */
CHECKED gboolean block_add(struct tx *tx, const struct block_add *ask, struct block_row *answer, GError **error);

struct block_ask {
	int64_t block;
	const char *id;
};

/* By who made it, or a lead. Lifting one that is over changes nothing. */
CHECKED gboolean block_lift(struct tx *tx, const struct block_ask *ask, GError **error);

struct block_list_ask {
	int64_t before; /* rows before that block; 0: from the newest */
	int64_t limit;
};
struct block_list {
	struct block_rows blocks;
	bool more;
};

/* Those in force, newest first. */
CHECKED gboolean block_list(struct tx *tx, const struct block_list_ask *ask, struct block_list *answer, GError **error);

/* REFUSED_PERMISSION while the visitor (row id, or 0) or the address (or NULL) is blocked. */
CHECKED gboolean block_check(struct tx *tx, int64_t visitor_id, const char *address, GError **error);

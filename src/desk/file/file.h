/*
 * Files: what is sent in a conversation besides words.
 *
 * A file is *started* (name and size), its *parts* are put in any order, each as often as one likes, and it is *finished*: then its
 * item stands in the log, and it never changes any more. Parts have LIMIT_FILE_PART_BYTES, the last one what is left. Who may
 * speak may send one; only its sender can go on with it. What it is follows from its content (file_type.h), never from what
 * the sender says; its name is made harmless before it is kept (file_name.h). It lies in the store like everything else, so
 * an acknowledged file reads back bit for bit (P22). What was not finished within LIMIT_FILE_UPLOAD_MINUTES is removed.
 *
 * Inside a tx. Non-goal: looking inside (pictures are decoded in browsers only).
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/secret.h"
#include "desk/conversation/conversation.h"
#include "store/query.h"
#include "store/tx.h"

struct file_start {
	const char *conversation;
	const char *id;
	const char *name;
	int64_t size; /* 1..LIMIT_FILE_BYTES */
};
struct file_started {
	const char *file; /* public id */
	int64_t part_bytes;
	int64_t parts; /* how many are there already */
};

/*
 * The same id again goes on with the same file. REFUSED_STATE when the actor may not speak now, when LIMIT_FILES_OPEN of its are not
 * finished, LIMIT_FILES_PER_CONVERSATION are there, or a visitor would pass LIMIT_FILE_DAY_BYTES in 24 hours.
 */
CHECKED gboolean file_start(struct tx *tx, const struct file_start *ask, struct file_started *answer, GError **error);

struct file_part {
	const char *conversation;
	const char *file;
	int64_t number; /* from 0 */
	struct bytes bytes;
};

/*
 * REFUSED_UNKNOWN unless the actor has started it; REFUSED_RANGE for a number or length that it does not have; REFUSED_STATE when the
 * part is there with other bytes.
 */
CHECKED gboolean file_part(struct tx *tx, const struct file_part *ask, GError **error);

struct file_finish {
	const char *conversation;
	const char *file;
	const char *digest; /* hex SHA-256 of the SHA-256s of all parts, or NULL */
};
struct file_finished {
	int64_t seq;
	int64_t at;
	struct item_file file;
};

/* Adds it to the log; again it answers the same. REFUSED_STATE while parts are missing or the digest is another (field digest). */
CHECKED gboolean file_finish(
    struct tx *tx, const struct file_finish *ask, struct file_finished *answer, GError **error);

struct file_get {
	const char *file;
	const char *name;
};
struct file_got {
	const char *file;
	const char *name;
	const char *type;
	int64_t size;
	int64_t id; /* for file_read(); not answered */
};

/* A finished file of a conversation that the actor may see, by its id and name. REFUSED_UNKNOWN otherwise. */
CHECKED gboolean file_get(struct tx *tx, const struct file_get *ask, struct file_got *answer, GError **error);

/* A part of what file_get() gave, in tx_memory(). FAILED_STORE when it is not there. */
CHECKED gboolean file_read(struct tx *tx, int64_t id, int64_t number, struct bytes *bytes, GError **error);

/* How many parts so many bytes have, and how long each is. */
int64_t file_parts(int64_t size);
int64_t file_part_size(int64_t size, int64_t number);

/* Removes at most `max` parts, and files without parts, of what was not finished in time. `purged` gets how many. */
CHECKED gboolean file_purge(struct tx *tx, int64_t max, int *purged, GError **error);

/*
 * A place: the data folder of a desk, and what lies in it.
 *
 *     softanswer.db     the store (with its -wal and -shm while it is open)
 *     softanswer.key    32 random bytes that sign visitors' tokens; readable by the owner only; not in the store
 *     softanswer.conf   the settings of the program
 *     softanswer.lock   held while the desk serves, so that two programs never serve one store
 *     softanswer.backup touched by every backup, so that the status page knows when the last one was
 *     softanswer.pgpass the password of the desk's role, where the store is on a PostgreSQL server; readable by the owner only
 *
 * Used by the command line and by serving, before the threads start.
 */
#pragma once

#include <stdbool.h>

#include "app/settings.h"
#include "base/secret.h"
#include "store/store.h"

struct place {
	char *folder, *database, *key_file, *settings_file, *lock_file;
	struct settings settings;
	int lock;           /* a descriptor, or -1 */
	const char *commit; /* that the program was built from; NULL: nobody said */
	char *lacks;        /* what of the confinement is not in force, for people; NULL: nothing */
};

/* The place in `folder`, with its settings read. A folder that does not exist yet is no error. */
CHECKED gboolean place_find(const char *folder, struct place *place, GError **error);
void place_clear(struct place *place);

/* Whether there is a desk already; of one on a server, whether there should be. */
bool place_has_desk(const struct place *place);

/* Whether the store is on a server, and where it is. */
bool place_is_on_server(const struct place *place);
const char *place_where(const struct place *place);

/*
 * Makes the folder (0700), the key and the settings file where they are missing; `set` are settings to write into a new file
 * (name, value, …, NULL; may be NULL).
 */
CHECKED gboolean place_make(struct place *place, const char *const *set, GError **error);

/* FAILED_BUSY when another program serves this desk; the lock is given back by place_clear(). */
CHECKED gboolean place_lock(struct place *place, GError **error);

/* The key. REFUSED_STATE when others than the owner can read the file. */
CHECKED gboolean place_key(const struct place *place, struct digest *key, GError **error);

/* Where a restore puts the store that was there; the caller frees. */
char *place_aside(const struct place *place);

enum place_use {
	PLACE_LOOK, /* for the command line, also while the desk serves: it must be there, with the schema of this program */
	PLACE_MAKE,  /* made where there is none; its schema is brought up to date */
	PLACE_SERVE, /* the same, and no other program may serve it meanwhile (place_lock() sees to that for a file) */
};

/* Notes that there is a backup from now on. */
CHECKED gboolean place_backed_up(const struct place *place, GError **error);

/* The file that says so; the caller frees. */
char *place_backup_stamp(const struct place *place);

/* Opens the store. REFUSED_STATE where a restore was cut off and there is none. */
CHECKED struct store *place_open(const struct place *place, enum place_use use, GError **error);

/*
 * The store: where everything that the desk knows is kept, behind one table of functions per engine.
 *
 * A *connection* belongs to one thread at a time. The writing connection changes the store; reading ones see the last
 * commit. store_open() brings the schema up to date by the numbered migrations of sql/, unless it is to leave the store as
 * it is, and refuses one that a newer program has written (P26). SQLite: WAL, synchronous=FULL, foreign keys on, directories fsynced (P1, P2). PostgreSQL: see
 * docs/decisions/0010-postgres.md.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "base/error.h"
#include "store/query.h"

struct store;
struct connection;

#define STORE_WRITERS 4

struct store_settings {
	const char *where;               /* path of the SQLite file, or postgresql://… */
	const struct query_set *queries; /* &desk_queries */
	bool is_forgetful;               /* tests and simulations only: no fsync */
	bool
	    as_it_is; /* nothing is made or migrated: REFUSED_UNKNOWN where no desk is, REFUSED_STATE where its schema is older */
	bool
	    is_alone; /* on a server no other program may serve the desk until store_close(): FAILED_BUSY where one does */
	unsigned writers; /* of a pool; 0: STORE_WRITERS. SQLite has one */
};

CHECKED struct store *store_open(const struct store_settings *settings, GError **error);
void store_close(struct store *store);

/*
 * False: of a store that was to be alone, the server may have let another program in by now, and nothing is to be written
 * until it is true again. From any thread.
 */
bool store_is_ours(const struct store *store);

/* Whether `where` names a database server and no file. */
bool store_is_server(const char *where);

/* "sqlite" or "postgres". */
const char *store_engine(const struct store *store);

/*
 * Of a server. Makes or alters the role that the desk is to work under (`password` NULL: it is there, and keeps its own), and gives
 * it the rights that it needs and no others: it cannot change or delete items, notes or audit lines.
 */
CHECKED gboolean store_make_role(struct store *store, const char *role, const char *password, GError **error);

/* The address of the same database for this role, its password in `passfile`; without a role, without any password. */
CHECKED char *store_address(const char *where, const char *role, const char *passfile, GError **error);

/* A connection of one's own. It prepares each query when that is first asked for: nobody needs all of them. */
CHECKED struct connection *store_connect(struct store *store, bool writes, GError **error);
/* Prepares them all: FAILED_STORE where one does not fit the tables, before anybody relies on it. */
CHECKED gboolean connection_prepare(struct connection *connection, GError **error);
void connection_close(struct connection *connection);

/* The version of the schema in the store, and the newest that this program knows. */
int store_schema(const struct store *store);
int store_schema_known(void);

/* Copies the store, at one consistent moment and while it is in use, into the new file `path` (P25). */
CHECKED gboolean store_backup(struct store *store, const char *path, GError **error);

/* Integrity of pages, indexes and foreign keys; the first problem is the error. */
CHECKED gboolean store_check(struct store *store, GError **error);

/* Bytes of the write-ahead log: for metrics and back-pressure. */
int64_t store_log_bytes(const struct store *store);

/* Runs `run` of one work at once on this thread: for the command line and the tests. Sets work->error and events. */
struct work;
void connection_run(struct connection *connection, struct work *work, bool writes);

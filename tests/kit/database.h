/*
 * Where the stores of the tests are: files in temporary folders, or, where SOFTANSWER_TEST_DATABASE names a server
 * (tests/kit/with_postgres), schemas or databases of their own there.
 */
#pragma once

#include <stdbool.h>

bool database_is_server(void);

/* Where an empty store can be made: `path`, or a new schema, which is gone when the program ends. The caller frees. */
char *database_new(const char *path);

/*
 * A desk's store with the schema in it, copied from one that was made like any other: at `path`, or a new database. Most of what
 * a test takes is otherwise the making of tables. The caller frees.
 */
char *database_desk(const char *path);

/* Removes a schema or database before the program ends. A file is left alone. */
void database_remove(const char *where);

/* A session from outside, as another program would have it. */
struct database {
	struct sqlite3 *file;
	struct pg_conn *session;
};

void database_open(struct database *database, const char *where);
void database_close(struct database *database);

/* Runs statements; NULL, or what the engine says against them (the caller frees). */
char *database_exec(struct database *database, const char *sql);

/* The same in a session of its own. */
char *database_run(const char *where, const char *sql);

/* The first value that a statement gives, as text, or NULL; the caller frees. */
char *database_ask(const char *where, const char *sql);

/* What a statement gives, as texts, row by row; a NULL is NULL. */
struct database_rows {
	unsigned count, columns;
	char **cells;
};

/* NULL, or what the engine says against it (the caller frees); `rows` is to be cleared either way. */
char *database_select(struct database *database, const char *sql, struct database_rows *rows);
char *database_read(const char *where, const char *sql, struct database_rows *rows);
const char *database_cell(const struct database_rows *rows, unsigned row, unsigned column);
void database_rows_clear(struct database_rows *rows);

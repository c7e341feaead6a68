/*
 * What the files of sqlgen share: the queries as they were read (sqlgen_read.c, with sqlgen_declaration.c and sqlgen_text.c) and are
 * written (sqlgen.c).
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

enum type { TYPE_INT, TYPE_BOOL, TYPE_TEXT, TYPE_BLOB, TYPES };

struct slot { /* a parameter or a column */
	char *name;
	enum type type;
	bool is_nullable, is_used;
};

enum result { RESULT_NOTHING, RESULT_CHANGED, RESULT_VALUES, RESULT_ONE, RESULT_MANY };
enum engine { ENGINE_SQLITE, ENGINE_POSTGRES, ENGINES };
extern const char *const engine_words[ENGINES];

struct place {
	const char *file;
	int line;
};

struct query {
	struct place place;
	char *name, *comment;
	GArray *params, *columns; /* of struct slot */
	enum result result;
	char *like;           /* the query whose rows it gives, or NULL: its own */
	char *texts[ENGINES]; /* NULL: the engine has none */
};

struct noun {
	char *name;
	GPtrArray *queries;
};

/* Ends the program with file:line and one sentence. */
void complain(struct place place, const char *format, ...) G_GNUC_PRINTF(2, 3) G_GNUC_NORETURN;

/* The slot with this name of `length` bytes, or NULL. */
struct slot *find_slot(GArray *slots, const char *name, gsize length);

void skip_space(const char **at);

/* The query that is declared behind "-- :"; an engine's own file gives names only. Its texts are not there yet. */
struct query *declaration_parse(const char *declaration, struct place place, bool names_only);

/* The text of one engine; NULL where `sql` is empty. Marks the parameters that are used. */
char *text_for(const char *sql, struct query *query, enum engine engine);

/* Appends a line without its comment; true where the query ends on it. */
bool append_line(GString *sql, const char *line, struct place place);

/* Reads NOUN.sql files and then the engines' own; gives struct noun *, in the order of the files. */
GPtrArray *nouns_read(char **files);

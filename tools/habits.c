/*
 * habits: names what no file may contain, though it compiles.
 *
 *     habits ROOT FILE...        paths relative to ROOT
 *
 * Each breach is named as file:line on standard output. It ends with 1 when there was one, with 2 when a file cannot be read.
 *
 * In C, outside of comments and texts: calls that are banned everywhere (base/banned.h stops most of them at
 * compile time, but not for clang, and not in macros), calls that are banned in single rooms, sleeping in tests, and goto in
 * desk/. In the texts of C: SQL, which belongs into .sql files (src/store/ is the engine's plumbing, tests may plant what
 * they like). In .sql files of src/ and sql/: clocks, chance, OFFSET, AUTOINCREMENT, SELECT *; and in those of src/ a
 * statement without a name.
 *
 * It knows words, not meanings: no preprocessor, no types. Non-goal: style (clang-format) and bugs (clang-tidy, cppcheck).
 */
#include <glib.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* A call that is banned in the files whose path begins with `where` (or, with '*', that contain the rest of it). */
struct ban {
	const char *where, *words, *why;
};

#define OF_DESK "src/desk/"

static const struct ban bans[] = {
	{ "", "strcpy stpcpy strcat strncpy strncat sprintf vsprintf gets",
	    "no bound: use g_strlcpy, GString, talloc_strdup" },
	{ "", "system popen", "no shells" },
	{ "", "strtok gmtime localtime ctime asctime setenv putenv", "hidden state that threads share" },
	{ "", "atoi atol atoll atof", "no error for what is no number: use g_ascii_string_to_signed" },
	{ "", "rand srand random srandom drand48", "chance comes from a seed or secret_random" },
	{ "src/", "g_random_int g_random_int_range g_random_double", "chance comes from a seed or secret_random" },
	{ "", "alloca strdupa g_alloca g_newa", "the stack has no error" },
	{ "", "tmpnam tempnam mktemp tmpfile", "use g_mkstemp or g_dir_make_tmp" },
	{ "", "longjmp siglongjmp setjmp vfork", "not in this house" },
	{ "*_test.c", "sleep usleep nanosleep g_usleep", "a test waits for a fact, never for time" },
	{ "tests/stories/", "sleep usleep nanosleep g_usleep", "a story has a virtual clock" },
	{ OF_DESK, "malloc calloc realloc free strdup g_malloc g_malloc0 g_new g_new0 g_free g_strdup g_strdup_printf",
	    "desk/ owns no memory: allocate in tx_memory()" },
	{ OF_DESK, "printf fprintf puts g_print g_printerr g_message g_warning g_critical g_debug g_info log_line",
	    "desk/ logs nothing: return an error" },
	{ OF_DESK, "time clock_gettime gettimeofday clock_now_ms clock_system g_get_real_time g_get_monotonic_time",
	    "time comes with the command: tx_now_ms()" },
	{ OF_DESK, "secret_random secret_key secret_token randombytes_buf",
	    "chance comes with the command: tx_key(), tx_token()" },
	{ OF_DESK, "pthread_create pthread_mutex_lock g_mutex_lock g_thread_new uv_async_send",
	    "desk/ knows no threads" },
	{ OF_DESK, "getenv g_getenv open fopen read write socket", "desk/ knows no machine" },
	{ "src/base/", "printf puts g_print g_printerr g_message g_warning g_critical g_debug", "use log_line()" },
	{ "src/store/", "printf puts g_print g_printerr g_message g_warning g_critical g_debug", "use log_line()" },
	{ "src/bus/", "printf puts g_print g_printerr g_message g_warning g_critical g_debug", "use log_line()" },
	{ "src/edge/", "printf puts g_print g_printerr g_message g_warning g_critical g_debug", "use log_line()" },
};

/* Words that no SQL of ours contains; '(' at the end: only as a call. */
static const char *const sql_bans[][2] = {
	{ "now(", "time comes in as a parameter" },
	{ "datetime(", "time comes in as a parameter" },
	{ "strftime(", "time comes in as a parameter" },
	{ "julianday(", "time comes in as a parameter" },
	{ "unixepoch(", "time comes in as a parameter" },
	{ "current_timestamp", "time comes in as a parameter" },
	{ "current_time", "time comes in as a parameter" },
	{ "current_date", "time comes in as a parameter" },
	{ "random(", "chance comes in as a parameter" },
	{ "randomblob(", "chance comes in as a parameter" },
	{ "gen_random_uuid(", "chance comes in as a parameter" },
	{ "autoincrement", "@id in sql/README.md" },
	{ "offset", "page by key: OFFSET reads what it skips" },
};

/* How SQL begins, in the capitals in which everybody writes it. */
static const char *const sql_starts[] = {
	"SELECT ",
	"INSERT INTO ",
	"INSERT OR ",
	"UPDATE ",
	"DELETE FROM ",
	"CREATE TABLE ",
	"CREATE INDEX ",
	"CREATE UNIQUE ",
	"CREATE TRIGGER ",
	"CREATE VIEW ",
	"DROP TABLE ",
	"DROP INDEX ",
	"ALTER TABLE ",
	"PRAGMA ",
	"REPLACE INTO ",
	"SAVEPOINT ",
	"BEGIN IMMEDIATE",
	"VACUUM",
};

struct file {
	const char *path;
	char *text;
	unsigned line;
	unsigned *broken;
};

static void
complain(const struct file *file, const char *what, const char *why)
{
	printf("%s:%u: %s: %s\n", file->path, file->line, what, why);
	(*file->broken)++;
}

static bool
is_word_part(char c)
{
	return g_ascii_isalnum(c) || c == '_';
}

static bool
is_in_words(const char *words, const char *word, size_t size)
{
	for (const char *at = words; *at != '\0';) {
		size_t length = strcspn(at, " ");

		if (length == size && strncmp(at, word, size) == 0)
			return true;
		at += length;
		at += strspn(at, " ");
	}
	return false;
}

static bool
is_where(const char *where, const char *path)
{
	if (g_str_has_prefix(where, "*"))
		return strstr(path, where + 1) != NULL;
	/* The doors count as edge, and tests beside the source may do what they test. */
	if (strcmp(where, OF_DESK) == 0 && g_str_has_suffix(path, "_api.c"))
		return false;
	if (g_str_has_prefix(where, "src/") && g_str_has_suffix(path, "_test.c"))
		return false;
	return g_str_has_prefix(path, where);
}

static void
check_call(const struct file *file, const char *word, size_t size)
{
	for (size_t i = 0; i < G_N_ELEMENTS(bans); i++) {
		if (!is_where(bans[i].where, file->path) || !is_in_words(bans[i].words, word, size))
			continue;
		g_autofree char *what = g_strdup_printf("%.*s() is banned", (int)size, word);

		complain(file, what, bans[i].why);
	}
}

static void
check_literal(const struct file *file, const char *text, size_t size)
{
	if (!g_str_has_prefix(file->path, "src/") || g_str_has_prefix(file->path, "src/store/") ||
	    g_str_has_suffix(file->path, "_test.c"))
		return;
	while (size > 0 && g_ascii_isspace(*text))
		text++, size--;
	for (size_t i = 0; i < G_N_ELEMENTS(sql_starts); i++) {
		size_t length = strlen(sql_starts[i]);

		if (size >= length && strncmp(text, sql_starts[i], length) == 0) {
			complain(file, "SQL in a text", "name the query in the noun's .sql file");
			return;
		}
	}
}

/* The end of the literal that starts at `start` with its quote, or of the text. */
static const char *
literal_end(const char *start)
{
	const char *at = start + 1;

	while (*at != '\0' && *at != *start && *at != '\n')
		at += at[0] == '\\' && at[1] != '\0' ? 2 : 1;
	return at;
}

static unsigned
lines_in(const char *from, const char *to)
{
	unsigned lines = 0;

	for (; from < to; from++)
		lines += *from == '\n';
	return lines;
}

/* Past the comment that starts at `at`, or `at` itself where none does. */
static const char *
comment_end(const char *at)
{
	const char *end;

	if (at[0] == '/' && at[1] == '*') {
		end = strstr(at + 2, "*/");
		return end == NULL ? at + strlen(at) : end + 2;
	}
	return at[0] == '/' && at[1] == '/' ? at + strcspn(at, "\n") : at;
}

static const char *
check_word(const struct file *file, const char *at)
{
	const char *end = at;

	while (is_word_part(*end))
		end++;
	size_t size = (size_t)(end - at);
	/* A member (`ops->free(x)`) is another function of the same name. */
	bool is_member = at > file->text && (at[-1] == '.' || at[-1] == '>');

	if (*end == '(' && !is_member)
		check_call(file, at, size);
	if (is_where(OF_DESK, file->path) && size == 4 && strncmp(at, "goto", 4) == 0)
		complain(file, "goto in desk/", "g_autoptr and early returns do it");
	return end;
}

static void
check_c(struct file *file)
{
	for (const char *at = file->text; *at != '\0';) {
		const char *end = comment_end(at);

		if (end != at) {
			file->line += lines_in(at, end);
		} else if (*at == '"' || *at == '\'') {
			end = literal_end(at);
			if (*at == '"')
				check_literal(file, at + 1, (size_t)(end - at - 1));
			end += *end == *at;
		} else if (is_word_part(*at)) {
			end = check_word(file, at);
		} else {
			file->line += *at == '\n';
			end = at + 1;
		}
		at = end;
	}
}

/* Blanks the comments and texts of a line of SQL, in place. */
static void
sql_blank(char *line)
{
	bool in_text = false;

	for (char *at = line; *at != '\0'; at++) {
		if (!in_text && at[0] == '-' && at[1] == '-') {
			*at = '\0';
			return;
		}
		if (*at == '\'') {
			in_text = !in_text;
			*at = ' ';
		} else if (in_text) {
			*at = ' ';
		}
	}
}

static void
check_sql_words(const struct file *file, const char *line)
{
	g_autofree char *lower = g_ascii_strdown(line, -1);

	for (size_t i = 0; i < G_N_ELEMENTS(sql_bans); i++) {
		const char *word = sql_bans[i][0];
		size_t size = strlen(word);

		for (const char *at = strstr(lower, word); at != NULL; at = strstr(at + size, word)) {
			bool is_start = at == lower || !is_word_part(at[-1]);

			if (is_start && (word[size - 1] == '(' || !is_word_part(at[size])))
				complain(file, word, sql_bans[i][1]);
		}
	}
	if (strstr(lower, "select *") != NULL)
		complain(file, "SELECT *", "name the columns: a migration may add some");
}

/* Every statement of the desk's files has a name: `-- :add(…)` stands above it, and one `;` ends it. */
static void
check_sql(struct file *file)
{
	bool needs_names = g_str_has_prefix(file->path, "src/"), is_named = false;

	g_auto(GStrv) lines = g_strsplit(file->text, "\n", -1);
	for (int i = 0; lines[i] != NULL; i++, file->line++) {
		is_named = is_named || g_str_has_prefix(lines[i], "-- :");
		sql_blank(lines[i]);
		g_strstrip(lines[i]);
		if (*lines[i] == '\0')
			continue;
		check_sql_words(file, lines[i]);
		if (needs_names && !is_named)
			complain(file, "a statement without a name", "write `-- :name(…)` above it");
		if (g_str_has_suffix(lines[i], ";"))
			is_named = false;
	}
}

int
main(int argc, char **argv)
{
	unsigned broken = 0;

	if (argc < 3) {
		fprintf(stderr, "usage: habits ROOT FILE...\n");
		return 2;
	}
	for (int i = 2; i < argc; i++) {
		g_autofree char *path = g_build_filename(argv[1], argv[i], NULL), *text = NULL;
		g_autoptr(GError) error = NULL;

		if (!g_file_get_contents(path, &text, NULL, &error)) {
			fprintf(stderr, "habits: %s\n", error->message);
			return 2;
		}
		struct file file = { .path = argv[i], .text = text, .line = 1, .broken = &broken };
		if (g_str_has_suffix(argv[i], ".sql"))
			check_sql(&file);
		else
			check_c(&file);
	}
	return broken > 0;
}

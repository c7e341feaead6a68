/*
 * Facts about how the queries of the desk find their rows, by what SQLite says that it will do (EXPLAIN QUERY PLAN): none reads a
 * table from end to end that becomes longer with every day, however little of it is wanted. (A server plans by what its tables hold,
 * and those of a test hold nothing.)
 */
#include <string.h>

#include "store/query.h"
#include "tests/kit/database.h"
#include "tests/kit/facts.h"

/* Which become longer with every day. Of people, teams, sites, settings, shifts there are as many as somebody made. */
static const char *const growing[] = { "audit", "chat", "chat_answer", "chat_guest", "conversation", "file",
	"file_part", "item", "note", "offer", "page_view", "promise", "rating", "reading", "receipt", "seat_log",
	"visitor" };

/* Which may, and why. */
static const struct {
	const char *query, *says;
} allowed[] = {
	{ "copy.is_used", "asks whether there is any" },
	{ "line.lengths", "the newest few, from their end" },
};

static bool
is_allowed(const char *query)
{
	for (size_t i = 0; i < G_N_ELEMENTS(allowed); i++) {
		if (strcmp(allowed[i].query, query) == 0)
			return true;
	}
	return false;
}

/* Whether that name stands for that table in a query: "offer o", or the table's own name. */
static bool
stands_for(const char *sql, const char *name, const char *table)
{
	g_autofree char *pattern = g_strdup_printf("\\b(FROM|JOIN|UPDATE|INTO)\\s+%s\\s+(AS\\s+)?%s\\b", table, name);

	return strcmp(name, table) == 0 || g_regex_match_simple(pattern, sql, 0, 0);
}

static const char *
growing_table(const char *sql, const char *name)
{
	for (size_t i = 0; i < G_N_ELEMENTS(growing); i++) {
		if (stands_for(sql, name, growing[i]))
			return growing[i];
	}
	return NULL;
}

/* An index of part of a table holds what is open, waiting, present: little, except those of what is over. */
static bool
is_of_few(struct database *database, const char *index)
{
	g_autofree char *sql = g_strdup_printf(
	    "SELECT count(*) FROM sqlite_master WHERE name = '%s' AND sql LIKE '%% WHERE %%' AND sql NOT LIKE '%% WHERE ended_at IS NOT NULL%%'",
	    index);
	struct database_rows rows;

	assert_null(database_select(database, sql, &rows));

	bool is_so = strcmp(database_cell(&rows, 0, 0), "1") == 0;

	database_rows_clear(&rows);
	return is_so;
}

/* "SCAN o", or "SCAN o USING INDEX offer_due", of a table that grows; whichever index it uses, if that is of all rows. */
static bool
reads_all(struct database *database, const char *sql, const char *step)
{
	g_auto(GStrv) words = g_strsplit(step, " ", 0);
	const char *using = strstr(step, "INDEX ");

	if (strcmp(words[0], "SCAN") != 0 || growing_table(sql, words[1]) == NULL)
		return false;
	return using == NULL || !is_of_few(database, using + strlen("INDEX "));
}

static unsigned
count_reads_of_all(struct database *database, const char *name, const char *sql)
{
	g_autofree char *explain = g_strconcat("EXPLAIN QUERY PLAN ", sql, NULL);
	struct database_rows plan;
	unsigned count = 0;

	assert_null(database_select(database, explain, &plan));
	for (unsigned i = 0; i < plan.count; i++) {
		const char *step = database_cell(&plan, i, 3);

		if (!reads_all(database, sql, step))
			continue;
		if (!is_allowed(name))
			print_error("%s: %s\n", name, step);
		count++;
	}
	database_rows_clear(&plan);
	return count;
}

static void
open_desk(struct database *database)
{
	g_autofree char *folder = fact_folder(), *path = g_build_filename(folder, "desk.db", NULL);
	g_autofree char *where = database_desk(path);

	database_open(database, where);
}

TEST(no_query_reads_a_table_that_grows_from_end_to_end)
{
	struct database database;
	unsigned found = 0, exceptions = 0;

	open_desk(&database);
	for (unsigned i = 0; i < desk_queries.count; i++) {
		const struct query *query = desk_queries.queries[i];
		bool reads = count_reads_of_all(&database, query->name, query->sqlite) > 0;

		exceptions += reads && is_allowed(query->name);
		found += reads && !is_allowed(query->name);
	}
	assert_int_equal(found, 0);
	assert_int_equal(exceptions, G_N_ELEMENTS(allowed)); /* each is still one */
	database_close(&database);
}

TEST(a_query_that_does_is_found)
{
	struct database database;

	open_desk(&database);
	assert_int_equal(
	    count_reads_of_all(&database, "copy.is_used", "SELECT id FROM offer o WHERE ended_at IS NULL ORDER BY id"),
	    1);
	assert_int_equal(count_reads_of_all(&database, "copy.is_used", "SELECT count(*) FROM item"), 1);
	assert_int_equal(count_reads_of_all(&database, "copy.is_used",
			     "SELECT id FROM chat WHERE ended_at IS NOT NULL AND taken_at IS NOT NULL ORDER BY id"),
	    1);
	assert_int_equal(count_reads_of_all(&database, "copy.is_used",
			     "SELECT id FROM offer o WHERE ended_at IS NULL ORDER BY expires_at"),
	    0);
	assert_int_equal(count_reads_of_all(&database, "copy.is_used", "SELECT id FROM item i WHERE id > 3"), 0);
	database_close(&database);
}

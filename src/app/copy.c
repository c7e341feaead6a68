/* Copying: see copy.h. The tables and their queries (desk/copy/copy.sql) are one table of this file. */
#include "app/copy.h"

#include <string.h>
#include <talloc.h>

#include "app/chains.h"
#include "app/task.h"
#include "base/clock.h"
#include "base/secret.h"
#include "sql/copy_sql.h"
#include "store/tx.h"
#include "store/work.h"

/* Rows in one transaction: a few hundred kB at most with the longest texts that there are usually. */
#define PAGE_ROWS 500

/* Rows of parts of files, which are up to 256 kB each. */
#define PAGE_PARTS 16

#define COLUMNS_MAX 32
#define KEYS_MAX    3

extern const struct query copy_query_settings, copy_query_put_setting, copy_query_people, copy_query_put_person,
    copy_query_sessions, copy_query_put_session, copy_query_passes, copy_query_put_pass, copy_query_visitors,
    copy_query_put_visitor, copy_query_conversations, copy_query_put_conversation, copy_query_items,
    copy_query_put_item, copy_query_chats, copy_query_put_chat, copy_query_notes, copy_query_put_note, copy_query_audit,
    copy_query_put_audit, copy_query_chains, copy_query_put_chain, copy_query_receipts, copy_query_put_receipt,
    copy_query_teams, copy_query_put_team, copy_query_sites, copy_query_put_site, copy_query_site_origins,
    copy_query_put_site_origin, copy_query_site_texts, copy_query_put_site_text, copy_query_site_hours,
    copy_query_put_site_hours, copy_query_site_fields, copy_query_put_site_field, copy_query_site_invites,
    copy_query_put_site_invite, copy_query_team_members, copy_query_put_team_member, copy_query_chat_answers,
    copy_query_put_chat_answer, copy_query_chat_guests, copy_query_put_chat_guest, copy_query_ratings,
    copy_query_put_rating, copy_query_readings, copy_query_put_reading, copy_query_files, copy_query_put_file,
    copy_query_file_parts, copy_query_put_file_part, copy_query_page_views, copy_query_put_page_view, copy_query_drafts,
    copy_query_put_draft, copy_query_answers, copy_query_put_answer, copy_query_promises, copy_query_put_promise,
    copy_query_blocks, copy_query_put_block, copy_query_pushes, copy_query_put_push, copy_query_pools,
    copy_query_put_pool, copy_query_duties, copy_query_put_duty, copy_query_seat_logs, copy_query_put_seat_log,
    copy_query_skills, copy_query_put_skill, copy_query_offers, copy_query_put_offer, copy_query_shifts,
    copy_query_put_shift, copy_query_shift_exceptions, copy_query_put_shift_exception, copy_query_holidays,
    copy_query_put_holiday;

/*
 * A table: `page` gives rows behind a key, which is its first columns and all its parameters but the last; `put` takes
 * a row. `last` is the key of the newest row there; those without one are put again, which changes nothing.
 */
static const struct table {
	const char *name;
	const struct query *page, *put;
	gboolean (*last)(struct tx *tx, int64_t *id, GError **error);
	int64_t rows; /* in one transaction */
} tables[] = {
	/* What is referred to comes before what refers to it. */
	{ "people", &copy_query_people, &copy_query_put_person, copy_sql_last_person, PAGE_ROWS },
	{ "sessions", &copy_query_sessions, &copy_query_put_session, copy_sql_last_session, PAGE_ROWS },
	{ "pushes", &copy_query_pushes, &copy_query_put_push, copy_sql_last_push, PAGE_ROWS },
	{ "passes", &copy_query_passes, &copy_query_put_pass, copy_sql_last_pass, PAGE_ROWS },
	{ "teams", &copy_query_teams, &copy_query_put_team, copy_sql_last_team, PAGE_ROWS },
	{ "sites", &copy_query_sites, &copy_query_put_site, copy_sql_last_site, PAGE_ROWS },
	{ "origins of sites", &copy_query_site_origins, &copy_query_put_site_origin, NULL, PAGE_ROWS },
	{ "words of sites", &copy_query_site_texts, &copy_query_put_site_text, NULL, PAGE_ROWS },
	{ "hours of sites", &copy_query_site_hours, &copy_query_put_site_hours, NULL, PAGE_ROWS },
	{ "fields of sites", &copy_query_site_fields, &copy_query_put_site_field, NULL, PAGE_ROWS },
	{ "invitations of sites", &copy_query_site_invites, &copy_query_put_site_invite, NULL, PAGE_ROWS },
	{ "members of teams", &copy_query_team_members, &copy_query_put_team_member, NULL, PAGE_ROWS },
	{ "pools of seats", &copy_query_pools, &copy_query_put_pool, NULL, PAGE_ROWS },
	{ "people on duty", &copy_query_duties, &copy_query_put_duty, NULL, PAGE_ROWS },
	{ "the log of seats", &copy_query_seat_logs, &copy_query_put_seat_log, copy_sql_last_seat_log, PAGE_ROWS },
	{ "skills", &copy_query_skills, &copy_query_put_skill, NULL, PAGE_ROWS },
	{ "shifts", &copy_query_shifts, &copy_query_put_shift, copy_sql_last_shift, PAGE_ROWS },
	{ "exceptions of shifts", &copy_query_shift_exceptions, &copy_query_put_shift_exception,
	    copy_sql_last_shift_exception, PAGE_ROWS },
	{ "holidays", &copy_query_holidays, &copy_query_put_holiday, NULL, PAGE_ROWS },
	{ "visitors", &copy_query_visitors, &copy_query_put_visitor, copy_sql_last_visitor, PAGE_ROWS },
	{ "conversations", &copy_query_conversations, &copy_query_put_conversation, copy_sql_last_conversation,
	    PAGE_ROWS },
	{ "items", &copy_query_items, &copy_query_put_item, copy_sql_last_item, PAGE_ROWS },
	{ "chats", &copy_query_chats, &copy_query_put_chat, copy_sql_last_chat, PAGE_ROWS },
	{ "offers", &copy_query_offers, &copy_query_put_offer, copy_sql_last_offer, PAGE_ROWS },
	{ "answers to forms", &copy_query_chat_answers, &copy_query_put_chat_answer, NULL, PAGE_ROWS },
	{ "guests", &copy_query_chat_guests, &copy_query_put_chat_guest, NULL, PAGE_ROWS },
	{ "ratings", &copy_query_ratings, &copy_query_put_rating, NULL, PAGE_ROWS },
	{ "readings", &copy_query_readings, &copy_query_put_reading, NULL, PAGE_ROWS },
	{ "files", &copy_query_files, &copy_query_put_file, copy_sql_last_file, PAGE_ROWS },
	{ "parts of files", &copy_query_file_parts, &copy_query_put_file_part, NULL, PAGE_PARTS },
	{ "pages seen", &copy_query_page_views, &copy_query_put_page_view, copy_sql_last_page_view, PAGE_ROWS },
	{ "drafts", &copy_query_drafts, &copy_query_put_draft, NULL, PAGE_ROWS },
	{ "canned answers", &copy_query_answers, &copy_query_put_answer, copy_sql_last_answer, PAGE_ROWS },
	{ "promises", &copy_query_promises, &copy_query_put_promise, copy_sql_last_promise, PAGE_ROWS },
	{ "blocks", &copy_query_blocks, &copy_query_put_block, copy_sql_last_block, PAGE_ROWS },
	{ "notes", &copy_query_notes, &copy_query_put_note, copy_sql_last_note, PAGE_ROWS },
	{ "audit lines", &copy_query_audit, &copy_query_put_audit, copy_sql_last_audit, PAGE_ROWS },
	{ "chains", &copy_query_chains, &copy_query_put_chain, NULL, PAGE_ROWS },
	{ "receipts", &copy_query_receipts, &copy_query_put_receipt, NULL, PAGE_ROWS },
	{ "settings", &copy_query_settings, &copy_query_put_setting, NULL, PAGE_ROWS },
};

const char *
copy_statement(unsigned i)
{
	return i < G_N_ELEMENTS(tables) ? tables[i].put->sqlite : NULL;
}

/* One page on its way. */
struct page {
	const struct table *table;
	struct value key[KEYS_MAX];
	const char *rows;
	size_t count;
	bool is_last;
};

/* ---- Rows by their shape ---- */

static struct value
value_at(const struct query *query, const char *row, unsigned column)
{
	const struct column *shape = &query->shape[column];
	const void *place = row + shape->offset;

	switch (shape->type) {
	case COLUMN_INT:
		return shape->is_nullable ? value_int_or_null(*(const int64_t *)place)
					  : value_int(*(const int64_t *)place);
	case COLUMN_BOOL:
		return value_int(*(const bool *)place);
	case COLUMN_TEXT:
		return value_text(*(const char *const *)place);
	case COLUMN_BLOB:
		return value_blob(*(const struct bytes *)place);
	}
	g_assert_not_reached();
}

/* Where a table begins: behind no row, or behind `after`. */
static struct page
page_begin(const struct table *table, int64_t after)
{
	struct page page = { .table = table };

	for (unsigned i = 0; i < table->page->params - 1; i++)
		page.key[i] = table->page->shape[i].type == COLUMN_TEXT ? value_text("") : value_int(after);
	return page;
}

static gboolean
page_read(struct tx *tx, void *data, GError **error)
{
	struct page *page = data;
	const struct query *query = page->table->page;
	unsigned keys = query->params - 1;
	int64_t max = page->table->rows;
	struct value params[KEYS_MAX + 1];
	void *rows;

	memcpy(params, page->key, sizeof page->key);
	params[keys] = value_int(max);
	if (!query_many(tx, query, params, &rows, &page->count, error))
		return FALSE;
	page->rows = rows;
	page->is_last = page->count < (size_t)max;
	for (unsigned i = 0; page->count > 0 && i < keys; i++)
		page->key[i] = value_at(query, page->rows + (page->count - 1) * query->row_size, i);
	return TRUE;
}

static gboolean
page_write(struct tx *tx, void *data, GError **error)
{
	const struct page *page = data;
	const struct query *from = page->table->page, *put = page->table->put;
	struct value row[COLUMNS_MAX];

	g_assert(from->columns == put->params && put->params <= COLUMNS_MAX);
	for (size_t i = 0; i < page->count; i++) {
		for (unsigned column = 0; column < from->columns; column++)
			row[column] = value_at(from, page->rows + i * from->row_size, column);
		if (!query_change(tx, put, row, NULL, error))
			return FALSE;
	}
	return TRUE;
}

/* ---- Runs ---- */

struct errand {
	struct work work; /* first */
	gboolean (*run)(struct tx *tx, void *data, GError **error);
	void *data;
};

static gboolean
run_errand(struct tx *tx, struct work *work, GError **error)
{
	struct errand *errand = (struct errand *)work;

	return errand->run(tx, errand->data, error);
}

static gboolean
run(struct connection *connection, bool writes, void *memory, gboolean (*run_it)(struct tx *, void *, GError **),
    void *data, GError **error)
{
	struct errand errand = {
		.work = { .memory = memory, .now_ms = clock_now_ms(clock_system()), .run = run_errand },
		.run = run_it,
		.data = data
	};

	connection_run(connection, &errand.work, writes);
	if (errand.work.error == NULL)
		return TRUE;
	g_propagate_error(error, errand.work.error);
	return FALSE;
}

/* What a copy works with. */
struct copy {
	struct connection *from, *to, *back; /* `back` reads what was copied */
	const char *origin;
	const struct copy_progress *progress;
};

static void
say(const struct copy *copy, const char *what, int64_t rows)
{
	copy->progress->says(copy->progress->data, what, rows);
}

/* ---- Over ---- */

static gboolean
read_last(struct tx *tx, void *data, GError **error)
{
	struct page *page = data;
	int64_t id;

	if (!page->table->last(tx, &id, error))
		return FALSE;
	*page = page_begin(page->table, id);
	return TRUE;
}

static gboolean
table_copy(const struct copy *copy, const struct table *table, GError **error)
{
	struct page page = page_begin(table, 0);
	void *memory = talloc_new(NULL), *before = NULL;
	gboolean went_well = table->last == NULL || run(copy->back, false, memory, read_last, &page, error);
	int64_t rows = 0;

	while (went_well && !page.is_last) {
		/* The key lies in the memory of the page before. */
		talloc_free(before);
		before = memory;
		memory = talloc_new(NULL);
		went_well = run(copy->from, false, memory, page_read, &page, error) &&
		    (page.count == 0 || run(copy->to, true, memory, page_write, &page, error));
		rows += (int64_t)page.count;
		if (went_well && !page.is_last)
			say(copy, table->name, rows);
	}
	talloc_free(before);
	talloc_free(memory);
	if (went_well)
		say(copy, table->name, rows);
	return went_well;
}

/* ---- And back ---- */

/* Of all rows of a table, in any order: how many, and their digests folded into one. */
struct sum {
	int64_t rows;
	struct digest digest;
};

static void
sum_row(struct sum *sum, const struct query *query, const char *row)
{
	g_autoptr(GByteArray) bytes = g_byte_array_new();
	struct digest digest;

	for (unsigned i = 0; i < query->columns; i++) {
		struct value value = value_at(query, row, i);
		int64_t head[2] = { value.type, value.type == VALUE_INT ? value.integer : (int64_t)value.size };

		g_byte_array_append(bytes, (const guint8 *)head, sizeof head);
		if (value.type == VALUE_TEXT || value.type == VALUE_BLOB)
			g_byte_array_append(bytes, value.data, (guint)value.size);
	}
	digest = secret_digest(bytes->data, bytes->len);
	for (unsigned i = 0; i < DIGEST_BYTES; i++)
		sum->digest.bytes[i] ^= digest.bytes[i];
	sum->rows++;
}

static gboolean
table_sum(struct connection *connection, const struct table *table, struct sum *sum, GError **error)
{
	struct page page = page_begin(table, 0);
	void *memory = NULL, *before = NULL;
	gboolean went_well = TRUE;

	*sum = (struct sum) { 0 };
	while (went_well && !page.is_last) {
		talloc_free(before);
		before = memory;
		memory = talloc_new(NULL);
		went_well = run(connection, false, memory, page_read, &page, error);
		for (size_t i = 0; went_well && i < page.count; i++)
			sum_row(sum, table->page, page.rows + i * table->page->row_size);
	}
	talloc_free(before);
	talloc_free(memory);
	return went_well;
}

static gboolean
table_compare(const struct copy *copy, const struct table *table, GError **error)
{
	struct sum here, there;

	if (!table_sum(copy->from, table, &here, error) || !table_sum(copy->back, table, &there, error))
		return FALSE;
	if (here.rows == there.rows && memcmp(&here.digest, &there.digest, sizeof here.digest) == 0)
		return TRUE;
	return fail(error, FAILED_STORE,
	    "the %s differ (%" G_GINT64_FORMAT " here, %" G_GINT64_FORMAT
	    " there): did somebody serve the desk meanwhile?",
	    table->name, here.rows, there.rows);
}

/* ---- From beginning to end ---- */

/* Whether the copy may begin, or go on. */
static gboolean
begin(struct tx *tx, void *data, GError **error)
{
	const struct copy *copy = data;
	struct copy_sql_unfinished *unfinished;
	bool is_used;

	if (!copy_sql_unfinished(tx, &unfinished, error) || !copy_sql_is_used(tx, &is_used, error))
		return FALSE;
	if (unfinished != NULL && strcmp(unfinished->origin, copy->origin) != 0)
		return refuse(
		    error, REFUSED_STATE, "to", "a copy of %s has begun there: empty it first", unfinished->origin);
	if (unfinished == NULL && is_used)
		return refuse(error, REFUSED_STATE, "to", "there is a desk there already");
	return copy_sql_begin(tx, copy->origin, tx_now_ms(tx), error);
}

static gboolean
finish(struct tx *tx, void *data, GError **error)
{
	int64_t at;

	(void)data;
	return copy_sql_go_on(tx, &at, error) && copy_sql_finish(tx, error);
}

static gboolean
each(
    const struct copy *copy, gboolean (*table_do)(const struct copy *, const struct table *, GError **), GError **error)
{
	for (unsigned i = 0; i < G_N_ELEMENTS(tables); i++) {
		if (!table_do(copy, &tables[i], error))
			return FALSE;
	}
	return TRUE;
}

static gboolean
copy_all(struct copy *copy, struct store *to, GError **error)
{
	void *memory = talloc_new(NULL);
	gboolean is_over = run(copy->to, true, memory, begin, copy, error) && each(copy, table_copy, error) &&
	    each(copy, table_compare, error) && chains_are_whole(to, error) &&
	    run(copy->to, true, memory, finish, NULL, error);

	talloc_free(memory);
	return is_over;
}

gboolean
copy_desk(
    struct store *from, struct store *to, const char *origin, const struct copy_progress *progress, GError **error)
{
	struct copy copy = { .origin = origin, .progress = progress };
	gboolean is_over = (copy.from = store_connect(from, false, error)) != NULL &&
	    (copy.to = store_connect(to, true, error)) != NULL &&
	    (copy.back = store_connect(to, false, error)) != NULL && copy_all(&copy, to, error);

	g_clear_pointer(&copy.from, connection_close);
	g_clear_pointer(&copy.to, connection_close);
	g_clear_pointer(&copy.back, connection_close);
	return is_over;
}

static gboolean
look(struct tx *tx, void *data, GError **error)
{
	struct copy_sql_unfinished *unfinished;

	(void)data;
	if (!copy_sql_unfinished(tx, &unfinished, error))
		return FALSE;
	return unfinished == NULL ||
	    refuse(error, REFUSED_STATE, NULL,
		"a copy of %s into this store has not finished: softanswer copy goes on with it", unfinished->origin);
}

gboolean
copy_is_whole(struct store *store, GError **error)
{
	void *memory = talloc_new(NULL);
	gboolean is_whole = task_run(store, false, memory, look, NULL, error);

	talloc_free(memory);
	return is_whole;
}

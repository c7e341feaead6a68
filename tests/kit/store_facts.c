/* What the facts about the store share: see store_facts.h. */
#include "tests/kit/store_facts.h"

#include <string.h>

#include "store/engine.h"
#include "tests/kit/database.h"
#include "tests/kit/facts.h"

struct setting {
	const char *name, *value;
};

static const struct column value_columns[] = {
	{ "value", COLUMN_TEXT, false, offsetof(struct setting, value) },
};
static const struct column like_columns[] = {
	{ "name", COLUMN_TEXT, false, offsetof(struct setting, name) },
	{ "value", COLUMN_TEXT, false, offsetof(struct setting, value) },
};

const struct query fact_query_rows[FACT_QUERIES] = {
	[FACT_PUT] = { .name = "fact.put",
	    .index = FACT_PUT,
	    .params = 3,
	    .sqlite = "INSERT INTO setting (name, value, changed_at) VALUES (?1, ?2, ?3) "
		      "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
	    .postgres = "INSERT INTO setting (name, value, changed_at) VALUES ($1, $2, $3) "
			"ON CONFLICT (name) DO UPDATE SET value = excluded.value" },
	[FACT_ADD] = { .name = "fact.add",
	    .index = FACT_ADD,
	    .params = 3,
	    .columns = 1,
	    .shape = value_columns,
	    .row_size = sizeof(struct setting),
	    .sqlite = "INSERT INTO setting (name, value, changed_at) VALUES (?1, ?2, ?3) RETURNING value",
	    .postgres = "INSERT INTO setting (name, value, changed_at) VALUES ($1, $2, $3) RETURNING value" },
	[FACT_VALUE] = { .name = "fact.value",
	    .index = FACT_VALUE,
	    .params = 1,
	    .columns = 1,
	    .shape = value_columns,
	    .row_size = sizeof(struct setting),
	    .sqlite = "SELECT value FROM setting WHERE name = ?1",
	    .postgres = "SELECT value FROM setting WHERE name = $1" },
	[FACT_LIKE] = { .name = "fact.like",
	    .index = FACT_LIKE,
	    .params = 1,
	    .columns = 2,
	    .shape = like_columns,
	    .row_size = sizeof(struct setting),
	    .sqlite = "SELECT name, value FROM setting WHERE name LIKE ?1 ORDER BY name",
	    .postgres = "SELECT name, value FROM setting WHERE name LIKE $1 ORDER BY name" },
	[FACT_PERSON_REF] = { .name = "fact.person_ref",
	    .index = FACT_PERSON_REF,
	    .params = 1,
	    .sqlite = "INSERT INTO note (item_id, conversation_id, seq, author_id, text, at, salt, content, hash) "
		      "VALUES (?1, ?1, 1, ?1, 'text', 1, x'00', x'00', x'00')",
	    .postgres = "INSERT INTO note (item_id, conversation_id, seq, author_id, text, at, salt, content, hash) "
			"VALUES ($1, $1, 1, $1, 'text', 1, '', '', '')" },
};

static const struct query *const rows[] = {
	&fact_query_rows[FACT_PUT],
	&fact_query_rows[FACT_ADD],
	&fact_query_rows[FACT_VALUE],
	&fact_query_rows[FACT_LIKE],
	&fact_query_rows[FACT_PERSON_REF],
};

const struct query_set fact_queries = { .queries = rows, .count = FACT_QUERIES };

struct store *
fact_store(void)
{
	g_autofree char *folder = fact_folder();
	g_autofree char *path = g_build_filename(folder, "desk.db", NULL), *where = database_desk(path);
	struct store_settings settings = { .where = where, .queries = &fact_queries };
	struct store *store = NULL;

	ASSERT_OK((store = store_open(&settings, &error)) != NULL);
	return store;
}

static gboolean
put_run(struct tx *tx, struct work *work, GError **error)
{
	struct put *put = (struct put *)work;
	const struct value params[] = { value_text(put->name), value_text(put->value), value_int(tx_now_ms(tx)) };

	put->runs++;
	put->key = tx_key(tx);
	if (!query_change(tx, &fact_query_rows[FACT_PUT], params, NULL, error))
		return FALSE;
	for (unsigned i = 0; i < put->tells; i++)
		tx_tell(tx, 7, (int64_t)i, NULL);
	if (put->breaks)
		return query_change(
		    tx, &fact_query_rows[FACT_PERSON_REF], (const struct value[]) { value_int(404) }, NULL, error);
	return put->refuses == 0 ? TRUE : refuse(error, put->refuses, "name", "is not to be put");
}

static void
put_done(struct work *work)
{
	((struct put *)work)->done++;
}

struct put *
put_new(const char *name, const char *value)
{
	void *memory = talloc_pool(NULL, 4096);
	struct put *put = talloc_zero(memory, struct put);

	put->work.memory = memory;
	put->work.now_ms = 1000;
	put->work.run = put_run;
	put->work.done = put_done;
	secret_random(put->work.seed, sizeof put->work.seed);
	put->name = talloc_strdup(memory, name);
	put->value = talloc_strdup(memory, value);
	return put;
}

void
put_free(struct put *put)
{
	g_clear_error(&put->work.error);
	talloc_free(put->work.memory);
}

struct work *
put_batch(struct put *first, ...)
{
	struct put *last = first, *next;
	va_list others;

	va_start(others, first);
	while ((next = va_arg(others, struct put *)) != NULL) {
		last->work.link.next = &next->work.link;
		last = next;
	}
	va_end(others);
	last->work.link.next = NULL;
	return &first->work;
}

char *
fact_sql(struct store *store, const char *sql)
{
	return database_run(store->where, sql);
}

struct look {
	struct work work; /* first */
	const char *what, *value;
	unsigned count;
};

static gboolean
look_run(struct tx *tx, struct work *work, GError **error)
{
	struct look *look = (struct look *)work;
	const struct value params[] = { value_text(look->what) };
	struct setting *one;
	void *found;
	size_t count;

	if (!query_many(tx, &fact_query_rows[FACT_LIKE], params, &found, &count, error))
		return FALSE;
	look->count = (unsigned)count;
	if (!query_one(tx, &fact_query_rows[FACT_VALUE], params, &found, error))
		return FALSE;
	one = found;
	look->value = one == NULL ? NULL : one->value;
	return TRUE;
}

static unsigned
look_up(struct store *store, const char *what, char **value)
{
	struct connection *connection = NULL;
	struct look look = { .work.run = look_run, .what = what };

	ASSERT_OK((connection = store_connect(store, false, &error)) != NULL);
	look.work.memory = talloc_new(NULL);
	connection_run(connection, &look.work, false);
	if (look.work.error != NULL)
		fail_msg("%s", look.work.error->message);
	if (value != NULL)
		*value = g_strdup(look.value);
	talloc_free(look.work.memory);
	connection_close(connection);
	return look.count;
}

char *
fact_value(struct store *store, const char *name)
{
	char *value;

	look_up(store, name, &value);
	return value;
}

unsigned
fact_count(struct store *store, const char *pattern)
{
	return look_up(store, pattern, NULL);
}

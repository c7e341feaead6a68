/* Wrongs: see wrong.h. */
#include "edge/wrong.h"

#include <talloc.h>

#include "desk/audit/audit.h"
#include "edge/errand.h"

/* Of one account; there are at most as many as people, and that of nobody. */
struct row {
	int64_t person; /* first: what the set goes by */
	unsigned tries; /* not yet in a line */
	int64_t line_ms;
};

struct wrongs {
	GHashTable *rows; /* a set of struct row */
	int64_t minute_ms;
	unsigned lines; /* in the minute that began then */
};

struct line {
	struct work work; /* first */
	int64_t person;
	unsigned tries;
};

static const struct actor nobody = { .kind = ACTOR_NOBODY };

struct wrongs *
wrongs_new(void)
{
	struct wrongs *wrongs = g_new0(struct wrongs, 1);

	wrongs->rows = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
	return wrongs;
}

void
wrongs_free(struct wrongs *wrongs)
{
	if (wrongs == NULL)
		return;
	g_hash_table_destroy(wrongs->rows);
	g_free(wrongs);
}

static gboolean
run(struct tx *tx, struct work *work, GError **error)
{
	const struct line *line = (const struct line *)work;
	const char *who = line->person == 0 ? "" : tx_text(tx, "person %" G_GINT64_FORMAT ", ", line->person);

	return audit_add(tx, "session.start", tx_text(tx, "%stries %u", who, line->tries), "failed to sign in", error);
}

/* False: the writer has too much to do; the tries stay counted. */
static bool
write_line(const struct row *row, const struct call *call)
{
	struct line *line = talloc_zero(NULL, struct line);
	g_autoptr(GError) error = NULL;

	*line = (struct line) {
		.work = { .memory = line,
		    .actor = &nobody,
		    .now_ms = call->work.now_ms,
		    .run = run,
		    .done = errand_end },
		.person = row->person,
		.tries = row->tries,
	};
	secret_random(line->work.seed, sizeof line->work.seed);
	if (crew_write(call->edge->crew, &line->work, &error))
		return true;
	errand_end(&line->work);
	return false;
}

/* Also where the clock has jumped back. */
static bool
is_over(int64_t minute_ms, int64_t now_ms)
{
	return now_ms - minute_ms >= MS_PER_MINUTE || now_ms < minute_ms;
}

static bool
may_write(struct wrongs *wrongs, int64_t now_ms)
{
	if (is_over(wrongs->minute_ms, now_ms)) {
		wrongs->minute_ms = now_ms;
		wrongs->lines = 0;
	}
	return wrongs->lines < LIMIT_WRONG_LINES;
}

static void
tell(struct wrongs *wrongs, struct row *row, const struct call *call)
{
	int64_t now_ms = call->work.now_ms;

	if (call->edge->is_stopping || row->tries == 0 || !is_over(row->line_ms, now_ms) ||
	    !may_write(wrongs, now_ms) || !write_line(row, call))
		return;
	wrongs->lines++;
	row->tries = 0;
	row->line_ms = now_ms;
}

void
wrong_flush(struct wrongs *wrongs, const struct call *call)
{
	GHashTableIter at;
	gpointer row;

	g_hash_table_iter_init(&at, wrongs->rows);
	while (g_hash_table_iter_next(&at, &row, NULL)) {
		tell(wrongs, row, call);
		if (((struct row *)row)->tries == 0 && is_over(((struct row *)row)->line_ms, call->work.now_ms))
			g_hash_table_iter_remove(&at);
	}
}

void
wrong_note(struct wrongs *wrongs, const struct call *call, int64_t person)
{
	struct row *row = g_hash_table_lookup(wrongs->rows, &person);

	if (row == NULL) {
		row = g_new(struct row, 1);
		*row = (struct row) { .person = person, .line_ms = INT64_MIN / 2 };
		g_hash_table_add(wrongs->rows, row);
	}
	row->tries++;
	wrong_flush(wrongs, call);
}

/*
 * The pusher: see pusher.h.
 *
 *     noted ──ask()──► hearers ──pusher_call_on_those_due()──► jobs ──pusher_send_next()──► the sender ──collect()──► done, or a job again
 *
 * Each arrow but the last is a read of the store.
 */
#include "edge/pusher_inside.h"

#include <string.h>
#include <talloc.h>

#include "base/limits.h"
#include "base/log.h"
#include "desk/conversation/conversation.h"
#include "desk/events.h"
#include "desk/routing/routing.h"
#include "desk/seat/seat.h"

#define TICK_MS 1000

const char *const pusher_kinds[KINDS] = { PUSH_OFFER, PUSH_SEAT, PUSH_HANDED, PUSH_MESSAGE, PUSH_BACKUP, PUSH_WAITING,
	PUSH_PASSED };

/* ---- Errands ---- */

static gboolean
run(struct tx *tx, struct work *work, GError **error)
{
	struct errand *errand = (struct errand *)work;

	return errand->run(tx, errand, error);
}

static void
done(struct work *work)
{
	struct errand *errand = (struct errand *)work;

	if (work->error != NULL)
		log_line(LOG_WARNING, "push.not_read", "why", work->error->message, NULL);
	errand->done(errand);
	errand_end(work);
}

struct errand *
pusher_errand(struct pusher *pusher)
{
	struct errand *errand = talloc_zero(NULL, struct errand);

	errand->pusher = pusher;
	errand->work = errand_of(pusher->edge, errand, run, done);
	return errand;
}

void
pusher_errand_go(struct errand *errand, bool writes)
{
	struct crew *crew = errand->pusher->edge->crew;
	gboolean is_gone = writes ? crew_write(crew, &errand->work, &errand->work.error)
				  : crew_read(crew, &errand->work, &errand->work.error);

	if (!is_gone)
		done(&errand->work);
}

/* ---- Noting ---- */

void
pusher_note(struct pusher *pusher, enum kind kind, int64_t about_id, int64_t person_id)
{
	struct noted *noted = g_hash_table_lookup(pusher->noted[kind], &about_id);

	if (noted == NULL && g_hash_table_size(pusher->noted[kind]) >= LIMIT_PUSH_NOTICES) {
		pusher->figures.left_out++;
		return;
	}
	if (noted == NULL) {
		noted = g_new0(struct noted, 1);
		noted->about_id = about_id;
		g_hash_table_add(pusher->noted[kind], noted);
	}
	noted->person_id = person_id;
	pusher_go_on(pusher);
}

static bool
is_one_of(const char *kind, const char *const *kinds)
{
	return g_strv_contains(kinds, kind);
}

static void
note_item(struct pusher *pusher, int64_t conversation_id, const struct item *item)
{
	static const char *const said[] = { ITEM_MESSAGE, ITEM_FILE, NULL };
	static const char *const to_the_line[] = { ITEM_STARTED, ITEM_RELEASED, ITEM_REOPENED, NULL };
	static const char *const to_somebody[] = { ITEM_HANDED, ITEM_JOINED, NULL };
	bool is_to_person = g_strcmp0(item->about.kind, "person") == 0;

	if (is_one_of(item->kind, said) && strcmp(item->author.kind, "visitor") == 0)
		pusher_note(pusher, KIND_MESSAGE, conversation_id, 0);
	else if (is_one_of(item->kind, to_the_line) || (strcmp(item->kind, ITEM_HANDED) == 0 && !is_to_person))
		pusher_note(pusher, KIND_WAITING, conversation_id, 0);
	else if (is_one_of(item->kind, to_somebody) && is_to_person && item->about.id != item->author.id)
		pusher_note(pusher, KIND_HANDED, conversation_id, item->about.id);
}

static void
note_event(struct pusher *pusher, const struct event *event)
{
	int64_t person;

	switch (event->kind) {
	case EVENT_ITEM_ADDED:
		note_item(pusher, event->topic, &((const struct item_added *)event->body)->item);
		break;
	case EVENT_CHAT_CHANGED:
		pusher_hear_chat(pusher, event->body);
		break;
	case EVENT_SEAT_GIVEN:
		person = ((const struct seat_given *)event->body)->person;
		pusher_note(pusher, KIND_SEAT, person, person);
		break;
	case EVENT_BACKUP_ALERTED:
		pusher_note(pusher, KIND_BACKUP, ((const struct backup_alerted *)event->body)->pool, 0);
		break;
	default:
		break;
	}
}

static void
hear(void *data, const struct event *event)
{
	struct pusher *pusher = data;

	if (event->kind == EVENT_PUSH_ADDED)
		pusher->is_any = pusher->was_added = true;
	/* What was missed is in the lists of whoever comes back. */
	else if (event->body != NULL && !pusher->is_closed && (pusher->is_any || event->kind == EVENT_CHAT_CHANGED))
		note_event(pusher, event);
}

/* ---- Whom it concerns ---- */

static gboolean
run_ask(struct tx *tx, struct errand *errand, GError **error)
{
	for (size_t i = 0; i < errand->count; i++) {
		if (!push_hearers(tx, &errand->notices[i], &errand->hearers[i], error))
			return FALSE;
	}
	return push_any(tx, &errand->is_any, error);
}

static void
asked(struct errand *errand)
{
	struct pusher *pusher = errand->pusher;

	pusher->is_asking = false;
	if (errand->work.error == NULL)
		pusher->is_any = errand->is_any || pusher->was_added;
	for (size_t i = 0; errand->work.error == NULL && i < errand->count; i++) {
		const struct push_hearers *found = &errand->hearers[i];

		for (size_t person = 0; person < found->count; person++)
			hearer_learns(pusher_hearer(pusher, found->people[person]), &errand->notices[i], found);
	}
	pusher_go_on(pusher);
}

static void
ask(struct pusher *pusher)
{
	struct errand *errand = pusher_errand(pusher);
	size_t max = 0;

	for (enum kind kind = 0; kind < KINDS; kind++)
		max += g_hash_table_size(pusher->noted[kind]);
	errand->notices = talloc_array(errand, struct push_notice, max);
	errand->hearers = talloc_zero_array(errand, struct push_hearers, max);
	for (enum kind kind = 0; kind < KINDS; kind++) {
		GHashTableIter iter;
		struct noted *noted;

		g_hash_table_iter_init(&iter, pusher->noted[kind]);
		while (g_hash_table_iter_next(&iter, (gpointer *)&noted, NULL))
			errand->notices[errand->count++] =
			    (struct push_notice) { pusher_kinds[kind], noted->about_id, noted->person_id };
		g_hash_table_remove_all(pusher->noted[kind]);
	}
	errand->run = run_ask;
	errand->done = asked;
	pusher->is_asking = true;
	pusher->was_added = false;
	pusher_errand_go(errand, false);
}

void
pusher_read(struct pusher *pusher)
{
	ask(pusher);
}

/* ---- Time ---- */

static bool
has_noted(const struct pusher *pusher)
{
	for (enum kind kind = 0; kind < KINDS; kind++) {
		if (g_hash_table_size(pusher->noted[kind]) > 0)
			return true;
	}
	return false;
}

static void
on_timer(uv_timer_t *timer)
{
	pusher_tick(timer->data, (int64_t)uv_now(timer->loop));
}

static bool
is_over(const struct pusher *pusher)
{
	return pusher->is_closed || pusher->edge->is_stopping;
}

void
pusher_wait(struct pusher *pusher)
{
	if (is_over(pusher))
		return;

	bool is_waiting = has_noted(pusher) || g_hash_table_size(pusher->hearers) > 0 || pusher->jobs.length > 0;

	if (is_waiting && !pusher->is_ticking)
		uv_timer_start(&pusher->timer, on_timer, TICK_MS, TICK_MS);
	else if (!is_waiting && pusher->is_ticking)
		uv_timer_stop(&pusher->timer);
	pusher->is_ticking = is_waiting;
}

void
pusher_go_on(struct pusher *pusher)
{
	if (!pusher->is_sending && !is_over(pusher))
		pusher_send_next(pusher);
	pusher_wait(pusher);
}

void
pusher_tick(struct pusher *pusher, int64_t now_ms)
{
	pusher->now_ms = MAX(pusher->now_ms, now_ms);
	if (is_over(pusher))
		return;
	pusher_call_on_those_due(pusher);
	if (has_noted(pusher) && !pusher->is_asking)
		ask(pusher);
	pusher_go_on(pusher);
}

/* ---- From start to stop ---- */

/* Push services want somebody to write to; a desk without https is on this machine only. */
static const char *
contact_of(const struct edge *edge)
{
	return edge->base_url != NULL && g_str_has_prefix(edge->base_url, "https://") ? edge->base_url : NULL;
}

struct pusher *
pusher_new(struct edge *edge, uv_loop_t *loop, const struct pusher_settings *settings)
{
	const struct fetch_settings fetching = { .allows_loopback = settings->allows_loopback };
	struct pusher *pusher = g_new0(struct pusher, 1);

	pusher->edge = edge;
	pusher->sender = push_sender_new(&edge->key, contact_of(edge), &fetching, settings->wake, settings->data);
	for (enum kind kind = 0; kind < KINDS; kind++)
		pusher->noted[kind] = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
	pusher->hearers = g_hash_table_new_full(g_int64_hash, g_int64_equal, hearer_free, NULL);
	pusher->offered = g_hash_table_new_full(g_int64_hash, g_int64_equal, offered_free, NULL);
	uv_timer_init(loop, &pusher->timer);
	pusher->timer.data = pusher;
	bus_subscribe(edge->bus, hear, pusher);
	return pusher;
}

void
pusher_close(struct pusher *pusher)
{
	pusher->is_closed = true;
	g_clear_pointer(&pusher->sender, push_sender_free);
}

static void
on_closed(uv_handle_t *handle)
{
	g_free(handle->data);
}

void
pusher_free(struct pusher *pusher)
{
	if (pusher == NULL)
		return;
	pusher_close(pusher);
	for (enum kind kind = 0; kind < KINDS; kind++)
		g_hash_table_destroy(pusher->noted[kind]);
	g_hash_table_destroy(pusher->hearers);
	g_hash_table_destroy(pusher->offered);
	g_queue_clear_full(&pusher->jobs, pusher_job_free);
	uv_close((uv_handle_t *)&pusher->timer, on_closed);
}

void
pusher_figures(const struct pusher *pusher, struct pusher_figures *figures)
{
	*figures = pusher->figures;
	figures->waiting = pusher->jobs.length + pusher->is_sending;
}

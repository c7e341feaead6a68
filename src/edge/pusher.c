/*
 * The pusher: see pusher.h.
 *
 *     noted ──ask()──► hearers ──call_on()──► jobs ──look_again()──► the sender ──collect()──► done, or a job again
 *
 * Each arrow but the last is a read of the store.
 */
#include "edge/pusher.h"

#include <string.h>
#include <talloc.h>

#include "base/log.h"
#include "desk/conversation/conversation.h"
#include "desk/events.h"
#include "desk/push/push.h"
#include "edge/errand.h"
#include "edge/hub.h"
#include "edge/json_out.h"
#include "edge/push_sender.h"

#define TICK_MS 1000

/* Of a topic: what push services take is up to 32 characters of URL-safe base64. */
#define TOPIC_BYTES 24

/* What is told first when several things have come: the lower, the more urgent. */
enum kind { KIND_HANDED, KIND_MESSAGE, KIND_WAITING, KINDS };
static const char *const kind_names[KINDS] = { PUSH_HANDED, PUSH_MESSAGE, PUSH_WAITING };

/* A conversation of which somebody may have to be told. */
struct noted {
	int64_t conversation_id; /* first: what the table goes by */
	int64_t person_id;
};

/* Somebody who is to be told, or was told a moment ago. */
struct hearer {
	int64_t person_id; /* first: what the table goes by */
	int64_t quiet_until_ms;
	GPtrArray *conversations; /* all of which there is something new */
	enum kind kind;
	char *conversation, *visitor; /* of the most urgent */
	bool is_called;               /* a read is under way */
};

struct pusher {
	struct edge *edge;
	struct push_sender *sender;
	uv_timer_t timer;
	int64_t now_ms;
	bool is_any;    /* somebody is to be told at all */
	bool was_added; /* since that is being asked */
	bool is_asking, is_sending, is_ticking, is_closed;
	GHashTable *noted[KINDS];
	GHashTable *hearers;
	GQueue jobs; /* those that wait, in no order of time */
	struct pusher_figures figures;
};

/* A read or a change of the store. */
struct errand {
	struct work work; /* first */
	struct pusher *pusher;
	gboolean (*run)(struct tx *tx, struct errand *errand, GError **error);
	void (*done)(struct errand *errand);
	/* ask() */
	struct push_notice *notices;
	struct push_hearers *hearers;
	size_t count;
	bool is_any;
	/* call_on() */
	int64_t person_id;
	struct push_person person;
	/* look_again() */
	struct push_job *job;
	const struct push_target *target;
	int64_t push_id;
};

static void go_on(struct pusher *pusher);

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

static struct errand *
errand_new(struct pusher *pusher)
{
	struct errand *errand = talloc_zero(NULL, struct errand);

	errand->pusher = pusher;
	errand->work = errand_of(pusher->edge, errand, run, done);
	return errand;
}

/* Where it cannot even be asked it is as if the store had failed. */
static void
errand_go(struct errand *errand, bool writes)
{
	struct crew *crew = errand->pusher->edge->crew;
	gboolean is_gone = writes ? crew_write(crew, &errand->work, &errand->work.error)
				  : crew_read(crew, &errand->work, &errand->work.error);

	if (!is_gone)
		done(&errand->work);
}

/* ---- Noting ---- */

static void
note(struct pusher *pusher, enum kind kind, int64_t conversation_id, int64_t person_id)
{
	struct noted *noted = g_hash_table_lookup(pusher->noted[kind], &conversation_id);

	if (noted == NULL && g_hash_table_size(pusher->noted[kind]) >= LIMIT_PUSH_NOTICES) {
		pusher->figures.left_out++;
		return;
	}
	if (noted == NULL) {
		noted = g_new0(struct noted, 1);
		noted->conversation_id = conversation_id;
		g_hash_table_add(pusher->noted[kind], noted);
	}
	noted->person_id = person_id;
	go_on(pusher);
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
		note(pusher, KIND_MESSAGE, conversation_id, 0);
	else if (is_one_of(item->kind, to_the_line) || (strcmp(item->kind, ITEM_HANDED) == 0 && !is_to_person))
		note(pusher, KIND_WAITING, conversation_id, 0);
	else if (is_one_of(item->kind, to_somebody) && is_to_person && item->about.id != item->author.id)
		note(pusher, KIND_HANDED, conversation_id, item->about.id);
}

static void
hear(void *data, const struct event *event)
{
	struct pusher *pusher = data;
	const struct item_added *added = event->body;

	if (event->kind == EVENT_PUSH_ADDED)
		pusher->is_any = pusher->was_added = true;
	/* What was missed is in the lists of whoever comes back. */
	else if (event->kind == EVENT_ITEM_ADDED && added != NULL && pusher->is_any && !pusher->is_closed)
		note_item(pusher, event->topic, &added->item);
}

/* ---- Whom it concerns ---- */

static struct hearer *
hearer_of(struct pusher *pusher, int64_t person_id)
{
	struct hearer *hearer = g_hash_table_lookup(pusher->hearers, &person_id);

	if (hearer != NULL)
		return hearer;
	hearer = g_new0(struct hearer, 1);
	hearer->person_id = person_id;
	hearer->conversations = g_ptr_array_new_with_free_func(g_free);
	g_hash_table_add(pusher->hearers, hearer);
	return hearer;
}

static void
hearer_forget(struct hearer *hearer)
{
	g_ptr_array_set_size(hearer->conversations, 0);
	g_clear_pointer(&hearer->conversation, g_free);
	g_clear_pointer(&hearer->visitor, g_free);
}

static void
hearer_free(gpointer data)
{
	struct hearer *hearer = data;

	hearer_forget(hearer);
	g_ptr_array_unref(hearer->conversations);
	g_free(hearer);
}

static void
hearer_learns(struct hearer *hearer, enum kind kind, const struct push_hearers *what)
{
	GPtrArray *all = hearer->conversations;
	bool is_first = all->len == 0;

	/* The same conversation again, such as waiting and then handed over, is still one. */
	if (!g_ptr_array_find_with_equal_func(all, what->conversation, g_str_equal, NULL))
		g_ptr_array_add(all, g_strdup(what->conversation));
	if (!is_first && kind > hearer->kind)
		return;
	g_free(hearer->conversation);
	g_free(hearer->visitor);
	hearer->kind = kind;
	hearer->conversation = g_strdup(what->conversation);
	hearer->visitor = g_strdup(what->visitor);
}

static enum kind
kind_of(const char *name)
{
	enum kind kind = 0;

	while (strcmp(kind_names[kind], name) != 0)
		kind++;
	return kind;
}

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
			hearer_learns(
			    hearer_of(pusher, found->people[person]), kind_of(errand->notices[i].kind), found);
	}
	go_on(pusher);
}

static void
ask(struct pusher *pusher)
{
	struct errand *errand = errand_new(pusher);
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
			    (struct push_notice) { kind_names[kind], noted->conversation_id, noted->person_id };
		g_hash_table_remove_all(pusher->noted[kind]);
	}
	errand->run = run_ask;
	errand->done = asked;
	pusher->is_asking = true;
	pusher->was_added = false;
	errand_go(errand, false);
}

void
pusher_read(struct pusher *pusher)
{
	ask(pusher);
}

/* ---- Where they are reached ---- */

/* What the service worker reads (web/workspace/push): the language is that of the browser. */
static char *
text_of(const struct hearer *hearer, const char *language)
{
	GString *text = g_string_new("{\"kind\":");

	json_out_text(text, kind_names[hearer->kind]);
	g_string_append(text, ",\"conversation\":");
	json_out_text(text, hearer->conversation);
	g_string_append(text, ",\"name\":");
	if (hearer->visitor == NULL)
		g_string_append(text, "null");
	else
		json_out_text(text, hearer->visitor);
	g_string_append_printf(text, ",\"count\":%u,\"language\":", hearer->conversations->len);
	json_out_text(text, language);
	g_string_append_c(text, '}');
	return g_string_free(text, FALSE);
}

/* The same for the same conversation, and no word of it to who has not the desk's key. */
static char *
topic_of(const struct pusher *pusher, const char *conversation)
{
	struct digest digest = secret_authenticate(&pusher->edge->key, conversation, strlen(conversation));

	return secret_base64(digest.bytes, TOPIC_BYTES);
}

static void
job_add(struct pusher *pusher, const struct hearer *hearer, const struct push_target *target)
{
	struct push_job *job;

	if (g_queue_get_length(&pusher->jobs) >= LIMIT_PUSH_QUEUE) {
		pusher->figures.left_out++;
		return;
	}
	job = g_new0(struct push_job, 1);
	job->push_id = target->push;
	job->text = text_of(hearer, target->language);
	job->topic = topic_of(pusher, hearer->conversation);
	job->due_ms = pusher->now_ms;
	g_queue_push_tail(&pusher->jobs, job);
}

static bool
is_looked_at(const struct pusher *pusher, const struct push_person *person)
{
	for (size_t i = 0; i < person->session_count; i++) {
		if (pusher->edge->hub != NULL && hub_is_looked_at(pusher->edge->hub, person->sessions[i]))
			return true;
	}
	return false;
}

static gboolean
run_call(struct tx *tx, struct errand *errand, GError **error)
{
	return push_person(tx, errand->person_id, &errand->person, error);
}

static void
called(struct errand *errand)
{
	struct pusher *pusher = errand->pusher;
	struct hearer *hearer = g_hash_table_lookup(pusher->hearers, &errand->person_id);
	const struct push_targets *targets = &errand->person.targets;

	hearer->is_called = false;
	if (errand->work.error == NULL && !is_looked_at(pusher, &errand->person)) {
		for (size_t i = 0; i < targets->count; i++)
			job_add(pusher, hearer, &targets->rows[i]);
		hearer->quiet_until_ms = pusher->now_ms + PUSHER_QUIET_MS;
	}
	hearer_forget(hearer);
	go_on(pusher);
}

static void
call_on(struct pusher *pusher, struct hearer *hearer)
{
	struct errand *errand = errand_new(pusher);

	errand->person_id = hearer->person_id;
	errand->run = run_call;
	errand->done = called;
	hearer->is_called = true;
	errand_go(errand, false);
}

/* A copy, since a read that is done at once (in tests) changes the table. */
static void
call_on_those_due(struct pusher *pusher)
{
	g_autoptr(GList) hearers = g_hash_table_get_keys(pusher->hearers);

	for (GList *at = hearers; at != NULL; at = at->next) {
		struct hearer *hearer = at->data;

		if (hearer->is_called || hearer->quiet_until_ms > pusher->now_ms)
			continue;
		if (hearer->conversations->len > 0)
			call_on(pusher, hearer);
		else
			g_hash_table_remove(pusher->hearers, hearer);
	}
}

/* ---- Sending ---- */

static void
job_done(struct pusher *pusher, struct push_job *job)
{
	push_job_free(job);
	pusher->is_sending = false;
	go_on(pusher);
}

static gboolean
run_look(struct tx *tx, struct errand *errand, GError **error)
{
	return push_find(tx, errand->push_id, &errand->target, error);
}

static void
looked(struct errand *errand)
{
	const struct push_target *target = errand->target;
	struct push_job *job = errand->job;
	struct pusher *pusher = errand->pusher;

	/* Over since, or the desk stops. */
	if (errand->work.error != NULL || target == NULL || pusher->is_closed ||
	    target->p256dh.size != PUSH_POINT_BYTES || target->auth.size != PUSH_AUTH_BYTES) {
		job_done(pusher, job);
		return;
	}
	g_free(job->endpoint);
	job->endpoint = g_strdup(target->endpoint);
	memcpy(job->point, target->p256dh.data, PUSH_POINT_BYTES);
	memcpy(job->auth, target->auth.data, PUSH_AUTH_BYTES);
	push_sender_give(pusher->sender, job);
}

static void
look_again(struct pusher *pusher)
{
	GList *at = pusher->jobs.head;
	struct errand *errand;

	while (at != NULL && ((struct push_job *)at->data)->due_ms > pusher->now_ms)
		at = at->next;
	if (at == NULL)
		return;
	errand = errand_new(pusher);
	errand->job = at->data;
	errand->push_id = errand->job->push_id;
	errand->run = run_look;
	errand->done = looked;
	g_queue_delete_link(&pusher->jobs, at);
	pusher->is_sending = true;
	errand_go(errand, false);
}

static gboolean
run_forget(struct tx *tx, struct errand *errand, GError **error)
{
	return push_gone(tx, errand->push_id, error);
}

static void
forgotten(struct errand *errand)
{
	(void)errand;
}

static void
forget(struct pusher *pusher, int64_t push_id)
{
	struct errand *errand = errand_new(pusher);

	errand->push_id = push_id;
	errand->run = run_forget;
	errand->done = forgotten;
	errand_go(errand, true);
}

static void
give_up(struct pusher *pusher, const struct push_job *job)
{
	g_autofree char *push = g_strdup_printf("%" G_GINT64_FORMAT, job->push_id);

	pusher->figures.failed++;
	log_line(LOG_WARNING, "push.failed", "push", push, "why", job->why, NULL);
}

/* After 5, 25 and 125 seconds, or when the service says; but not later than what it would keep. */
static void
try_again(struct pusher *pusher, struct push_job *job)
{
	int64_t seconds = 1;

	for (int i = 0; i <= job->tries; i++)
		seconds *= 5;
	seconds = CLAMP(job->retry_seconds, seconds, PUSH_KEPT_SECONDS);
	pusher->figures.tried_again++;
	g_clear_pointer(&job->why, g_free);
	job->tries++;
	job->due_ms = pusher->now_ms + seconds * MS_PER_SECOND;
	g_queue_push_tail(&pusher->jobs, job);
	pusher->is_sending = false;
	go_on(pusher);
}

static void
take_back(struct pusher *pusher, struct push_job *job)
{
	if (job->end == PUSH_LATER && job->tries + 1 < LIMIT_PUSH_TRIES) {
		try_again(pusher, job);
		return;
	}
	if (job->end == PUSH_SENT)
		pusher->figures.sent++;
	else if (job->end != PUSH_OVER)
		give_up(pusher, job);
	else {
		pusher->figures.gone++;
		forget(pusher, job->push_id);
	}
	job_done(pusher, job);
}

void
pusher_collect(struct pusher *pusher)
{
	struct push_job *job = pusher->is_closed ? NULL : push_sender_collect(pusher->sender);

	if (job != NULL)
		take_back(pusher, job);
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

/* Sends the next job, and sees to it that time goes on as long as there is something to wait for. */
static void
go_on(struct pusher *pusher)
{
	if (pusher->is_closed || pusher->edge->is_stopping)
		return;
	if (!pusher->is_sending)
		look_again(pusher);

	bool is_waiting = has_noted(pusher) || g_hash_table_size(pusher->hearers) > 0 || pusher->jobs.length > 0;

	if (is_waiting && !pusher->is_ticking)
		uv_timer_start(&pusher->timer, on_timer, TICK_MS, TICK_MS);
	else if (!is_waiting && pusher->is_ticking)
		uv_timer_stop(&pusher->timer);
	pusher->is_ticking = is_waiting;
}

void
pusher_tick(struct pusher *pusher, int64_t now_ms)
{
	pusher->now_ms = MAX(pusher->now_ms, now_ms);
	if (pusher->is_closed || pusher->edge->is_stopping)
		return;
	call_on_those_due(pusher);
	if (has_noted(pusher) && !pusher->is_asking)
		ask(pusher);
	go_on(pusher);
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

static void
free_job(gpointer job)
{
	push_job_free(job);
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
	g_queue_clear_full(&pusher->jobs, free_job);
	uv_close((uv_handle_t *)&pusher->timer, on_closed);
}

void
pusher_figures(const struct pusher *pusher, struct pusher_figures *figures)
{
	*figures = pusher->figures;
	figures->waiting = pusher->jobs.length + pusher->is_sending;
}

/*
 * The pusher's jobs: where those who are to be told are reached, and sending it: see pusher.h.
 *
 * A job is one push to one browser. It waits in the queue until it is due; one at a time is with the sender. Right before it goes out
 * the desk is asked once more whether that browser still wants it.
 */
#include "edge/pusher_inside.h"

#include <string.h>
#include <talloc.h>

#include "base/log.h"
#include "edge/hub.h"
#include "edge/json_out.h"

/* Of a topic: what push services take is up to 32 characters of URL-safe base64. */
#define TOPIC_BYTES 24

/* ---- Where they are reached ---- */

/* What the service worker reads (web/workspace/push): the language is that of the browser. */
static char *
text_of(const struct hearer *hearer, const char *language)
{
	GString *text = g_string_new("{\"kind\":");

	json_out_text(text, pusher_kinds[hearer->kind]);
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
	pusher_hearer_forget(hearer);
	pusher_go_on(pusher);
}

static void
call_on(struct pusher *pusher, struct hearer *hearer)
{
	struct errand *errand = pusher_errand(pusher);

	errand->person_id = hearer->person_id;
	errand->run = run_call;
	errand->done = called;
	hearer->is_called = true;
	pusher_errand_go(errand, false);
}

/* A copy, since a read that is done at once (in tests) changes the table. */
void
pusher_call_on_those_due(struct pusher *pusher)
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
	pusher_go_on(pusher);
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

void
pusher_send_next(struct pusher *pusher)
{
	GList *at = pusher->jobs.head;
	struct errand *errand;

	while (at != NULL && ((struct push_job *)at->data)->due_ms > pusher->now_ms)
		at = at->next;
	if (at == NULL)
		return;
	errand = pusher_errand(pusher);
	errand->job = at->data;
	errand->push_id = errand->job->push_id;
	errand->run = run_look;
	errand->done = looked;
	g_queue_delete_link(&pusher->jobs, at);
	pusher->is_sending = true;
	pusher_errand_go(errand, false);
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
	struct errand *errand = pusher_errand(pusher);

	errand->push_id = push_id;
	errand->run = run_forget;
	errand->done = forgotten;
	pusher_errand_go(errand, true);
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
	pusher_go_on(pusher);
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

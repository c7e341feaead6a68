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

static void
add_text(GString *text, const char *name, const char *value)
{
	g_string_append_printf(text, ",\"%s\":", name);
	if (value[0] == '\0')
		g_string_append(text, "null");
	else
		json_out_text(text, value);
}

/* What the service worker reads (web/workspace/push_words.ts): the language is that of the browser. */
static char *
text_of(const struct pushed *what, const char *language)
{
	GString *text = g_string_new("{\"kind\":");

	json_out_text(text, pusher_kinds[what->news.kind]);
	add_text(text, "conversation", what->news.conversation);
	add_text(text, "name", what->news.name);
	g_string_append_printf(text, ",\"count\":%u", what->count);
	add_text(text, "language", language);
	g_string_append_c(text, '}');
	return g_string_free(text, FALSE);
}

/* The same for the same conversation, and no word of it to who has not the desk's key. */
static char *
topic_of(const struct pusher *pusher, const struct news *news)
{
	const char *about = news->conversation[0] == '\0' ? pusher_kinds[news->kind] : news->conversation;
	struct digest digest = secret_authenticate(&pusher->edge->key, about, strlen(about));

	return secret_base64(digest.bytes, TOPIC_BYTES);
}

void
pusher_job_free(gpointer job)
{
	push_job_free(job);
}

void
pusher_job_wait(struct pusher *pusher, struct push_job *job, int64_t due_ms)
{
	job->due_ms = due_ms;
	g_queue_push_tail(&pusher->jobs, job);
}

static void
job_add(struct pusher *pusher, const struct pushed *what, const struct push_target *target)
{
	struct push_job *job;

	if (g_queue_get_length(&pusher->jobs) >= LIMIT_PUSH_QUEUE) {
		pusher->figures.left_out++;
		return;
	}
	job = g_new0(struct push_job, 1);
	job->push_id = target->push;
	job->what = g_memdup2(what, sizeof *what);
	job->topic = topic_of(pusher, &what->news);
	pusher_job_wait(pusher, job, pusher->now_ms);
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
	if (errand->work.error != NULL || is_looked_at(pusher, &errand->person))
		g_array_set_size(hearer->news, 0);
	/* An offer may be over since. */
	if (hearer->news->len > 0) {
		struct pushed what = hearer_tells(hearer);

		for (size_t i = 0; i < targets->count; i++)
			job_add(pusher, &what, &targets->rows[i]);
		hearer->quiet_until_ms = pusher->now_ms + PUSHER_QUIET_MS;
		hearer->told = what.news.kind;
	}
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

		if (hearer_is_due(hearer, pusher->now_ms))
			call_on(pusher, hearer);
		else if (!hearer->is_called && hearer->news->len == 0 && hearer->quiet_until_ms <= pusher->now_ms)
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

/* Whether it is still so, and for how long. Where more was to be said, that is worth a hint all the same. */
static gboolean
look_again(struct tx *tx, struct pushed *what, bool *is_so, GError **error)
{
	const struct push_notice notice = { pusher_kinds[what->news.kind], what->news.about_id, what->person_id };
	struct push_hearers hearers;

	*is_so = !what->is_alone;
	if (*is_so)
		return TRUE;
	if (!push_hearers(tx, &notice, &hearers, error))
		return FALSE;
	for (size_t i = 0; i < hearers.count; i++)
		*is_so = *is_so || hearers.people[i] == what->person_id;
	if (what->news.kind == KIND_OFFER)
		what->news.until = hearers.until;
	return TRUE;
}

static gboolean
run_look(struct tx *tx, struct errand *errand, GError **error)
{
	return push_find(tx, errand->push_id, &errand->target, error) &&
	    look_again(tx, errand->job->what, &errand->is_so, error);
}

/* Seconds that it is of use; 0: it is none any more. */
static int64_t
kept_seconds(const struct pusher *pusher, const struct news *news)
{
	int64_t left_ms = news->until - clock_now_ms(pusher->edge->clock);

	if (news->until == 0)
		return PUSH_KEPT_SECONDS;
	return CLAMP((left_ms + MS_PER_SECOND - 1) / MS_PER_SECOND, 0, PUSH_KEPT_SECONDS);
}

static void
looked(struct errand *errand)
{
	const struct push_target *target = errand->target;
	struct push_job *job = errand->job;
	struct pusher *pusher = errand->pusher;

	job->kept_seconds = kept_seconds(pusher, &job->what->news);
	/* Over since, or the desk stops. */
	if (errand->work.error != NULL || target == NULL || !errand->is_so || job->kept_seconds == 0 ||
	    pusher->is_closed || target->p256dh.size != PUSH_POINT_BYTES || target->auth.size != PUSH_AUTH_BYTES) {
		if (job->what->news.kind == KIND_PASSED && errand->work.error == NULL && !errand->is_so)
			pusher_keep_shown(pusher, g_steal_pointer(&job));
		job_done(pusher, job);
		return;
	}
	g_free(job->endpoint);
	g_free(job->text);
	job->endpoint = g_strdup(target->endpoint);
	job->text = text_of(job->what, target->language);
	job->is_urgent = job->what->news.kind != KIND_PASSED;
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
	pusher_job_wait(pusher, job, pusher->now_ms + seconds * MS_PER_SECOND);
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
	if (job->end == PUSH_SENT) {
		pusher->figures.sent++;
		/* Told otherwise when the offer is over. */
		if (job->what->news.kind == KIND_OFFER)
			pusher_keep_offer(pusher, g_steal_pointer(&job));
	} else if (job->end == PUSH_OVER) {
		pusher->figures.gone++;
		forget(pusher, job->push_id);
	} else
		give_up(pusher, job);
	job_done(pusher, job);
}

void
pusher_collect(struct pusher *pusher)
{
	struct push_job *job = pusher->is_closed ? NULL : push_sender_collect(pusher->sender);

	if (job != NULL)
		take_back(pusher, job);
}

/* The sender of pushes: see push_sender.h. */
#include "edge/push_sender.h"

#include <pthread.h>
#include <talloc.h>

#include "base/clock.h"
#include "desk/site/address.h"

struct push_sender {
	struct digest desk_key;
	char *contact;
	struct fetch_settings settings;
	void (*wake)(void *data);
	void *data;
	struct queue jobs, done; /* one of each at most */
	pthread_t thread;
	bool has_thread;
	gint is_stopping; /* any thread */
};

void
push_job_free(struct push_job *job)
{
	if (job == NULL)
		return;
	g_free(job->endpoint);
	g_free(job->topic);
	g_free(job->text);
	g_free(job->why);
	g_free(job->what);
	g_free(job);
}

/* ---- On the thread ---- */

static void
end(struct push_job *job, enum push_end how, char *why)
{
	job->end = how;
	job->why = why;
}

static void
end_by_status(struct push_job *job, const struct fetched *answer)
{
	int status = answer->status;

	job->retry_seconds = answer->retry_seconds;
	if (status >= 200 && status < 300)
		end(job, PUSH_SENT, NULL);
	else if (status == 404 || status == 410)
		end(job, PUSH_OVER, g_strdup_printf("status %d", status));
	else
		end(job, status == 429 || status >= 500 ? PUSH_LATER : PUSH_REFUSED,
		    g_strdup_printf("status %d", status));
}

static char *
authorization_of(const struct push_sender *sender, const struct push_job *job)
{
	void *memory = talloc_new(NULL);
	const char *origin = address_origin_of(memory, job->endpoint);
	int64_t until_s = clock_now_ms(clock_system()) / MS_PER_SECOND + PUSH_TOKEN_SECONDS;
	g_autofree char *value =
	    push_seal_authorization(&sender->desk_key, origin == NULL ? "" : origin, sender->contact, until_s);
	char *header = g_strconcat("Authorization: ", value, NULL);

	talloc_free(memory);
	return header;
}

static void
post(struct push_sender *sender, struct fetcher *fetcher, struct push_job *job, const GByteArray *body)
{
	g_autofree char *authorization = authorization_of(sender, job);
	g_autofree char *topic = g_strconcat("Topic: ", job->topic, NULL);
	g_autofree char *kept = g_strdup_printf("TTL: %" G_GINT64_FORMAT, job->kept_seconds);
	const char *const headers[] = { authorization, topic, kept,
		job->is_urgent ? "Urgency: high" : "Urgency: normal", "Content-Encoding: aes128gcm",
		"Content-Type: application/octet-stream", NULL };
	const struct fetch what = { .url = job->endpoint, .headers = headers, .body = body->data, .size = body->len };
	g_autoptr(GError) error = NULL;
	struct fetched answer;

	if (!fetch(fetcher, &what, &answer, &error)) {
		end(job, error_is_refusal(error) ? PUSH_REFUSED : PUSH_LATER, g_strdup(error->message));
		return;
	}
	end_by_status(job, &answer);
	g_string_free(answer.body, TRUE);
}

static void
send_job(struct push_sender *sender, struct fetcher *fetcher, struct push_job *job)
{
	g_autoptr(GError) error = NULL;
	struct push_draw draw;

	push_draw(&draw);

	g_autoptr(GByteArray) body = push_seal(job->point, job->auth, &draw, job->text, &error);

	if (body == NULL)
		end(job, PUSH_REFUSED, g_strdup(error->message));
	else
		post(sender, fetcher, job, body);
}

static void *
thread_main(void *data)
{
	struct push_sender *sender = data;
	struct fetcher *fetcher = fetcher_new(&sender->settings, &sender->is_stopping);
	struct link *link;

	while ((link = queue_wait(&sender->jobs, 1)) != NULL) {
		send_job(sender, fetcher, (struct push_job *)link);
		if (!queue_push(&sender->done, link))
			push_job_free((struct push_job *)link);
		sender->wake(sender->data);
	}
	fetcher_free(fetcher);
	return NULL;
}

/* ---- On the loop ---- */

struct push_sender *
push_sender_new(const struct digest *desk_key, const char *contact, const struct fetch_settings *settings,
    void (*wake)(void *data), void *data)
{
	struct push_sender *sender = g_new0(struct push_sender, 1);

	sender->desk_key = *desk_key;
	sender->contact = g_strdup(contact);
	sender->settings = *settings;
	sender->wake = wake;
	sender->data = data;
	queue_init(&sender->jobs, 1);
	queue_init(&sender->done, 1);
	return sender;
}

void
push_sender_give(struct push_sender *sender, struct push_job *job)
{
	bool is_taken = queue_push(&sender->jobs, &job->link);

	g_assert(is_taken);
	if (sender->has_thread)
		return;
	if (pthread_create(&sender->thread, NULL, thread_main, sender) != 0)
		g_error("the system gives no thread for pushes");
	sender->has_thread = true;
}

struct push_job *
push_sender_collect(struct push_sender *sender)
{
	return (struct push_job *)queue_take(&sender->done, 1);
}

void
push_sender_free(struct push_sender *sender)
{
	if (sender == NULL)
		return;
	g_atomic_int_set(&sender->is_stopping, 1);
	queue_close(&sender->jobs);
	if (sender->has_thread)
		pthread_join(sender->thread, NULL);
	push_job_free((struct push_job *)queue_take(&sender->jobs, 1));
	push_job_free((struct push_job *)queue_take(&sender->done, 1));
	queue_clear(&sender->jobs);
	queue_clear(&sender->done);
	g_free(sender->contact);
	g_free(sender);
}

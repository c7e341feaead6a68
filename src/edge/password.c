/*
 * Passwords: see password.h.
 *
 * Behind the lock: the waiting jobs, in the order in which they are due, and the finished ones. Everything else is the loop
 * thread's. base/queue.h would not do: a held job lets later ones pass.
 */
#include "edge/password.h"

#include <pthread.h>
#include <string.h>

#include "base/clock.h"
#include "base/limits.h"
#include "edge/delay.h"
#include "edge/wrong.h"

#define POOL_THREADS 2
#define NS_PER_MS    INT64_C(1000000)
#define NS_PER_S     INT64_C(1000000000)

/*
 * Of 32 random bytes that nobody kept: what a guess at nobody's password is compared with, so that it takes as long. Made
 * beforehand, or every start would wait for it.
 */
static const char nobody[] =
    "$argon2id$v=19$m=19456,t=2,p=1$oZ8o/hUxEQmBScCaxdTGtQ$OE/UgwI8Q0rrW3Jdf1MgkuzrxszPaod/cSwkF6cgXNE";

struct passwords {
	pthread_mutex_t lock;
	pthread_cond_t changed;
	struct password_job *waiting;
	struct password_job *finished, **finished_end;
	bool is_closing;
	bool is_over; /* the loop's: no thread is left */

	void (*wake)(void *data);
	void *data;

	pthread_t threads[POOL_THREADS];
	unsigned thread_count; /* 0: direct */
	GHashTable *addresses; /* address -> jobs under way */
	struct delays *delays;
	struct wrongs *wrongs;
	struct password_figures figures;
};

static void
work_off(struct password_job *job)
{
	if (job->compare != NULL) {
		bool matches = secret_password_matches(job->compare, job->known == NULL ? nobody : job->known);

		job->matches = matches && job->known != NULL;
		if (!job->matches)
			return;
	}
	if (job->make != NULL)
		(void)!secret_password_hash(job->make, job->hash, &job->error);
}

/* With the lock held: sleeps until there is something new, or `due_ns`. */
static void
sleep_until(struct passwords *passwords, int64_t due_ns)
{
	struct timespec until = { due_ns / NS_PER_S, due_ns % NS_PER_S };

	pthread_cond_timedwait(&passwords->changed, &passwords->lock, &until);
}

/* With the lock held: the next job that is due; NULL when the pool closes. */
static struct password_job *
next_job(struct passwords *passwords)
{
	while (!passwords->is_closing) {
		struct password_job *first = passwords->waiting;

		if (first != NULL && first->due_ns <= clock_ticks_ns()) {
			passwords->waiting = first->next;
			return first;
		}
		if (first == NULL)
			pthread_cond_wait(&passwords->changed, &passwords->lock);
		else
			sleep_until(passwords, first->due_ns);
	}
	return NULL;
}

static void
finish(struct passwords *passwords, struct password_job *job)
{
	job->next = NULL;
	*passwords->finished_end = job;
	passwords->finished_end = &job->next;
}

static void *
thread_main(void *data)
{
	struct passwords *passwords = data;
	struct password_job *job;

	pthread_mutex_lock(&passwords->lock);
	while ((job = next_job(passwords)) != NULL) {
		pthread_mutex_unlock(&passwords->lock);
		work_off(job);
		pthread_mutex_lock(&passwords->lock);
		finish(passwords, job);
		pthread_mutex_unlock(&passwords->lock);
		passwords->wake(passwords->data);
		pthread_mutex_lock(&passwords->lock);
	}
	pthread_mutex_unlock(&passwords->lock);
	return NULL;
}

struct passwords *
passwords_direct(void)
{
	struct passwords *passwords = g_new0(struct passwords, 1);
	pthread_condattr_t attributes;

	/* The clock that never jumps: setting the machine's time holds nobody up. */
	pthread_condattr_init(&attributes);
	pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
	pthread_cond_init(&passwords->changed, &attributes);
	pthread_condattr_destroy(&attributes);
	pthread_mutex_init(&passwords->lock, NULL);
	passwords->finished_end = &passwords->finished;
	passwords->addresses = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	passwords->delays = delays_new();
	passwords->wrongs = wrongs_new();
	return passwords;
}

struct passwords *
passwords_start(void (*wake)(void *data), void *data)
{
	struct passwords *passwords = passwords_direct();

	passwords->wake = wake;
	passwords->data = data;
	for (unsigned i = 0; i < POOL_THREADS; i++) {
		if (pthread_create(&passwords->threads[i], NULL, thread_main, passwords) != 0)
			g_error("the system gives no thread for passwords");
		passwords->thread_count++;
	}
	return passwords;
}

static unsigned
count_of(const struct passwords *passwords, const char *address)
{
	return GPOINTER_TO_UINT(g_hash_table_lookup(passwords->addresses, address));
}

static void
count_set(struct passwords *passwords, const char *address, unsigned count)
{
	if (count == 0)
		g_hash_table_remove(passwords->addresses, address);
	else
		g_hash_table_replace(passwords->addresses, g_strdup(address), GUINT_TO_POINTER(count));
}

static gboolean
has_room(const struct passwords *passwords, const char *address, GError **error)
{
	if (count_of(passwords, address) >= LIMIT_PASSWORDS_PER_ADDRESS)
		return refuse(
		    error, REFUSED_FLOOD, NULL, "too many log-ins at a time from your address, try again in 10 s");
	if (passwords->figures.waiting >= LIMIT_PASSWORD_QUEUE)
		return fail(error, FAILED_BUSY, "%d passwords wait to be hashed", LIMIT_PASSWORD_QUEUE);
	return TRUE;
}

/* With the lock held. Jobs that are due at the same moment keep their order. */
static void
insert(struct passwords *passwords, struct password_job *job)
{
	struct password_job **at = &passwords->waiting;

	while (*at != NULL && (*at)->due_ns <= job->due_ns)
		at = &(*at)->next;
	job->next = *at;
	*at = job;
}

gboolean
passwords_submit(struct passwords *passwords, struct password_job *job, GError **error)
{
	if (passwords->is_over)
		return fail(error, FAILED_BUSY, "the desk stops");
	if (!has_room(passwords, job->address, error))
		return FALSE;
	count_set(passwords, job->address, count_of(passwords, job->address) + 1);
	passwords->figures.waiting++;
	passwords->figures.jobs++;
	passwords->figures.held_ms += job->hold_ms;
	if (passwords->thread_count == 0) {
		work_off(job);
		finish(passwords, job);
		passwords_collect(passwords);
		return TRUE;
	}
	job->due_ns = clock_ticks_ns() + job->hold_ms * NS_PER_MS;
	pthread_mutex_lock(&passwords->lock);
	insert(passwords, job);
	pthread_cond_signal(&passwords->changed);
	pthread_mutex_unlock(&passwords->lock);
	return TRUE;
}

static struct password_job *
take_finished(struct passwords *passwords)
{
	struct password_job *finished;

	pthread_mutex_lock(&passwords->lock);
	finished = passwords->finished;
	passwords->finished = NULL;
	passwords->finished_end = &passwords->finished;
	pthread_mutex_unlock(&passwords->lock);
	return finished;
}

unsigned
passwords_collect(struct passwords *passwords)
{
	struct password_job *job = take_finished(passwords);
	unsigned count = 0;

	for (; job != NULL; count++) {
		struct password_job *next = job->next; /* `done` may end the job */

		count_set(passwords, job->address, count_of(passwords, job->address) - 1);
		passwords->figures.waiting--;
		job->done(job);
		job = next;
	}
	return count;
}

static void
close_pool(struct passwords *passwords)
{
	pthread_mutex_lock(&passwords->lock);
	passwords->is_closing = true;
	pthread_cond_broadcast(&passwords->changed);
	pthread_mutex_unlock(&passwords->lock);
	for (unsigned i = 0; i < passwords->thread_count; i++)
		pthread_join(passwords->threads[i], NULL);
}

/* What `done` submits is turned away as well: the pool ends. */
static void
give_back(struct passwords *passwords)
{
	while (passwords->waiting != NULL) {
		struct password_job *job = passwords->waiting;

		passwords->waiting = job->next;
		(void)fail(&job->error, FAILED_BUSY, "the desk stops");
		finish(passwords, job);
	}
}

void
passwords_close(struct passwords *passwords)
{
	if (passwords->is_over)
		return;
	close_pool(passwords);
	do
		give_back(passwords);
	while (passwords_collect(passwords) > 0);
	passwords->is_over = true;
}

void
passwords_stop(struct passwords *passwords)
{
	if (passwords == NULL)
		return;
	passwords_close(passwords);
	g_hash_table_destroy(passwords->addresses);
	delays_free(passwords->delays);
	wrongs_free(passwords->wrongs);
	pthread_cond_destroy(&passwords->changed);
	pthread_mutex_destroy(&passwords->lock);
	g_free(passwords);
}

struct delays *
passwords_delays(struct passwords *passwords)
{
	return passwords->delays;
}

void
passwords_figures(const struct passwords *passwords, struct password_figures *figures)
{
	*figures = passwords->figures;
}

struct wrongs *
passwords_wrongs(struct passwords *passwords)
{
	return passwords->wrongs;
}

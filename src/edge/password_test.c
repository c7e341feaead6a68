/* Facts about the pool that hashes. */
#include "edge/password.h"

#include <pthread.h>
#include <string.h>

#include "base/clock.h"
#include "base/limits.h"
#include "tests/kit/facts.h"

#include <time.h>

#define AGES_MS (1000 * MS_PER_DAY)

/* Where the threads of the pool wake the test. */
struct bell {
	pthread_mutex_t lock;
	pthread_cond_t rung;
	unsigned rings;
};

static void
ring(void *data)
{
	struct bell *bell = data;

	pthread_mutex_lock(&bell->lock);
	bell->rings++;
	pthread_cond_signal(&bell->rung);
	pthread_mutex_unlock(&bell->lock);
}

/* Collects until `count` jobs are done. */
static void
await(struct passwords *passwords, struct bell *bell, unsigned count)
{
	unsigned done = 0;

	while (done < count) {
		pthread_mutex_lock(&bell->lock);
		while (bell->rings == 0)
			pthread_cond_wait(&bell->rung, &bell->lock);
		bell->rings = 0;
		pthread_mutex_unlock(&bell->lock);
		done += passwords_collect(passwords);
	}
}

#define BELL                                                                                                           \
	{                                                                                                              \
		.lock = PTHREAD_MUTEX_INITIALIZER, .rung = PTHREAD_COND_INITIALIZER                                    \
	}

/* Jobs write their names down in the order in which they are done. */
struct named {
	struct password_job job; /* first */
	char name;
	char *order;
};

static void
write_down(struct password_job *job)
{
	struct named *named = (struct named *)job;

	named->order[strlen(named->order)] = named->name;
}

static unsigned done_count;

static void
count_done(struct password_job *job)
{
	done_count++;
	g_clear_error(&job->error);
}

static void
keep(struct password_job *job)
{
	(void)job;
}

TEST(a_password_is_compared_with_its_hash_and_a_new_one_is_hashed)
{
	struct bell bell = BELL;
	struct passwords *passwords = passwords_start(ring, &bell);
	struct password_job make = { .address = "a", .make = "the first one", .done = keep };
	struct password_job right = { .address = "a", .compare = "the first one", .make = "the second", .done = keep };
	struct password_job wrong = { .address = "a", .compare = "another one", .make = "the second", .done = keep };

	ASSERT_OK(passwords_submit(passwords, &make, &error));
	await(passwords, &bell, 1);
	right.known = wrong.known = make.hash;
	ASSERT_OK(passwords_submit(passwords, &right, &error));
	ASSERT_OK(passwords_submit(passwords, &wrong, &error));
	await(passwords, &bell, 2);
	assert_true(right.matches);
	assert_true(secret_password_matches("the second", right.hash));
	assert_false(wrong.matches);
	assert_string_equal(wrong.hash, "");
	passwords_stop(passwords);
}

/* What this thread has worked: other programs on the machine do not count. */
static int64_t
worked_ns(void)
{
	struct timespec worked;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &worked);
	return (int64_t)worked.tv_sec * 1000000000 + worked.tv_nsec;
}

static int64_t
fastest(struct passwords *passwords, const char *known)
{
	int64_t best = INT64_MAX;

	for (int i = 0; i < 5; i++) {
		struct password_job job = { .address = "a", .compare = "a guess at it", .known = known, .done = keep };
		int64_t start = worked_ns();

		ASSERT_OK(passwords_submit(passwords, &job, &error));
		assert_false(job.matches);
		best = MIN(best, worked_ns() - start);
	}
	return best;
}

TEST(nobody_takes_as_long_as_somebody)
{
	struct passwords *passwords = passwords_direct();
	char hash[PASSWORD_HASH_BYTES];
	int64_t nobody, somebody;

	ASSERT_OK(secret_password_hash("what it is", hash, &error));
	nobody = fastest(passwords, NULL);
	somebody = fastest(passwords, hash);
	assert_true(nobody > somebody / 2 && nobody < somebody * 2);
	passwords_stop(passwords);
}

TEST(a_held_job_lets_others_pass_and_takes_no_thread)
{
	struct bell bell = BELL;
	struct passwords *passwords = passwords_start(ring, &bell);
	char order[8] = "";
	struct named jobs[] = {
		{ { .address = "a", .hold_ms = 400, .done = write_down }, 'l', order },
		{ { .address = "a", .hold_ms = 200, .done = write_down }, 'm', order },
		{ { .address = "a", .hold_ms = 0, .done = write_down }, 'n', order },
	};
	int64_t start = clock_ticks_ns();

	for (size_t i = 0; i < G_N_ELEMENTS(jobs); i++)
		ASSERT_OK(passwords_submit(passwords, &jobs[i].job, &error));
	await(passwords, &bell, G_N_ELEMENTS(jobs));
	assert_string_equal(order, "nml");
	assert_true(clock_ticks_ns() - start >= 400 * INT64_C(1000000));
	passwords_stop(passwords);
}

TEST(one_address_has_at_most_8_jobs_at_a_time)
{
	struct bell bell = BELL;
	struct passwords *passwords = passwords_start(ring, &bell);
	struct password_job jobs[LIMIT_PASSWORDS_PER_ADDRESS + 2];

	done_count = 0;
	for (size_t i = 0; i < G_N_ELEMENTS(jobs); i++)
		jobs[i] = (struct password_job) { .address = "a", .hold_ms = AGES_MS, .done = count_done };
	for (size_t i = 0; i < LIMIT_PASSWORDS_PER_ADDRESS; i++)
		ASSERT_OK(passwords_submit(passwords, &jobs[i], &error));
	ASSERT_REFUSED(REFUSED_FLOOD, NULL, passwords_submit(passwords, &jobs[LIMIT_PASSWORDS_PER_ADDRESS], &error));
	jobs[LIMIT_PASSWORDS_PER_ADDRESS + 1].address = "b";
	ASSERT_OK(passwords_submit(passwords, &jobs[LIMIT_PASSWORDS_PER_ADDRESS + 1], &error));
	passwords_stop(passwords);
	assert_int_equal(done_count, LIMIT_PASSWORDS_PER_ADDRESS + 1);
}

static void
expect_busy(struct password_job *job)
{
	assert_int_equal(error_kind(job->error), FAILED_BUSY);
	count_done(job);
}

TEST(at_most_256_jobs_wait_and_a_pool_that_stops_gives_them_back)
{
	struct bell bell = BELL;
	struct passwords *passwords = passwords_start(ring, &bell);
	static struct password_job jobs[LIMIT_PASSWORD_QUEUE + 1];
	static char addresses[LIMIT_PASSWORD_QUEUE + 1][16];

	done_count = 0;
	for (size_t i = 0; i < G_N_ELEMENTS(jobs); i++) {
		g_snprintf(addresses[i], sizeof addresses[i], "a%zu", i);
		jobs[i] = (struct password_job) { .address = addresses[i], .hold_ms = AGES_MS, .done = expect_busy };
	}
	for (size_t i = 0; i < LIMIT_PASSWORD_QUEUE; i++)
		ASSERT_OK(passwords_submit(passwords, &jobs[i], &error));
	ASSERT_REFUSED(FAILED_BUSY, NULL, passwords_submit(passwords, &jobs[LIMIT_PASSWORD_QUEUE], &error));
	passwords_stop(passwords);
	assert_int_equal(done_count, LIMIT_PASSWORD_QUEUE);
}

TEST(figures_tell_what_waits_and_for_how_long_log_ins_were_held)
{
	struct passwords *passwords = passwords_direct();
	struct password_job job = { .address = "a", .hold_ms = 250, .done = keep };
	struct password_figures figures;

	ASSERT_OK(passwords_submit(passwords, &job, &error));
	ASSERT_OK(passwords_submit(passwords, &job, &error));
	passwords_figures(passwords, &figures);
	assert_int_equal(figures.waiting, 0);
	assert_int_equal(figures.jobs, 2);
	assert_int_equal(figures.held_ms, 500);
	passwords_stop(passwords);
}

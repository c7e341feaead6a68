/* Facts about queues between threads. */
#include "base/queue.h"
#include "tests/kit/facts.h"

struct thing {
	struct link link; /* first */
	unsigned number;
};

TEST(what_is_pushed_comes_out_in_order)
{
	struct thing things[5];
	struct queue queue;

	queue_init(&queue, 5);
	for (unsigned i = 0; i < 5; i++) {
		things[i].number = i;
		assert_true(queue_push(&queue, &things[i].link));
	}
	assert_int_equal(queue_length(&queue), 5);

	struct link *link = queue_take(&queue, 3);

	for (unsigned i = 0; i < 3; i++, link = link->next)
		assert_int_equal(((struct thing *)link)->number, i);
	assert_null(link);
	link = queue_wait(&queue, 10);
	assert_int_equal(((struct thing *)link)->number, 3);
	assert_int_equal(((struct thing *)link->next)->number, 4);
	assert_null(link->next->next);
	assert_null(queue_take(&queue, 1));
	assert_int_equal(queue_length(&queue), 0);
	queue_clear(&queue);
}

TEST(a_full_queue_takes_no_more_until_something_is_taken)
{
	struct thing things[3];
	struct queue queue;

	queue_init(&queue, 2);
	assert_true(queue_push(&queue, &things[0].link));
	assert_true(queue_push(&queue, &things[1].link));
	assert_false(queue_push(&queue, &things[2].link));
	assert_non_null(queue_take(&queue, 1));
	assert_true(queue_push(&queue, &things[2].link));
	assert_non_null(queue_take(&queue, 2));
	queue_clear(&queue);
}

TEST(a_closed_queue_takes_nothing_and_gives_what_it_has)
{
	struct thing things[2];
	struct queue queue;

	queue_init(&queue, 5);
	assert_true(queue_push(&queue, &things[0].link));
	queue_close(&queue);
	assert_false(queue_push(&queue, &things[1].link));
	assert_ptr_equal(queue_wait(&queue, 5), &things[0].link);
	assert_null(queue_wait(&queue, 5));
	queue_clear(&queue);
}

enum { PUSHERS = 4, TAKERS = 3, EACH = 20000 };

struct traffic {
	struct queue queue;
	struct thing *things;
	pthread_mutex_t lock;
	unsigned seen[PUSHERS * EACH];
};

struct pusher {
	struct traffic *traffic;
	unsigned first;
};

static void *
push_all(void *data)
{
	struct pusher *pusher = data;

	for (unsigned i = 0; i < EACH; i++) {
		struct thing *thing = &pusher->traffic->things[pusher->first + i];

		thing->number = pusher->first + i;
		while (!queue_push(&pusher->traffic->queue, &thing->link))
			sched_yield();
	}
	return NULL;
}

/* Each pusher's things reach one taker in their order. */
static void *
take_all(void *data)
{
	struct traffic *traffic = data;
	struct link *link;
	unsigned last[PUSHERS] = { 0 };

	while ((link = queue_wait(&traffic->queue, 7)) != NULL) {
		for (; link != NULL; link = link->next) {
			unsigned number = ((struct thing *)link)->number;

			if (number % EACH != 0)
				assert_true(number > last[number / EACH]);
			last[number / EACH] = number;
			pthread_mutex_lock(&traffic->lock);
			traffic->seen[number]++;
			pthread_mutex_unlock(&traffic->lock);
		}
	}
	return NULL;
}

TEST(between_threads_everything_arrives_once_and_each_pushers_in_order)
{
	struct traffic *traffic = g_new0(struct traffic, 1);
	struct pusher pushers[PUSHERS];
	pthread_t pushing[PUSHERS], taking[TAKERS];

	queue_init(&traffic->queue, 100);
	pthread_mutex_init(&traffic->lock, NULL);
	traffic->things = g_new0(struct thing, PUSHERS * EACH);
	for (unsigned i = 0; i < TAKERS; i++)
		pthread_create(&taking[i], NULL, take_all, traffic);
	for (unsigned i = 0; i < PUSHERS; i++) {
		pushers[i] = (struct pusher) { traffic, i * EACH };
		pthread_create(&pushing[i], NULL, push_all, &pushers[i]);
	}
	for (unsigned i = 0; i < PUSHERS; i++)
		pthread_join(pushing[i], NULL);
	queue_close(&traffic->queue);
	for (unsigned i = 0; i < TAKERS; i++)
		pthread_join(taking[i], NULL);
	for (unsigned i = 0; i < PUSHERS * EACH; i++)
		assert_int_equal(traffic->seen[i], 1);
	queue_clear(&traffic->queue);
	pthread_mutex_destroy(&traffic->lock);
	g_free(traffic->things);
	g_free(traffic);
}

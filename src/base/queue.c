/* A queue between threads: see queue.h. */
#include "base/queue.h"

#include <glib.h>

void
queue_init(struct queue *queue, size_t max)
{
	*queue = (struct queue) { .max = max };
	queue->last = &queue->first;
	pthread_mutex_init(&queue->lock, NULL);
	pthread_cond_init(&queue->filled, NULL);
}

void
queue_clear(struct queue *queue)
{
	g_assert(queue->first == NULL);
	pthread_cond_destroy(&queue->filled);
	pthread_mutex_destroy(&queue->lock);
}

bool
queue_push(struct queue *queue, struct link *link)
{
	pthread_mutex_lock(&queue->lock);

	bool taken = !queue->closed && queue->length < queue->max;

	if (taken) {
		link->next = NULL;
		*queue->last = link;
		queue->last = &link->next;
		queue->length++;
		pthread_cond_signal(&queue->filled);
	}
	pthread_mutex_unlock(&queue->lock);
	return taken;
}

/* Cuts up to `count` links off the head; the lock is held. */
static struct link *
cut(struct queue *queue, size_t count)
{
	struct link *head = queue->first, **end = &queue->first;
	size_t taken = 0;

	while (*end != NULL && taken < count) {
		end = &(*end)->next;
		taken++;
	}
	if (taken == 0)
		return NULL;
	if (*end == NULL)
		queue->last = &queue->first;
	queue->first = *end;
	*end = NULL;
	queue->length -= taken;
	return head;
}

struct link *
queue_wait(struct queue *queue, size_t count)
{
	pthread_mutex_lock(&queue->lock);
	while (queue->first == NULL && !queue->closed)
		pthread_cond_wait(&queue->filled, &queue->lock);

	struct link *taken = cut(queue, count);

	pthread_mutex_unlock(&queue->lock);
	return taken;
}

struct link *
queue_take(struct queue *queue, size_t count)
{
	pthread_mutex_lock(&queue->lock);

	struct link *taken = cut(queue, count);

	pthread_mutex_unlock(&queue->lock);
	return taken;
}

void
queue_close(struct queue *queue)
{
	pthread_mutex_lock(&queue->lock);
	queue->closed = true;
	pthread_cond_broadcast(&queue->filled);
	pthread_mutex_unlock(&queue->lock);
}

size_t
queue_length(struct queue *queue)
{
	pthread_mutex_lock(&queue->lock);

	size_t length = queue->length;

	pthread_mutex_unlock(&queue->lock);
	return length;
}

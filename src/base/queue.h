/*
 * A queue between threads: first in, first out, with a maximum.
 *
 * Built on a pthread mutex, because ThreadSanitizer cannot see into GLib's. What is pushed is handed over whole: the
 * pusher does not touch it again. The link is part of the thing that is queued, so pushing never allocates.
 */
#pragma once

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

struct link {
	struct link *next;
};

struct queue {
	pthread_mutex_t lock;
	pthread_cond_t filled;
	struct link *first, **last;
	size_t length, max;
	bool closed;
};

void queue_init(struct queue *queue, size_t max);
void queue_clear(struct queue *queue);

/* False when the queue is full or closed; `link` is still the caller's then. */
bool queue_push(struct queue *queue, struct link *link);

/* Takes up to `count` from the head, as a list in order; waits while the queue is empty. NULL: closed and empty. */
struct link *queue_wait(struct queue *queue, size_t count);

/* The same without waiting. NULL: empty. */
struct link *queue_take(struct queue *queue, size_t count);

/* No more is pushed; who waits is woken. What is in the queue can still be taken. */
void queue_close(struct queue *queue);

size_t queue_length(struct queue *queue);

/*
 * Work: one command on its way from the loop to the writer or a reader and back.
 *
 * The submitter fills it in and hands it over whole; it comes back through `finished` with `error` and `events` set, and
 * `done` is called on the submitter's (loop) thread. `run` must be re-runnable: when a batch is lost it runs again
 * (house.md, 2). It may allocate in `memory`, and nothing outlives `memory`.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/queue.h"
#include "base/secret.h"

struct actor;
struct tx;

struct event {
	struct event *next;
	unsigned kind;
	int64_t topic;
	const void *body;
};

struct work {
	struct link link; /* first: a link of the queue is a work */
	void *memory;     /* a talloc context; freed by `done` or by whoever ends the work */
	const struct actor *actor;
	int64_t now_ms;
	uint8_t seed[DIGEST_BYTES];
	/*
	 * What it is about, by work_scope(): works of different scopes may run at the same time, on an engine that can, if they touch
	 * nothing but that. 0, the whole desk: it runs with no other (docs/decisions/0010-postgres.md).
	 */
	int64_t scope;

	gboolean (*run)(struct tx *tx, struct work *work, GError **error);
	void (*done)(struct work *work);

	GError *error;        /* NULL: done, and committed where it wrote */
	struct event *events; /* in the order told; NULL unless committed. UNCERTAIN: without bodies */
	unsigned drawn;       /* keys and tokens drawn from the seed so far */
	const char *about;    /* what tx_about() said, or NULL */
	bool is_unremarkable;
	struct event **last_event;
};

/* The scope of what has this public id: the same on every machine, never 0. */
int64_t work_scope(const char *key);

/* Where finished works wait for the loop. */
struct finished {
	struct queue queue;
	void (*wake)(void *data); /* from any thread: makes the loop call finished_collect() soon */
	void *data;
};

void finished_init(struct finished *finished, void (*wake)(void *data), void *data);
void finished_clear(struct finished *finished);

/* On the loop: calls `done` of every finished work, in the order in which they were committed. Returns how many. */
unsigned finished_collect(struct finished *finished);

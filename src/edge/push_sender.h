/*
 * The sender of pushes: the worker thread that posts them to push services, one after the other (house.md, 2: plain and blocking).
 *
 * It starts with the first job. There is one job at a time: whoever has more keeps them, so that each is looked at again right before it
 * goes out. A job is handed over whole and comes back by push_sender_collect(), on the loop thread.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/queue.h"
#include "edge/fetch.h"
#include "edge/push_seal.h"

/* How long a push service keeps what it cannot deliver yet: after that a chat has been answered or is over. */
#define PUSH_KEPT_SECONDS 3600

/* What push services take at most is 24 hours. */
#define PUSH_TOKEN_SECONDS (12 * 3600)

enum push_end {
	PUSH_SENT,
	PUSH_OVER,    /* there is no such browser any more */
	PUSH_LATER,   /* the service is busy or could not be reached */
	PUSH_REFUSED, /* and would be again */
};

struct push_job {
	struct link link; /* first */
	char *endpoint;
	char *topic; /* a later push of the same topic takes the place of one that was not delivered yet */
	char *text;
	uint8_t point[PUSH_POINT_BYTES], auth[PUSH_AUTH_BYTES];
	int64_t kept_seconds; /* how long the service keeps it at most */
	bool is_urgent;       /* worth waking a phone for */
	struct pushed *what;  /* the owner's; freed with g_free() */
	int64_t push_id;
	int tries;      /* before this one */
	int64_t due_ms; /* the owner's */

	enum push_end end;
	int64_t retry_seconds; /* LATER: what the service asks for; 0: nothing */
	char *why;             /* for the log: no address of a browser is in it; NULL when SENT */
};
void push_job_free(struct push_job *job);

struct push_sender;

/* `contact`: whom push services can ask about the desk, an https address; or NULL. `wake` is called from the thread. */
struct push_sender *push_sender_new(const struct digest *desk_key, const char *contact,
    const struct fetch_settings *settings, void (*wake)(void *data), void *data);

/* Ends the thread, within a second; a job under way is dropped. */
void push_sender_free(struct push_sender *sender);

/* Only while it has none. */
void push_sender_give(struct push_sender *sender, struct push_job *job);

/* The job that is done, or NULL. */
struct push_job *push_sender_collect(struct push_sender *sender);

/*
 * What the files of the pusher share: pusher.c notes and asks whom it concerns, pusher_jobs.c reaches them. Besides them only their test
 * includes this.
 */
#pragma once

#include "desk/push/push.h"
#include "edge/errand.h"
#include "edge/push_sender.h"
#include "edge/pusher.h"

/* What is told first when several things have come: the lower, the more urgent. */
enum kind { KIND_HANDED, KIND_MESSAGE, KIND_WAITING, KINDS };
extern const char *const pusher_kinds[KINDS];

/* A conversation of which somebody may have to be told. */
struct noted {
	int64_t conversation_id; /* first: what the table goes by */
	int64_t person_id;
};

/* Somebody who is to be told, or was told a moment ago. */
struct hearer {
	int64_t person_id; /* first: what the table goes by */
	int64_t quiet_until_ms;
	GPtrArray *conversations; /* all of which there is something new */
	enum kind kind;
	char *conversation, *visitor; /* of the most urgent */
	bool is_called;               /* a read is under way */
};

struct pusher {
	struct edge *edge;
	struct push_sender *sender;
	uv_timer_t timer;
	int64_t now_ms;
	bool is_any;    /* somebody is to be told at all */
	bool was_added; /* since that is being asked */
	bool is_asking, is_sending, is_ticking, is_closed;
	GHashTable *noted[KINDS];
	GHashTable *hearers;
	GQueue jobs; /* those that wait, in no order of time */
	struct pusher_figures figures;
};

/* A read or a change of the store. */
struct errand {
	struct work work; /* first */
	struct pusher *pusher;
	gboolean (*run)(struct tx *tx, struct errand *errand, GError **error);
	void (*done)(struct errand *errand);
	/* ask() */
	struct push_notice *notices;
	struct push_hearers *hearers;
	size_t count;
	bool is_any;
	/* call_on() */
	int64_t person_id;
	struct push_person person;
	/* pusher_send_next() */
	struct push_job *job;
	const struct push_target *target;
	int64_t push_id;
};

/* An errand whose `run` and `done` are to be set. */
struct errand *pusher_errand(struct pusher *pusher);

/* Where it cannot even be asked it is as if the store had failed. */
void pusher_errand_go(struct errand *errand, bool writes);

/* Nothing new is known for them any more. */
void pusher_hearer_forget(struct hearer *hearer);

/* Asks where those are reached who are to be told now; what is found becomes jobs. */
void pusher_call_on_those_due(struct pusher *pusher);

/* Sends the next job that is due, if there is one. Only while none is under way. */
void pusher_send_next(struct pusher *pusher);

/* Sends the next job, and sees to it that time goes on as long as there is something to wait for. */
void pusher_go_on(struct pusher *pusher);

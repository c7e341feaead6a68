/*
 * What the files of the pusher share: pusher.c notes and asks whom it concerns, pusher_news.c keeps what each of them is to be told,
 * pusher_offers.c takes back what they were told of offers, pusher_jobs.c reaches them. Besides them only their test
 * includes this.
 */
#pragma once

#include "base/limits.h"
#include "base/secret.h"
#include "desk/chat/chat.h"
#include "desk/push/push.h"
#include "edge/errand.h"
#include "edge/push_sender.h"
#include "edge/pusher.h"

/* What is told first when several things have come: the lower, the more urgent. PASSED stands for itself. */
enum kind { KIND_OFFER, KIND_SEAT, KIND_HANDED, KIND_MESSAGE, KIND_BACKUP, KIND_WAITING, KIND_PASSED, KINDS };
extern const char *const pusher_kinds[KINDS];

/* Something of which somebody may have to be told. */
struct noted {
	int64_t about_id; /* first: what the table goes by; as in struct push_notice */
	int64_t person_id;
};

/* What somebody is told of. */
struct news {
	enum kind kind;
	int64_t about_id;
	int64_t until;                    /* of the desk's clock; 0: not known */
	char conversation[KEY_CHARS + 1]; /* or "" */
	char name[LIMIT_NAME_BYTES + 1];  /* or "" */
};

/* Somebody who is to be told, or was told a moment ago. */
struct hearer {
	int64_t person_id; /* first: what the table goes by */
	int64_t quiet_until_ms;
	enum kind told; /* then */
	GArray *news;   /* of struct news: one of each conversation, one of each kind that is about none */
	bool is_called; /* a read is under way */
};

/* What a push says, as it is known when it is made. */
struct pushed {
	struct news news; /* the most urgent */
	int64_t person_id;
	guint count;   /* of how many conversations there is something new; of an offer, which goes out alone, 1 */
	bool is_alone; /* there was nothing else */
};

/* An open offer, of which its person may have been told. */
struct offered {
	int64_t chat_id; /* first: what the table goes by */
	int64_t person_id, expires_at;
	GPtrArray *sent; /* of struct push_job: what their browsers show, one of each browser */
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
	GHashTable *offered;
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
	bool is_so;
	int64_t push_id;
};

/* An errand whose `run` and `done` are to be set. */
struct errand *pusher_errand(struct pusher *pusher);

/* Where it cannot even be asked it is as if the store had failed. */
void pusher_errand_go(struct errand *errand, bool writes);

/* Something may have to be told; what is more than LIMIT_PUSH_NOTICES of a kind is left out. */
void pusher_note(struct pusher *pusher, enum kind kind, int64_t about_id, int64_t person_id);

/* ---- News (pusher_news.c) ---- */

void hearer_free(gpointer data);

/* The person's, made where there is none yet. */
struct hearer *pusher_hearer(struct pusher *pusher, int64_t person_id);

/* They are to be told of that. */
void hearer_learns(struct hearer *hearer, const struct push_notice *notice, const struct push_hearers *what);

/* What they were to be told of such an offer is over. */
void hearer_unlearns_offer(struct hearer *hearer, int64_t chat_id);

/* What a push to them says now, and what it stands for is news no more: an offer alone, of others all. They have news. */
struct pushed hearer_tells(struct hearer *hearer);

/* Whether they may be told now. */
bool hearer_is_due(const struct hearer *hearer, int64_t now_ms);

/* ---- Offers (pusher_offers.c) ---- */

/* A chat may be offered to somebody, or not any more. */
void pusher_hear_chat(struct pusher *pusher, const struct chat_row *chat);

/* An offer was pushed: the job is kept until the offer is over; what the browser shows then is replaced. */
void pusher_keep_offer(struct pusher *pusher, struct push_job *job);

/*
 * A push that says that an offer is over is not sent, since that is not so: where it is open for the same person again, what their browser
 * shows is right until that one is over.
 */
void pusher_keep_shown(struct pusher *pusher, struct push_job *job);

void offered_free(gpointer data);

/* ---- Jobs (pusher_jobs.c) ---- */

/* Asks where those are reached who are to be told now; what is found becomes jobs. */
void pusher_call_on_those_due(struct pusher *pusher);

/* push_job_free(), for the tables of GLib. */
void pusher_job_free(gpointer job);

/* A job waits until it is due. */
void pusher_job_wait(struct pusher *pusher, struct push_job *job, int64_t due_ms);

/* Sends the next job that is due, if there is one. Only while none is under way. */
void pusher_send_next(struct pusher *pusher);

/* Sees to it that time goes on as long as there is something to wait for; the other one sends the next job first. */
void pusher_wait(struct pusher *pusher);
void pusher_go_on(struct pusher *pusher);

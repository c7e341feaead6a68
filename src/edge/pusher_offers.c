/*
 * What people were told of offers: an offer that went elsewhere is told no more, and where a browser shows it already something takes its
 * place, without a sound. See pusher_inside.h. Loop thread.
 *
 * At most LIMIT_PUSH_NOTICES open offers are known; each is forgotten when it is over.
 */
#include "edge/pusher_inside.h"

#include <string.h>

#include "base/limits.h"

void
offered_free(gpointer data)
{
	struct offered *offered = data;

	g_ptr_array_unref(offered->sent);
	g_free(offered);
}

static bool
is_of(const struct push_job *job, const struct offered *offered)
{
	return job->what->news.about_id == offered->chat_id && job->what->person_id == offered->person_id;
}

static void
drop_waiting(struct pusher *pusher, const struct offered *offered)
{
	GList *next;

	for (GList *at = pusher->jobs.head; at != NULL; at = next) {
		next = at->next;
		if (((struct push_job *)at->data)->what->news.kind != KIND_OFFER || !is_of(at->data, offered))
			continue;
		push_job_free(at->data);
		g_queue_delete_link(&pusher->jobs, at);
	}
}

/* The same push again, saying otherwise. */
static void
take_back(struct pusher *pusher, struct push_job *job)
{
	job->what->news.kind = KIND_PASSED;
	job->what->news.until = 0;
	job->tries = 0;
	pusher_job_wait(pusher, job, pusher->now_ms);
}

static void
over(struct pusher *pusher, struct offered *offered)
{
	struct hearer *hearer = g_hash_table_lookup(pusher->hearers, &offered->person_id);

	if (hearer != NULL)
		hearer_unlearns_offer(hearer, offered->chat_id);
	drop_waiting(pusher, offered);
	while (offered->sent->len > 0)
		take_back(pusher, g_ptr_array_steal_index_fast(offered->sent, 0));
	g_hash_table_remove(pusher->offered, offered);
}

static void
begin(struct pusher *pusher, const struct chat_row *chat)
{
	struct offered *offered;

	if (g_hash_table_size(pusher->offered) >= LIMIT_PUSH_NOTICES) {
		pusher->figures.left_out++;
		return;
	}
	offered = g_new0(struct offered, 1);
	*offered = (struct offered) { .chat_id = chat->chat,
		.person_id = chat->offer.person,
		.expires_at = chat->offer.expires_at,
		.sent = g_ptr_array_new_with_free_func(pusher_job_free) };
	g_hash_table_add(pusher->offered, offered);
	pusher_note(pusher, KIND_OFFER, chat->chat, chat->offer.person);
}

/* Where a clock was set back an offer ends earlier than was said; one that ends later was made again. */
static bool
is_still(const struct offered *offered, const struct chat_row *chat)
{
	return offered->person_id == chat->offer.person && chat->offer.expires_at <= offered->expires_at;
}

void
pusher_hear_chat(struct pusher *pusher, const struct chat_row *chat)
{
	struct offered *offered = g_hash_table_lookup(pusher->offered, &chat->chat);

	if (offered != NULL && is_still(offered, chat))
		offered->expires_at = chat->offer.expires_at;
	else if (offered != NULL) {
		over(pusher, offered);
		offered = NULL;
		/* Perhaps nobody else can be asked: whoever could take it is told then, as of a new one. */
		if (chat->offer.person == 0 && strcmp(chat->state, CHAT_WAITING) == 0)
			pusher_note(pusher, KIND_WAITING, chat->conversation_id, 0);
	}
	if (offered == NULL && chat->offer.person != 0 && pusher->is_any)
		begin(pusher, chat);
	/* What is over goes out with the next second: perhaps it is offered to the same person again, as the next event says. */
	pusher_wait(pusher);
}

/* A browser shows one thing about an offer, however often that was made. */
static void
keep(struct offered *offered, struct push_job *job)
{
	for (guint i = 0; i < offered->sent->len; i++) {
		if (((struct push_job *)offered->sent->pdata[i])->push_id == job->push_id) {
			g_ptr_array_remove_index_fast(offered->sent, i);
			break;
		}
	}
	g_ptr_array_add(offered->sent, job);
}

void
pusher_keep_offer(struct pusher *pusher, struct push_job *job)
{
	struct offered *offered = g_hash_table_lookup(pusher->offered, &job->what->news.about_id);

	if (offered != NULL && is_of(job, offered))
		keep(offered, job);
	else
		take_back(pusher, job);
}

void
pusher_keep_shown(struct pusher *pusher, struct push_job *job)
{
	struct offered *offered = g_hash_table_lookup(pusher->offered, &job->what->news.about_id);

	if (offered == NULL || !is_of(job, offered)) {
		push_job_free(job);
		return;
	}
	job->what->news.kind = KIND_OFFER;
	keep(offered, job);
}

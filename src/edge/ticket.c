/* Tickets: see ticket.h. */
#include "edge/ticket.h"

#include <glib.h>
#include <string.h>

#include "base/limits.h"
#include "desk/events.h"
#include "desk/people/session.h"

struct ticket {
	struct digest digest;
	struct credential credential;
	int64_t expires_at;
};

/* Every ticket lives equally long, so the oldest stands first in `order` and expires first. */
struct ticket_table {
	GHashTable *tickets;
	GQueue order;
};

static guint
digest_hash(gconstpointer key)
{
	guint hash;

	memcpy(&hash, key, sizeof hash);
	return hash;
}

static gboolean
digest_equal(gconstpointer one, gconstpointer other)
{
	return secret_equal(one, other);
}

struct ticket_table *
ticket_table_new(void)
{
	struct ticket_table *table = g_new0(struct ticket_table, 1);

	table->tickets = g_hash_table_new(digest_hash, digest_equal);
	g_queue_init(&table->order);
	return table;
}

void
ticket_table_free(struct ticket_table *table)
{
	if (table == NULL)
		return;
	g_hash_table_destroy(table->tickets);
	g_queue_clear_full(&table->order, g_free);
	g_free(table);
}

unsigned
ticket_table_count(const struct ticket_table *table)
{
	return g_hash_table_size(table->tickets);
}

static void
drop(struct ticket_table *table, GList *link)
{
	struct ticket *ticket = link->data;

	g_hash_table_remove(table->tickets, &ticket->digest);
	g_queue_delete_link(&table->order, link);
	g_free(ticket);
}

static void
drop_expired(struct ticket_table *table, int64_t now_ms)
{
	while (table->order.head != NULL && ((struct ticket *)table->order.head->data)->expires_at <= now_ms)
		drop(table, table->order.head);
}

bool
ticket_add(struct ticket_table *table, const char *token, const struct credential *credential, int64_t now_ms)
{
	drop_expired(table, now_ms);
	if (g_hash_table_size(table->tickets) >= LIMIT_TICKETS)
		return false;

	struct ticket *ticket = g_new0(struct ticket, 1);

	*ticket = (struct ticket) { .digest = secret_digest_text(token),
		.credential = *credential,
		.expires_at = now_ms + LIMIT_TICKET_SECONDS * MS_PER_SECOND };
	g_queue_push_tail(&table->order, ticket);
	g_hash_table_insert(table->tickets, &ticket->digest, table->order.tail);
	return true;
}

bool
ticket_use(struct ticket_table *table, const char *token, int64_t now_ms, struct credential *credential)
{
	struct digest digest = secret_digest_text(token);

	drop_expired(table, now_ms);

	GList *link = g_hash_table_lookup(table->tickets, &digest);

	if (link == NULL)
		return false;
	*credential = ((struct ticket *)link->data)->credential;
	drop(table, link);
	return credential->visitor_until == 0 || now_ms < credential->visitor_until;
}

void
ticket_forget_session(struct ticket_table *table, int64_t session_id)
{
	for (GList *link = table->order.head, *next; link != NULL; link = next) {
		const struct credential *credential = &((struct ticket *)link->data)->credential;

		next = link->next;
		if (credential->kind == CREDENTIAL_SESSION && credential->session_id == session_id)
			drop(table, link);
	}
}

static void
hear(void *data, const struct event *event)
{
	const struct session_ended *ended = event->body;

	if (event->kind == EVENT_SESSION_ENDED && ended != NULL)
		ticket_forget_session(data, ended->session_id);
}

void
ticket_listen(struct ticket_table *table, struct bus *bus)
{
	bus_subscribe(bus, hear, table);
}

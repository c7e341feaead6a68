/* A call: see call.h. */
#include "edge/call.h"

#include <string.h>
#include <talloc.h>

#include "base/log.h"
#include "desk/audit/audit.h"
#include "desk/people/session.h"
#include "desk/receipt/receipt.h"
#include "edge/call_figures.h"
#include "edge/embeds.h"
#include "edge/flood.h"
#include "edge/json_in.h"
#include "edge/json_out.h"
#include "edge/seen.h"

/* Enough for a message's decoding, statements and answer without a second allocation from the system. */
#define CALL_POOL_BYTES 6144

struct call *
call_new(struct edge *edge, const struct command *command)
{
	void *memory = talloc_pool(NULL, CALL_POOL_BYTES);
	struct call *call = talloc_zero(memory, struct call);

	call->edge = edge;
	call->command = command;
	call->address = call->agent = "";
	call->work.memory = memory;
	call->work.now_ms = clock_now_ms(edge->clock);
	call->started_ns = clock_ticks_ns();
	secret_random(call->work.seed, sizeof call->work.seed);
	if (command->size > 0)
		call->ask = talloc_zero_size(memory, command->size);
	if (command->answer_size > 0)
		call->answer = talloc_zero_size(memory, command->answer_size);
	return call;
}

/* The caller's own id as it stands in the decoded struct, or NULL. */
static const char *
caller_id_of(const struct call *call)
{
	for (const struct field *field = call->command->fields; field != NULL && field->type != FIELD_TYPE_END;
	     field++) {
		if (field->type == FIELD_TYPE_CALLER)
			return *(const char *const *)((const char *)call->ask + field->offset);
	}
	return NULL;
}

void
call_decode(struct call *call, json_t *body, const char *const *path)
{
	static const char *const envelope[] = { "do", "id", NULL };
	const struct field *raw = command_bytes(call->command);
	bool is_socket = path == NULL;

	if (raw != NULL)
		*(struct bytes *)((char *)call->ask + raw->offset) = call->bytes;
	if (json_in(call->command->fields, body, path, is_socket ? envelope : NULL, call_memory(call), call->ask,
		&call->refusal))
		call->caller_id = caller_id_of(call);
}

static gboolean
identify(struct tx *tx, struct call *call, GError **error)
{
	const struct credential *credential = &call->credential;

	call->actor = (struct actor) { .kind = ACTOR_NOBODY };
	call->work.actor = &call->actor;
	switch (credential->kind) {
	case CREDENTIAL_NONE:
		return TRUE;
	case CREDENTIAL_TOKEN:
		return session_actor(tx, &credential->token, &call->actor, error);
	case CREDENTIAL_SESSION:
		return session_actor_by_id(tx, credential->session_id, &call->actor, error);
	case CREDENTIAL_SYSTEM:
		call->actor.kind = ACTOR_SYSTEM;
		return TRUE;
	case CREDENTIAL_VISITOR:
		call->actor.kind = ACTOR_VISITOR;
		memcpy(call->actor.visitor, credential->visitor, sizeof call->actor.visitor);
		return TRUE;
	}
	g_assert_not_reached();
}

static gboolean
may(struct call *call, GError **error)
{
	if (actor_may(&call->actor, call->command->may))
		return TRUE;
	if (call->actor.kind == ACTOR_NOBODY)
		return refuse(error, REFUSED_SIGN_IN, NULL, "sign in first");
	return refuse(error, REFUSED_PERMISSION, NULL, "your role may not do this");
}

static gboolean
fields_were_right(struct call *call, GError **error)
{
	if (call->refusal == NULL)
		return TRUE;
	g_propagate_error(error, g_error_copy(call->refusal));
	return FALSE;
}

static bool
has_receipts(const struct call *call)
{
	return call->command->once == ONCE_BY_RECEIPT && call->caller_id != NULL;
}

/* What an object may be named by: ids, and words that stand in the table; nothing that somebody wrote. */
static bool
is_named(const struct field *field)
{
	return field->place == PLACE_PATH || field->type == FIELD_TYPE_INT || field->type == FIELD_TYPE_WORD;
}

static bool
is_given(const struct field *field, const void *at)
{
	if (field->type == FIELD_TYPE_INT)
		return *(const int64_t *)at != field->otherwise;
	return *(const char *const *)at != NULL;
}

/*
 * The thing that a command is about, and what it is to become, as audit lines and receipts name it:
 * "person 7, role lead".
 */
static const char *
object_of(struct tx *tx, const struct call *call)
{
	const char *object = "";

	for (const struct field *field = call->command->fields; field != NULL && field->type != FIELD_TYPE_END;
	     field++) {
		const char *at = (const char *)call->ask + field->offset, *comma = *object == '\0' ? "" : ", ";

		if (!is_named(field) || (field->is_optional && !is_given(field, at)))
			continue;
		if (field->type == FIELD_TYPE_INT)
			object =
			    tx_text(tx, "%s%s%s %" G_GINT64_FORMAT, object, comma, field->name, *(const int64_t *)at);
		else
			object = tx_text(tx, "%s%s%s %s", object, comma, field->name, *(const char *const *)at);
	}
	return object;
}

/* What an id was used for: the same command about something else is something else. */
static const char *
deed_of(struct tx *tx, const struct call *call)
{
	const char *object = object_of(tx, call);

	return *object == '\0' ? call->command->name : tx_text(tx, "%s %s", call->command->name, object);
}

/* Finds the first answer to this id; call->json stays NULL when there is none. */
static gboolean
answer_before(struct tx *tx, struct call *call, GError **error)
{
	call->json = NULL;
	return !has_receipts(call) || receipt_find(tx, deed_of(tx, call), call->caller_id, &call->json, error);
}

static gboolean
audit(struct tx *tx, struct call *call, GError **error)
{
	const char *named = object_of(tx, call), *thing = tx_thing(tx);

	if (call->command->audit == NULL || call->work.is_unremarkable)
		return TRUE;
	return audit_add(tx, call->command->name,
	    tx_text(tx, "%s%s%s", thing, *thing == '\0' || *named == '\0' ? "" : ", ", named), call->command->audit,
	    error);
}

static void
encode(struct call *call, bool is_kept)
{
	g_autoptr(GString) out = g_string_sized_new(256);

	if (is_kept)
		json_out_kept(out, call->command->answers, call->answer);
	else
		json_out(out, call->command->answers, call->answer);
	call->json = talloc_strndup(call_memory(call), out->str, out->len);
}

static gboolean
keep_receipt(struct tx *tx, struct call *call, GError **error)
{
	if (!has_receipts(call))
		return TRUE;
	encode(call, true);
	return receipt_keep(tx, deed_of(tx, call), call->caller_id, call->json, error);
}

static gboolean
decide(struct tx *tx, struct call *call, GError **error)
{
	const struct command *command = call->command;

	if (command->answer_size > 0)
		memset(call->answer, 0, command->answer_size);
	if (!command->run(tx, call->ask, call->answer, error) || !audit(tx, call, error) ||
	    !keep_receipt(tx, call, error))
		return FALSE;
	encode(call, false);
	return TRUE;
}

/* Inside the transaction, on the writer or a reader. */
static gboolean
run(struct tx *tx, struct work *work, GError **error)
{
	struct call *call = (struct call *)work;

	if (!identify(tx, call, error) || !may(call, error) || !fields_were_right(call, error) ||
	    !answer_before(tx, call, error))
		return FALSE;
	return call->json != NULL || decide(tx, call, error);
}

static void
log_failure(const struct call *call)
{
	if (error_is_refusal(call->error) || error_kind(call->error) == FAILED_BUSY)
		return;
	log_line(LOG_ERROR, "command.failed", "command", call->command->name, "why", call->error->message, NULL);
}

static void
end(struct call *call)
{
	if (call->over != NULL)
		call->over(call);
	g_clear_error(&call->refusal);
	g_clear_error(&call->error);
	talloc_free(call_memory(call));
}

void
call_answer(struct call *call)
{
	enum command_cookie cookie = call->command->cookie;

	if (call->error != NULL)
		log_failure(call);
	else if (call->json == NULL)
		encode(call, false);
	if (call->error == NULL && (cookie == COOKIE_SESSION || cookie == COOKIE_VISITOR))
		call->cookie = *(const char *const *)call->answer;
	call->json_size = call->json == NULL ? 0 : strlen(call->json);
	call_figures_add(call->command, call->error, clock_ticks_ns() - call->started_ns);
	seen_note(call);
	call->answered(call);
	end(call);
}

void
call_refuse(struct call *call, GError *error)
{
	g_assert(call->error == NULL);
	call->error = error;
	call_answer(call);
}

/* On the loop, after the commit: subscribers hear of it before the caller does. */
static void
done(struct work *work)
{
	struct call *call = (struct call *)work;

	call->error = g_steal_pointer(&work->error);
	if (call->error == NULL || error_kind(call->error) == UNCERTAIN)
		bus_publish(call->edge->bus, work->events);
	if (call->after != NULL)
		call->after(call);
	else
		call_answer(call);
}

/* What a command that stays inside is about: the key in its path, or the visitor who sends it. */
static int64_t
scope_of(const struct call *call)
{
	for (const struct field *field = call->command->fields; field->type != FIELD_TYPE_END; field++) {
		if (field->place == PLACE_PATH && field->type == FIELD_TYPE_KEY)
			return work_scope(*(const char *const *)((const char *)call->ask + field->offset));
	}
	/* Whoever is none will be refused. */
	return call->credential.kind == CREDENTIAL_VISITOR ? work_scope(call->credential.visitor) : 0;
}

void
call_submit(struct call *call)
{
	/* A call whose fields were wrong needs the store only to learn whether its sender may hear so. */
	bool writes = call->command->kind == COMMAND_WRITE && call->refusal == NULL;
	GError *error = NULL;

	call->work.run = run;
	call->work.done = done;
	call->work.scope = writes && call->command->stays_inside ? scope_of(call) : 0;
	if (!(writes ? crew_write : crew_read)(call->edge->crew, &call->work, &error))
		call_refuse(call, error);
}

static gboolean
refuse_flood(const struct call *call, GError **error)
{
	return refuse(error, REFUSED_FLOOD, NULL, "too many requests, try again in %d s", call->retry_seconds);
}

static gboolean
flood_check(struct call *call, GError **error)
{
	if (flood_allows(call->edge->floods, call->command->flood, call->address, &call->credential, call->work.now_ms,
		&call->retry_seconds))
		return TRUE;
	return refuse_flood(call, error);
}

void
call_submit_at(struct call *call, const char *site)
{
	const struct embeds *embeds = call->edge->embeds;
	/* Keys that strangers invent take no buckets: the decision refuses them. */
	bool is_there = site == NULL || embeds == NULL || embeds_sources(embeds, site) != NULL;
	GError *error = NULL;

	if (!is_there ||
	    flood_allows_site(call->edge->floods, call->command->flood, site == NULL ? "" : site, call->work.now_ms,
		&call->retry_seconds)) {
		call_submit(call);
		return;
	}
	(void)refuse_flood(call, &error);
	call_refuse(call, error);
}

/*
 * Under load who is new waits before those suffer who talk already (P27): what counts as a start is let in only while the
 * writer's queue is at most half full.
 */
static gboolean
load_check(const struct call *call, GError **error)
{
	struct writer_figures figures;

	if (call->command->flood != FLOOD_START)
		return TRUE;
	crew_figures(call->edge->crew, &figures);
	return figures.queued <= LIMIT_WRITER_QUEUE / 2 ||
	    fail(error, FAILED_BUSY, "half of the queue is for who talks already");
}

void
call_start(struct call *call)
{
	const struct command *command = call->command;
	struct actor nobody = { .kind = ACTOR_NOBODY };
	GError *error = NULL;

	if (call->credential.kind == CREDENTIAL_NONE && !actor_may(&nobody, command->may))
		(void)refuse(&error, REFUSED_SIGN_IN, NULL, "sign in first");
	if (error != NULL || !flood_check(call, &error) || !load_check(call, &error))
		call_refuse(call, error);
	else if (command->around == NULL || call->refusal != NULL)
		call_submit(call);
	else
		command->around(call);
}

/* Dispatch: see dispatch.h. */
#include "edge/dispatch.h"

#include <string.h>
#include <talloc.h>

#include "edge/flood.h"
#include "edge/json_in.h"
#include "edge/json_out.h"
#include "edge/presence.h"
#include "edge/problem.h"
#include "edge/typing.h"
#include "edge/watch.h"

/* A longer answer is not sent: with it alone a slow reader's socket would be closed, again and again. */
#define ANSWER_BYTES_MAX (LIMIT_SOCKET_OUTPUT_BYTES / 2)

/* A command that the client waits for. */
struct asked {
	struct socket *socket;
	const char *re;
};

/* What the socket's own messages say. */
struct watch_ask {
	const char *conversation;
	int64_t since;
	bool desk;
};

static const struct field watch_fields[] = {
	FIELD_KEY(watch_ask, conversation, OPTIONAL),
	FIELD_INT(watch_ask, since, 0, INT64_MAX, OPTIONAL),
	FIELD_BOOL(watch_ask, desk, OPTIONAL),
	FIELD_END,
};

static const struct field unwatch_fields[] = {
	FIELD_KEY(watch_ask, conversation, OPTIONAL),
	FIELD_BOOL(watch_ask, desk, OPTIONAL),
	FIELD_END,
};

struct typing_ask {
	const char *conversation;
	bool on;
};

static const struct field typing_fields[] = {
	FIELD_KEY(typing_ask, conversation),
	FIELD_BOOL(typing_ask, on),
	FIELD_END,
};

struct viewing_ask {
	const char *conversation; /* NULL: none any more */
	bool composing;
	bool visible;
};

static const struct field viewing_fields[] = {
	FIELD_KEY(viewing_ask, conversation, OPTIONAL),
	FIELD_BOOL(viewing_ask, composing, OPTIONAL),
	FIELD_BOOL(viewing_ask, visible, OPTIONAL),
	FIELD_END,
};

static const struct field no_fields[] = { FIELD_END };

static struct credential
credential_of(const struct socket *socket)
{
	const struct party *party = socket->party;
	struct credential credential = { .kind = party->kind };

	if (party->kind == CREDENTIAL_VISITOR)
		memcpy(credential.visitor, party->visitor, sizeof(credential.visitor));
	else
		credential.session_id = party->session_id;
	return credential;
}

bool
dispatch_allows(struct socket *socket)
{
	struct edge *edge = socket->hub->edge;
	struct credential credential = credential_of(socket);

	if (flood_allows(edge->floods, FLOOD_READ, socket->address, &credential, clock_now_ms(edge->clock), NULL))
		return true;
	socket_close(socket, SOCKET_TOO_FAST, "too fast");
	return false;
}

static void
answer(struct socket *socket, const char *re, const char *what, const char *json, size_t size)
{
	GString *text = socket->hub->text;

	if (!socket_is_open(socket))
		return;
	g_string_assign(text, "{\"re\":");
	json_out_text(text, re);
	g_string_append(text, what);
	g_string_append_len(text, json, (gssize)size);
	g_string_append_c(text, '}');
	socket_send_text(socket);
}

void
answer_ok(struct socket *socket, const char *re, const char *json, size_t size)
{
	answer(socket, re, ",\"ok\":", json, size);
}

void
answer_problem(struct socket *socket, const char *re, const GError *error)
{
	g_autofree char *problem = problem_text(error);

	answer(socket, re, ",\"problem\":", problem, strlen(problem));
}

static struct call *
call_of(struct socket *socket, const struct command *command)
{
	struct call *call = call_new(socket->hub->edge, command);

	call->credential = credential_of(socket);
	call->address = talloc_strdup(call_memory(call), socket->address);
	socket->calls++;
	return call;
}

struct call *
dispatch_call(struct socket *socket, const char *command)
{
	return call_of(socket, command_named(command));
}

static void
command_refused(struct socket *socket, const char *re, const GError *error)
{
	/* Who goes on after it was told that it is too much is not told for ever. */
	if (error_kind(error) == REFUSED_FLOOD && socket_is_open(socket) && !dispatch_allows(socket))
		return;
	answer_problem(socket, re, error);
}

static void
command_answered(struct call *call)
{
	const struct asked *asked = call->owner;
	struct socket *socket = asked->socket;

	socket->commands--;
	if (call->error == NULL && call->json_size > ANSWER_BYTES_MAX) {
		g_autoptr(GError) error = NULL;

		(void)refuse(&error, REFUSED_SIZE, NULL, "the answer is too long for a socket: ask for less");
		answer_problem(socket, asked->re, error);
	} else if (call->error == NULL) {
		answer_ok(socket, asked->re, call->json, call->json_size);
	} else {
		command_refused(socket, asked->re, call->error);
	}
	socket_call_ends(socket);
}

static void
command_start(struct socket *socket, const struct command *command, const char *re, json_t *body)
{
	if (socket->commands >= LIMIT_SOCKET_COMMANDS) {
		socket_close(socket, SOCKET_TOO_FAST, "too many commands unanswered");
		return;
	}

	struct call *call = call_of(socket, command);
	struct asked *asked = talloc(call_memory(call), struct asked);

	socket->commands++;
	*asked = (struct asked) { socket, talloc_strdup(asked, re) };
	call->owner = asked;
	call->answered = command_answered;
	call_decode(call, body, NULL);
	call_start(call);
}

/* Fields of the socket's own messages. */
static gboolean
take(const struct field *fields, json_t *body, void *memory, void *ask, GError **error)
{
	static const char *const envelope[] = { "do", "id", NULL };

	return json_in(fields, body, NULL, envelope, memory, ask, error);
}

static gboolean
is_either(const struct watch_ask *ask, GError **error)
{
	if ((ask->conversation != NULL) == ask->desk)
		return refuse(error, REFUSED_FIELD, "conversation", "wants either a conversation or desk: true");
	return TRUE;
}

static gboolean
do_watch(struct socket *socket, const char *re, json_t *body, void *memory, GError **error)
{
	struct watch_ask ask = { 0 };

	if (!take(watch_fields, body, memory, &ask, error) || !is_either(&ask, error))
		return FALSE;
	if (ask.desk && ask.since != 0)
		return refuse(error, REFUSED_FIELD, "since", "the desk has no cursor");
	if (ask.desk)
		watch_desk(socket, re);
	else
		watch_conversation(socket, re, ask.conversation, ask.since);
	return TRUE;
}

static gboolean
do_unwatch(struct socket *socket, const char *re, json_t *body, void *memory, GError **error)
{
	struct watch_ask ask = { 0 };

	if (!take(unwatch_fields, body, memory, &ask, error) || !is_either(&ask, error))
		return FALSE;
	watch_end(socket, ask.conversation);
	answer_ok(socket, re, "{}", 2);
	return TRUE;
}

static gboolean
do_typing(struct socket *socket, const char *re, json_t *body, void *memory, GError **error)
{
	struct typing_ask ask = { 0 };

	if (!take(typing_fields, body, memory, &ask, error))
		return FALSE;

	struct watch *watch = watch_find(socket, ask.conversation);

	if (watch == NULL)
		return refuse(error, REFUSED_STATE, "conversation", "watch it first");
	typing_tell(watch, ask.on);
	if (re != NULL)
		answer_ok(socket, re, "{}", 2);
	return TRUE;
}

static gboolean
view(struct socket *socket, const struct viewing_ask *ask, GError **error)
{
	struct watch *watch = ask->conversation == NULL ? NULL : watch_find(socket, ask->conversation);

	if (socket->is_visitor)
		return refuse(error, REFUSED_PERMISSION, NULL, "staff only");
	if (ask->conversation != NULL && watch == NULL)
		return refuse(error, REFUSED_STATE, "conversation", "watch it first");
	socket->visible_until = watch != NULL || ask->visible ? socket->hub->seconds + PRESENCE_SECONDS : 0;
	if (watch == NULL)
		presence_leave(socket, NULL);
	else
		presence_view(watch, ask->composing);
	return TRUE;
}

static gboolean
do_viewing(struct socket *socket, const char *re, json_t *body, void *memory, GError **error)
{
	struct viewing_ask ask = { 0 };

	if (!take(viewing_fields, body, memory, &ask, error) || !view(socket, &ask, error))
		return FALSE;
	if (re != NULL)
		answer_ok(socket, re, "{}", 2);
	return TRUE;
}

static gboolean
do_ping(struct socket *socket, const char *re, json_t *body, void *memory, GError **error)
{
	char nothing;

	if (!take(no_fields, body, memory, &nothing, error))
		return FALSE;
	answer_ok(socket, re, "{}", 2);
	return TRUE;
}

static const struct {
	const char *name;
	gboolean (*run)(struct socket *socket, const char *re, json_t *body, void *memory, GError **error);
} own_messages[] = {
	{ "watch", do_watch },
	{ "unwatch", do_unwatch },
	{ "typing", do_typing },
	{ "viewing", do_viewing },
	{ "ping", do_ping },
};

/* A message of the socket's own. False: it is none. */
static bool
run_own(struct socket *socket, const char *name, const char *re, json_t *body, GError **error)
{
	for (unsigned i = 0; i < G_N_ELEMENTS(own_messages); i++) {
		if (strcmp(name, own_messages[i].name) != 0)
			continue;

		void *memory = talloc_new(NULL);

		(void)own_messages[i].run(socket, re, body, memory, error);
		talloc_free(memory);
		return true;
	}
	return false;
}

/* What is soft needs no answer. */
static bool
needs_id(const char *name)
{
	return strcmp(name, "typing") != 0 && strcmp(name, "viewing") != 0;
}

/* The id that an answer repeats. */
static gboolean
take_id(json_t *body, const char *name, const char **re, GError **error)
{
	json_t *id = json_object_get(body, "id");

	*re = json_string_value(id);
	if (id == NULL && !needs_id(name))
		return TRUE;
	if (*re == NULL)
		return refuse(error, REFUSED_FIELD, "id", "wants a text");
	if (json_string_length(id) < 1 || json_string_length(id) > LIMIT_CALLER_ID_BYTES) {
		*re = NULL;
		return refuse(error, REFUSED_RANGE, "id", "wants 1 to %d bytes", LIMIT_CALLER_ID_BYTES);
	}
	return TRUE;
}

static void
message_take(struct socket *socket, const char *name, json_t *body)
{
	const struct command *command = command_named(name);
	g_autoptr(GError) error = NULL;
	const char *re = NULL;
	bool has_id = take_id(body, name, &re, &error);

	if (has_id && command != NULL && command->on_socket) {
		command_start(socket, command, re, body);
		return;
	}
	if (!dispatch_allows(socket))
		return;
	if (has_id && !run_own(socket, name, re, body, &error))
		(void)refuse(&error, REFUSED_UNKNOWN, "do", "there is no such command on a socket");
	/* Who asked for no answer gets none. */
	if (error != NULL && (re != NULL || !has_id))
		answer_problem(socket, re, error);
}

void
dispatch(struct socket *socket, const char *text, size_t size)
{
	g_autoptr(GError) error = NULL;
	json_t *body = json_in_parse(text, size, &error);
	const char *name = json_string_value(json_object_get(body, "do"));

	if (body == NULL)
		socket_close(socket, SOCKET_BAD_MESSAGE, error->message);
	else if (name == NULL)
		socket_close(socket, SOCKET_BAD_MESSAGE, "no do");
	else
		message_take(socket, name, body);
	json_decref(body);
}

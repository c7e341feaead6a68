/*
 * A call: one command from one caller, on its way from bytes to answer.
 *
 * Whoever has bytes (http.c, socket.c, the tests' kit) makes a call with call_new(), fills in who is calling, gives it the
 * fields with call_decode(), and starts it; `answered` is called once, later or at once, on the loop thread, and
 * the call ends after it returns. In between the call goes to the writer or a reader, where, inside one transaction,
 *     the credential becomes an actor -> may the actor do such a thing? -> were the fields right? -> was this id answered
 *     before? -> the decision -> the audit line -> the answer as JSON.
 * Refusals come in that order, so a stranger learns nothing from a field's error. Events go to the bus after the commit
 * and before `answered`.
 */
#pragma once

#include <jansson.h>

#include "edge/command.h"
#include "edge/edge.h"
#include "store/query.h"
#include "store/work.h"

struct call {
	struct work work; /* first */
	struct edge *edge;
	const struct command *command;
	struct credential credential;
	const char *address; /* of the caller, as text; in the call's memory */
	const char *agent;   /* its User-Agent, cut at 200 bytes */
	const char *origin;  /* the network of the address (base/network.h); NULL where many may stand behind it */

	struct bytes
	    bytes; /* of a command that takes some: its body, in the call's memory or the caller's until it has answered */
	const char *caller_id; /* the caller's own id, or NULL */
	void *ask;             /* the command's struct, decoded */
	void *answer;          /* the decision's, before it is JSON */
	GError *refusal;       /* of decoding: answered only to those who may do such a thing at all */

	struct actor actor; /* who it turned out to be */
	const char *json;   /* the answer, when there is no error */
	size_t json_size;
	GError *error;      /* why there is none */
	int retry_seconds;  /* of a flood: for Retry-After */
	const char *cookie; /* a token for the Set-Cookie header, as command->cookie says */

	/*
	 * For `around`: called on the loop with what the store said, instead of answering at once; call->error is set where it refused.
	 * It ends with call_answer(), or with call_submit() again.
	 */
	void (*after)(struct call *call);
	int64_t started_ns;

	void (*answered)(struct call *call);
	void *owner;
	void (*over)(struct call *call); /* for `around`: the call is gone after this, however it went; or NULL */
};

/* A call with memory of its own. Hand it to call_start(), which sees to its end. */
struct call *call_new(struct edge *edge, const struct command *command);

/*
 * call->bytes are set before. Takes the fields out of `body` (an object; may be NULL) and `path` (name, value pairs up to NULL, of the door and the query
 * string). What is wrong is kept in call->refusal.
 */
void call_decode(struct call *call, json_t *body, const char *const *path);

/* Refuses by itself where it can; else runs the command's `around`, or submits it. */
void call_start(struct call *call);

/* For `around`: sends it on its way to the store; or ends it here. */
void call_submit(struct call *call);
void call_answer(struct call *call);

/* The same as call_submit() for what begins at a site (its key; NULL: the desk's own pages), unless too much begins there. */
void call_submit_at(struct call *call, const char *site);

/* Ends the call with an error, which is taken over. */
void call_refuse(struct call *call, GError *error);

static inline void *
call_memory(struct call *call)
{
	return call->work.memory;
}

/*
 * Dispatch, inside the hub: a message of a client becomes a command or one of the socket's own (watch, unwatch, typing, viewing, ping),
 * and what comes of it becomes an answer.
 *
 * JSON that cannot be read closes the socket (4400); whatever else is wrong is answered as a problem. Commands count against
 * the floods like those of HTTP; what is no command, and what a caller sends after it was told that it is too much, counts as
 * reading, and too much of that closes the socket (4429).
 */
#pragma once

#include "edge/call.h"
#include "edge/socket.h"

/* One message of an open socket. */
void dispatch(struct socket *socket, const char *text, size_t size);

/* Counts one thing that is no command. False: it was too much, and the socket is closed. */
bool dispatch_allows(struct socket *socket);

/* A call in the socket's name. `answered` must end with socket_call_ends(). */
struct call *dispatch_call(struct socket *socket, const char *command);

/* {"re": …, "ok": …}; `json` is its text. */
void answer_ok(struct socket *socket, const char *re, const char *json, size_t size);

/* {"re": …, "problem": …}; `re` is NULL for a message without an id. */
void answer_problem(struct socket *socket, const char *re, const GError *error);

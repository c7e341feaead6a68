/*
 * The cast of a bench: an administrator, advisors who are online, and visitors with their conversations.
 *
 * Made through the desk's own doors. Whatever fails ends the program: a bench that is not set up measures nothing.
 */
#pragma once

#include "trial.h"

#define CAST_KEY_BYTES 64

struct advisor {
	struct http http;
	int64_t id;
	char *email;
};

struct visitor {
	char *token;
	char conversation[CAST_KEY_BYTES];
};

/* Sets the new desk up with the code that it printed; the administrator is signed in and online. */
void cast_administrator(struct trial *trial, struct advisor *administrator);

/* Invites the n-th advisor, accepts, and puts them online. */
void cast_advisor(struct trial *trial, struct advisor *administrator, unsigned n, struct advisor *advisor);
void cast_advisor_clear(struct advisor *advisor);

/* One more session of that advisor. */
void cast_again(const struct advisor *advisor, struct http *http);

/* A visitor who has started a chat. `courier` brings the requests: it acts as the visitor until it gets another token. */
void cast_visitor(struct http *courier, unsigned n, struct visitor *visitor);
void cast_visitor_clear(struct visitor *visitor);

/* The advisor takes the conversation's chat. */
void cast_take(struct advisor *advisor, const char *conversation);

/* Makes `courier` act as the visitor. */
void cast_act_as(struct http *courier, const struct visitor *visitor);

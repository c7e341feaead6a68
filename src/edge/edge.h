/*
 * The edge: what the ways in and out share. One per process, made by app/, used on the loop thread only.
 *
 * Everything behind `crew` is reached by works; everything else here is the loop's own and needs no lock.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "base/clock.h"
#include "base/secret.h"
#include "bus/bus.h"
#include "store/crew.h"

struct crowd;
/* Works that are let through a few at a time (desk/file/file_api.c). */
struct gate {
	unsigned open;  /* how many are with the writer */
	GQueue waiting; /* of struct call */
};

struct flood_table;
struct ticket_table;
struct hub;
struct pusher;
struct embeds;
struct passwords;
struct about;

/* What a connection can say of its caller before anything is looked up. */
enum credential_kind {
	CREDENTIAL_NONE,
	CREDENTIAL_TOKEN,
	CREDENTIAL_SESSION,
	CREDENTIAL_VISITOR,
	CREDENTIAL_SYSTEM, /* the desk itself: jobs and the command line */
};

struct credential {
	enum credential_kind kind;
	struct digest token;         /* TOKEN: digest of a session's token, from a cookie */
	int64_t session_id;          /* SESSION: of a socket, whose ticket a session made */
	char visitor[KEY_CHARS + 1]; /* VISITOR: the public id of a visitor's token; its authenticity was checked */
	int64_t visitor_until;       /* VISITOR: when that token ends; 0: never */
};

struct edge {
	struct crew *crew;
	struct bus *bus;
	const struct clock *clock;
	struct digest key; /* from the key file beside the store: signs visitors' tokens */
	char *base_url;    /* "http://localhost:8080": links, origins and cookies derive from it */
	struct flood_table *floods;
	struct crowd *crowd; /* NULL: nobody counts connections */
	struct ticket_table *tickets;
	struct embeds *embeds;       /* which pages may show which site; NULL in tests without */
	struct hub *hub;             /* NULL in tests without sockets */
	struct pusher *pusher;       /* NULL in tests without */
	struct passwords *passwords; /* the pool of two that hashes */
	struct gate parts;           /* of files */
	const struct about *about;   /* NULL in tests without */
	bool is_stopping;
};

/*
 * The demo desk while it is filled: who works there, and how commands are sent in their names and in visitors', at times in
 * the past. What is said stands in demo_scenes.c, when and by which commands in demo_play.c.
 *
 * On the caller's thread.
 */
#pragma once

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "desk/people/actor.h"
#include "edge/edge.h"
#include "store/query.h"

/* Who works there; the order of demo_staff. */
enum demo_who { ANN, BEN, CLEO, LENA, DEMO_STAFF, VISITOR = DEMO_STAFF };

enum demo_team { NO_TEAM, ORDERS, GERMAN, DEMO_TEAMS };
enum demo_site { OWN_SITE, GERMAN_SITE, SPANISH_SITE, DEMO_SITES };

struct demo_person {
	const char *email, *name;
	enum role role;
};
extern const struct demo_person demo_staff[DEMO_STAFF];

struct demo {
	struct edge edge;
	struct clock clock;
	unsigned counter; /* of the callers' ids */
	json_t *answer;   /* the last one */
	GError *error;

	int64_t people[DEMO_STAFF];
	struct credential staff[DEMO_STAFF];
	int64_t teams[DEMO_TEAMS];
	char *sites[DEMO_SITES]; /* keys; NULL: the desk's own */
};

/* What sends a command, and from where. */
struct demo_caller {
	const struct credential *credential;
	const char *address, *agent; /* NULL: those of the staff */
	struct bytes bytes;          /* of a command that takes some */
};

/*
 * Sends a command at the demo's time; demo->answer is its answer. `body` is taken over, and gets an id where the command wants one.
 * Words that are NULL in it were left out by who packed it.
 */
CHECKED gboolean demo_send(
    struct demo *demo, const struct demo_caller *caller, const char *name, json_t *body, GError **error);

/* The same in the name of one of the staff. */
CHECKED gboolean demo_send_as(struct demo *demo, enum demo_who who, const char *name, json_t *body, GError **error);

/* Once the staff is signed in: the teams, the sites in two more languages, canned answers. */
CHECKED gboolean demo_furnish(struct demo *demo, GError **error);

/* Once all has been said: fewer seats than people, and who works when in the week that `now_ms` is in, and in those after it. */
CHECKED gboolean demo_plan(struct demo *demo, int64_t now_ms, GError **error);

/*
 * Teams: people who share chats.
 *
 * A team has a name and members, who are people of the desk; somebody may be in several. A team is never removed, since chats name
 * it: it is archived, and then nobody hands anything to it any more.
 *
 * Decisions run inside a tx and tell team.changed.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

struct tx;

struct team_member {
	int64_t person;
};
struct team_members {
	const struct team_member *rows;
	size_t count;
};

/* A team in the list of teams; body of team.changed. */
struct team {
	int64_t id;
	const char *name;
	struct team_members members; /* in the order of their ids */
	bool is_archived;
};
struct team_rows {
	const struct team *rows;
	size_t count;
};
struct team_list {
	struct team_rows teams;
};

/* All that are not archived, by name. */
CHECKED gboolean team_list(struct tx *tx, struct team_list *answer, GError **error);

struct team_add {
	const char *id; /* the caller's own */
	const char *name;
	struct team_members members; /* may be left out */
};
struct team_change {
	int64_t team;
	const char *name;            /* NULL: stays */
	struct team_members members; /* rows NULL: stay; else these and no others */
};
struct team_ask {
	int64_t team;
};

/*
 * Adds a team. REFUSED_STATE when there are LIMIT_TEAMS already, REFUSED_UNKNOWN (field "members[2]") for somebody who does not
 * belong to the desk.
 */
CHECKED gboolean team_add(struct tx *tx, const struct team_add *ask, struct team *answer, GError **error);

/* REFUSED_UNKNOWN (field team) for one that is not there or is archived. */
CHECKED gboolean team_change(struct tx *tx, const struct team_change *ask, struct team *answer, GError **error);

/* Archiving an archived one changes nothing. */
CHECKED gboolean team_archive(struct tx *tx, const struct team_ask *ask, GError **error);

/* Whether there is such a team that is not archived: REFUSED_UNKNOWN with that field when not. */
CHECKED gboolean team_check(struct tx *tx, int64_t id, const char *field, GError **error);

/*
 * Faults that are planted so that it is seen that they are found (see year.h): some are done to the tables behind the desk's back,
 * once; the others are in what the program does by itself, and stand in year_desk.c.
 */
#include <string.h>

#include "tests/kit/database.h"
#include "tests/sim/year_inside.h"

#define FIRST_STEP 300

/* Each with words of the rule that must find it: whatever else breaks the run does not. */
static const struct fault {
	const char *name, *found_by;
} faults[] = {
	{ "load", "and the counter says" },              /* a chat ends, and the load stays */
	{ "both", "and offered to" },                    /* a chat is owned, and somebody else is asked to take it */
	{ "stranded", "who has no seat" },               /* a chat is owned by somebody who has gone home */
	{ "vanished", "and by the log" },                /* somebody lost their seat, and the log does not say so */
	{ "overfull", "seats in use" },                  /* somebody is let in though every seat is taken */
	{ "idle", "and one is free" },                   /* a seat is free, and the first in the line is not let in */
	{ "pushed", "stands ahead of" },                 /* a visitor is put ahead of those who wait */
	{ "early", "expired" },                          /* offers expire before their time */
	{ "late", "after its end" },                     /* and long after it */
	{ "unrouted", "somebody able" },                 /* a free advisor is not noticed */
	{ "ghost", "and has a seat" },                   /* nor one who is not heard of */
	{ "unwound", "does not wind down" },             /* nobody winds down */
	{ "hasty", "winds down," },                      /* or too early */
	{ "favoured", "nobody gave it that" },           /* a visitor goes first, and no lead said so */
	{ "skipped", "stands ahead of it" },             /* whoever stands first is offered to nobody */
	{ "astray", "stands in the line of" },           /* a visitor stands in another pool's line */
	{ "misled", "is on duty in pool" },              /* somebody is put out of their team, and signs in elsewhere */
	{ "stretched", "has a cap of" },                 /* somebody is given more chats than a lead said */
	{ "barged", "has another place in the line" },   /* somebody moves up in the line for seats */
	{ "elbowed", "in the line for seats, who was" }, /* whoever comes there stands first */
};

void
plant_list(void (*say)(const char *name, const char *found_by))
{
	for (size_t i = 0; i < G_N_ELEMENTS(faults); i++)
		say(faults[i].name, faults[i].found_by);
}

bool
plant_is_known(const char *name)
{
	for (size_t i = 0; i < G_N_ELEMENTS(faults); i++) {
		if (strcmp(faults[i].name, name) == 0)
			return true;
	}
	return false;
}

bool
is_planted(const struct year *year, const char *fault)
{
	return year->plant != NULL && strcmp(year->plant, fault) == 0;
}

/* ---- Behind the desk's back ---- */

static int
somebody(const struct year *year, bool has_seat, bool is_in_line)
{
	for (int i = 0; i < PEOPLE; i++) {
		const struct duty_now *duty = &year->after.duties[i];

		if (has_seat         ? duty->seat == OWN_SEAT && duty->state == ONLINE && duty->load == 0
			: is_in_line ? duty->state == IN_LINE && duty->gone_since == 0
				     : duty->state == OFFLINE)
			return i;
	}
	return -1;
}

static const struct chat_now *
some_chat(const struct year *year, bool is_owned)
{
	for (guint i = year->after.chats->len; i > 0; i--) {
		const struct chat_now *chat = chat_at(&year->after, i - 1);

		if (chat->is_owned == is_owned && chat->offered_to < 0 && !chat->is_quiet)
			return chat;
	}
	return NULL;
}

/* One who waits, and is not the last of their pool. */
static const struct chat_now *
some_head(const struct year *year)
{
	for (guint i = 0; i + 1 < year->after.chats->len; i++) {
		const struct chat_now *chat = chat_at(&year->after, i);

		for (guint k = i + 1; k < year->after.chats->len; k++) {
			const struct chat_now *other = chat_at(&year->after, k);

			if (!chat->is_owned && chat->offered_to < 0 && !other->is_owned && other->offered_to < 0 &&
			    chat->pool == other->pool && chat->priority >= other->priority)
				return chat;
		}
	}
	return NULL;
}

static int64_t
id_of(const struct year *year, int person)
{
	return year->people[person].who->person;
}

static char *
of_chats(const struct year *year)
{
	const struct chat_now *chat = some_chat(year, !is_planted(year, "pushed"));
	int gone = somebody(year, false, false);

	if (chat == NULL || gone < 0)
		return NULL;
	if (is_planted(year, "load"))
		return g_strdup_printf(
		    "UPDATE chat SET state = 'closed', ended_at = 1, ended_by = 'system', owner_id = NULL WHERE id = %" G_GINT64_FORMAT,
		    chat->id);
	if (is_planted(year, "both"))
		return g_strdup_printf("UPDATE chat SET offered_to = %" G_GINT64_FORMAT " WHERE id = %" G_GINT64_FORMAT,
		    id_of(year, gone), chat->id);
	if (is_planted(year, "stranded"))
		return g_strdup_printf("UPDATE chat SET owner_id = %" G_GINT64_FORMAT " WHERE id = %" G_GINT64_FORMAT,
		    id_of(year, gone), chat->id);
	return g_strdup_printf(
	    "UPDATE chat SET waiting_since = 1 WHERE id = %" G_GINT64_FORMAT
	    " AND EXISTS (SELECT 1 FROM chat h WHERE h.state = 'waiting' AND h.pool_id = chat.pool_id AND h.id < chat.id)",
	    chat->id);
}

static char *
of_lines(const struct year *year)
{
	const struct chat_now *chat = is_planted(year, "skipped") ? some_head(year) : some_chat(year, false);

	if (chat == NULL)
		return NULL;
	if (is_planted(year, "favoured"))
		return g_strdup_printf("UPDATE chat SET priority = 7 WHERE id = %" G_GINT64_FORMAT, chat->id);
	if (is_planted(year, "astray"))
		return g_strdup_printf(
		    "UPDATE chat SET pool_id = %d WHERE id = %" G_GINT64_FORMAT, chat->pool == 0 ? 2 : 1, chat->id);
	/* By what is made up, everybody has passed already. */
	return g_strdup_printf("INSERT INTO offer (chat_id, person_id, offered_at, expires_at, ended_at, outcome)"
			       " SELECT %" G_GINT64_FORMAT ", id, 1, 1, 1, 'declined' FROM person",
	    chat->id);
}

static int
somebody_of_a_team(const struct year *year)
{
	for (int i = 0; i < PEOPLE; i++) {
		int team = year->people[i].team;

		if (year->after.duties[i].state == OFFLINE && team >= 0 && !year->after.pools[team + 1].is_removed)
			return i;
	}
	return -1;
}

static int
somebody_behind(const struct year *year)
{
	for (int i = 0; i < PEOPLE; i++) {
		const struct duty_now *duty = &year->after.duties[i];

		for (int k = 0; duty->state == IN_LINE && k < PEOPLE; k++) {
			const struct duty_now *other = &year->after.duties[k];

			if (other->state == IN_LINE && other->pool == duty->pool &&
			    other->line_since < duty->line_since)
				return i;
		}
	}
	return -1;
}

static char *
of_the_next(const struct year *year)
{
	(void)year;
	return g_strdup(
	    "CREATE TRIGGER elbowed AFTER UPDATE OF state ON duty WHEN NEW.state = 'line' AND OLD.since = NEW.since"
	    " BEGIN UPDATE duty SET line_since = 1 WHERE person_id = NEW.person_id; END");
}

static char *
of_people(const struct year *year)
{
	int person = is_planted(year, "misled") ? somebody_of_a_team(year)
	    : is_planted(year, "barged")        ? somebody_behind(year)
						: somebody(year, true, false);

	if (person < 0)
		return NULL;
	if (is_planted(year, "misled"))
		return g_strdup_printf(
		    "DELETE FROM team_member WHERE person_id = %" G_GINT64_FORMAT, id_of(year, person));
	if (is_planted(year, "barged"))
		return g_strdup_printf(
		    "UPDATE duty SET line_since = 1 WHERE person_id = %" G_GINT64_FORMAT, id_of(year, person));
	return g_strdup_printf(
	    "UPDATE duty SET cap = cap + 1 WHERE person_id = %" G_GINT64_FORMAT, id_of(year, person));
}

static char *
of_seats(const struct year *year)
{
	int person = somebody(year, is_planted(year, "vanished"), true);
	int64_t id = person < 0 ? 0 : id_of(year, person),
		pool = person < 0 ? 0 : year->after.pools[year->after.duties[person].pool].id;

	if (person < 0)
		return NULL;
	if (is_planted(year, "vanished"))
		return g_strdup_printf("DELETE FROM duty WHERE person_id = %" G_GINT64_FORMAT
				       "; UPDATE person SET status = 'offline' WHERE id = %" G_GINT64_FORMAT
				       "; UPDATE pool SET used = used - 1 WHERE id = %" G_GINT64_FORMAT,
		    id, id, pool);
	if (is_planted(year, "idle"))
		return g_strdup_printf("UPDATE pool SET size = used + 1 WHERE id = %" G_GINT64_FORMAT, pool);
	return g_strdup_printf(
	    "UPDATE duty SET state = 'online', seat = 'own', line_since = NULL, is_able = 1 WHERE person_id = %" G_GINT64_FORMAT
	    "; UPDATE person SET status = 'online' WHERE id = %" G_GINT64_FORMAT
	    "; UPDATE pool SET used = used + 1 WHERE id = %" G_GINT64_FORMAT
	    "; INSERT INTO seat_log (at, pool_id, person_id, what) VALUES (1, %" G_GINT64_FORMAT ", %" G_GINT64_FORMAT
	    ", 'let in')",
	    id, id, pool, pool, id);
}

struct trick {
	const char *fault;
	char *(*sql)(const struct year *year);
	bool is_repeated; /* it may come to nothing the first time */
};

static const struct trick tricks[] = {
	{ "load", of_chats, false },
	{ "both", of_chats, false },
	{ "stranded", of_chats, false },
	{ "pushed", of_chats, true },
	{ "vanished", of_seats, false },
	{ "overfull", of_seats, false },
	{ "idle", of_seats, false },
	{ "favoured", of_lines, false },
	{ "skipped", of_lines, true },
	{ "astray", of_lines, false },
	{ "misled", of_people, false },
	{ "stretched", of_people, false },
	{ "barged", of_people, false },
	{ "elbowed", of_the_next, false },
};

void
plant(struct year *year)
{
	if (year->plant == NULL || year->is_plant_done || year->run.step < FIRST_STEP)
		return;
	for (size_t i = 0; i < G_N_ELEMENTS(tricks); i++) {
		g_autofree char *sql = is_planted(year, tricks[i].fault) ? tricks[i].sql(year) : NULL;
		g_autofree char *wrong = sql == NULL ? NULL : database_run(kit_path(year->desk), sql);

		if (wrong != NULL)
			year_broken(year, "the fault could not be planted: %s", wrong);
		year->is_plant_done = year->is_plant_done || (sql != NULL && !tricks[i].is_repeated);
	}
}

/*
 * Lines of stories about who is offered which chat, caps, and chats in which nobody speaks: see lines.h. Once the desk offers chats it
 * does so after every line, as the program does after everything that is told.
 */
#include <string.h>

#include "desk/events.h"
#include "tests/stories/lines.h"

/* ---- How the desk is set ---- */

static void
on_event(void *data, const struct event *event)
{
	((struct play *)data)->calls += event->kind == EVENT_BACKUP_ALERTED ? 1 : 0;
}

bool
line_offers(struct play *play, char **words)
{
	(void)words;
	play->is_routed = true;
	bus_subscribe(kit_edge(play->desk)->bus, on_event, play);
	return line_is_done(
	    play, kit_do(play->desk, kit_administrator(play->desk), "seat.status", "{s:s}", "status", "offline"));
}

bool
line_pick(struct play *play, char **words)
{
	(void)words;
	return line_set(play, "offers", json_string("no"));
}

bool
line_strict(struct play *play, char **words)
{
	(void)words;
	return line_set(play, "strict", json_string("yes"));
}

bool
line_warned_after(struct play *play, char **words)
{
	return line_set(play, "quiet_warn_minutes", json_integer(line_number(words[0])));
}

bool
line_closed_after(struct play *play, char **words)
{
	return line_set(play, "quiet_close_minutes", json_integer(line_number(words[0])));
}

bool
line_pool_holds(struct play *play, char **words)
{
	return line_pool(play, json_pack("{s:i, s:i}", "size", line_number(words[0]), "cap", line_number(words[1])));
}

static bool
able(struct play *play, const char *name, const char *field, json_t *value)
{
	struct member *member = play_member(play, name);

	if (member == NULL) {
		json_decref(value);
		return false;
	}
	return line_is_done(play,
	    kit_do(play->desk, kit_administrator(play->desk), "person.abilities_change", "{s:I, s:o}", "person",
		member->who->person, field, value));
}

bool
line_holds(struct play *play, char **words)
{
	return able(play, words[0], "cap", json_integer(line_number(words[1])));
}

bool
line_knows(struct play *play, char **words)
{
	return able(play, words[0], "topics", json_pack("[s]", words[1]));
}

bool
line_speaks(struct play *play, char **words)
{
	return able(play, words[0], "languages", json_pack("[s]", words[1]));
}

/* ---- What is done ---- */

static bool
start_with(struct play *play, const char *name, const char *field, const char *value)
{
	struct member *member = play_member(play, name);

	return member != NULL && play_send(play, member, "chat.start", json_pack("{s:s}", field, value));
}

bool
line_start_about(struct play *play, char **words)
{
	return start_with(play, words[0], "topic", words[1]);
}

bool
line_start_in(struct play *play, char **words)
{
	return start_with(play, words[0], "language", words[1]);
}

bool
line_decline(struct play *play, char **words)
{
	return line_about(play, words[0], "offer.decline", words[1], NULL, NULL);
}

/* ---- How it stands ---- */

/* The chat of a visitor as staff sees it, or NULL after play_wrong(). */
static json_t *
row_of(struct play *play, const char *visitor)
{
	const char *key = play_conversation(play, visitor);

	if (key == NULL)
		return NULL;
	return kit_do(play->desk, kit_administrator(play->desk), "chat.get", "{s:s}", "conversation", key)->body;
}

static bool
is_offered(struct play *play, const char *visitor, const char *person)
{
	json_t *row = row_of(play, visitor);
	const char *name = json_string_value(json_object_get(json_object_get(row, "offer"), "name"));

	if (row == NULL)
		return false;
	return g_ascii_strcasecmp(name == NULL ? "nobody" : name, person) == 0 ||
	    play_wrong(play, "expected that it is offered to %s, seen %s", person, name == NULL ? "nobody" : name);
}

bool
line_is_offered(struct play *play, char **words)
{
	return is_offered(play, words[0], words[1]);
}

bool
line_is_not_offered(struct play *play, char **words)
{
	return is_offered(play, words[0], "nobody");
}

static bool
counts(struct play *play, const char *visitor, bool does)
{
	json_t *row = row_of(play, visitor);

	return row != NULL &&
	    (json_is_true(json_object_get(row, "is_quiet")) != does ||
		play_wrong(play, "%s's chat %s", visitor, does ? "does not count" : "counts"));
}

bool
line_counts(struct play *play, char **words)
{
	return counts(play, words[0], true);
}

bool
line_counts_not(struct play *play, char **words)
{
	return counts(play, words[0], false);
}

static bool
calls(struct play *play, unsigned wanted)
{
	unsigned seen = play->calls;

	play->calls = 0;
	return seen == wanted || play_wrong(play, "expected %u calls for help, seen %u", wanted, seen);
}

bool
line_is_called(struct play *play, char **words)
{
	(void)words;
	return calls(play, 1);
}

bool
line_is_not_called(struct play *play, char **words)
{
	(void)words;
	return calls(play, 0);
}

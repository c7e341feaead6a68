/* Lines of stories about seats, the line for them, and what the board and the log say: see lines.h. */
#include <string.h>

#include "tests/stories/lines.h"

/* "2026-03-30 16:50" as the API has it. */
static char *
moment(const char *text)
{
	return strlen(text) < 16 ? g_strdup(text) : g_strdup_printf("%.10sT%.5s:00.000Z", text, text + 11);
}

static bool
says(struct play *play, const char *name, const char *status, const char *reason, const char *back_at)
{
	struct member *member = play_member(play, name);

	return member != NULL &&
	    play_send(play, member, "seat.status",
		json_pack("{s:s, s:s*, s:s*}", "status", status, "reason", reason, "back_at", back_at));
}

bool
line_go_away_until(struct play *play, char **words)
{
	g_autofree char *back_at = moment(words[2]);

	return says(play, words[0], "away", words[1], back_at);
}

bool
line_go_offline(struct play *play, char **words)
{
	return says(play, words[0], "offline", NULL, NULL);
}

bool
line_go_to_phone(struct play *play, char **words)
{
	return says(play, words[0], "phone", NULL, NULL);
}

bool
line_free_seat(struct play *play, char **words)
{
	struct member *member = play_member(play, words[0]), *whose = play_member(play, words[1]);

	return member != NULL && whose != NULL &&
	    play_send(play, member, "seat.free",
		json_pack("{s:I, s:s}", "person", (json_int_t)whose->who->person, "reason", words[2]));
}

bool
line_handover_seats(struct play *play, char **words)
{
	return line_set(play, "handover_seats", json_integer(line_number(words[0])));
}

bool
line_read_seat_log(struct play *play, char **words)
{
	struct member *member = play_member(play, words[0]);

	return member != NULL && play_send(play, member, "seat.log", json_object());
}

/* ---- The board ---- */

/* Somebody's row, as the administrator sees the board; NULL for who is not on it, or after play_wrong(). */
static const json_t *
row_of(struct play *play, const char *name)
{
	struct member *member = play_member(play, name);
	json_t *row;
	size_t i;

	if (member == NULL)
		return NULL;
	json_array_foreach(
	    json_object_get(kit_do(play->desk, kit_administrator(play->desk), "seat.board", NULL)->body, "people"), i,
	    row)
	{
		if (json_integer_value(json_object_get(row, "id")) == member->who->person)
			return row;
	}
	return NULL;
}

static const char *
text_of(const json_t *row, const char *field)
{
	const char *text = json_string_value(json_object_get(row, field));

	return text == NULL ? "" : text;
}

static bool
is_text(struct play *play, const json_t *row, const char *field, const char *wanted)
{
	return strcmp(text_of(row, field), wanted) == 0 ||
	    play_wrong(play, "expected %s \"%s\", seen \"%s\"", field, wanted, text_of(row, field));
}

static bool
is_number(struct play *play, const json_t *row, const char *field, int wanted)
{
	json_int_t seen = json_integer_value(json_object_get(row, field));

	return seen == wanted || play_wrong(play, "expected %s %d, seen %" JSON_INTEGER_FORMAT, field, wanted, seen);
}

bool
line_is_status(struct play *play, char **words)
{
	const json_t *row = row_of(play, words[0]);

	if (play->wrong != NULL)
		return false;
	if (row == NULL)
		return strcmp(words[1], "offline") == 0 || play_wrong(play, "expected %s, seen offline", words[1]);
	return is_text(play, row, "status", words[1]);
}

bool
line_stands_in_line(struct play *play, char **words)
{
	return is_number(play, row_of(play, words[0]), "place", line_number(words[1]));
}

bool
line_seat_expected(struct play *play, char **words)
{
	g_autofree char *at = moment(words[1]);

	return is_text(play, row_of(play, words[0]), "expected_at", at);
}

bool
line_is_away_until(struct play *play, char **words)
{
	const json_t *row = row_of(play, words[0]);
	g_autofree char *at = moment(words[2]);

	return is_text(play, row, "status", "away") && is_text(play, row, "reason", words[1]) &&
	    is_text(play, row, "back_at", at);
}

bool
line_winds_down(struct play *play, char **words)
{
	const json_t *row = row_of(play, words[0]);
	g_autofree char *at = moment(words[2]);

	return is_text(play, row, "status", "winding") && is_number(play, row, "chats", line_number(words[1])) &&
	    is_text(play, row, "ends_at", at);
}

bool
line_has_seat(struct play *play, char **words)
{
	return is_text(play, row_of(play, words[0]), "seat", words[1]);
}

bool
line_seats_taken(struct play *play, char **words)
{
	json_t *pools =
	    json_object_get(kit_do(play->desk, kit_administrator(play->desk), "seat.board", NULL)->body, "pools");
	const json_t *pool = json_array_get(pools, 0);

	return is_number(play, pool, "used", line_number(words[0])) &&
	    is_number(play, pool, "size", line_number(words[1]));
}

bool
line_log_says(struct play *play, char **words)
{
	struct member *member = play_member(play, words[0]);
	const struct kit_answer *answer;
	const json_t *line;

	if (member == NULL)
		return false;
	answer = kit_do(play->desk, kit_administrator(play->desk), "seat.log", "{s:I, s:i}", "person",
	    (json_int_t)member->who->person, "limit", 1);
	line = json_array_get(json_object_get(answer->body, "lines"), 0);

	g_autofree char *seen = g_strdup_printf(
	    "%s%s%s", text_of(line, "what"), *text_of(line, "why") == '\0' ? "" : ", ", text_of(line, "why"));

	return strcmp(seen, words[1]) == 0 || play_wrong(play, "expected \"%s\", seen \"%s\"", words[1], seen);
}

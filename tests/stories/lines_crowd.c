/* Lines of stories about what colleagues do together: see lines.h. */
#include <string.h>

#include "tests/stories/lines.h"

/* The id of the team of that name; 0 after play_wrong(). */
static int64_t
team_of(struct play *play, const char *name)
{
	const struct kit_answer *answer = kit_do(play->desk, kit_administrator(play->desk), "team.list", NULL);
	const json_t *row;
	size_t i;

	json_array_foreach(json_object_get(answer->body, "teams"), i, row)
	{
		if (g_strcmp0(json_string_value(json_object_get(row, "name")), name) == 0)
			return json_integer_value(json_object_get(row, "id"));
	}
	play_wrong(play, "there is no team \"%s\"", name);
	return 0;
}

/* Hands a chat on; `field` says to what kind of thing `id` belongs. */
static bool
hand(struct play *play, char **words, const char *field, int64_t id, const char *note)
{
	struct member *member = play_member(play, words[0]);
	const char *key = member == NULL || id == 0 ? NULL : play_conversation(play, words[1]);

	return key != NULL &&
	    play_send(play, member, "chat.transfer",
		json_pack("{s:s, s:I, s:s*}", "conversation", key, field, (json_int_t)id, "note", note));
}

static int64_t
person_of(struct play *play, const char *name)
{
	struct member *member = play_member(play, name);

	return member == NULL ? 0 : member->who->person;
}

bool
line_hand_with(struct play *play, char **words)
{
	return hand(play, words, "to", person_of(play, words[2]), words[3]);
}

bool
line_hand_to_team(struct play *play, char **words)
{
	return hand(play, words, "team", team_of(play, words[2]), NULL);
}

bool
line_hand_to_team_with(struct play *play, char **words)
{
	return hand(play, words, "team", team_of(play, words[2]), words[3]);
}

/* A command about a colleague in a visitor's chat. */
static bool
about_person(struct play *play, const char *name, const char *command, const char *whom, const char *visitor)
{
	struct member *member = play_member(play, name);
	int64_t person = person_of(play, whom);
	const char *key = member == NULL || person == 0 ? NULL : play_conversation(play, visitor);

	return key != NULL &&
	    play_send(
		play, member, command, json_pack("{s:s, s:I}", "conversation", key, "person", (json_int_t)person));
}

bool
line_ask_in(struct play *play, char **words)
{
	return about_person(play, words[0], "chat.invite", words[1], words[2]);
}

bool
line_ask_out(struct play *play, char **words)
{
	return about_person(play, words[0], "chat.leave", words[1], words[2]);
}

bool
line_leave(struct play *play, char **words)
{
	return line_about(play, words[0], "chat.leave", words[1], NULL, NULL);
}

bool
line_whisper(struct play *play, char **words)
{
	return line_about(play, words[0], "whisper.add", words[1], "text", words[2]);
}

bool
line_sees_whisper_in(struct play *play, char **words)
{
	g_autofree char *wanted = g_strdup_printf("a whisper by %s: \"%s\"", words[2], words[3]);

	return line_sees_in(play, words[0], words[1], words[2], wanted);
}

bool
line_keep_answer(struct play *play, char **words)
{
	struct member *member = play_member(play, words[0]);

	return member != NULL &&
	    play_send(play, member, "answer.add",
		json_pack(
		    "{s:s, s:s, s:s, s:s}", "shortcut", words[1], "title", words[1], "text", words[2], "scope", "own"));
}

/* The row of that visitor in a list, as the member reads it; NULL where there is none. Lives until the next command. */
static const json_t *
row_of(struct play *play, const struct member *member, const char *view, const char *visitor)
{
	const char *key = play_conversation(play, visitor);
	const struct kit_answer *answer = kit_do(play->desk, member->who, "chat.list", "{s:s}", "view", view);
	const json_t *row;
	size_t i;

	json_array_foreach(json_object_get(answer->body, "chats"), i, row)
	{
		if (g_strcmp0(json_string_value(json_object_get(row, "conversation")), key) == 0)
			return row;
	}
	return NULL;
}

bool
line_guest_of(struct play *play, char **words)
{
	struct member *member = play_member(play, words[0]);
	const json_t *row = member == NULL ? NULL : row_of(play, member, "mine", words[1]);

	return g_strcmp0(json_string_value(json_object_get(row, "as")), "guest") == 0 ||
	    play_wrong(play, "%s is no guest of %s", words[0], words[1]);
}

bool
line_waits_for_team(struct play *play, char **words)
{
	struct member *ada = play_member(play, "ada");
	const json_t *team = json_object_get(row_of(play, ada, "waiting", words[0]), "team");

	return g_strcmp0(json_string_value(json_object_get(team, "name")), words[1]) == 0 ||
	    play_wrong(play, "%s does not wait for the team %s", words[0], words[1]);
}

bool
line_finds_answers(struct play *play, char **words)
{
	struct member *member = play_member(play, words[0]);
	g_auto(GStrv) each = grammar_names(words[1]);
	g_autofree char *wanted = g_strjoinv(" ", each);
	g_autoptr(GString) seen = g_string_new(NULL);
	const json_t *row;
	size_t i;

	if (member == NULL)
		return false;
	json_array_foreach(
	    json_object_get(kit_do(play->desk, member->who, "answer.list", NULL)->body, "answers"), i, row)
	{
		g_string_append_printf(
		    seen, "%s%s", i > 0 ? " " : "", json_string_value(json_object_get(row, "shortcut")));
	}
	return strcmp(wanted, seen->str) == 0 || play_wrong(play, "expected %s, seen %s", wanted, seen->str);
}

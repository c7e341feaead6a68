/* Lines of stories that do something: see lines.h. */
#include <string.h>

#include "base/clock.h"
#include "tests/stories/lines.h"

/* ---- The world ---- */

bool
line_desk_at(struct play *play, char **words)
{
	g_autoptr(GTimeZone) zone = g_time_zone_new_utc();
	g_autofree char *text = g_strdup_printf("%sT%s:00", words[0], words[1]);
	g_autoptr(GDateTime) time = g_date_time_new_from_iso8601(text, zone);

	if (time == NULL)
		return play_wrong(play, "\"%s %s\" is no time", words[0], words[1]);
	kit_wait(play->desk, g_date_time_to_unix(time) * MS_PER_SECOND - kit_now(play->desk));
	return true;
}

bool
line_enter(struct play *play, char **words)
{
	g_auto(GStrv) names = grammar_names(words[0]);

	for (char **name = names; *name != NULL; name++) {
		if (!play_enters(play, *name, words[1]))
			return false;
	}
	return true;
}

bool
line_wait_for(struct play *play, char **words)
{
	static const struct {
		const char *unit;
		int64_t ms;
	} units[] = { { "s", MS_PER_SECOND }, { "min", MS_PER_MINUTE }, { "hour", MS_PER_HOUR },
		{ "hours", MS_PER_HOUR }, { "day", MS_PER_DAY }, { "days", MS_PER_DAY } };

	for (size_t i = 0; i < G_N_ELEMENTS(units); i++) {
		if (strcmp(units[i].unit, words[1]) == 0) {
			kit_wait(play->desk, g_ascii_strtoll(words[0], NULL, 10) * units[i].ms);
			return true;
		}
	}
	return play_wrong(play, "\"%s\" is no unit of time: s, min, hours, days", words[1]);
}

bool
line_killed(struct play *play, char **words)
{
	(void)words;
	kit_kill(play->desk);
	return true;
}

bool
line_restarted(struct play *play, char **words)
{
	(void)words;
	kit_restart(play->desk);
	return true;
}

bool
line_jobs(struct play *play, char **words)
{
	(void)words;
	kit_jobs(play->desk);
	return true;
}

bool
line_crowd(struct play *play, char **words)
{
	int64_t count = g_ascii_strtoll(words[0], NULL, 10);

	for (int64_t i = 0; i < count; i++) {
		g_autofree char *name = g_strdup_printf("guest-%" G_GINT64_FORMAT, i);
		const struct kit_answer *answer =
		    kit_do(play->desk, kit_visitor(play->desk, name), "chat.start", "{s:s}", "id", "guest-start");

		if (!answer->is_ok)
			return play_wrong(play, "visitor %" G_GINT64_FORMAT " could not start a chat: \"%s\"", i + 1,
			    kit_text(answer, "detail"));
	}
	return true;
}

/* ---- The link ---- */

bool
line_cut(struct play *play, char **words)
{
	struct member *member = play_member(play, words[0]);

	if (member == NULL)
		return false;
	member->is_cut = true;
	return true;
}

bool
line_come_back(struct play *play, char **words)
{
	struct member *member = play_member(play, words[0]);

	return member != NULL && play_come_back(play, member);
}

bool
line_reload(struct play *play, char **words)
{
	struct member *member = play_member(play, words[0]);

	if (member == NULL)
		return false;
	play_reload(member);
	return true;
}

bool
line_again(struct play *play, char **words)
{
	struct member *member = play_member(play, words[0]);

	return member != NULL && play_send_again(play, member);
}

bool
line_at_once(struct play *play, char **words)
{
	(void)words;
	return play_hold(play);
}

bool
line_that_was_at_once(struct play *play, char **words)
{
	(void)words;
	return play_let_go(play);
}

/* ---- Commands ---- */

static char *
display_name(const char *name)
{
	char *shown = g_strdup(name);

	shown[0] = g_ascii_toupper(shown[0]);
	return shown;
}

static bool
start_saying(struct play *play, const char *name, const char *text)
{
	struct member *member = play_member(play, name);
	g_autofree char *shown = display_name(name);

	return member != NULL &&
	    play_send(play, member, "chat.start", json_pack("{s:s, s:s*}", "name", shown, "text", text));
}

bool
line_start(struct play *play, char **words)
{
	return start_saying(play, words[0], NULL);
}

bool
line_start_with(struct play *play, char **words)
{
	return start_saying(play, words[0], words[1]);
}

bool
line_about(
    struct play *play, const char *name, const char *command, const char *visitor, const char *field, const char *text)
{
	struct member *member = play_member(play, name);
	const char *key = member == NULL ? NULL : play_conversation(play, visitor);
	json_t *body = key == NULL ? NULL : json_pack("{s:s}", "conversation", key);

	if (body == NULL)
		return false;
	if (field != NULL)
		json_object_set_new(body, field, json_string(text));
	return play_send(play, member, command, body);
}

bool
line_say(struct play *play, char **words)
{
	return line_about(play, words[0], "message.send", words[0], "text", words[1]);
}

bool
line_say_to(struct play *play, char **words)
{
	return line_about(play, words[0], "message.send", words[1], "text", words[2]);
}

bool
line_note(struct play *play, char **words)
{
	return line_about(play, words[0], "note.add", words[1], "text", words[2]);
}

/* The seq of the newest note with that text as the member finds it; 0: there is none. */
int64_t
seq_of_note(struct play *play, const struct member *member, const char *key, const char *text)
{
	const struct kit_answer *answer =
	    kit_do(play->desk, member->who, "conversation.items", "{s:s}", "conversation", key);
	int64_t seq = 0;
	const json_t *item;
	size_t i;

	json_array_foreach(json_object_get(answer->body, "items"), i, item)
	{
		if (g_strcmp0(json_string_value(json_object_get(item, "kind")), "note") == 0 &&
		    g_strcmp0(json_string_value(json_object_get(item, "text")), text) == 0)
			seq = json_integer_value(json_object_get(item, "seq"));
	}
	return seq;
}

bool
line_correct(struct play *play, char **words)
{
	struct member *member = play_member(play, words[0]);
	const char *key = member == NULL ? NULL : play_conversation(play, words[2]);
	int64_t seq = key == NULL ? 0 : seq_of_note(play, member, key, words[1]);

	if (key == NULL)
		return false;
	if (seq == 0)
		return play_wrong(play, "%s finds no note \"%s\"", words[0], words[1]);
	return play_send(play, member, "note.add",
	    json_pack("{s:s, s:s, s:I}", "conversation", key, "text", words[3], "corrects", (json_int_t)seq));
}

bool
line_take(struct play *play, char **words)
{
	return line_about(play, words[0], "chat.take", words[1], NULL, NULL);
}

/* One by one, longest waiting first. */
bool
line_take_all(struct play *play, char **words)
{
	struct member *member = play_member(play, words[0]);
	const char *but = member == NULL ? NULL : play_conversation(play, words[1]);
	json_t *list = but == NULL
	    ? NULL
	    : json_incref(kit_do(play->desk, member->who, "chat.list", "{s:s}", "view", "waiting")->body);
	const json_t *row;
	bool is_right = list != NULL;
	size_t i;

	json_array_foreach(json_object_get(list, "chats"), i, row)
	{
		const char *key = json_string_value(json_object_get(row, "conversation"));

		is_right = is_right &&
		    (strcmp(key, but) == 0 ||
			play_send(play, member, "chat.take", json_pack("{s:s}", "conversation", key)));
	}
	json_decref(list);
	return is_right;
}

bool
line_put_back(struct play *play, char **words)
{
	return line_about(play, words[0], "chat.release", words[1], NULL, NULL);
}

bool
line_hand(struct play *play, char **words)
{
	struct member *member = play_member(play, words[0]), *to = play_member(play, words[2]);
	const char *key = member == NULL || to == NULL ? NULL : play_conversation(play, words[1]);

	return key != NULL &&
	    play_send(play, member, "chat.transfer",
		json_pack("{s:s, s:I}", "conversation", key, "to", (json_int_t)to->who->person));
}

bool
line_end(struct play *play, char **words)
{
	return line_about(play, words[0], "chat.end", words[0], NULL, NULL);
}

bool
line_end_of(struct play *play, char **words)
{
	return line_about(play, words[0], "chat.end", words[1], NULL, NULL);
}

bool
line_read_chat(struct play *play, char **words)
{
	return line_about(play, words[0], "conversation.items", words[1], NULL, NULL);
}

static bool
plain(struct play *play, const char *name, const char *command, json_t *body)
{
	struct member *member = play_member(play, name);

	if (member != NULL)
		return play_send(play, member, command, body);
	json_decref(body);
	return false;
}

bool
line_read_waiting(struct play *play, char **words)
{
	return plain(play, words[0], "chat.list", json_pack("{s:s}", "view", "waiting"));
}

bool
line_read_people(struct play *play, char **words)
{
	return plain(play, words[0], "person.list", json_object());
}

bool
line_read_audit(struct play *play, char **words)
{
	return plain(play, words[0], "audit.list", json_object());
}

bool
line_go_away(struct play *play, char **words)
{
	return plain(play, words[0], "seat.status", json_pack("{s:s}", "status", "away"));
}

bool
line_come_online(struct play *play, char **words)
{
	return plain(play, words[0], "seat.status", json_pack("{s:s}", "status", "online"));
}

static bool
of_person(struct play *play, const char *name, const char *command, const char *person, const char *role)
{
	struct member *member = play_member(play, name), *whom = play_member(play, person);

	return member != NULL && whom != NULL &&
	    play_send(
		play, member, command, json_pack("{s:I, s:s*}", "person", (json_int_t)whom->who->person, "role", role));
}

bool
line_make_role(struct play *play, char **words)
{
	return of_person(play, words[0], "person.role", words[1], words[2]);
}

bool
line_disable(struct play *play, char **words)
{
	return of_person(play, words[0], "person.disable", words[1], NULL);
}

bool
line_enable(struct play *play, char **words)
{
	return of_person(play, words[0], "person.enable", words[1], NULL);
}

bool
line_log_out(struct play *play, char **words)
{
	return plain(play, words[0], "session.end", json_object());
}

/* Not by play_send(): the cookie that comes back is what counts. */
bool
line_log_in(struct play *play, char **words)
{
	struct member *member = play_member(play, words[0]);
	const struct kit_answer *answer = member == NULL ? NULL : kit_log_in(play->desk, member->who);
	const char *because = play->wish.because;

	if (answer == NULL)
		return false;
	if (answer->is_ok)
		return because == NULL ||
		    play_wrong(play, "expected a refusal with \"%s\", but %s is signed in", because, words[0]);
	if (because != NULL && strstr(kit_text(answer, "detail"), because) != NULL)
		return true;
	return play_wrong(play, "%s cannot sign in: \"%s\"", words[0], kit_text(answer, "detail"));
}

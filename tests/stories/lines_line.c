/* Lines of stories about who waits, forms, promises, ratings and blocks: see lines.h. */
#include <string.h>

#include "base/clock.h"
#include "tests/stories/lines.h"

int
line_number(const char *text)
{
	return (int)g_ascii_strtoll(text, NULL, 10);
}

bool
line_is_done(struct play *play, const struct kit_answer *answer)
{
	return answer->is_ok || play_wrong(play, "refused: \"%s\"", kit_text(answer, "detail"));
}

/* ---- How the desk is set ---- */

bool
line_set(struct play *play, const char *setting, json_t *value)
{
	return line_is_done(
	    play, kit_do(play->desk, kit_administrator(play->desk), "setting.change", "{s:o}", setting, value));
}

bool
line_pool(struct play *play, json_t *change)
{
	const struct kit_actor *ada = kit_administrator(play->desk);
	json_t *pools = json_object_get(kit_do(play->desk, ada, "pool.list", NULL)->body, "pools");
	struct kit_answer changed;
	bool is_done;

	json_object_set(change, "pool", json_object_get(json_array_get(pools, 0), "id"));
	kit_send(play->desk, ada, "pool.change", change, &changed);
	is_done = line_is_done(play, &changed);
	kit_answer_clear(&changed);
	return is_done;
}

/* The desk's own pages get a site with these fields beside the usual ones. */
static bool
own_site(struct play *play, json_t *more)
{
	const struct kit_actor *ada = kit_administrator(play->desk);
	json_t *body = json_pack("{s:s, s:s, s:s, s:[]}", "id", "own-site", "name", "Own", "language", "en", "origins");
	struct kit_answer added;
	bool is_right;

	json_object_update(body, more);
	json_decref(more);
	kit_send(play->desk, ada, "site.add", body, &added);
	is_right = line_is_done(play, &added) &&
	    line_is_done(play, kit_do(play->desk, ada, "site.own", "{s:s}", "site", kit_text(&added, "site")));
	kit_answer_clear(&added);
	return is_right;
}

bool
line_answers_from(struct play *play, char **words)
{
	json_t *spans = json_array();

	for (int weekday = 1; weekday <= 5; weekday++)
		json_array_append_new(spans,
		    json_pack("{s:i, s:i, s:i}", "weekday", weekday, "from_minute", 60 * line_number(words[0]),
			"to_minute", 60 * line_number(words[1])));
	return own_site(play, json_pack("{s:o}", "hours", spans));
}

bool
line_may_wait(struct play *play, char **words)
{
	return own_site(play, json_pack("{s:i}", "max_waiting", line_number(words[0])));
}

bool
line_holds_well(struct play *play, char **words)
{
	if (!line_set(play, "chats_each", json_integer(line_number(words[0]))))
		return false;
	/* Those who are online hold as many from the next round on. */
	kit_jobs(play->desk);
	return true;
}

bool
line_vanish(struct play *play, char **words)
{
	struct member *member = play_member(play, words[0]);

	if (member == NULL)
		return false;
	kit_vanish(member->who);
	return true;
}

bool
line_come_from(struct play *play, char **words)
{
	g_auto(GStrv) names = grammar_names(words[0]);

	for (char **name = names; *name != NULL; name++) {
		struct member *member = play_member(play, *name);

		if (member == NULL)
			return false;
		kit_comes_from(member->who, g_intern_string(words[1]));
	}
	return true;
}

/* ---- What people do ---- */

/* About the conversation of a visitor; `more` is taken over. */
static bool
about(struct play *play, const char *name, const char *command, const char *visitor, json_t *more)
{
	struct member *member = play_member(play, name);
	const char *key = member == NULL ? NULL : play_conversation(play, visitor);

	if (key == NULL) {
		json_decref(more);
		return false;
	}
	json_object_set_new(more, "conversation", json_string(key));
	return play_send(play, member, command, more);
}

bool
line_leave_form(struct play *play, char **words)
{
	struct member *member = play_member(play, words[0]);
	g_autofree char *email = g_strdup_printf("%s@home.example", words[0]);
	g_autofree char *shown = g_strdup(words[0]);

	shown[0] = g_ascii_toupper(shown[0]);
	return member != NULL &&
	    play_send(play, member, "form.send",
		json_pack("{s:s, s:s, s:s}", "name", shown, "email", email, "text", words[1]));
}

bool
line_reopen(struct play *play, char **words)
{
	return about(play, words[0], "chat.reopen", words[0], json_object());
}

bool
line_rate(struct play *play, char **words)
{
	return about(play, words[0], "rating.give", words[0],
	    json_pack("{s:i, s:s}", "score", line_number(words[1]), "comment", words[2]));
}

bool
line_end_as(struct play *play, char **words)
{
	return about(play, words[0], "chat.end", words[1], json_pack("{s:s}", "outcome", words[2]));
}

bool
line_end_owing(struct play *play, char **words)
{
	return about(play, words[0], "chat.end", words[1], json_pack("{s:s}", "owed", words[2]));
}

bool
line_end_owing_to(struct play *play, char **words)
{
	return about(
	    play, words[0], "chat.end", words[1], json_pack("{s:s, s:s}", "owed", words[2], "email", words[3]));
}

/* The id of the first row of a list that is about that conversation; 0: there is none. */
static int64_t
row_of(struct play *play, const char *command, const char *list, const char *field, const char *conversation)
{
	const struct kit_answer *answer = kit_do(play->desk, kit_administrator(play->desk), command,
	    strcmp(list, "promises") == 0 ? "{s:s}" : NULL, "view", "open");
	const json_t *row;
	size_t i;

	json_array_foreach(json_object_get(answer->body, list), i, row)
	{
		if (g_strcmp0(json_string_value(json_object_get(row, "conversation")), conversation) == 0)
			return json_integer_value(json_object_get(row, field));
	}
	return 0;
}

/* A command about the promise or the block of a visitor. */
static bool
about_row(struct play *play, const char *name, const char *command, int64_t row, const char *field)
{
	struct member *member = play_member(play, name);

	if (member == NULL)
		return false;
	if (row == 0)
		return play_wrong(play, "there is no %s", field);
	return play_send(play, member, command, json_pack("{s:I}", field, (json_int_t)row));
}

bool
line_keep(struct play *play, char **words)
{
	const char *key = play_conversation(play, words[1]);

	return key != NULL &&
	    about_row(
		play, words[0], "promise.keep", row_of(play, "promise.list", "promises", "promise", key), "promise");
}

bool
line_block(struct play *play, char **words)
{
	return about(play, words[0], "block.add", words[1],
	    json_pack("{s:s, s:i, s:s}", "kind", "visitor", "hours", line_number(words[2]), "reason", words[3]));
}

bool
line_block_address(struct play *play, char **words)
{
	return about(
	    play, words[0], "block.add", words[1], json_pack("{s:s, s:s}", "kind", "address", "reason", words[2]));
}

bool
line_lift(struct play *play, char **words)
{
	const char *key = play_conversation(play, words[1]);

	return key != NULL &&
	    about_row(play, words[0], "block.lift", row_of(play, "block.list", "blocks", "block", key), "block");
}

/* ---- How things stand ---- */

static const struct kit_answer *
state(struct play *play)
{
	return kit_do(play->desk, &kit_nobody, "line.state", NULL);
}

bool
line_desk_is_open(struct play *play, char **words)
{
	const struct kit_answer *answer = state(play);

	(void)words;
	return json_boolean_value(json_object_get(answer->body, "open")) ||
	    play_wrong(play, "expected an open desk, but: %s", kit_text(answer, "reason"));
}

bool
line_desk_is_closed(struct play *play, char **words)
{
	const struct kit_answer *answer = state(play);

	return strcmp(kit_text(answer, "reason"), words[0]) == 0 ||
	    play_wrong(play, "expected a desk closed because of %s, seen \"%s\"", words[0], kit_text(answer, "reason"));
}

bool
line_opens_at(struct play *play, char **words)
{
	const struct kit_answer *answer = state(play);
	g_autofree char *wanted = g_strdup_printf("%s:00.000Z", g_strdelimit(words[0], " ", 'T'));

	return strcmp(kit_text(answer, "opens_at"), wanted) == 0 ||
	    play_wrong(play, "expected %s, seen %s", wanted, kit_text(answer, "opens_at"));
}

bool
line_expects(struct play *play, char **words)
{
	struct member *member = play_member(play, words[0]);
	int64_t wait_ms = member == NULL ? -1 : kit_int(kit_do(play->desk, member->who, "chat.visit", NULL), "wait_ms");

	if (member == NULL)
		return false;
	return wait_ms == g_ascii_strtoll(words[1], NULL, 10) * MS_PER_MINUTE ||
	    play_wrong(play, "expected %s min, seen %" G_GINT64_FORMAT " s", words[1], wait_ms / MS_PER_SECOND);
}

static bool
promises_are(struct play *play, const char *view, size_t wanted)
{
	const struct kit_answer *answer =
	    kit_do(play->desk, kit_administrator(play->desk), "promise.list", "{s:s}", "view", view);
	size_t seen = json_array_size(json_object_get(answer->body, "promises"));

	return seen == wanted || play_wrong(play, "expected %zu promises, seen %zu", wanted, seen);
}

bool
line_are_owed(struct play *play, char **words)
{
	return promises_are(play, "open", (size_t)line_number(words[0]));
}

bool
line_are_overdue(struct play *play, char **words)
{
	return promises_are(play, "overdue", (size_t)line_number(words[0]));
}

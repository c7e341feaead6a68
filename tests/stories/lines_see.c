/* Lines of stories that look: see lines.h. */
#include <string.h>

#include "tests/stories/lines.h"

/* ---- What is seen ---- */

static const char *
text_of(const json_t *item, const char *field)
{
	const char *text = json_string_value(json_object_get(item, field));

	return text == NULL ? "" : text;
}

/* One line that says what an item is, as stories put it. */
static char *
describe(const json_t *item)
{
	static const char *const deeds[][2] = { { "started", "started the chat" }, { "taken", "took the chat" },
		{ "released", "put the chat back" }, { "reopened", "opened the chat again" }, { "form", "left a form" },
		{ "ended", "ended the chat" }, { "warned", "said that the chat will end" } };
	g_autofree char *author = g_ascii_strdown(text_of(json_object_get(item, "author"), "name"), -1);
	g_autofree char *about = g_ascii_strdown(text_of(json_object_get(item, "about"), "name"), -1);
	const char *kind = text_of(item, "kind"), *by = text_of(json_object_get(item, "author"), "kind");

	if (strcmp(by, "system") == 0) {
		g_free(author);
		author = g_strdup("the desk");
	}
	if (strcmp(kind, "message") == 0)
		return g_strdup_printf("%s: \"%s\"", author, text_of(item, "text"));
	if (strcmp(kind, "note") == 0)
		return g_strdup_printf("a note by %s: \"%s\"", author, text_of(item, "text"));
	if (strcmp(kind, "whisper") == 0)
		return g_strdup_printf("a whisper by %s: \"%s\"", author, text_of(item, "text"));
	if (strcmp(kind, "handed") == 0 && strcmp(text_of(json_object_get(item, "about"), "kind"), "team") == 0)
		return g_strdup_printf(
		    "that %s handed the chat to the team %s", author, text_of(json_object_get(item, "about"), "name"));
	if (strcmp(kind, "file") == 0)
		return g_strdup_printf("that %s sent the file \"%s\"", author, text_of(item, "text"));
	if (strcmp(kind, "handed") == 0)
		return g_strdup_printf("that %s handed the chat to %s", author, about);
	if (strcmp(kind, "joined") == 0)
		return g_strdup_printf("that %s joined", about);
	if (strcmp(kind, "left") == 0)
		return g_strdup_printf("that %s left", about);
	if (strcmp(kind, "promised") == 0 || strcmp(kind, "kept") == 0 || strcmp(kind, "rated") == 0)
		return g_strdup_printf("that %s %s \"%s\"", author, kind, text_of(item, "text"));
	for (size_t i = 0; i < G_N_ELEMENTS(deeds); i++) {
		if (strcmp(kind, deeds[i][0]) == 0)
			return g_strdup_printf("that %s %s", author, deeds[i][1]);
	}
	return g_strdup_printf("\"%s\" by %s", kind, author);
}

/* Whose conversation is meant where none is named: one's own, or that of the visitor who spoke. */
static const char *
conversation_meant(struct play *play, const struct member *member, const char *speaker)
{
	return play_conversation(play, member->is_visitor ? member->name : speaker);
}

/* The next item must be described so. */
static bool
sees(struct play *play, struct member *member, const char *key, const char *wanted)
{
	json_t *item = key == NULL ? NULL : play_next_item(play, member, key);
	g_autofree char *seen = item == NULL ? g_strdup("nothing new") : describe(item);

	json_decref(item);
	if (play->wrong != NULL)
		return false;
	return strcmp(seen, wanted) == 0 ||
	    play_wrong(play, "expected %s to see %s, seen %s", member->name, wanted, seen);
}

bool
line_sees_in(struct play *play, const char *visitor, const char *name, const char *speaker, const char *wanted)
{
	struct member *member = play_member(play, name);

	if (member == NULL)
		return false;
	return sees(play, member,
	    visitor == NULL ? conversation_meant(play, member, speaker) : play_conversation(play, visitor), wanted);
}

bool
line_sees_message(struct play *play, char **words)
{
	g_autofree char *wanted = g_strdup_printf("%s: \"%s\"", words[1], words[2]);

	return line_sees_in(play, NULL, words[0], words[1], wanted);
}

bool
line_sees_message_in(struct play *play, char **words)
{
	g_autofree char *wanted = g_strdup_printf("%s: \"%s\"", words[2], words[3]);

	return line_sees_in(play, words[0], words[1], words[2], wanted);
}

bool
line_sees_note_in(struct play *play, char **words)
{
	g_autofree char *wanted = g_strdup_printf("a note by %s: \"%s\"", words[2], words[3]);

	return line_sees_in(play, words[0], words[1], words[2], wanted);
}

bool
line_sees_correction_in(struct play *play, char **words)
{
	struct member *member = play_member(play, words[1]);
	const char *key = member == NULL ? NULL : play_conversation(play, words[0]);
	int64_t seq = key == NULL ? 0 : seq_of_note(play, member, key, words[3]);
	json_t *item = key == NULL ? NULL : play_next_item(play, member, key);
	g_autofree char *seen = item == NULL ? g_strdup("nothing new") : describe(item);
	g_autofree char *wanted = g_strdup_printf("a note by %s: \"%s\"", words[2], words[4]);
	int64_t corrects = json_integer_value(json_object_get(item, "corrects"));

	json_decref(item);
	if (key == NULL)
		return false;
	if (strcmp(seen, wanted) != 0)
		return play_wrong(play, "expected %s to see %s, seen %s", words[1], wanted, seen);
	return (seq != 0 && corrects == seq) || play_wrong(play, "that note does not correct \"%s\"", words[3]);
}

bool
line_sees_deed(struct play *play, char **words)
{
	g_autofree char *wanted = g_strdup_printf("that %s %s", words[1], words[2]);

	return line_sees_in(play, NULL, words[0], words[1], wanted);
}

bool
line_sees_deed_in(struct play *play, char **words)
{
	g_autofree char *wanted = g_strdup_printf("that %s %s", words[2], words[3]);

	return line_sees_in(play, words[0], words[1], words[2], wanted);
}

bool
line_sees_nothing(struct play *play, char **words)
{
	return line_sees_in(play, NULL, words[0], words[0], "nothing new");
}

bool
line_sees_nothing_in(struct play *play, char **words)
{
	return line_sees_in(play, words[0], words[1], words[0], "nothing new");
}

/* ---- How things stand ---- */

static const struct kit_answer *
visit(struct play *play, const char *name)
{
	struct member *member = play_member(play, name);

	return member == NULL ? NULL : kit_do(play->desk, member->who, "chat.visit", NULL);
}

bool
line_waits_at(struct play *play, char **words)
{
	const struct kit_answer *answer = visit(play, words[0]);

	if (answer == NULL)
		return false;
	return kit_int(answer, "place") == g_ascii_strtoll(words[1], NULL, 10) ||
	    play_wrong(play, "expected place %s, seen place %" G_GINT64_FORMAT " (%s)", words[1],
		kit_int(answer, "place"), kit_text(answer, "state"));
}

bool
line_is_with(struct play *play, char **words)
{
	const struct kit_answer *answer = visit(play, words[0]);

	if (answer == NULL)
		return false;
	return (strcmp(kit_text(answer, "state"), "owned") == 0 &&
		   g_ascii_strcasecmp(kit_text(answer, "advisor"), words[1]) == 0) ||
	    play_wrong(play, "expected %s to be with %s, seen %s %s", words[0], words[1], kit_text(answer, "state"),
		kit_text(answer, "advisor"));
}

bool
line_is_closed(struct play *play, char **words)
{
	const struct kit_answer *answer = visit(play, words[0]);

	if (answer == NULL)
		return false;
	return strcmp(kit_text(answer, "state"), "closed") == 0 ||
	    play_wrong(play, "expected a closed chat, seen %s", kit_text(answer, "state"));
}

/* The visitors of a list, in its order, as stories name them: "vera, otto". */
static char *
list_of(struct play *play, const struct member *member, const char *view)
{
	const struct kit_answer *answer = kit_do(play->desk, member->who, "chat.list", "{s:s}", "view", view);
	GString *names = g_string_new(NULL);
	const json_t *row;
	size_t i;

	if (!answer->is_ok)
		play_wrong(play, "%s cannot read the list: \"%s\"", member->name, kit_text(answer, "detail"));
	json_array_foreach(json_object_get(answer->body, "chats"), i, row)
	{
		g_autofree char *name = g_ascii_strdown(text_of(json_object_get(row, "visitor"), "name"), -1);

		g_string_append_printf(names, "%s%s", i == 0 ? "" : ", ", name);
	}
	return g_string_free(names, FALSE);
}

/* A list must name these in this order; NULL: nobody. */
static bool
list_is(struct play *play, const char *name, const char *view, const char *names)
{
	struct member *member = play_member(play, name);
	g_autofree char *seen = member == NULL ? NULL : list_of(play, member, view);
	g_auto(GStrv) each = grammar_names(names == NULL ? "" : names);
	g_autofree char *wanted = g_strjoinv(", ", each);

	if (seen == NULL || play->wrong != NULL)
		return false;
	return strcmp(wanted, seen) == 0 ||
	    play_wrong(
		play, "expected %s, seen %s", *wanted == '\0' ? "nobody" : wanted, *seen == '\0' ? "nobody" : seen);
}

bool
line_waiting_are(struct play *play, char **words)
{
	return list_is(play, "ada", "waiting", words[0]);
}

bool
line_nobody_waits(struct play *play, char **words)
{
	(void)words;
	return list_is(play, "ada", "waiting", NULL);
}

bool
line_chats_are(struct play *play, char **words)
{
	return list_is(play, words[0], "mine", words[1]);
}

bool
line_no_chats(struct play *play, char **words)
{
	return list_is(play, words[0], "mine", NULL);
}

bool
line_signed_out(struct play *play, char **words)
{
	struct member *member = play_member(play, words[0]);

	if (member == NULL)
		return false;
	return kit_do(play->desk, member->who, "person.me", NULL)->status == 401 ||
	    play_wrong(play, "%s is still signed in", words[0]);
}

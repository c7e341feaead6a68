/* Lines of stories about files, how far each side has come, and drafts: see lines.h. */
#include <string.h>

#include "base/limits.h"
#include "tests/stories/lines.h"

/* ---- Files ---- */

/* What a file of that name has in it: a picture of 1 by 1 where the name says so, else the name itself. */
static GString *
content_of(const char *name)
{
	static const char picture[] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0";

	return g_str_has_suffix(name, ".png") ? g_string_new_len(picture, sizeof picture - 1) : g_string_new(name);
}

/* Starts it and puts its one part: both are answered, whatever the line wished for the end. */
static bool
put(struct play *play, struct member *member, const char *key, const char *name, char file[KEY_CHARS + 1])
{
	g_autoptr(GString) content = content_of(name);
	enum fate fate = play->wish.fate;
	const struct letter *letter;
	json_t *started;

	play->wish.fate = FATE_DONE;
	if (!play_send(play, member, "file.start",
		json_pack("{s:s, s:s, s:I}", "conversation", key, "name", name, "size", (json_int_t)content->len)))
		return false;
	play->wish.fate = fate;
	letter = member->letters->pdata[member->letters->len - 1];
	started = json_loads(letter->answer, 0, NULL);
	g_strlcpy(file, json_string_value(json_object_get(started, "file")), KEY_CHARS + 1);
	json_decref(started);
	kit_attach(play->desk, content->str, content->len);
	return kit_do(play->desk, member->who, "file.part", "{s:s, s:s, s:i}", "conversation", key, "file", file,
		   "number", 0)
		   ->is_ok ||
	    play_wrong(play, "the part of \"%s\" was refused", name);
}

/* What is refused is refused when it begins; else its end is what counts. */
static bool
send_file(struct play *play, const char *who, const char *visitor, const char *name)
{
	struct member *member = play_member(play, who);
	const char *key = member == NULL ? NULL : play_conversation(play, visitor);
	char file[KEY_CHARS + 1];

	if (key == NULL)
		return false;
	if (play->wish.fate == FATE_REFUSED)
		return play_send(play, member, "file.start",
		    json_pack("{s:s, s:s, s:i}", "conversation", key, "name", name, "size", 10));
	return put(play, member, key, name, file) &&
	    play_send(play, member, "file.finish", json_pack("{s:s, s:s}", "conversation", key, "file", file));
}

bool
line_send_file(struct play *play, char **words)
{
	return send_file(play, words[0], words[0], words[1]);
}

bool
line_send_file_to(struct play *play, char **words)
{
	return send_file(play, words[0], words[1], words[2]);
}

/* The newest file of that name, as the member finds it. */
static const json_t *
file_named(const struct kit_answer *answer, const char *name)
{
	const json_t *item, *found = NULL;
	size_t i;

	json_array_foreach(json_object_get(answer->body, "items"), i, item)
	{
		const json_t *file = json_object_get(item, "file");

		if (g_strcmp0(json_string_value(json_object_get(file, "name")), name) == 0)
			found = file;
	}
	return found;
}

bool
line_opens_file(struct play *play, char **words)
{
	struct member *member = play_member(play, words[0]), *other = play_member(play, words[1]);
	const char *key = other == NULL ? NULL : play_conversation(play, words[1]);
	const json_t *file;

	if (member == NULL || key == NULL)
		return false;

	/* Who may see it knows its id; whether somebody else who knows it is let in is asked in their name. */
	g_autofree char *id = NULL;
	const struct kit_answer *answer =
	    kit_do(play->desk, other->who, "conversation.items", "{s:s}", "conversation", key);

	if ((file = file_named(answer, words[2])) == NULL)
		return play_wrong(play, "there is no file \"%s\"", words[2]);
	id = g_strdup(json_string_value(json_object_get(file, "key")));
	return play_send(play, member, "file.get", json_pack("{s:s, s:s}", "file", id, "name", words[2]));
}

/* ---- How far each side has come ---- */

static bool
move(struct play *play, const char *who, const char *visitor, const char *field)
{
	struct member *member = play_member(play, who);
	const char *key = member == NULL ? NULL : play_conversation(play, visitor);
	int64_t head;

	if (key == NULL)
		return false;
	head = kit_int(kit_do(play->desk, member->who, "conversation.items", "{s:s}", "conversation", key), "head");
	return play_send(
	    play, member, "reading.set", json_pack("{s:s, s:I}", "conversation", key, field, (json_int_t)head));
}

bool
line_gets_all(struct play *play, char **words)
{
	return move(play, words[0], words[1], "delivered");
}

bool
line_looks_at_all(struct play *play, char **words)
{
	return move(play, words[0], words[1], "seen");
}

/* sent, delivered or seen: of the newest message or file of that member. */
bool
line_words_are(struct play *play, char **words)
{
	struct member *member = play_member(play, words[0]);
	const char *key = member == NULL ? NULL : play_conversation(play, words[1]), *is = "sent";
	const json_t *item, *other;
	int64_t seq = 0;
	size_t i;

	if (key == NULL)
		return false;

	const struct kit_answer *answer =
	    kit_do(play->desk, member->who, "conversation.items", "{s:s}", "conversation", key);

	json_array_foreach(json_object_get(answer->body, "items"), i, item)
	{
		const char *by = json_string_value(json_object_get(json_object_get(item, "author"), "kind"));

		if (json_object_get(item, "text") != NULL && json_object_get(item, "internal") == NULL &&
		    (strcmp(by, "visitor") == 0) == member->is_visitor)
			seq = json_integer_value(json_object_get(item, "seq"));
	}
	other = json_object_get(json_object_get(answer->body, "readings"), member->is_visitor ? "staff" : "visitor");
	if (json_integer_value(json_object_get(other, "seen")) >= seq)
		is = "seen";
	else if (json_integer_value(json_object_get(other, "delivered")) >= seq)
		is = "delivered";
	return strcmp(is, words[2]) == 0 || play_wrong(play, "expected them to be %s, they are %s", words[2], is);
}

static const struct kit_answer *
row_of(struct play *play, const char *visitor)
{
	const char *key = play_conversation(play, visitor);

	return key == NULL
	    ? NULL
	    : kit_do(play->desk, kit_administrator(play->desk), "chat.get", "{s:s}", "conversation", key);
}

bool
line_unread(struct play *play, char **words)
{
	const struct kit_answer *answer = row_of(play, words[0]);
	int64_t wanted = g_ascii_strtoll(words[1], NULL, 10);

	if (answer == NULL)
		return false;
	return kit_int(answer, "unread") == wanted ||
	    play_wrong(play, "expected %s unread, they are %" G_GINT64_FORMAT, words[1], kit_int(answer, "unread"));
}

bool
line_is_answered(struct play *play, char **words)
{
	const struct kit_answer *answer = row_of(play, words[0]);

	if (answer == NULL)
		return false;
	return *kit_text(answer, "unanswered_since") == '\0' ||
	    play_wrong(play, "%s waits for a word since %s", words[0], kit_text(answer, "unanswered_since"));
}

bool
line_waits_for_a_word(struct play *play, char **words)
{
	const struct kit_answer *answer = row_of(play, words[0]);
	g_autoptr(GDateTime) since = NULL;

	if (answer == NULL)
		return false;
	since = g_date_time_new_from_iso8601(kit_text(answer, "unanswered_since"), NULL);

	int64_t seconds = since == NULL ? -1 : kit_now(play->desk) / 1000 - g_date_time_to_unix(since);

	return seconds == g_ascii_strtoll(words[1], NULL, 10) ||
	    play_wrong(play, "expected %s s, it is %" G_GINT64_FORMAT " s", words[1], seconds);
}

/* ---- Drafts ---- */

/* What a page knows of the draft of a message: its generation, 1 where there is none, and its text. The caller gives it back. */
static json_t *
draft_of(struct play *play, const struct member *member, const char *key)
{
	const struct kit_answer *answer = kit_do(play->desk, member->who, "draft.list", "{s:s}", "conversation", key);
	const json_t *row;
	size_t i;

	json_array_foreach(json_object_get(answer->body, "drafts"), i, row)
	{
		if (strcmp(json_string_value(json_object_get(row, "mode")), "message") == 0)
			return json_incref((json_t *)row);
	}
	return json_pack("{s:i, s:s}", "generation", 1, "text", "");
}

/* `back` is how many generations the page is behind. */
static bool
save(struct play *play, char **words, int back)
{
	struct member *member = play_member(play, words[0]);
	const char *key = member == NULL ? NULL : play_conversation(play, words[1]);
	json_t *draft = key == NULL ? NULL : draft_of(play, member, key);
	json_int_t generation = json_integer_value(json_object_get(draft, "generation")) - back;

	json_decref(draft);
	return key != NULL &&
	    play_send(play, member, "draft.set",
		json_pack("{s:s, s:s, s:I, s:s}", "conversation", key, "mode", "message", "generation", generation,
		    "text", words[2]));
}

bool
line_begin_to_write(struct play *play, char **words)
{
	return save(play, words, 0);
}

bool
line_save_late(struct play *play, char **words)
{
	return save(play, words, 1);
}

bool
line_send_draft(struct play *play, char **words)
{
	struct member *member = play_member(play, words[0]);
	const char *key = member == NULL ? NULL : play_conversation(play, words[1]);
	json_t *draft = key == NULL ? NULL : draft_of(play, member, key);
	json_t *body = draft == NULL
	    ? NULL
	    : json_pack("{s:s, s:O, s:O}", "conversation", key, "text", json_object_get(draft, "text"), "draft",
		  json_object_get(draft, "generation"));

	json_decref(draft);
	return body != NULL && play_send(play, member, "message.send", body);
}

bool
line_finds_begun(struct play *play, char **words)
{
	struct member *member = play_member(play, words[0]);
	const char *key = member == NULL ? NULL : play_conversation(play, words[2]);
	json_t *draft = key == NULL ? NULL : draft_of(play, member, key);
	g_autofree char *text = g_strdup(json_string_value(json_object_get(draft, "text")));

	json_decref(draft);
	if (key == NULL)
		return false;
	return strcmp(text, words[1]) == 0 || play_wrong(play, "%s finds \"%s\" there", words[0], text);
}

bool
line_finds_nothing_begun(struct play *play, char **words)
{
	char *nothing[] = { words[0], (char *)"", words[1] };

	return line_finds_begun(play, nothing);
}

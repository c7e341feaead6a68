/* A play: see play.h. */
#include "tests/stories/play.h"

#include <string.h>

#include "edge/commands.h"

static void
letter_free(void *data)
{
	struct letter *letter = data;

	json_decref(letter->body);
	g_free(letter->answer);
	g_free(letter);
}

static void
view_free(void *data)
{
	struct view *view = data;

	g_free(view->conversation);
	g_array_unref(view->seen);
	g_free(view);
}

static void
member_free(void *data)
{
	struct member *member = data;

	g_ptr_array_unref(member->outbox);
	g_ptr_array_unref(member->letters);
	g_ptr_array_unref(member->views);
	g_free(member->name);
	g_free(member);
}

static void
waiting_free(void *data)
{
	struct waiting *waiting = data;

	kit_answer_clear(&waiting->answer);
	g_free(waiting->wish.because);
	g_free(waiting);
}

bool
play_wrong(struct play *play, const char *format, ...)
{
	g_autofree char *says = NULL;
	va_list arguments;

	if (play->wrong != NULL)
		return false;
	va_start(arguments, format);
	says = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	play->wrong = g_strdup_printf("%s:%d: %s", play->file, play->line, says);
	return false;
}

/* ---- The cast ---- */

static struct member *
member_new(struct play *play, const char *name)
{
	struct member *member = g_new0(struct member, 1);

	member->name = g_strdup(name);
	member->letters = g_ptr_array_new_with_free_func(letter_free);
	member->outbox = g_ptr_array_new();
	member->views = g_ptr_array_new_with_free_func(view_free);
	g_hash_table_insert(play->cast, member->name, member);
	return member;
}

struct play *
play_begin(const char *file, int line)
{
	struct play *play = g_new0(struct play, 1);

	play->file = file;
	play->line = line;
	play->desk = kit_desk_begin((uint64_t)line);
	play->cast = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, member_free);
	play->waiting = g_ptr_array_new_with_free_func(waiting_free);
	member_new(play, "ada")->who = kit_administrator(play->desk);
	return play;
}

void
play_free(struct play *play)
{
	play_hush(play);
	kit_desk_end(play->desk);
	g_hash_table_unref(play->cast);
	g_ptr_array_unref(play->waiting);
	g_free(play->wish.because);
	g_free(play->wrong);
	g_free(play);
}

struct member *
play_member(struct play *play, const char *name)
{
	struct member *member = g_hash_table_lookup(play->cast, name);

	if (member == NULL)
		play_wrong(play, "there is no %s in this story", name);
	return member;
}

static enum role
role_of_words(const char *words)
{
	static const char *const spoken[ROLES] = {
		[ROLE_ADMINISTRATOR] = "administrator",
		[ROLE_LEAD] = "lead",
		[ROLE_ADVISOR] = "advisor",
		[ROLE_BACKUP] = "back-up",
		[ROLE_CONSULTANT] = "consultant",
		[ROLE_PRODUCTION] = "producer",
	};

	for (enum role role = ROLE_NONE + 1; role < ROLES; role++) {
		if (g_str_has_prefix(words, spoken[role]))
			return role;
	}
	return ROLE_NONE;
}

bool
play_enters(struct play *play, const char *name, const char *role)
{
	bool is_visitor = g_str_has_prefix(role, "visitor");

	if (g_hash_table_contains(play->cast, name))
		return play_wrong(play, "%s is in this story already", name);
	if (!is_visitor && role_of_words(role) == ROLE_NONE)
		return play_wrong(play, "nobody can be \"%s\"", role);

	struct member *member = member_new(play, name);

	member->is_visitor = is_visitor;
	member->who = is_visitor ? kit_visitor(play->desk, name) : kit_staff(play->desk, name, role_of_words(role));
	return true;
}

const char *
play_conversation(struct play *play, const char *visitor)
{
	struct member *member = play_member(play, visitor);
	const char *key;

	if (member == NULL)
		return NULL;
	if (!member->is_visitor) {
		play_wrong(play, "%s is no visitor and has no conversation", visitor);
		return NULL;
	}
	key = kit_text(kit_do(play->desk, member->who, "chat.visit", NULL), "conversation");
	if (*key == '\0') {
		play_wrong(play, "%s has no conversation yet", visitor);
		return NULL;
	}
	return g_intern_string(key);
}

/* ---- Commands ---- */

static bool
takes_id(const struct command *command)
{
	return command->once != ONCE_NEVER;
}

static struct letter *
letter_new(struct member *member, const char *command, json_t *body)
{
	struct letter *letter = g_new0(struct letter, 1);

	letter->command = command;
	letter->body = body;
	if (takes_id(command_named(command)))
		json_object_set_new(body, "id", json_sprintf("%s-%06u", member->name, ++member->ids));
	g_ptr_array_add(member->letters, letter);
	g_ptr_array_add(member->outbox, letter);
	return letter;
}

/* A refusal must leave no trace; `before` is the version of the store, 0 in a batch. */
static bool
check_refused(struct play *play, const struct wish *wish, const struct kit_answer *answer, int64_t before)
{
	const char *detail = kit_text(answer, "detail");

	if (answer->is_ok)
		return play_wrong(play, "expected a refusal with \"%s\", but it was done", wish->because);
	if (answer->status >= 500 || strstr(detail, wish->because) == NULL)
		return play_wrong(play, "expected a refusal with \"%s\", seen %s: \"%s\"", wish->because,
		    kit_text(answer, "type"), detail);
	if (before != 0 && kit_version(play->desk) != before)
		return play_wrong(play, "it was refused, and yet something was written");
	return true;
}

static bool
check_done(struct play *play, struct member *member, struct letter *letter, const struct kit_answer *answer)
{
	if (!answer->is_ok)
		return play_wrong(play, "expected %s to be done, seen %s: \"%s\"", letter->command,
		    kit_text(answer, "type"), kit_text(answer, "detail"));
	if (letter->answer != NULL && strcmp(letter->answer, answer->text) != 0)
		return play_wrong(play, "expected the first answer again, %s, seen %s", letter->answer, answer->text);
	if (letter->answer == NULL)
		letter->answer = g_strdup(answer->text);
	g_ptr_array_remove(member->outbox, letter);
	return true;
}

/* Compares the answer with what the line wished for. */
static bool
check(struct play *play, struct waiting *asked, int64_t before)
{
	const struct kit_answer *answer = &asked->answer;

	play->line = asked->wish.line;
	switch (asked->wish.fate) {
	case FATE_DONE:
		return check_done(play, asked->member, asked->letter, answer);
	case FATE_REFUSED:
		g_ptr_array_remove(asked->member->outbox, asked->letter);
		return check_refused(play, &asked->wish, answer, before);
	case FATE_LOST:
		return answer->kind == FAILED_STORE ||
		    play_wrong(play, "expected a failure, seen status %d", answer->status);
	case FATE_UNANSWERED:
		return answer->kind == UNCERTAIN ||
		    play_wrong(play, "expected an unknown outcome, seen status %d", answer->status);
	}
	g_assert_not_reached();
}

static bool
send_letter(struct play *play, struct member *member, struct letter *letter)
{
	struct waiting *asked = g_new0(struct waiting, 1);
	bool is_right = true;
	int64_t before = 0;

	if (!play->is_at_once) {
		kit_hear(play->desk);
		before = kit_version(play->desk);
	}
	*asked = (struct waiting) { .wish = play->wish, .member = member, .letter = letter };
	asked->wish.because = g_strdup(play->wish.because);
	if (play->wish.fate == FATE_LOST)
		kit_fail_next(play->desk, CREW_LOST);
	else if (play->wish.fate == FATE_UNANSWERED)
		kit_fail_next(play->desk, CREW_UNANSWERED);
	kit_send(play->desk, member->who, letter->command, json_deep_copy(letter->body), &asked->answer);
	if (play->is_at_once && !asked->answer.is_answered) {
		g_ptr_array_add(play->waiting, asked);
		return true;
	}
	is_right = check(play, asked, before);
	waiting_free(asked);
	return is_right;
}

bool
play_send(struct play *play, struct member *member, const char *command, json_t *body)
{
	struct letter *letter = letter_new(member, command, body);

	return member->is_cut || send_letter(play, member, letter);
}

bool
play_send_again(struct play *play, struct member *member)
{
	bool is_right;

	if (member->letters->len == 0)
		return play_wrong(play, "%s has not sent anything", member->name);
	/* By the other way in than the first time. */
	kit_over_http(play->desk, true);
	is_right = send_letter(play, member, member->letters->pdata[member->letters->len - 1]);
	kit_over_http(play->desk, false);
	return is_right;
}

bool
play_come_back(struct play *play, struct member *member)
{
	member->is_cut = false;
	/* What was answered leaves the outbox. */
	while (member->outbox->len > 0) {
		if (!send_letter(play, member, member->outbox->pdata[0]))
			return false;
	}
	return true;
}

bool
play_hold(struct play *play)
{
	play->is_at_once = true;
	kit_hold(play->desk);
	return true;
}

bool
play_let_go(struct play *play)
{
	int line = play->line;

	play->is_at_once = false;
	kit_let_go(play->desk);
	for (guint i = 0; i < play->waiting->len; i++) {
		if (!check(play, play->waiting->pdata[i], 0))
			return false;
	}
	play->line = line;
	g_ptr_array_set_size(play->waiting, 0);
	return true;
}

/* ---- What is seen ---- */

static struct view *
view_of(struct member *member, const char *conversation)
{
	struct view *view;

	for (guint i = 0; i < member->views->len; i++) {
		view = member->views->pdata[i];
		if (strcmp(view->conversation, conversation) == 0)
			return view;
	}
	view = g_new0(struct view, 1);
	view->conversation = g_strdup(conversation);
	view->seen = g_array_new(FALSE, FALSE, sizeof(int64_t));
	g_ptr_array_add(member->views, view);
	return view;
}

void
play_reload(struct member *member)
{
	g_ptr_array_set_size(member->views, 0);
}

static bool
has_sent(const struct member *member, const char *id)
{
	for (guint i = 0; i < member->letters->len; i++) {
		const struct letter *letter = member->letters->pdata[i];

		if (g_strcmp0(json_string_value(json_object_get(letter->body, "id")), id) == 0)
			return true;
	}
	return false;
}

/* Whether the member did it itself; what carries an id must be one that it gave. */
static bool
is_own(struct play *play, const struct member *member, const json_t *item)
{
	const json_t *author = json_object_get(item, "author");
	const char *id = json_string_value(json_object_get(item, "caller_id"));
	bool is_visitor = g_strcmp0(json_string_value(json_object_get(author, "kind")), "visitor") == 0;
	bool is_own =
	    member->is_visitor ? is_visitor : json_integer_value(json_object_get(author, "id")) == member->who->person;

	if (is_own && id != NULL && !has_sent(member, id))
		play_wrong(play, "%s is said to have sent %s, and has not", member->name, id);
	return is_own;
}

/* Reads one item after the cursor and moves it; NULL: there is none. */
static json_t *
read_one(struct play *play, struct member *member, struct view *view)
{
	const struct kit_answer *answer = kit_do(play->desk, member->who, "conversation.items", "{s:s, s:I, s:i}",
	    "conversation", view->conversation, "since", (json_int_t)view->cursor, "limit", 1);
	json_t *item = json_array_get(json_object_get(answer->body, "items"), 0);
	int64_t seq = json_integer_value(json_object_get(item, "seq"));

	if (!answer->is_ok) {
		play_wrong(play, "%s cannot read: \"%s\"", member->name, kit_text(answer, "detail"));
		return NULL;
	}
	if (item != NULL && seq <= view->cursor) {
		play_wrong(play, "item %" G_GINT64_FORMAT " came twice", seq);
		return NULL;
	}
	view->cursor = kit_int(answer, "head");
	if (item != NULL)
		g_array_append_val(view->seen, seq);
	return json_incref(item);
}

json_t *
play_next_item(struct play *play, struct member *member, const char *conversation)
{
	struct view *view = view_of(member, conversation);
	json_t *item;

	while ((item = read_one(play, member, view)) != NULL && is_own(play, member, item))
		json_decref(item);
	return item;
}

/* What was seen item by item must be the beginning of what stands there now. */
static bool
check_view(struct play *play, const struct member *member, const struct view *view)
{
	const struct kit_answer *answer =
	    kit_do(play->desk, member->who, "conversation.items", "{s:s}", "conversation", view->conversation);
	const json_t *items = json_object_get(answer->body, "items");

	for (guint i = 0; answer->is_ok && i < view->seen->len; i++) {
		int64_t seq = json_integer_value(json_object_get(json_array_get(items, i), "seq"));

		if (seq != g_array_index(view->seen, int64_t, i))
			return play_wrong(play, "%s saw item %" G_GINT64_FORMAT " where %" G_GINT64_FORMAT " stands",
			    member->name, g_array_index(view->seen, int64_t, i), seq);
	}
	return true;
}

void
play_end(struct play *play)
{
	g_autofree char *broken = kit_desk_check(play->desk);
	GHashTableIter iter;
	void *member;

	if (play->is_at_once)
		play_wrong(play, "the story ends inside of \"at once\"");
	if (broken != NULL)
		play_wrong(play, "the desk is left behind broken: %s", broken);
	g_hash_table_iter_init(&iter, play->cast);
	while (g_hash_table_iter_next(&iter, NULL, &member)) {
		const GPtrArray *views = ((struct member *)member)->views;

		for (guint i = 0; i < views->len && play->wrong == NULL; i++)
			check_view(play, member, views->pdata[i]);
	}
}

/*
 * What a visitor is shown: no command answers a visitor with anything internal, whatever happened in the conversation; and no
 * command of anybody changes a note or an audit line (P10).
 */
#include <string.h>

#include "sql/kit_sql.h"
#include "tests/kit/desk.h"
#include "tests/kit/desk_sample.h"
#include "tests/kit/facts.h"

#define MARK "INSIDE-7f3a"

struct scene {
	struct kit_desk *desk;
	const struct kit_actor *vera, *ann, *lea;
	char *conversation;
	unsigned ids;
};

static void
must(struct scene *scene, const struct kit_actor *who, const char *command, const char *text, int64_t corrects)
{
	g_autofree char *id = g_strdup_printf("scene-%04u", ++scene->ids);
	json_t *body = json_pack("{s:s, s:s, s:s*}", "conversation", scene->conversation, "id", id, "text", text);
	struct kit_answer answer;

	if (corrects != 0)
		json_object_set_new(body, "corrects", json_integer(corrects));
	kit_send(scene->desk, who, command, body, &answer);
	if (!answer.is_ok)
		fail_msg("%s: %s", command, kit_text(&answer, "detail"));
	kit_answer_clear(&answer);
}

/* A conversation in which everything happened that can happen, and all that is internal carries the mark. */
static void
scene_begin(struct scene *scene)
{
	struct kit_desk *desk = kit_desk_begin(1);

	*scene = (struct scene) { .desk = desk,
		.vera = kit_visitor(desk, "vera"),
		.ann = kit_staff(desk, "ann", ROLE_ADVISOR),
		.lea = kit_staff(desk, "lea", ROLE_LEAD) };
	scene->conversation = g_strdup(kit_text(kit_do(desk, scene->vera, "chat.start", "{s:s, s:s, s:s}", "id",
						    "start-0001", "name", "Vera", "text", "Hello"),
	    "conversation"));
	must(scene, scene->ann, "note.add", MARK, 0);
	must(scene, scene->ann, "chat.take", NULL, 0);
	must(scene, scene->ann, "message.send", "Good morning", 0);
	must(scene, scene->lea, "note.add", MARK " corrected", 3);
	assert_true(kit_do(desk, scene->ann, "chat.transfer", "{s:s, s:I}", "conversation", scene->conversation, "to",
	    (json_int_t)scene->lea->person)
			->is_ok);
	must(scene, scene->lea, "whisper.add", MARK " whispered", 0);
	must(scene, scene->lea, "chat.release", NULL, 0);
	must(scene, scene->lea, "chat.take", NULL, 0);
}

static void
scene_end(struct scene *scene)
{
	kit_desk_end(scene->desk);
	g_free(scene->conversation);
}

static struct sample
sample_of(struct scene *scene, const struct kit_actor *who)
{
	return (struct sample) { .conversation = scene->conversation,
		.person = scene->ann->person,
		.session = who->session,
		.invitation = 1,
		.id = "sample-0001" };
}

/* ---- What a visitor is shown ---- */

static void
check_shown(const char *command, const json_t *value)
{
	static const char *const never[] = { "internal", "corrects", "owner", "chat", "guests" };
	const char *kind = json_string_value(json_object_get(value, "kind"));
	const char *key;
	json_t *inside;
	size_t i;

	for (i = 0; i < G_N_ELEMENTS(never); i++) {
		if (json_object_get(value, never[i]) != NULL)
			fail_msg("%s answers a visitor with %s", command, never[i]);
	}
	if (g_strcmp0(kind, "note") == 0 || g_strcmp0(kind, "whisper") == 0)
		fail_msg("%s answers a visitor with a %s", command, kind);
	if (g_strcmp0(kind, "person") == 0 && json_object_get(value, "id") != NULL)
		fail_msg("%s answers a visitor with the id of a colleague", command);
	json_object_foreach((json_t *)value, key, inside) check_shown(command, inside);
	json_array_foreach(value, i, inside) check_shown(command, inside);
}

static void
show_to_visitor(const struct command *command, void *data)
{
	struct scene *scene = data;
	struct sample sample = sample_of(scene, scene->vera);
	struct kit_answer answer;
	char *text;

	kit_send(scene->desk, scene->vera, command->name, sample_body(command, &sample), &answer);
	text = json_dumps(answer.body, 0);
	if (strstr(text, MARK) != NULL || strstr(text, "@desk.example") != NULL)
		fail_msg("%s tells a visitor: %s", command->name, text);
	check_shown(command->name, answer.body);
	free(text);
	kit_answer_clear(&answer);
}

TEST(no_answer_to_a_visitor_holds_anything_internal)
{
	struct scene scene;

	scene_begin(&scene);
	sample_each_command(show_to_visitor, &scene);
	scene_end(&scene);
}

TEST(a_visitor_sees_the_items_of_staff_without_the_internal_ones)
{
	struct scene scene;
	json_t *mine, *theirs, *item;
	size_t i, seen = 0;

	scene_begin(&scene);
	mine = json_deep_copy(json_object_get(
	    kit_do(scene.desk, scene.vera, "conversation.items", "{s:s}", "conversation", scene.conversation)->body,
	    "items"));
	theirs = json_object_get(
	    kit_do(scene.desk, scene.ann, "conversation.items", "{s:s}", "conversation", scene.conversation)->body,
	    "items");
	json_array_foreach(theirs, i, item)
	{
		if (json_is_true(json_object_get(item, "internal")))
			continue;
		json_object_del(json_object_get(item, "author"), "id");
		json_object_del(json_object_get(item, "about"), "id");
		assert_true(json_equal(item, json_array_get(mine, seen++)));
	}
	assert_int_equal(seen, json_array_size(mine));
	assert_int_equal(json_array_size(theirs), seen + 3);
	json_decref(mine);
	scene_end(&scene);
}

/* ---- Notes and audit lines stay (P10) ---- */

static gboolean
dump(struct tx *tx, void *data, GError **error)
{
	struct kit_sql_kept_list list;
	GString *text = data;

	if (!kit_sql_kept(tx, &list, error))
		return FALSE;
	for (size_t i = 0; i < list.count; i++)
		g_string_append_printf(text, "%s\n", list.rows[i].line);
	return TRUE;
}

static char *
kept(struct scene *scene, const char *table)
{
	g_autoptr(GString) text = g_string_new(NULL), only = g_string_new(NULL);

	kit_look(scene->desk, dump, text);

	g_auto(GStrv) lines = g_strsplit(text->str, "\n", -1);

	for (char **line = lines; *line != NULL; line++) {
		if (g_str_has_prefix(*line, table))
			g_string_append_printf(only, "%s\n", *line);
	}
	return g_string_free(g_steal_pointer(&only), FALSE);
}

static void
send_and_compare(struct scene *scene, const struct command *command, const struct kit_actor *who)
{
	g_autofree char *notes = kept(scene, "note"), *lines = kept(scene, "audit");
	struct sample sample = sample_of(scene, who);
	struct kit_answer answer;

	kit_send(scene->desk, who, command->name, sample_body(command, &sample), &answer);
	kit_answer_clear(&answer);

	g_autofree char *notes_now = kept(scene, "note"), *lines_now = kept(scene, "audit");

	if (!g_str_has_prefix(notes_now, notes) || !g_str_has_prefix(lines_now, lines))
		fail_msg("%s by %s changed a note or an audit line", command->name, who->name);
}

static void
everybody_sends(const struct command *command, void *data)
{
	struct scene scene;

	(void)data;
	scene_begin(&scene);
	send_and_compare(&scene, command, &kit_nobody);
	send_and_compare(&scene, command, scene.vera);
	for (enum role role = ROLE_NONE + 1; role < ROLES; role++)
		send_and_compare(&scene, command, kit_staff(scene.desk, role_names[role], role));
	scene_end(&scene);
}

TEST(no_command_of_anybody_changes_a_note_or_an_audit_line)
{
	sample_each_command(everybody_sends, NULL);
}
